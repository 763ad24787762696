package io.gops.network;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Endpoint;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Policy;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.source.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/// Turns the endpoint of a rule into members and addresses, seen from one VPC.
final class EndpointResolver {
  private final Deployment deployment;
  private final SortedMap<String, VpcNetwork> vpcs;
  private final Diagnostics diagnostics;

  EndpointResolver(
      Deployment deployment, SortedMap<String, VpcNetwork> vpcs, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.vpcs = vpcs;
    this.diagnostics = diagnostics;
  }

  /// The peers of an endpoint; none, with a diagnostic, when the VPC has no such peers.
  Peers resolve(Endpoint endpoint, VpcNetwork vpc, Policy policy, Place place) {
    return switch (endpoint) {
      case Endpoint.Internet internet -> internet(internet, vpc, place);
      case Endpoint.Service service -> service(service, vpc, place);
      case Endpoint.WholeVpc whole ->
          whole.vpc().equals(vpc.name())
              ? members(whole.text(), vpc, _ -> true, true)
              : elsewhere(whole.text(), whole.vpc(), vpc, policy, place);
      case Endpoint.Servers servers ->
          servers(endpoint.text(), servers(servers), vpc, policy, place);
      case Endpoint.ZoneServers servers ->
          servers(endpoint.text(), servers(servers), vpc, policy, place);
    };
  }

  /// Which workloads an endpoint of servers means, in whichever VPC.
  static Predicate<Workload> servers(Endpoint.Servers wanted) {
    return w -> w.game().name().equals(wanted.game()) && fits(w, wanted.role(), wanted.side());
  }

  /// As [#servers(Endpoint.Servers)], by `zones` declaration.
  static Predicate<Workload> servers(Endpoint.ZoneServers wanted) {
    return w -> w.zone().set().equals(wanted.set()) && fits(w, wanted.role(), wanted.side());
  }

  private static boolean fits(Workload workload, Optional<String> role, Optional<Side> side) {
    Role has = workload.role();
    // The only role of a game that writes none is named by the container that people know.
    boolean named =
        role.isEmpty()
            || has.name().equals(role.get())
            || (has.implicit() && has.container(role.get()).isPresent());
    return named && side.map(s -> s == workload.side()).orElse(true);
  }

  private Peers servers(
      String text, Predicate<Workload> wanted, VpcNetwork vpc, Policy policy, Place place) {
    Peers found = members(text, vpc, wanted, false);
    if (!found.members().isEmpty()) {
      return found;
    }
    for (VpcNetwork other : vpcs.values()) {
      if (!members(text, other, wanted, false).members().isEmpty()) {
        return elsewhere(text, other.name(), vpc, policy, place);
      }
    }
    diagnostics.report(Diagnostic.of(Code.GOPS4004, text, vpc.name()).at(place).hint("hint"));
    return Peers.none(text);
  }

  private static Peers members(
      String text, VpcNetwork vpc, Predicate<Workload> wanted, boolean whole) {
    List<Member> found = vpc.members().stream().filter(m -> wanted.test(m.workload())).toList();
    return new Peers(text, found, whole, AddressSet.NONE, Optional.empty());
  }

  private Peers elsewhere(String text, String other, VpcNetwork vpc, Policy policy, Place place) {
    diagnostics.report(
        Diagnostic.of(Code.GOPS4003, text, other, policy.name(), vpc.name())
            .at(place)
            .related(policy.origins().place("vpc"), "related", vpc.name())
            .hint("hint"));
    return Peers.none(text);
  }

  private Peers internet(Endpoint.Internet internet, VpcNetwork vpc, Place place) {
    Optional<Attachment> attachment = attachment(vpc, vpc.vpc().internet());
    if (attachment.isEmpty()) {
      Diagnostic.Builder problem =
          Diagnostic.of(Code.GOPS4006, vpc.name())
              .at(place)
              .related(vpc.vpc().origins().place(), "related", vpc.name())
              .hint("hint");
      join(problem, vpc, "internet", gateways(g -> g.kind() == Gateway.Kind.INTERNET));
      diagnostics.report(problem);
      return Peers.none(internet.text());
    }
    return outside(internet.text(), attachment.get().reach(), attachment.get());
  }

  private Peers service(Endpoint.Service endpoint, VpcNetwork vpc, Place place) {
    ExternalService service =
        Objects.requireNonNull(deployment.services().get(endpoint.service()), endpoint.service());
    AddressSet addresses = AddressSet.of(service.prefixes());
    Optional<Attachment> attachment =
        attachment(vpc, service.gateway().or(() -> vpc.vpc().backbone()));
    if (attachment.isEmpty() || !attachment.get().reach().covers(addresses)) {
      Diagnostic.Builder problem =
          Diagnostic.of(Code.GOPS4007, service.name(), addresses, vpc.name())
              .at(place)
              .related(service.origins().place(), "service", service.name())
              .related(vpc.vpc().origins().place(), "related", vpc.name())
              .hint("hint");
      if (vpc.vpc().backbone().isEmpty()) {
        join(problem, vpc, "backbone", gateways(g -> leadsTo(g, service)));
      }
      diagnostics.report(problem);
      return Peers.none(endpoint.text());
    }
    return outside(endpoint.text(), addresses, attachment.get());
  }

  private List<String> gateways(Predicate<Gateway> wanted) {
    return deployment.gateways().values().stream().filter(wanted).map(Gateway::name).toList();
  }

  private static boolean leadsTo(Gateway gateway, ExternalService service) {
    boolean announced = AddressSet.of(gateway.prefixes()).covers(AddressSet.of(service.prefixes()));
    return gateway.kind() == Gateway.Kind.BACKBONE
        && service.gateway().map(gateway.name()::equals).orElse(announced);
  }

  /// Offers to attach the VPC to the only gateway that would do.
  private static void join(
      Diagnostic.Builder problem, VpcNetwork vpc, String attribute, List<String> gateways) {
    if (gateways.size() == 1) {
      String text = attribute + " = " + gateways.getFirst();
      problem
          .fix(
              vpc.vpc().origins().written("cidr").map(Place::end),
              ", " + text,
              "fix",
              text,
              vpc.name())
          .decision();
    }
  }

  private static Peers outside(String text, AddressSet addresses, Attachment attachment) {
    return new Peers(text, List.of(), false, addresses, Optional.of(attachment.gateway().name()));
  }

  private static Optional<Attachment> attachment(VpcNetwork vpc, Optional<String> gateway) {
    return vpc.attachments().stream()
        .filter(a -> gateway.filter(a.gateway().name()::equals).isPresent())
        .findFirst();
  }
}
