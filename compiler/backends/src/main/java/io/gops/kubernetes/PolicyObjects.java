package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.Endpoint;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Game;
import io.gops.fleet.Policy;
import io.gops.fleet.Side;
import io.gops.fleet.Vpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The policies of a fleet as Kubernetes NetworkPolicies.
///
/// A NetworkPolicy only allows and has no order; a policy of a fleet has both kinds of rules and an
/// earlier rule wins. So the rules are worked through once for each pair of a class of servers and
/// a peer, and what remains allowed is written.
final class PolicyObjects {
  private final Deployment deployment;
  private final List<ServerClass> classes;

  PolicyObjects(Deployment deployment) {
    this.deployment = deployment;
    TreeSet<ServerClass> found = new TreeSet<>();
    for (Workload workload : deployment.workloads().values()) {
      workload.zone().body().vpc().ifPresent(vpc -> found.add(ServerClass.of(workload, vpc)));
    }
    this.classes = List.copyOf(found);
  }

  /// Servers that every rule treats alike.
  ///
  /// @param side `a` or `b`; empty for servers without a pair
  private record ServerClass(
      String vpc, String namespace, String game, String role, String side, String zones)
      implements Comparable<ServerClass>, Peer {
    private static final Comparator<ServerClass> ORDER =
        Comparator.comparing(ServerClass::vpc)
            .thenComparing(ServerClass::game)
            .thenComparing(ServerClass::role)
            .thenComparing(ServerClass::side)
            .thenComparing(ServerClass::zones);

    static ServerClass of(Workload workload, String vpc) {
      return new ServerClass(
          vpc,
          workload.game().namespace(),
          workload.game().name(),
          workload.role().name(),
          workload.paired() ? workload.side().label() : "",
          workload.zone().set());
    }

    LabelSelector selector() {
      Map<String, String> labels = new TreeMap<>();
      labels.put(Labels.GAME, game);
      labels.put(Labels.ROLE, role);
      labels.put(Labels.VPC, vpc);
      labels.put(Labels.ZONES, zones);
      if (!side.isEmpty()) {
        labels.put(Labels.SIDE, side);
      }
      return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    String name() {
      return String.join("-", zones, role) + (side.isEmpty() ? "" : "-" + side);
    }

    @Override
    public int compareTo(ServerClass other) {
      return ORDER.compare(this, other);
    }
  }

  /// The other end of a connection.
  private sealed interface Peer permits ServerClass, Internet, Service {}

  private record Internet() implements Peer {}

  private record Service(ExternalService service) implements Peer {}

  /// Default deny and what each class of a game's servers may do; empty when no zone of the game is
  /// in a VPC.
  List<NetworkPolicy> of(Game game) {
    List<NetworkPolicy> policies = new ArrayList<>();
    List<ServerClass> own = classes.stream().filter(c -> c.game().equals(game.name())).toList();
    if (!own.isEmpty()) {
      policies.add(defaultDeny(game));
    }
    for (ServerClass servers : own) {
      policies.add(allowed(servers));
    }
    return policies;
  }

  private static NetworkPolicy defaultDeny(Game game) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName("gops-" + game.name() + "-default-deny")
        .withNamespace(game.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .withPodSelector(
            new LabelSelectorBuilder().addToMatchLabels(Labels.GAME, game.name()).build())
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }

  private NetworkPolicy allowed(ServerClass servers) {
    List<Peer> peers = peers(servers);
    Map<PortSet, List<NetworkPolicyPeer>> in = new LinkedHashMap<>();
    Map<PortSet, List<NetworkPolicyPeer>> out = new LinkedHashMap<>();
    for (Peer peer : peers) {
      PortSet toUs = allowed(peer, servers, servers.vpc());
      if (!toUs.isEmpty()) {
        in.computeIfAbsent(toUs, _ -> new ArrayList<>()).addAll(selectors(peer, servers.vpc()));
      }
      PortSet fromUs = allowed(servers, peer, servers.vpc());
      if (!fromUs.isEmpty()) {
        out.computeIfAbsent(fromUs, _ -> new ArrayList<>()).addAll(selectors(peer, servers.vpc()));
      }
    }
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName("gops-" + servers.name())
        .withNamespace(servers.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .withPodSelector(servers.selector())
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(
            in.entrySet().stream()
                .map(
                    e ->
                        new NetworkPolicyIngressRuleBuilder()
                            .withFrom(e.getValue())
                            .withPorts(ports(e.getKey()))
                            .build())
                .toList())
        .withEgress(
            out.entrySet().stream()
                .map(
                    e ->
                        new NetworkPolicyEgressRuleBuilder()
                            .withTo(e.getValue())
                            .withPorts(ports(e.getKey()))
                            .build())
                .toList())
        .endSpec()
        .build();
  }

  private List<Peer> peers(ServerClass servers) {
    List<Peer> peers = new ArrayList<>(classes.stream().filter(sameVpc(servers)).toList());
    peers.add(new Internet());
    deployment.services().values().forEach(service -> peers.add(new Service(service)));
    return peers;
  }

  private static Predicate<ServerClass> sameVpc(ServerClass servers) {
    return other -> other.vpc().equals(servers.vpc());
  }

  private PortSet allowed(Peer from, Peer to, String vpc) {
    PortSet undecided = PortSet.all();
    PortSet allowed = PortSet.NONE;
    for (Policy policy : deployment.policies()) {
      if (policy.vpc().equals(vpc)) {
        for (Policy.Rule rule : policy.rules()) {
          if (matches(rule.from(), from) && matches(rule.to(), to)) {
            PortSet decided = PortSet.of(rule.ports()).and(undecided);
            undecided = undecided.minus(decided);
            allowed = rule.allow() ? allowed.plus(decided) : allowed;
          }
        }
      }
    }
    return allowed;
  }

  private static boolean matches(Endpoint endpoint, Peer peer) {
    return switch (peer) {
      case ServerClass servers -> matches(endpoint, servers);
      case Internet _ -> endpoint instanceof Endpoint.Internet;
      case Service(ExternalService service) ->
          endpoint instanceof Endpoint.Service(String _, String name)
              && name.equals(service.name());
    };
  }

  private static boolean matches(Endpoint endpoint, ServerClass servers) {
    return switch (endpoint) {
      case Endpoint.Servers(String _, String game, Optional<String> role, Optional<Side> side) ->
          game.equals(servers.game()) && matches(role, side, servers);
      case Endpoint.ZoneServers(String _, String set, Optional<String> role, Optional<Side> side) ->
          set.equals(servers.zones()) && matches(role, side, servers);
      case Endpoint.WholeVpc(String _, String vpc) -> vpc.equals(servers.vpc());
      case Endpoint.Internet _, Endpoint.Service _ -> false;
    };
  }

  private static boolean matches(Optional<String> role, Optional<Side> side, ServerClass servers) {
    return role.map(servers.role()::equals).orElse(true)
        && side.map(s -> s.label().equals(servers.side())).orElse(true);
  }

  private List<NetworkPolicyPeer> selectors(Peer peer, String vpc) {
    return switch (peer) {
      case ServerClass servers ->
          List.of(
              new NetworkPolicyPeerBuilder()
                  .withNewNamespaceSelector()
                  .addToMatchLabels(Labels.NAMESPACE_NAME, servers.namespace())
                  .endNamespaceSelector()
                  .withPodSelector(servers.selector())
                  .build());
      case Internet _ ->
          List.of(
              new NetworkPolicyPeerBuilder()
                  .withNewIpBlock()
                  .withCidr(Cidr.EVERYTHING.toString())
                  .withExcept(behindNoInternetGateway(vpc))
                  .endIpBlock()
                  .build());
      case Service(ExternalService service) ->
          service.prefixes().stream()
              .map(
                  prefix ->
                      new NetworkPolicyPeerBuilder()
                          .withNewIpBlock()
                          .withCidr(prefix.toString())
                          .endIpBlock()
                          .build())
              .toList();
    };
  }

  /// Prefixes that the internet gateway of a VPC does not lead to: its own, and those of the
  /// services.
  private List<String> behindNoInternetGateway(String name) {
    Vpc vpc = Objects.requireNonNull(deployment.vpcs().get(name), name);
    TreeSet<Cidr> prefixes = new TreeSet<>();
    prefixes.add(vpc.cidr());
    deployment.services().values().forEach(service -> prefixes.addAll(service.prefixes()));
    deployment.gateways().values().forEach(gateway -> prefixes.addAll(gateway.prefixes()));
    return prefixes.stream().filter(c -> c.length() > 0).map(Cidr::toString).toList();
  }

  private static List<NetworkPolicyPort> ports(PortSet ports) {
    if (ports.isAll()) {
      return List.of();
    }
    return ports.ranges().stream()
        .map(
            range ->
                new NetworkPolicyPortBuilder()
                    .withProtocol(range.protocol().name())
                    .withPort(new IntOrString(range.first()))
                    .withEndPort(range.last() == range.first() ? null : range.last())
                    .build())
        .toList();
  }
}
