package io.gops.network.pipeline;

import io.gops.network.Attachment;
import io.gops.network.Member;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.FlowQueue;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.PacketSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Table 0: gives each packet its VPC. No later table writes it.
final class Classify {
  private Classify() {}

  static void add(NodeView view, FlowList flows) {
    for (Member member : view.members()) {
      flows.add(
          FlowTable.CLASSIFY,
          100,
          Match.ANY.with(Field.IN_PORT, member.nic().ofport()),
          FlowKind.CLASSIFY,
          member.declaration(),
          limited(
              view.overlay().meters().servers().get(member.id()),
              queued(
                  view.overlay().uplink().flatMap(uplink -> uplink.queueOf(member)),
                  enter(view.vpcOf(member), PacketSource.LOCAL, FlowTable.ANTI_SPOOF))));
    }
    for (VpcNetwork vpc : view.vpcs()) {
      flows.add(
          FlowTable.CLASSIFY,
          100,
          Match.ANY.with(Field.TUN_ID, vpc.vni()).with(Field.IN_PORT, NodeView.TUNNEL_PORT),
          FlowKind.CLASSIFY,
          vpc.declaration(),
          enter(vpc, PacketSource.TUNNEL, next(view, vpc)));
    }
    if (view.gateway().isPresent()) {
      addUplink(view, flows);
    }
    flows.miss(FlowTable.CLASSIFY);
  }

  private static void addUplink(NodeView view, FlowList flows) {
    Match uplink = Match.ANY.with(Field.IN_PORT, NodeView.UPLINK_PORT);
    flows.add(
        FlowTable.CLASSIFY,
        90,
        uplink.with(Field.ETH_TYPE, Match.ARP_TYPE),
        FlowKind.ARP,
        Declaration.builtin("uplink-arp"),
        new Action.GotoTable(FlowTable.ARP_PROXY));
    Match packets = uplink.with(Field.ETH_TYPE, Match.IP_TYPE);
    for (PublicAddress address : view.publicAddresses()) {
      flows.add(
          FlowTable.CLASSIFY,
          100,
          packets.with(Field.IP_DST, address.address().value()),
          FlowKind.GATEWAY,
          address.declaration(),
          limited(
              ingress(view),
              enter(view.overlay().vpc(address.vpc()), PacketSource.UPLINK, FlowTable.CONNTRACK)));
    }
    for (VpcNetwork vpc : view.vpcs()) {
      Optional<Attachment> attachment = view.attachment(vpc);
      attachment
          .map(a -> a.translated().get(view.node().name()))
          .ifPresent(
              address ->
                  flows.add(
                      FlowTable.CLASSIFY,
                      100,
                      packets.with(Field.IP_DST, address.value()),
                      FlowKind.GATEWAY,
                      vpc.declaration(),
                      limited(
                          ingress(view), enter(vpc, PacketSource.UPLINK, FlowTable.CONNTRACK))));
      if (attachment.filter(a -> !a.isTranslated()).isPresent()) {
        flows.add(
            FlowTable.CLASSIFY,
            100,
            packets.with(Field.IP_DST, vpc.vpc().cidr()),
            FlowKind.GATEWAY,
            vpc.declaration(),
            limited(ingress(view), enter(vpc, PacketSource.UPLINK, FlowTable.ROUTE)));
        // Nobody outside is a member: hosts would take such a packet for one of the member's own.
        flows.add(
            FlowTable.CLASSIFY,
            110,
            packets.with(Field.IP_SRC, vpc.vpc().cidr()).with(Field.IP_DST, vpc.vpc().cidr()),
            FlowKind.ANTI_SPOOF,
            vpc.declaration());
      }
    }
  }

  private static @Nullable FlowMeter ingress(NodeView view) {
    return view.overlay().meters().ingress().get(view.node().gateway().orElse(""));
  }

  /// The same actions behind a meter, if there is one.
  static Action[] limited(@Nullable FlowMeter meter, Action... actions) {
    if (meter == null) {
      return actions;
    }
    List<Action> limited = new ArrayList<>();
    limited.add(new Action.Meter(meter.id()));
    limited.addAll(List.of(actions));
    return limited.toArray(Action[]::new);
  }

  /// The same actions for packets that wait in a queue, if there is one: the choice stays with the
  /// packet until it leaves the host.
  private static Action[] queued(Optional<FlowQueue> queue, Action... actions) {
    if (queue.isEmpty()) {
      return actions;
    }
    List<Action> queued = new ArrayList<>();
    queued.add(new Action.SetQueue(queue.get().id()));
    queued.addAll(List.of(actions));
    return queued.toArray(Action[]::new);
  }

  /// A gateway that keeps addresses keeps no connections either: request and reply may pass through
  /// different nodes of it, and hosts track and judge every connection anyway.
  private static FlowTable next(NodeView view, VpcNetwork vpc) {
    boolean routed = view.attachment(vpc).filter(a -> !a.isTranslated()).isPresent();
    return routed ? FlowTable.ROUTE : FlowTable.CONNTRACK;
  }

  private static Action[] enter(VpcNetwork vpc, PacketSource source, FlowTable next) {
    List<Action> actions = new ArrayList<>();
    actions.add(new Action.SetField(Field.VPC, vpc.vni()));
    actions.add(new Action.SetField(Field.CT_ZONE, vpc.ctZone()));
    actions.add(new Action.SetField(Field.SOURCE, source.number()));
    if (source == PacketSource.TUNNEL) {
      actions.add(new Action.Move(Field.TUN_SRC, Field.TUNNEL_PEER));
    }
    actions.add(new Action.GotoTable(next));
    return actions.toArray(Action[]::new);
  }
}
