package io.gops.report;

import io.gops.fleet.Fleet;
import io.gops.fleet.Policy;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.verify.Verification;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Network pages for tests.
final class NetworkPages {
  private NetworkPages() {}

  static Fleet fleet() {
    return RichFleet.of(3);
  }

  /// Rules whose text and files would do harm if any part of the page took them for syntax.
  static Fleet hostile() {
    Fleet fleet = fleet();
    SortedMap<String, Policy> policies = new TreeMap<>(fleet.policies());
    policies.replaceAll(
        (_, policy) -> {
          List<Policy.Rule> rules = new ArrayList<>();
          for (Policy.Rule rule : policy.rules()) {
            String text = Pages.HOSTILE.get(rules.size() % Pages.HOSTILE.size());
            Place place =
                new Place(new SourceFile(text + ".gops", text), new Span(0, text.length()));
            rules.add(new Policy.Rule(rule.allow(), rule.from(), rule.to(), rule.ports(), place));
          }
          return new Policy(policy.name(), policy.vpc(), rules, policy.origins());
        });
    return RichFleet.withPolicies(fleet, policies);
  }

  static String page(SampleOverlay sample) {
    return NetworkPage.html(
        fleet(),
        sample.deployment(),
        sample.overlay(),
        Verification.of(sample.deployment(), sample.overlay(), sample.tables()));
  }
}
