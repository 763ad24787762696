package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Nic;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Host;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Vpc;
import io.gops.network.flow.Declaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes the overlay of a deployment in one pass over its sorted maps.
final class OverlayBuilder {
  private static final int DEFAULT_UNDERLAY_MTU = 1500;
  private static final long LAST_VNI = (1 << 24) - 1;
  private static final long LAST_CT_ZONE = 65_535;
  private static final long LAST_GROUP = Integer.MAX_VALUE;
  private static final long LAST_BUCKET = 65_000;

  /// Above the ports of servers.
  private static final long FIRST_WATCH_PORT = 65_001;

  /// OpenFlow has reserved what follows.
  private static final long LAST_PORT = 65_279;

  private final Deployment deployment;
  private final Assignments assignments;
  private final Diagnostics diagnostics;
  private final PublicAddressPool pool;

  OverlayBuilder(Deployment deployment, Assignments assignments, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.assignments = assignments;
    this.diagnostics = diagnostics;
    this.pool = new PublicAddressPool(assignments, diagnostics);
  }

  Overlay overlay() {
    SortedMap<String, Node> nodes = nodes();
    SortedMap<String, GatewayGroup> gateways = gateways(nodes);
    SortedMap<String, VpcNetwork> vpcs = new TreeMap<>();
    for (Vpc vpc : deployment.vpcs().values()) {
      checkMtu(vpc);
      checkServices(vpc);
      vpcs.put(vpc.name(), network(vpc, gateways));
    }
    gateways.values().forEach(this::checkBackbone);
    List<AccessRule> rules = new AccessRules(deployment, vpcs, assignments, diagnostics).resolve();
    LimitChecks.run(deployment, diagnostics);
    QueueChecks.run(deployment, diagnostics);
    SortedMap<String, VpcNetwork> translated = new TreeMap<>();
    vpcs.forEach((name, vpc) -> translated.put(name, translate(vpc, rules)));
    LoginGroups logins = new LoginGroups(deployment, translated, rules, assignments, pool);
    return new Overlay(
        deployment.environment(),
        deployment.cluster().name(),
        Tunnel.of(deployment.cluster()),
        translated,
        nodes,
        gateways,
        logins.loginGroups(),
        rules,
        logins.publicAddresses(),
        Meters.of(deployment.groups().values(), deployment.gateways().values(), assignments),
        deployment.cluster().uplink().map(uplink -> HostUplink.of(uplink, assignments)),
        AccessRules.revocations(assignments));
  }

  private SortedMap<String, Node> nodes() {
    SortedMap<String, Node> nodes = new TreeMap<>();
    for (Host host : deployment.hosts().values()) {
      nodes.put(host.name(), new Node(host.name(), host.underlay(), Optional.empty()));
    }
    for (Gateway gateway : deployment.gateways().values()) {
      for (Gateway.Node node : gateway.nodes()) {
        nodes.put(node.name(), new Node(node.name(), node.underlay(), Optional.of(gateway.name())));
      }
    }
    return nodes;
  }

  private SortedMap<String, GatewayGroup> gateways(SortedMap<String, Node> nodes) {
    SortedMap<String, GatewayGroup> groups = new TreeMap<>();
    for (Gateway gateway : deployment.gateways().values()) {
      String path = "gateway/" + gateway.name();
      boolean several = gateway.nodes().size() > 1;
      List<GatewayGroup.Choice> choices = new ArrayList<>();
      for (Gateway.Node node : gateway.nodes()) {
        // With all ports taken, a node counts as living.
        Optional<Integer> watch =
            several
                ? assignments
                    .claim("ofport", "gateways", node.name(), FIRST_WATCH_PORT, LAST_PORT)
                    .map(Long::intValue)
                : Optional.empty();
        choices.add(
            new GatewayGroup.Choice(
                Objects.requireNonNull(nodes.get(node.name())),
                claim("bucket", path, node.name(), 1, LAST_BUCKET),
                watch));
      }
      Optional<GatewayGroup.Failover> failover =
          several
              ? Optional.of(
                  new GatewayGroup.Failover(
                      claim("group", "fleet", path + "/live", 1, LAST_GROUP),
                      claim("group", "fleet", path + "/all", 1, LAST_GROUP)))
              : Optional.empty();
      groups.put(
          gateway.name(),
          new GatewayGroup(
              gateway,
              claim("group", "fleet", path, 1, LAST_GROUP),
              choices,
              failover,
              Declaration.of(path, gateway.origins().place())));
    }
    return groups;
  }

  private VpcNetwork network(Vpc vpc, SortedMap<String, GatewayGroup> gateways) {
    AddressSet own = AddressSet.of(vpc.cidr());
    AddressSet backbone = AddressSet.NONE;
    List<Attachment> attachments = new ArrayList<>();
    if (vpc.backbone().isPresent()) {
      GatewayGroup gateway = Objects.requireNonNull(gateways.get(vpc.backbone().get()));
      backbone = behind(gateway.gateway()).minus(own);
      attachments.add(new Attachment(gateway, backbone, new TreeMap<>()));
    }
    if (vpc.internet().isPresent()) {
      GatewayGroup gateway = Objects.requireNonNull(gateways.get(vpc.internet().get()));
      AddressSet all = AddressSet.of(io.gops.fleet.Cidr.EVERYTHING);
      attachments.add(new Attachment(gateway, all.minus(own).minus(backbone), new TreeMap<>()));
    }
    return new VpcNetwork(
        vpc,
        claim("vni", "fleet", vpc.name(), 1, LAST_VNI),
        (int) claim("ctzone", "fleet", vpc.name(), 1, LAST_CT_ZONE),
        members(vpc.name()),
        attachments,
        Declaration.of("vpc/" + vpc.name(), vpc.origins().place()));
  }

