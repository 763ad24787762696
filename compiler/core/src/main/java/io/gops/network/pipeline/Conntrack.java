package io.gops.network.pipeline;

import static io.gops.network.flow.ConnectionState.EST;
import static io.gops.network.flow.ConnectionState.INV;
import static io.gops.network.flow.ConnectionState.NEW;
import static io.gops.network.flow.ConnectionState.REL;
import static io.gops.network.flow.ConnectionState.RPL;
import static io.gops.network.flow.ConnectionState.TRK;

import io.gops.network.Attachment;
import io.gops.network.Revocation;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.PacketSource;
import java.util.List;
import java.util.Optional;

/// Tables 30, 31 and 80: which connection a packet belongs to, and the memory of permitted ones.
final class Conntrack {
  private static final List<Action.Move> MARKS =
      List.of(
          new Action.Move(Field.RULE, Field.CT_MARK),
          new Action.Move(Field.TUNNEL_PEER, Field.CT_LABEL));

  private Conntrack() {}

  static void add(NodeView view, FlowList flows) {
    flows.add(
        FlowTable.CONNTRACK,
        100,
        Match.IP,
        FlowKind.CONNTRACK,
        Declaration.builtin("conntrack"),
        new Action.Conntrack(
            false, Optional.of(FlowTable.CONNTRACK_STATE), new Action.Nat.Restore(), List.of()));
    flows.miss(FlowTable.CONNTRACK);
    state(flows, 110, Match.ANY.connection(List.of(INV, TRK), List.of()), "invalid");
    // Steering remembers a connection before the policy has seen it. What the policy then drops
    // must
    // not pass as established with its second packet: only the commit table writes the mark.
    state(
        flows,
        105,
        Match.ANY.connection(List.of(EST, TRK), List.of(NEW)).with(Field.CT_MARK, 0),
        "never-permitted");
    Action route = new Action.GotoTable(FlowTable.ROUTE);
    state(flows, 100, Match.ANY.connection(List.of(EST, TRK), List.of(NEW)), "established", route);
    state(flows, 100, Match.ANY.connection(List.of(REL, TRK), List.of(NEW, EST)), "related", route);
    Match fresh = Match.ANY.connection(List.of(NEW, TRK), List.of());
    for (PacketSource source : PacketSource.values()) {
      Action next = source == PacketSource.TUNNEL ? route : new Action.GotoTable(FlowTable.STEER);
      if (source == PacketSource.TUNNEL || (source == PacketSource.LOCAL) == view.node().isHost()) {
        state(
            flows,
            90,
            fresh.with(Field.SOURCE, source.number()),
            "new-" + source.name().toLowerCase(java.util.Locale.ROOT),
            next);
      }
    }
    for (Revocation revoked : view.overlay().revocations()) {
      judgeAgain(view, flows, revoked);
    }
    flows.miss(FlowTable.CONNTRACK_STATE);
  }

  /// Connections of a rule that is gone. What their opener sends meets the policy as if it were
  /// new, and gets the mark of the rule that allows it now. Replies have no rule of their own, so
  /// they wait for that.
  private static void judgeAgain(NodeView view, FlowList flows, Revocation revoked) {
    flows.add(
        FlowTable.CONNTRACK_STATE,
        120,
        Match.ANY.connection(List.of(EST, RPL, TRK), List.of()).with(Field.CT_MARK, revoked.id()),
        FlowKind.CONNTRACK,
        revoked.declaration());
    Match opener =
        Match.ANY.connection(List.of(EST, TRK), List.of(NEW)).with(Field.CT_MARK, revoked.id());
    // What comes out of the tunnel takes its route as ever, and meets the policy when it arrives.
    PacketSource start = view.node().isHost() ? PacketSource.LOCAL : PacketSource.UPLINK;
    flows.add(
        FlowTable.CONNTRACK_STATE,
        115,
        opener.with(Field.SOURCE, start.number()),
        FlowKind.CONNTRACK,
        revoked.declaration(),
        new Action.GotoTable(FlowTable.ACL_EGRESS));
  }

  private static void state(
      FlowList flows, int priority, Match match, String name, Action... actions) {
    flows.add(
        FlowTable.CONNTRACK_STATE,
        priority,
        match,
        FlowKind.CONNTRACK,
        Declaration.builtin(name),
        actions);
  }

  /// Table 80, and 90, which sends the packet on its way.
  static void addCommit(NodeView view, FlowList flows) {
    for (VpcNetwork vpc : view.vpcs()) {
      view.attachment(vpc)
          .map(Attachment::translated)
          .map(addresses -> addresses.get(view.node().name()))
          .ifPresent(
              address ->
                  flows.add(
                      FlowTable.COMMIT,
                      110,
                      Match.IP
                          .with(Field.OUT_PORT, NodeView.UPLINK_PORT)
                          .with(Field.VPC, vpc.vni()),
                      FlowKind.GATEWAY,
                      vpc.declaration(),
                      commit(new Action.Nat.Source(address)),
                      new Action.GotoTable(FlowTable.OUTPUT)));
    }
    flows.add(
        FlowTable.COMMIT,
        100,
        Match.IP,
        FlowKind.CONNTRACK,
        Declaration.builtin("commit"),
        commit(new Action.Nat.None()),
        new Action.GotoTable(FlowTable.OUTPUT));
    flows.miss(FlowTable.COMMIT);
    flows.miss(FlowTable.OUTPUT, new Action.OutputRegister(Field.OUT_PORT));
  }

  /// Remembers the connection with the rule that permitted it and the tunnel end it came from.
  static Action commit(Action.Nat nat) {
    return new Action.Conntrack(true, Optional.empty(), nat, MARKS);
  }
}
