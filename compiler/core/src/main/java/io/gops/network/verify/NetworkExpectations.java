package io.gops.network.verify;

import io.gops.deployment.Deployment;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Expectation;
import io.gops.fleet.Policy;
import io.gops.network.Overlay;
import io.gops.work.Asker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks what the team expects of the network against the policy, which the tables were proved to
/// follow.
///
/// `expect A -> B` holds when each of A may open some connection to each of B, at each port that it
/// names; `expect not A -> B` when none of A may open any to any of B. Ends in different VPCs never
/// reach each other.
public final class NetworkExpectations {
  private final Asker asker = Asker.here();
  private final PolicyOracle oracle;
  private final Map<String, VpcPeers> vpcs;
  private final Diagnostics diagnostics;

  private NetworkExpectations(
      PolicyOracle oracle, Map<String, VpcPeers> vpcs, Diagnostics diagnostics) {
    this.oracle = oracle;
    this.vpcs = vpcs;
    this.diagnostics = diagnostics;
  }

  /// Reports each expectation that does not hold.
  public static void check(
      Deployment deployment,
      Overlay overlay,
      List<Expectation> expectations,
      Diagnostics diagnostics) {
    PolicyOracle oracle = new PolicyOracle(deployment);
    NetworkExpectations check =
        new NetworkExpectations(oracle, Reachability.peers(overlay, oracle), diagnostics);
    for (Expectation expectation : expectations) {
      switch (expectation) {
        case Expectation.Reachable reachable -> check.check(reachable);
        case Expectation.Fits _ -> {}
      }
    }
  }

  private void check(Expectation.Reachable expectation) {
    boolean met = false;
    for (VpcPeers vpc : vpcs.values()) {
      List<Peer> from = some(vpc, expectation, true);
      List<Peer> to = some(vpc, expectation, false);
      for (Peer one : from) {
        asker.mustWait();
        for (Peer two : to) {
          boolean inside = one instanceof Peer.Server || two instanceof Peer.Server;
          if (inside && !one.address().equals(two.address())) {
            met = true;
            if (fails(expectation, vpc, one, two)) {
              return;
            }
          }
        }
      }
    }
    if (expectation.expected() && !met) {
      report(expectation, "they are in no VPC together", Optional.empty());
    }
  }

  /// Two of each class of peers that an end means: a class may be expected to reach itself.
  private List<Peer> some(VpcPeers vpc, Expectation.Reachable expectation, boolean source) {
    Map<Integer, Integer> seen = new HashMap<>();
    List<Peer> some = new ArrayList<>();
    List<Peer> all = new ArrayList<>(vpc.servers());
    all.addAll(vpc.outside());
    for (Peer peer : all) {
      boolean meant =
          oracle.speaks(source ? expectation.from() : expectation.to(), peer, vpc.vpc().name());
      if (meant && seen.merge(vpc.signature(peer), 1, Integer::sum) <= 2) {
        some.add(peer);
      }
    }
    return some;
  }

  /// Reports and returns true when the expectation does not hold for one pair.
  private boolean fails(Expectation.Reachable expectation, VpcPeers vpc, Peer from, Peer to) {
    String name = vpc.vpc().name();
    List<Service> services =
        expectation.ports().any()
            ? vpc.services()
            : expectation.ports().ports().stream()
                .map(p -> Service.of(p.protocol(), p.number()))
                .toList();
    List<Service> allowed = services.stream().filter(s -> vpc.allows(from, to, s)).toList();
    boolean holds =
        !expectation.expected()
            ? allowed.isEmpty()
            : expectation.ports().any() ? !allowed.isEmpty() : allowed.equals(services);
    if (!holds) {
      Service example =
          expectation.expected()
              ? services.stream().filter(s -> !allowed.contains(s)).findFirst().orElseThrow()
              : allowed.getFirst();
      Optional<Policy.Rule> rule = oracle.decides(name, from, to, example);
      String verdict = expectation.expected() ? "denied" : "allowed";
      String by =
          rule.map(r -> "by \"" + r.place().text().strip() + "\"")
              .orElse("because no rule of VPC " + name + " allows it");
      String pair = from.name() + " -> " + to.name() + " " + example;
      report(expectation, pair + " is " + verdict + " " + by, rule);
    }
    return !holds;
  }

  private void report(Expectation.Reachable expectation, String but, Optional<Policy.Rule> rule) {
    diagnostics.report(
        Diagnostic.of(Code.GOPS4009, text(expectation), but)
            .at(expectation.place())
            .related(rule.map(Policy.Rule::place), "related")
            .hint("hint"));
  }

  private static String text(Expectation.Reachable expectation) {
    return (expectation.expected() ? "" : "not ")
        + expectation.from().text()
        + " -> "
        + expectation.to().text()
        + expectation.ports().text();
  }
}