  /// What a backbone gateway announces, and the services that are said to be behind it.
  private AddressSet behind(Gateway gateway) {
    AddressSet reach = AddressSet.of(gateway.prefixes());
    for (ExternalService service : deployment.services().values()) {
      if (service.gateway().filter(gateway.name()::equals).isPresent()) {
        reach = reach.plus(AddressSet.of(service.prefixes()));
      }
    }
    return reach;
  }

  private List<Member> members(String vpc) {
    List<Member> members = new ArrayList<>();
    for (Group group : deployment.groups().values()) {
      for (Workload workload : group.workloads()) {
        for (int ordinal = 0; ordinal < workload.nics().size(); ordinal++) {
          Nic nic = workload.nics().get(ordinal);
          if (nic.vpc().equals(vpc) && !group.placements().isEmpty()) {
            int place = Math.min(ordinal, group.placements().size() - 1);
            members.add(Member.of(nic, workload, group.placements().get(place).primary()));
          }
        }
      }
    }
    members.sort(Comparator.comparing(Member::id));
    return members;
  }

  /// Gives the VPC an address on each node of a gateway where its members' own would not do: on the
  /// internet, when a rule lets them out, and on a backbone that has addresses to give.
  private VpcNetwork translate(VpcNetwork vpc, List<AccessRule> rules) {
    List<Attachment> attachments =
        vpc.attachments().stream()
            .map(
                attachment -> {
                  Gateway gateway = attachment.gateway().gateway();
                  boolean needed =
                      gateway.kind() == Gateway.Kind.BACKBONE
                          ? !gateway.addresses().isEmpty()
                          : rules.stream().anyMatch(rule -> leaves(rule, vpc, gateway));
                  return needed ? translate(vpc, attachment) : attachment;
                })
            .toList();
    return new VpcNetwork(
        vpc.vpc(), vpc.vni(), vpc.ctZone(), vpc.members(), attachments, vpc.declaration());
  }

  private static boolean leaves(AccessRule rule, VpcNetwork vpc, Gateway gateway) {
    return rule.allow()
        && rule.vpc().equals(vpc.name())
        && rule.to().gateway().filter(gateway.name()::equals).isPresent();
  }

  private Attachment translate(VpcNetwork vpc, Attachment attachment) {
    SortedMap<String, Ipv4> addresses = new TreeMap<>();
    for (GatewayGroup.Choice choice : attachment.gateway().choices()) {
      String name = "vpc/" + vpc.name() + "/node/" + choice.node().name();
      pool.claim(attachment.gateway().gateway(), name)
          .ifPresent(address -> addresses.put(choice.node().name(), address));
    }
    return new Attachment(attachment.gateway(), attachment.reach(), addresses);
  }

  private void checkMtu(Vpc vpc) {
    String written = deployment.cluster().settings().get("underlay_mtu");
    int underlay = written == null ? DEFAULT_UNDERLAY_MTU : Integer.parseInt(written);
    int largest = underlay - Tunnel.OVERHEAD;
    if (vpc.mtu() > largest) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS4011, vpc.name(), vpc.mtu(), underlay, Tunnel.OVERHEAD)
              .at(vpc.origins().of("mtu"))
              .related(deployment.cluster().origins().written("underlay_mtu"), "related")
              .hint("hint", largest)
              .fix(vpc.origins().written("mtu"), "mtu = " + largest, "fix", largest));
    }
  }

  private void checkServices(Vpc vpc) {
    for (ExternalService service : deployment.services().values()) {
      boolean reached =
          Stream.concat(vpc.backbone().stream(), vpc.internet().stream())
              .anyMatch(name -> service.gateway().filter(name::equals).isPresent());
      if (reached && service.prefixes().stream().anyMatch(vpc.cidr()::overlaps)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS4013, service.name(), vpc.name(), vpc.cidr())
                .at(service.origins().of("prefixes"))
                .related(vpc.origins().place("cidr"), "related", vpc.name())
                .hint("hint"));
      }
    }
  }

  /// Without addresses of its own, a backbone gateway cannot tell the replies to two VPCs apart.
  private void checkBackbone(GatewayGroup group) {
    Gateway gateway = group.gateway();
    if (gateway.kind() == Gateway.Kind.INTERNET || !gateway.addresses().isEmpty()) {
      return;
    }
    List<Vpc> joined =
        deployment.vpcs().values().stream()
            .filter(vpc -> vpc.backbone().filter(gateway.name()::equals).isPresent())
            .toList();
    for (int i = 0; i < joined.size(); i++) {
      for (int j = i + 1; j < joined.size(); j++) {
        Vpc one = joined.get(i);
        Vpc two = joined.get(j);
        if (one.cidr().overlaps(two.cidr())) {
          diagnostics.report(
              Diagnostic.of(Code.GOPS4012, gateway.name(), one.name(), two.name(), one.cidr())
                  .at(gateway.origins().name())
                  .related(one.origins().place("backbone"), "related", one.name())
                  .related(two.origins().place("backbone"), "related", two.name())
                  .hint("hint"));
        }
      }
    }
  }

  private long claim(String kind, String space, String name, long first, long last) {
    return assignments
        .claim(kind, space, name, first, last)
        .orElseThrow(() -> new IllegalStateException("no " + kind + " left in " + space));
  }
}
