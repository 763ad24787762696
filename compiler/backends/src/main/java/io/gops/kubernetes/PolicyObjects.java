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
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cidr;
import io.gops.fleet.Cluster;
import io.gops.fleet.Game;
import io.gops.fleet.Policy;
import io.gops.network.AddressSet;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The policies of a fleet as Kubernetes NetworkPolicies.
///
/// A NetworkPolicy only allows and has no order; a policy of a fleet has both kinds of rules and an
/// earlier rule wins. So the rules are worked through once for each pair of a class of servers and
/// a peer, and what remains allowed is written.
final class PolicyObjects {
  private static final String SCTP = "SCTP";

  private final Deployment deployment;
  private final List<PolicyPeer.Servers> classes;
  private final SortedMap<String, List<PolicyPeer.Outside>> outside = new TreeMap<>();

  PolicyObjects(Deployment deployment) {
    this.deployment = deployment;
    TreeSet<PolicyPeer.Servers> found = new TreeSet<>();
    for (Workload workload : deployment.workloads().values()) {
      workload
          .zone()
          .body()
          .vpc()
          .ifPresent(vpc -> found.add(PolicyPeer.Servers.of(workload, vpc)));
    }
    this.classes = List.copyOf(found);
    classes.forEach(c -> outside.computeIfAbsent(c.vpc(), v -> OutsideParts.of(v, deployment)));
  }

  /// Warns of each rule of which the objects would let through less than it says.
  static void check(Deployment deployment, Diagnostics diagnostics) {
    if (deployment.cluster().enforce() == Cluster.Enforce.OVS) {
      return;
    }
    PolicyObjects objects = new PolicyObjects(deployment);
    Set<Place> seen = new HashSet<>();
    for (PolicyPeer.Servers servers : objects.classes) {
      for (PolicyPeer peer : objects.peers(servers)) {
        objects
            .verdict(servers, peer, servers.vpc())
            .narrowed()
            .or(() -> objects.verdict(peer, servers, servers.vpc()).narrowed())
            .filter(rule -> seen.add(rule.place()))
            .ifPresent(
                rule ->
                    diagnostics.report(
                        Diagnostic.of(Code.GOPS4023, rule.place().text().strip())
                            .at(rule.place())
                            .hint("hint")));
      }
    }
  }

  /// Default deny and what each class of a game's servers may do; empty when no zone of the game is
  /// in a VPC.
  List<NetworkPolicy> of(Game game) {
    List<NetworkPolicy> policies = new ArrayList<>();
    List<PolicyPeer.Servers> own =
        classes.stream().filter(c -> c.game().equals(game.name())).toList();
    if (!own.isEmpty()) {
      policies.add(defaultDeny(game));
    }
    for (PolicyPeer.Servers servers : own) {
      policies.add(allowed(servers));
    }
    return policies;
  }

  /// Servers in no VPC are nobody's: flow tables do not guard them either.
  private static NetworkPolicy defaultDeny(Game game) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName("gops-" + game.name() + "-default-deny")
        .withNamespace(game.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .withPodSelector(
            new LabelSelectorBuilder()
                .addToMatchLabels(Labels.GAME, game.name())
                .addNewMatchExpression()
                .withKey(Labels.VPC)
                .withOperator("Exists")
                .endMatchExpression()
                .build())
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }

  private NetworkPolicy allowed(PolicyPeer.Servers servers) {
    Map<PortSet, List<NetworkPolicyPeer>> in = new LinkedHashMap<>();
    Map<PortSet, List<NetworkPolicyPeer>> out = new LinkedHashMap<>();
    for (PolicyPeer.Servers peer : classes) {
      if (peer.vpc().equals(servers.vpc())) {
        add(in, verdict(peer, servers, servers.vpc()).allowed(), List.of(selector(peer)));
        add(out, verdict(servers, peer, servers.vpc()).allowed(), List.of(selector(peer)));
      }
    }
    // Parts of the outside that may do the same are written together.
    Map<PortSet, AddressSet> enters = new LinkedHashMap<>();
    Map<PortSet, AddressSet> leaves = new LinkedHashMap<>();
    for (PolicyPeer.Outside part : outsideOf(servers)) {
      enters.merge(
          verdict(part, servers, servers.vpc()).allowed(), part.addresses(), AddressSet::plus);
      leaves.merge(
          verdict(servers, part, servers.vpc()).allowed(), part.addresses(), AddressSet::plus);
    }
    enters.forEach((ports, addresses) -> add(in, ports, blocks(addresses)));
    leaves.forEach((ports, addresses) -> add(out, ports, blocks(addresses)));
    return object(servers, in, out);
  }

