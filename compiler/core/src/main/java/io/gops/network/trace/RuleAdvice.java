package io.gops.network.trace;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Container;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.fleet.Port;
import io.gops.network.Attachment;
import io.gops.network.VpcNetwork;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import java.util.List;
import java.util.Optional;

/// What would have to be written for a dropped packet to arrive.
final class RuleAdvice {
  private final Deployment deployment;
  private final PolicyOracle oracle;
  private final VpcNetwork vpc;

  RuleAdvice(Deployment deployment, PolicyOracle oracle, VpcNetwork vpc) {
    this.deployment = deployment;
    this.oracle = oracle;
    this.vpc = vpc;
  }

  TracedPath.Advice of(TracedEnd from, TracedEnd to, Question question, Service service) {
    for (TracedEnd end : List.of(from, to)) {
      if (end instanceof TracedEnd.Outside outside) {
        Optional<TracedPath.Advice> missing = unreachable(outside);
        if (missing.isPresent()) {
          return missing.get();
        }
      }
    }
    Optional<Policy.Rule> decides =
        oracle.decides(vpc.name(), Tracer.peer(from), Tracer.peer(to), service);
    if (decides.filter(Policy.Rule::allow).isPresent()) {
      return TracedPath.Advice.of(
          "the policy allows it, but a login or public address opens exposed ports only:"
              + " expose the port");
    }
    Optional<String> port = port(to, service);
    if (port.isEmpty()) {
      return TracedPath.Advice.of(
          "no rule can name "
              + service
              + ": "
              + to.text()
              + " declares no such port; declare it, then allow it");
    }
    boolean isDenied = decides.isPresent();
    String rule =
        "allow "
            + endpoint(from, question.from(), service, isDenied)
            + " -> "
            + endpoint(to, question.to(), service, isDenied)
            + port.get();
    return where(rule, decides, isClosed(from, to, service) ? ", once the port is exposed" : "");
  }

  /// Whether a login address is on the way that does not open this port, whatever the policy says.
  private boolean isClosed(TracedEnd from, TracedEnd to, Service service) {
    Workload workload =
        switch (to) {
          case TracedEnd.Server server -> server.member().workload();
          case TracedEnd.Login login -> login.login().buckets().getFirst().member().workload();
          case TracedEnd.Outside _ -> null;
        };
    boolean isByLogin =
        to instanceof TracedEnd.Login
            || (from instanceof TracedEnd.Outside && workload != null && hasLogin(workload));
    if (!isByLogin || workload == null || workload.role().exposures().isEmpty()) {
      return false;
    }
    return workload.role().exposures().stream()
        .flatMap(
            e -> workload.role().container(e.container()).flatMap(c -> c.port(e.port())).stream())
        .noneMatch(port -> is(port, service));
  }

  private boolean hasLogin(Workload workload) {
    return deployment.group(workload.group()).loginAddress().isPresent();
  }

  /// Why no rule helps with an address outside.
  private Optional<TracedPath.Advice> unreachable(TracedEnd.Outside end) {
    Ipv4 address = end.address();
    if (vpc.vpc().cidr().contains(address)) {
      return Optional.of(
          TracedPath.Advice.of(
              "no rule helps: " + address + " is of VPC " + vpc.name() + ", and nobody has it"));
    }
    Optional<Attachment> attachment =
        vpc.attachments().stream().filter(a -> a.reach().contains(address)).findFirst();
    Optional<ExternalService> service = service(address);
    boolean isElsewhere =
        service.isPresent()
            && attachment
                .filter(a -> a.gateway().gateway().kind() == Gateway.Kind.BACKBONE)
                .isEmpty();
    if (attachment.isEmpty() || isElsewhere) {
      return Optional.of(join(service));
    }
    boolean isBackbone = attachment.get().gateway().gateway().kind() == Gateway.Kind.BACKBONE;
    return isBackbone && service.isEmpty()
        ? Optional.of(
            TracedPath.Advice.of(
                "rules name addresses of the backbone as a service: service NAME { prefixes = ["
                    + address
                    + "/32] }, then allow it"))
        : Optional.empty();
  }

