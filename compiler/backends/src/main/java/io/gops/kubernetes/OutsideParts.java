package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.fleet.Cidr;
import io.gops.fleet.Endpoint;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.fleet.Vpc;
import io.gops.network.AddressSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Cuts the outside of a VPC into parts of which no two share an address, so that services with
/// common addresses are decided by the first rule that speaks of either.
final class OutsideParts {
  private static final List<String> OF_THE_CLUSTER = List.of("pod_cidr", "service_cidr");

  private OutsideParts() {}

  /// The internet and every service that a rule of the VPC names.
  static List<PolicyPeer.Outside> of(String vpcName, Deployment deployment) {
    Vpc vpc = Objects.requireNonNull(deployment.vpcs().get(vpcName), vpcName);
    AddressSet own = AddressSet.of(vpc.cidr());
    List<PolicyPeer.Outside> parts = new ArrayList<>();
    AddressSet internet = internet(vpc, deployment);
    if (!internet.isEmpty()) {
      parts.add(new PolicyPeer.Outside(internet, true, Set.of()));
    }
    for (String name : named(vpcName, deployment)) {
      ExternalService service = Objects.requireNonNull(deployment.services().get(name), name);
      parts = split(parts, name, AddressSet.of(service.prefixes()).minus(own));
    }
    return parts;
  }

  private static List<PolicyPeer.Outside> split(
      List<PolicyPeer.Outside> parts, String service, AddressSet addresses) {
    List<PolicyPeer.Outside> finer = new ArrayList<>();
    AddressSet rest = addresses;
    for (PolicyPeer.Outside part : parts) {
      Set<String> both = new HashSet<>(part.services());
      both.add(service);
      add(finer, part.addresses().minus(addresses), part.isInternet(), part.services());
      add(finer, part.addresses().and(addresses), part.isInternet(), both);
      rest = rest.minus(part.addresses());
    }
    add(finer, rest, false, Set.of(service));
    return finer;
  }

  private static void add(
      List<PolicyPeer.Outside> parts, AddressSet addresses, boolean isInternet, Set<String> of) {
    if (!addresses.isEmpty()) {
      parts.add(new PolicyPeer.Outside(addresses, isInternet, of));
    }
  }

  private static Set<String> named(String vpc, Deployment deployment) {
    Set<String> names = new TreeSet<>();
    for (Policy policy : deployment.policies()) {
      if (policy.vpc().equals(vpc)) {
        policy.rules().stream()
            .flatMap(rule -> Stream.of(rule.from(), rule.to()))
            .forEach(
                end -> {
                  if (end instanceof Endpoint.Service(String _, String name)) {
                    names.add(name);
                  }
                });
      }
    }
    return names;
  }

  /// What the internet gateway of a VPC leads to, without the addresses of pods and VPCs: an
  /// address block matches pods, too.
  private static AddressSet internet(Vpc vpc, Deployment deployment) {
    if (vpc.internet().isEmpty()) {
      return AddressSet.NONE;
    }
    AddressSet internet = AddressSet.of(Cidr.EVERYTHING).minus(behindBackbone(vpc, deployment));
    for (Vpc other : deployment.vpcs().values()) {
      internet = internet.minus(AddressSet.of(other.cidr()));
    }
    for (String setting : OF_THE_CLUSTER) {
      String written = deployment.cluster().settings().get(setting);
      if (written != null) {
        internet = internet.minus(AddressSet.of(prefix(written)));
      }
    }
    return internet;
  }

  private static AddressSet behindBackbone(Vpc vpc, Deployment deployment) {
    if (vpc.backbone().isEmpty()) {
      return AddressSet.NONE;
    }
    String name = vpc.backbone().get();
    AddressSet behind =
        AddressSet.of(Objects.requireNonNull(deployment.gateways().get(name), name).prefixes());
    for (ExternalService service : deployment.services().values()) {
      if (service.gateway().filter(name::equals).isPresent()) {
        behind = behind.plus(AddressSet.of(service.prefixes()));
      }
    }
    return behind;
  }

  private static Cidr prefix(String written) {
    int slash = written.indexOf('/');
    return new Cidr(
        Ipv4.parse(written.substring(0, slash)), Integer.parseInt(written.substring(slash + 1)));
  }
}
