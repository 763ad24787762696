package io.gops.network.verify;

import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Proves in one pass over the flows of a node that no packet changes its VPC.
///
/// The argument is an induction over the tables. Table 0 gives a packet the VPC of its port, its
/// VNI or its public address, and no later flow writes it. A flow that chooses a server's port
/// demands that server's VPC; a flow that chooses the tunnel demands a VPC and writes its VNI. What
/// is sent is what was chosen: so packets leave to servers of their own VPC or with its VNI, and
/// the next node's table 0 takes up that VNI. It needs no sample of packets, so it is complete.
final class Isolation {
  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;

  private final NodeTables node;
  private final Map<Long, VpcNetwork> byVni = new HashMap<>();
  private final Map<Integer, VpcNetwork> byPort = new HashMap<>();
  private final Map<Long, String> byPublicAddress = new HashMap<>();
  private final Set<String> joined = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private Isolation(Overlay overlay, List<Member> here, NodeTables node) {
    this.node = node;
    Set<Integer> zones = new HashSet<>();
    for (VpcNetwork vpc : overlay.vpcs().values()) {
      if (byVni.put(vpc.vni(), vpc) != null || !zones.add(vpc.ctZone())) {
        report("VPC " + vpc.name() + " shares its VNI or conntrack zone");
      }
      vpc.attachments().stream()
          .filter(a -> node.node().gateway().filter(a.gateway().name()::equals).isPresent())
          .forEach(
              a -> {
                joined.add(vpc.name());
                Optional.ofNullable(a.translated().get(node.node().name()))
                    .ifPresent(address -> claim(address.value(), vpc.name()));
              });
    }
    for (Member member : here) {
      if (byPort.put(member.nic().ofport(), overlay.vpc(member.nic().vpc())) != null) {
        report("two servers have port " + member.nic().ofport());
      }
    }
    for (PublicAddress address : overlay.publicAddresses()) {
      if (address.node().equals(node.node().name())) {
        claim(address.address().value(), address.vpc());
      }
    }
  }

  /// @param here the members on the node
  static List<Finding> check(Overlay overlay, List<Member> here, NodeTables node) {
    Isolation isolation = new Isolation(overlay, here, node);
    for (Flow flow : node.flows()) {
      if (flow.table() == FlowTable.CLASSIFY) {
        isolation.classify(flow);
      } else {
        isolation.later(flow);
      }
      isolation.outputs(flow, flow.actions());
    }
    for (FlowGroup group : node.groups()) {
      isolation.group(group);
    }
    return isolation.findings;
  }

  private void claim(long address, String vpc) {
    String other = byPublicAddress.putIfAbsent(address, vpc);
    if (other != null && !other.equals(vpc)) {
      report("VPCs " + other + " and " + vpc + " share a public address");
    }
  }

  private void report(String what) {
    findings.add(new Finding(node.node().name(), "isolation: " + what));
  }

  private void report(Flow flow, String what) {
    report(
        "table "
            + flow.table().number()
            + " "
            + flow.table().label()
            + ", "
            + flow.declaration().path()
            + ": "
            + what);
  }

  /// A packet gets the VPC of where it came from, or none and is answered or dropped.
  private void classify(Flow flow) {
    Optional<Long> vni = written(flow, Field.VPC);
    if (vni.isEmpty()) {
      boolean ends =
          flow.actions().isEmpty()
              || flow.actions().equals(List.of(new Action.GotoTable(FlowTable.ARP_PROXY)));
      if (!ends) {
        report(flow, "goes on without a VPC");
      }
      return;
    }
    VpcNetwork vpc = byVni.get(vni.get());
    if (vpc == null || !source(flow, vpc)) {
      report(flow, "gives packets a VPC that is not theirs");
    } else if (!written(flow, Field.CT_ZONE).equals(Optional.of((long) vpc.ctZone()))) {
      report(flow, "gives packets another VPC's conntrack zone");
    }
  }

  private boolean source(Flow flow, VpcNetwork vpc) {
    long port = exact(flow, Field.IN_PORT);
    if (port == TUNNEL_PORT) {
      return exact(flow, Field.TUN_ID) == vpc.vni();
    }
    if (port == UPLINK_PORT && !node.node().isHost()) {
      Optional<FieldMatch> to = flow.match().on(Field.IP_DST);
      return joined.contains(vpc.name())
          && to.isPresent()
          && (vpc.name().equals(byPublicAddress.get(exact(flow, Field.IP_DST)))
              || vpc.vpc().cidr().contains(new io.gops.fleet.Ipv4(to.get().value())));
    }
    VpcNetwork own = byPort.get((int) port);
    return own != null && own.name().equals(vpc.name());
  }

