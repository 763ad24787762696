package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Expectation;
import io.gops.fleet.Policy;
import io.gops.fleet.Ports;
import io.gops.fleet.Vpc;
import io.gops.schema.Target;
import io.gops.schema.Type;
import io.gops.source.Place;
import io.gops.syntax.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Makes policies and expectations.
final class Rules {
  private static final String FITS = "fits";
  private static final String FAILED_HOSTS = "failed_hosts";
  private static final Type HOST_COUNT = new Type.Whole(0, 9999);

  private final Problems problems;
  private final References references;
  private final Endpoints endpoints;
  private final Conformance conformance;
  private final SortedMap<String, Vpc> vpcs;
  private final List<Expectation> expectations = new ArrayList<>();

  Rules(
      Problems problems, References references, Endpoints endpoints, SortedMap<String, Vpc> vpcs) {
    this.problems = problems;
    this.references = references;
    this.endpoints = endpoints;
    this.conformance = new Conformance(problems, new Evaluator(problems));
    this.vpcs = vpcs;
  }

  /// The expectations that stood in policies so far.
  List<Expectation> expectations() {
    return expectations;
  }

  Policy policy(Attributes policy) {
    String name = policy.block().label();
    String vpc = references.resolve(policy, "vpc", Target.VPC, vpcs.keySet()).orElse("");
    List<Policy.Rule> rules = new ArrayList<>();
    for (Block.Rule written : policy.block().rules()) {
      for (Item item : endpoints.serversWord().perGame(written.item(), vpc)) {
        if (item instanceof Item.Rule rule) {
          rules.addAll(rule(rule, written.scope()));
        } else {
          expectation(new Block.Rule(item, written.scope()), name).ifPresent(expectations::add);
        }
      }
    }
    return new Policy(name, vpc, rules, policy.origins());
  }

  /// One rule for each direction.
  private List<Policy.Rule> rule(Item.Rule rule, Scope scope) {
    Place place = scope.place(rule);
    boolean allow = rule.verdict() == Item.Rule.Verdict.ALLOW;
    List<Policy.Rule> rules = new ArrayList<>();
    directed(rule.from(), rule.to(), scope, !rule.both())
        .map(ends -> new Policy.Rule(allow, ends.from, ends.to, ends.ports, place))
        .ifPresent(rules::add);
    if (rule.both()) {
      directed(rule.to(), rule.from(), scope, false)
          .map(ends -> new Policy.Rule(allow, ends.from, ends.to, ends.ports, place))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private record Ends(io.gops.fleet.Endpoint from, io.gops.fleet.Endpoint to, Ports ports) {}

  /// @param oneWay whether the first endpoint is only a source, which has no port
  private Optional<Ends> directed(
      io.gops.syntax.Endpoint from, io.gops.syntax.Endpoint to, Scope scope, boolean oneWay) {
    Optional<Endpoints.Resolved> source = endpoints.resolve(from, scope);
    Optional<Endpoints.Resolved> destination = endpoints.resolve(to, scope);
    if (oneWay && from.port().isPresent()) {
      problems.report(
          Diagnostic.of(Code.GOPS2054, scope.place(from).text())
              .at(scope.place(from.port().get()))
              .hint("hint"));
      return Optional.empty();
    }
    if (source.isEmpty() || destination.isEmpty()) {
      return Optional.empty();
    }
    return endpoints
        .ports(destination.get(), to.port(), scope)
        .map(ports -> new Ends(source.get().endpoint(), destination.get().endpoint(), ports));
  }

  /// @param policy name of the policy it stands in; empty outside
  Optional<Expectation> expectation(Block.Rule written, String policy) {
    Scope scope = written.scope();
    return switch (written.item()) {
      case Item.ExpectReachable expect ->
          directed(expect.from(), expect.to(), scope, true)
              .map(
                  ends ->
                      new Expectation.Reachable(
                          expect.expected(),
                          ends.from,
                          ends.to,
                          ends.ports,
                          policy,
                          scope.place(expect)));
      case Item.ExpectProperty expect -> fits(expect, scope);
      case Item _ -> Optional.empty();
    };
  }

  private Optional<Expectation> fits(Item.ExpectProperty expect, Scope scope) {
    Place name = scope.place(expect.property());
    String word = expect.property().text();
    if (!word.equals(FITS)) {
      problems.report(
          Names.meant(
              Diagnostic.of(Code.GOPS2004, "expect", word, FITS).at(name),
              name,
              word,
              List.of(FITS)));
      return Optional.empty();
    }
    int failed = 0;
    for (Item.Assignment argument : expect.arguments()) {
      Place place = scope.place(argument.path());
      String attribute = argument.path().text();
      if (!attribute.equals(FAILED_HOSTS)) {
        problems.report(
            Names.meant(
                Diagnostic.of(Code.GOPS2005, "expect fits", attribute).at(place),
                place,
                attribute,
                List.of(FAILED_HOSTS)));
        return Optional.empty();
      }
      Value value = conformance.value(argument.value(), HOST_COUNT, scope, attribute);
      if (!(value instanceof Value.Whole(long number))) {
        return Optional.empty();
      }
      failed = (int) number;
    }
    return Optional.of(new Expectation.Fits(expect.expected(), failed, scope.place(expect)));
  }
}
