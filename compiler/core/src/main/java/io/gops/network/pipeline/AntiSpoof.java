package io.gops.network.pipeline;

import io.gops.network.Member;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;

/// Table 10: a port sends from its own addresses only. IPv6, DHCP and foreign hardware addresses
/// end here too: addresses are given when the port is made.
final class AntiSpoof {
  private AntiSpoof() {}

  static void add(NodeView view, FlowList flows) {
    for (Member member : view.members()) {
      Match port = Match.ANY.with(Field.IN_PORT, member.nic().ofport());
      Match arp =
          port.with(Field.ETH_TYPE, Match.ARP_TYPE).with(Field.ARP_SPA, member.address().value());
      flows.add(
          FlowTable.ANTI_SPOOF,
          110,
          arp.with(Field.ARP_TPA, member.address().value()),
          FlowKind.ANTI_SPOOF,
          member.declaration());
      flows.add(
          FlowTable.ANTI_SPOOF,
          100,
          arp.with(Field.ETH_SRC, member.mac())
              .with(Field.ARP_SHA, member.mac())
              .with(Field.ARP_OP, 1),
          FlowKind.ANTI_SPOOF,
          member.declaration(),
          new Action.GotoTable(FlowTable.ARP_PROXY));
      flows.add(
          FlowTable.ANTI_SPOOF,
          100,
          port.with(Field.ETH_TYPE, Match.IP_TYPE)
              .with(Field.ETH_SRC, member.mac())
              .with(Field.IP_SRC, member.address().value()),
          FlowKind.ANTI_SPOOF,
          member.declaration(),
          Classify.limited(
              view.overlay().meters().zones().get(member.workload().group()),
              new Action.GotoTable(FlowTable.CONNTRACK)));
    }
    flows.miss(FlowTable.ANTI_SPOOF);
  }

  /// Table 20: every address is behind the gateway's hardware address, so one flow answers all and
  /// nothing is flooded or learnt.
  static void addArpProxy(FlowList flows) {
    flows.add(
        FlowTable.ARP_PROXY,
        100,
        Match.ARP.with(Field.ARP_OP, 1),
        FlowKind.ARP,
        Declaration.builtin("arp-proxy"),
        new Action.Move(Field.ETH_SRC, Field.ETH_DST),
        new Action.SetField(Field.ETH_SRC, NodeView.GATEWAY_MAC),
        new Action.SetField(Field.ARP_OP, 2),
        new Action.Move(Field.ARP_SHA, Field.ARP_THA),
        new Action.SetField(Field.ARP_SHA, NodeView.GATEWAY_MAC),
        new Action.Push(Field.ARP_TPA),
        new Action.Move(Field.ARP_SPA, Field.ARP_TPA),
        new Action.Pop(Field.ARP_SPA),
        new Action.OutputInPort());
    flows.miss(FlowTable.ARP_PROXY);
  }
}