  /// What later flows write depends on the VPC they demand.
  private void later(Flow flow) {
    for (Action action : flow.actions()) {
      if (action instanceof Action.SetField set) {
        write(flow, set.field(), set.value());
      } else if (action instanceof Action.Move move) {
        move(flow, move.to());
      } else if (action instanceof Action.Pop pop) {
        move(flow, pop.field());
      } else if (action instanceof Action.Conntrack conntrack) {
        conntrack.exec().forEach(m -> move(flow, m.to()));
      }
    }
    boolean toGateway =
        flow.actions().stream()
            .anyMatch(a -> a instanceof Action.GotoTable t && t.table() == FlowTable.GATEWAY);
    if (toGateway && written(flow, Field.TUN_ID).isEmpty()) {
      report(flow, "leads to a gateway without a VNI");
    }
  }

  private void write(Flow flow, Field field, long value) {
    switch (field) {
      case VPC, CT_ZONE, SOURCE, TUNNEL_PEER -> report(flow, "writes " + field.text());
      case TUN_ID -> {
        if (!flow.match().demands(Field.VPC, value)) {
          report(flow, "sends packets of any VPC with VNI " + value);
        }
      }
      case OUT_PORT -> port(flow, (int) value);
      case CONJ_ID,
          CT_STATE,
          CT_MARK,
          CT_LABEL,
          ETH_TYPE,
          IP_PROTO,
          GATEWAY_GROUP,
          RULE,
          TUN_SRC,
          TUN_DST,
          IN_PORT,
          ETH_SRC,
          ETH_DST,
          IP_SRC,
          IP_DST,
          ARP_SPA,
          ARP_TPA,
          ARP_OP,
          ARP_SHA,
          ARP_THA,
          PORT_DST -> {}
    }
  }

  private void move(Flow flow, Field to) {
    switch (to) {
      case VPC, CT_ZONE, SOURCE, TUNNEL_PEER, TUN_ID, OUT_PORT, IN_PORT ->
          report(flow, "copies something to " + to.text());
      case CONJ_ID,
          CT_STATE,
          CT_MARK,
          CT_LABEL,
          ETH_TYPE,
          IP_PROTO,
          GATEWAY_GROUP,
          RULE,
          TUN_SRC,
          TUN_DST,
          ETH_SRC,
          ETH_DST,
          IP_SRC,
          IP_DST,
          ARP_SPA,
          ARP_TPA,
          ARP_OP,
          ARP_SHA,
          ARP_THA,
          PORT_DST -> {}
    }
  }

  private void port(Flow flow, int port) {
    if (port == TUNNEL_PORT) {
      if (written(flow, Field.TUN_ID).isEmpty()) {
        report(flow, "sends into the tunnel without a VNI");
      }
    } else if (port == UPLINK_PORT && !node.node().isHost()) {
      boolean known =
          byVni.values().stream()
              .anyMatch(v -> joined.contains(v.name()) && flow.match().demands(Field.VPC, v.vni()));
      if (!known) {
        report(flow, "lets packets of any VPC out");
      }
    } else {
      VpcNetwork vpc = byPort.get(port);
      if (vpc == null || !flow.match().demands(Field.VPC, vpc.vni())) {
        report(flow, "sends packets of another VPC to port " + port);
      }
    }
  }

  /// Packets are sent by the output table and back to an asking port, and by nothing else.
  private void outputs(Flow flow, List<Action> actions) {
    for (Action action : actions) {
      boolean wrong =
          action instanceof Action.Output
              || (action instanceof Action.OutputRegister output
                  && (flow.table() != FlowTable.OUTPUT || output.field() != Field.OUT_PORT))
              || (action instanceof Action.OutputInPort && flow.table() != FlowTable.ARP_PROXY);
      if (wrong) {
        report(flow, "sends packets by itself");
      }
    }
  }

  /// A bucket picks a tunnel end, another address or another group, never a VPC.
  private void group(FlowGroup group) {
    for (FlowGroup.Bucket bucket : group.buckets()) {
      for (Action action : bucket.actions()) {
        boolean fine =
            action instanceof Action.Conntrack
                || (action instanceof Action.SetField set && set.field() == Field.TUN_DST)
                || (action instanceof Action.Output output && output.port() == TUNNEL_PORT)
                || action instanceof Action.Group;
        if (!fine) {
          report("group " + group.declaration().path() + " does more than choose");
        }
      }
    }
  }

  private static Optional<Long> written(Flow flow, Field field) {
    Optional<Long> value = Optional.empty();
    for (Action action : flow.actions()) {
      if (action instanceof Action.SetField set && set.field() == field) {
        value = Optional.of(set.value());
      }
    }
    return value;
  }

  private static long exact(Flow flow, Field field) {
    return flow.match()
        .on(field)
        .filter(condition -> condition.mask() == field.all())
        .map(FieldMatch::value)
        .orElse(-1L);
  }
}
