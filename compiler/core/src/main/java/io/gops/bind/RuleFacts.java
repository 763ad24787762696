package io.gops.bind;

import io.gops.bind.LineExplanation.Fact;
import io.gops.bind.LineExplanation.Link;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Expectation;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Policy;
import io.gops.fleet.Ports;
import io.gops.fleet.Side;
import io.gops.fleet.Vpc;
import io.gops.fleet.ZoneSet;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says whom a rule or expectation speaks of in one fleet.
final class RuleFacts {
  private final Fleet fleet;

  RuleFacts(Fleet fleet) {
    this.fleet = fleet;
  }

  /// What the rules and expectations at a place mean; none when there is none.
  List<Fact> at(Place place) {
    List<Fact> facts = new ArrayList<>();
    for (Policy policy : fleet.policies().values()) {
      for (Policy.Rule rule : policy.rules()) {
        if (rule.place().equals(place)) {
          String verdict = rule.allow() ? " may talk to " : " may not talk to ";
          facts.add(
              fact(
                  "policy " + policy.name() + ", the first rule that fits decides: ",
                  rule.from(),
                  verdict,
                  rule.to(),
                  rule.ports()));
        }
      }
    }
    for (Expectation expectation : fleet.expectations()) {
      if (expectation.place().equals(place)) {
        facts.add(expectation(expectation));
      }
    }
    return facts;
  }

  private Fact expectation(Expectation expectation) {
    String head = "checked by every compile and by gopsc test: ";
    return switch (expectation) {
      case Expectation.Reachable(var expected, var from, var to, var ports, _, _) ->
          fact(head, from, expected ? " reaches " : " does not reach ", to, ports);
      case Expectation.Fits(boolean expected, int failed, _) ->
          new Fact(
              head
                  + "the fleet "
                  + (expected ? "still fits" : "does not fit")
                  + " its hosts when "
                  + failed
                  + (failed == 1 ? " of them has" : " of them have")
                  + " failed",
              List.of());
    };
  }

  private Fact fact(String head, Endpoint from, String verb, Endpoint to, Ports ports) {
    List<Link> links = new ArrayList<>();
    defined(from).flatMap(Origins::place).ifPresent(p -> links.add(new Link("from", p)));
    defined(to).flatMap(Origins::place).ifPresent(p -> links.add(new Link("to", p)));
    String which =
        ports.any()
            ? "all ports"
            : ports.ports().stream()
                .map(m -> m.protocol().name().toLowerCase(Locale.ROOT) + " " + m.number())
                .collect(Collectors.joining(", "));
    return new Fact(head + describe(from) + verb + describe(to) + " on " + which, links);
  }

  private String describe(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Internet _ -> "the internet";
      case Endpoint.Servers(_, String game, Optional<String> role, Optional<Side> side) ->
          servers("game " + game, role, side)
              + count(
                  fleet.zones().values().stream()
                      .filter(zone -> zone.body().game().equals(game))
                      .count());
      case Endpoint.ZoneServers(_, String set, Optional<String> role, Optional<Side> side) ->
          servers("zones " + set, role, side)
              + count(
                  fleet.zones().values().stream().filter(zone -> zone.set().equals(set)).count());
      case Endpoint.Service(_, String service) ->
          "service "
              + service
              + Optional.ofNullable(fleet.services().get(service))
                  .map(found -> " (" + joined(found.prefixes()) + ")")
                  .orElse("");
      case Endpoint.WholeVpc(_, String vpc) ->
          "everything in vpc "
              + vpc
              + Optional.ofNullable(fleet.vpcs().get(vpc))
                  .map(found -> " (" + found.cidr() + ")")
                  .orElse("");
    };
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String servers(String what, Optional<String> role, Optional<Side> side) {
    return "every server of "
        + what
        + role.map(name -> ", " + name).orElse("")
        + side.map(s -> " on side " + s.label()).orElse("");
  }

  private static String count(long zones) {
    return " (" + zones + (zones == 1 ? " zone)" : " zones)");
  }

  private Optional<Origins> defined(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Internet _ -> Optional.empty();
      case Endpoint.Servers(_, String game, _, _) ->
          Optional.ofNullable(fleet.games().get(game)).map(Game::origins);
      case Endpoint.ZoneServers(_, String set, _, _) ->
          Optional.ofNullable(fleet.zoneSets().get(set)).map(ZoneSet::origins);
      case Endpoint.Service(_, String service) ->
          Optional.ofNullable(fleet.services().get(service)).map(ExternalService::origins);
      case Endpoint.WholeVpc(_, String vpc) ->
          Optional.ofNullable(fleet.vpcs().get(vpc)).map(Vpc::origins);
    };
  }
}