  /// That the VPC is joined to no gateway that leads to the other end.
  private TracedPath.Advice join(Optional<ExternalService> service) {
    Gateway.Kind kind = service.isPresent() ? Gateway.Kind.BACKBONE : Gateway.Kind.INTERNET;
    List<String> names =
        deployment.gateways().values().stream()
            .filter(g -> g.kind() == kind)
            .map(Gateway::name)
            .filter(
                name -> service.flatMap(ExternalService::gateway).map(name::equals).orElse(true))
            .toList();
    return new TracedPath.Advice(
        "no rule helps before VPC "
            + vpc.name()
            + " is joined to a gateway that leads there: "
            + (kind == Gateway.Kind.BACKBONE ? "backbone = " : "internet = ")
            + (names.isEmpty() ? "NAME" : String.join(" or ", names)),
        Optional.empty(),
        vpc.declaration().place());
  }

  private Optional<ExternalService> service(Ipv4 address) {
    return deployment.services().values().stream()
        .filter(s -> s.prefixes().stream().anyMatch(p -> p.contains(address)))
        .findFirst();
  }

  private String endpoint(TracedEnd end, String asked, Service service, boolean isNarrow) {
    return switch (end) {
      case TracedEnd.Outside outside ->
          service(outside.address()).map(ExternalService::name).orElse(EndNames.INTERNET);
      case TracedEnd.Server server -> servers(server.member().workload(), asked, service, isNarrow);
      case TracedEnd.Login login ->
          servers(login.login().buckets().getFirst().member().workload(), asked, service, isNarrow);
    };
  }

  /// As it was asked, when a rule can say that; else the servers of the game with that role.
  ///
  /// @param isNarrow whether the side is said as well: the rule will stand above one that denies
  private static String servers(
      Workload workload, String asked, Service service, boolean isNarrow) {
    String head = asked.contains(".") ? asked.substring(0, asked.indexOf('.')) : asked;
    boolean isEndpoint =
        head.equals("vpc")
            || head.equals(workload.game().name())
            || head.equals(workload.zone().set());
    if (isEndpoint) {
      return asked;
    }
    String role =
        workload.role().implicit() ? container(workload, service) : workload.role().name();
    String side = isNarrow && workload.paired() ? "." + workload.side().label() : "";
    return workload.game().name() + "." + role + side;
  }

  /// The container that people know the servers by: the one with the port, else the first.
  private static String container(Workload workload, Service service) {
    List<Container> containers = workload.role().containers();
    return containers.stream()
        .filter(c -> c.ports().stream().anyMatch(p -> is(p, service)))
        .findFirst()
        .orElse(containers.getFirst())
        .name();
  }

  private static boolean is(Port port, Service service) {
    return Service.of(port.protocol(), port.number()).equals(service);
  }

  /// The port as a rule says it, with its colon; empty text for what has no port, absent when the
  /// other end declares no such port.
  private Optional<String> port(TracedEnd to, Service service) {
    if (service.port() == 0) {
      return Optional.of("");
    }
    List<Port> declared =
        switch (to) {
          case TracedEnd.Server server -> ports(server.member().workload());
          case TracedEnd.Login login ->
              ports(login.login().buckets().getFirst().member().workload());
          case TracedEnd.Outside outside ->
              service(outside.address()).map(ExternalService::ports).orElse(List.of());
        };
    Optional<String> named =
        declared.stream().filter(p -> is(p, service)).findFirst().map(p -> ":" + p.name());
    boolean isOpen = to instanceof TracedEnd.Outside && declared.isEmpty();
    return isOpen ? Optional.of(":" + service.port()) : named;
  }

  private static List<Port> ports(Workload workload) {
    return workload.role().containers().stream().flatMap(c -> c.ports().stream()).toList();
  }

  private TracedPath.Advice where(String rule, Optional<Policy.Rule> denies, String condition) {
    if (denies.isPresent()) {
      return new TracedPath.Advice(
          "this rule would allow it, above the one that denies it" + condition,
          Optional.of(rule),
          Optional.of(denies.get().place()));
    }
    Optional<Policy> policy =
        deployment.policies().stream().filter(p -> p.vpc().equals(vpc.name())).reduce((_, b) -> b);
    return policy
        .map(
            last ->
                new TracedPath.Advice(
                    "this rule would allow it, in policy " + last.name() + condition,
                    Optional.of(rule),
                    last.origins().place()))
        .orElseGet(
            () ->
                new TracedPath.Advice(
                    "this rule would allow it, in a new policy with vpc = "
                        + vpc.name()
                        + condition,
                    Optional.of(rule),
                    Optional.empty()));
  }
}