  private static void add(
      Map<PortSet, List<NetworkPolicyPeer>> to, PortSet ports, List<NetworkPolicyPeer> peers) {
    if (!ports.isEmpty()) {
      to.computeIfAbsent(ports, _ -> new ArrayList<>()).addAll(peers);
    }
  }

  private static NetworkPolicy object(
      PolicyPeer.Servers servers,
      Map<PortSet, List<NetworkPolicyPeer>> in,
      Map<PortSet, List<NetworkPolicyPeer>> out) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName("gops-" + servers.name())
        .withNamespace(servers.namespace())
        .addToLabels(Labels.MANAGED_BY, "gopsc")
        .endMetadata()
        .withNewSpec()
        .withPodSelector(labels(servers))
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

  private List<PolicyPeer.Outside> outsideOf(PolicyPeer.Servers servers) {
    return Objects.requireNonNull(outside.get(servers.vpc()));
  }

  private List<PolicyPeer> peers(PolicyPeer.Servers servers) {
    List<PolicyPeer> peers = new ArrayList<>();
    classes.stream().filter(c -> c.vpc().equals(servers.vpc())).forEach(peers::add);
    peers.addAll(outsideOf(servers));
    return peers;
  }

  /// What the rules leave of the ports between two peers.
  ///
  /// @param narrowed the rule that lets through protocols without ports, where the objects cannot
  ///     say so
  private record Verdict(PortSet allowed, Optional<Policy.Rule> narrowed) {}

  private Verdict verdict(PolicyPeer from, PolicyPeer to, String vpc) {
    PortSet undecided = PortSet.all();
    PortSet allowed = PortSet.NONE;
    Optional<Policy.Rule> ofOthers = Optional.empty();
    for (Policy policy : deployment.policies()) {
      if (policy.vpc().equals(vpc)) {
        for (Policy.Rule rule : policy.rules()) {
          if (from.isMeantBy(rule.from()) && to.isMeantBy(rule.to())) {
            PortSet decided = PortSet.of(rule.ports()).and(undecided);
            undecided = undecided.minus(decided);
            allowed = rule.allow() ? allowed.plus(decided) : allowed;
            ofOthers = decided.others() ? Optional.of(rule) : ofOthers;
          }
        }
      }
    }
    boolean isNarrowed = allowed.others() && !allowed.isAll();
    return new Verdict(allowed, ofOthers.filter(_ -> isNarrowed));
  }

  private static NetworkPolicyPeer selector(PolicyPeer.Servers servers) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels(Labels.NAMESPACE_NAME, servers.namespace())
        .endNamespaceSelector()
        .withPodSelector(labels(servers))
        .build();
  }

  private static LabelSelector labels(PolicyPeer.Servers servers) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Labels.GAME, servers.game());
    labels.put(Labels.ROLE, servers.role());
    labels.put(Labels.VPC, servers.vpc());
    labels.put(Labels.ZONES, servers.zones());
    if (servers.isPaired()) {
      labels.put(Labels.SIDE, servers.side().label());
    }
    return new LabelSelectorBuilder().withMatchLabels(labels).build();
  }

  /// The addresses as blocks: one by one, or as all but some, whichever is shorter.
  private static List<NetworkPolicyPeer> blocks(AddressSet addresses) {
    List<Cidr> prefixes = addresses.prefixes();
    List<Cidr> others = AddressSet.of(Cidr.EVERYTHING).minus(addresses).prefixes();
    if (prefixes.size() > others.size() + 1) {
      return List.of(block(Cidr.EVERYTHING, others));
    }
    return prefixes.stream().map(prefix -> block(prefix, List.of())).toList();
  }

  private static NetworkPolicyPeer block(Cidr prefix, List<Cidr> except) {
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(prefix.toString())
        .withExcept(except.stream().map(Cidr::toString).toList())
        .endIpBlock()
        .build();
  }

  /// No port at all means every protocol. Of the protocols that no rule can name a NetworkPolicy
  /// knows only SCTP.
  private static List<NetworkPolicyPort> ports(PortSet ports) {
    if (ports.isAll()) {
      return List.of();
    }
    List<NetworkPolicyPort> written = new ArrayList<>();
    for (PortSet.Range range : ports.ranges()) {
      written.add(port(range.protocol().name(), range.first(), range.last()));
    }
    if (ports.others()) {
      written.add(port(SCTP, 1, PortSet.LAST));
    }
    return written;
  }

  private static NetworkPolicyPort port(String protocol, int first, int last) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(first))
        .withEndPort(last == first ? null : last)
        .build();
  }
}
