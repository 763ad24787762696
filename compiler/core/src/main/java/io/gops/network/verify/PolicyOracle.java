package io.gops.network.verify;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.Endpoint;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Policy;
import io.gops.fleet.Ports;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Vpc;
import io.gops.network.flow.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the policy says, evaluated straight from its rules: the judge of the generated tables.
///
/// It shares no code with the pipeline and knows neither flows nor prefixes, only one pair of ends
/// at a time.
public final class PolicyOracle {
  private final Deployment deployment;
  private final Map<String, List<Policy.Rule>> rules = new HashMap<>();

  public PolicyOracle(Deployment deployment) {
    this.deployment = deployment;
    for (Policy policy : deployment.policies()) {
      rules.computeIfAbsent(policy.vpc(), _ -> new ArrayList<>()).addAll(policy.rules());
    }
  }

  /// The rules of a VPC in the order in which they decide.
  public List<Policy.Rule> rules(String vpc) {
    return rules.getOrDefault(vpc, List.of());
  }

  /// The first rule that speaks of a connection; none means that the default denies it.
  public Optional<Policy.Rule> decides(String vpc, Peer from, Peer to, Service service) {
    for (Policy.Rule rule : rules(vpc)) {
      if (speaks(rule.ports(), service)
          && speaks(rule.from(), from, vpc)
          && speaks(rule.to(), to, vpc)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  public boolean allows(String vpc, Peer from, Peer to, Service service) {
    return decides(vpc, from, to, service).filter(Policy.Rule::allow).isPresent();
  }

  /// Which rules speak of a peer at either end: peers with equal signatures are treated alike.
  public String signature(String vpc, Peer peer) {
    StringBuilder signature = new StringBuilder();
    for (Policy.Rule rule : rules(vpc)) {
      signature.append(speaks(rule.from(), peer, vpc) ? 'f' : '-');
      signature.append(speaks(rule.to(), peer, vpc) ? 't' : '-');
    }
    return signature.toString();
  }

  private static boolean speaks(Ports ports, Service service) {
    if (ports.any()) {
      return true;
    }
    return ports.ports().stream()
        .anyMatch(p -> Service.of(p.protocol(), p.number()).equals(service));
  }

  /// Whether an endpoint means a peer, seen from a VPC.
  boolean speaks(Endpoint endpoint, Peer peer, String vpc) {
    return switch (peer) {
      case Peer.Server server -> means(endpoint, server.member().workload(), vpc);
      case Peer.Outside outside -> means(endpoint, outside, vpc);
    };
  }

  private static boolean means(Endpoint endpoint, Workload workload, String vpc) {
    return switch (endpoint) {
      case Endpoint.Internet _ -> false;
      case Endpoint.Service _ -> false;
      case Endpoint.WholeVpc whole -> whole.vpc().equals(vpc);
      case Endpoint.Servers e ->
          e.game().equals(workload.game().name())
              && means(e.role(), workload.role())
              && means(e.side(), workload.side());
      case Endpoint.ZoneServers e ->
          e.set().equals(workload.zone().set())
              && means(e.role(), workload.role())
              && means(e.side(), workload.side());
    };
  }

  private static boolean means(Optional<String> wanted, Role role) {
    return wanted.isEmpty()
        || wanted.get().equals(role.name())
        || (role.implicit()
            && role.containers().stream().anyMatch(c -> c.name().equals(wanted.get())));
  }

  private static boolean means(Optional<Side> wanted, Side side) {
    return wanted.isEmpty() || wanted.get() == side;
  }

  private boolean means(Endpoint endpoint, Peer.Outside outside, String name) {
    Vpc vpc = deployment.vpcs().get(name);
    if (vpc == null || vpc.cidr().contains(outside.address())) {
      return false;
    }
    return switch (endpoint) {
      case Endpoint.Internet _ -> vpc.internet().isPresent() && !isBackbone(vpc, outside);
      case Endpoint.Service e -> {
        ExternalService service = deployment.services().get(e.service());
        yield service != null && contains(service.prefixes(), outside);
      }
      case Endpoint.WholeVpc _ -> false;
      case Endpoint.Servers _ -> false;
      case Endpoint.ZoneServers _ -> false;
    };
  }

  private boolean isBackbone(Vpc vpc, Peer.Outside outside) {
    if (vpc.backbone().isEmpty()) {
      return false;
    }
    String name = vpc.backbone().get();
    Gateway gateway = deployment.gateways().get(name);
    if (gateway != null && contains(gateway.prefixes(), outside)) {
      return true;
    }
    return deployment.services().values().stream()
        .anyMatch(
            s -> s.gateway().filter(name::equals).isPresent() && contains(s.prefixes(), outside));
  }

  private static boolean contains(List<Cidr> prefixes, Peer.Outside outside) {
    return prefixes.stream().anyMatch(p -> p.contains(outside.address()));
  }

  /// The prefixes that an endpoint names, if it is a service.
  List<Cidr> prefixes(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Service e
        ? Optional.ofNullable(deployment.services().get(e.service()))
            .map(ExternalService::prefixes)
            .orElse(List.of())
        : List.of();
  }

  /// Every port that a rule of the VPC names, one of each protocol that none names, and protocols
  /// without ports.
  public List<Service> services(String vpc) {
    List<Service> services = new ArrayList<>();
    for (Policy.Rule rule : rules(vpc)) {
      for (Ports.Match port : rule.ports().ports()) {
        services.add(Service.of(port.protocol(), port.number()));
      }
    }
    services.add(new Service(Match.TCP, unnamed(services)));
    services.add(new Service(Match.UDP, unnamed(services)));
    services.add(Service.ICMP);
    services.add(Service.OTHER);
    return services.stream().distinct().sorted().toList();
  }

  private static int unnamed(List<Service> services) {
    int port = 1;
    while (services.contains(new Service(Match.TCP, port))
        || services.contains(new Service(Match.UDP, port))) {
      port++;
    }
    return port;
  }
}
