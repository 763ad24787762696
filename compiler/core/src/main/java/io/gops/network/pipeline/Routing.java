package io.gops.network.pipeline;

import static io.gops.network.flow.ConnectionState.EST;
import static io.gops.network.flow.ConnectionState.NEW;
import static io.gops.network.flow.ConnectionState.RPL;
import static io.gops.network.flow.ConnectionState.TRK;

import io.gops.fleet.Cidr;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.network.Attachment;
import io.gops.network.GatewayGroup;
import io.gops.network.Member;
import io.gops.network.Revocation;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.PacketSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables 60 to 63: where a packet goes. A packet from the tunnel never goes back into it.
///
/// A node has a route only to members that somebody on it may talk with: with a route to every
/// member, the routes of a fleet would grow with the square of its size.
final class Routing {
  private static final int MEMBER = 100;
  private static final int PREFIX = 20;

  private Routing() {}

  static void add(NodeView view, FlowList flows) {
    for (VpcNetwork vpc : view.vpcs()) {
      for (Member member : view.members()) {
        if (member.nic().vpc().equals(vpc.name())) {
          addLocal(flows, vpc, member);
        }
      }
      for (Member member : view.partners().getOrDefault(vpc.name(), Map.of()).values()) {
        if (!member.host().equals(view.node().name())) {
          addRemote(view, flows, vpc, member);
        }
      }
      if (!vpc.attachments().isEmpty()) {
        // An address of the VPC that nobody has must not leave it through a wider route.
        Cidr cidr = vpc.vpc().cidr();
        flows.add(
            FlowTable.ROUTE,
            PREFIX + cidr.length(),
            Match.IP.with(Field.VPC, vpc.vni()).with(Field.IP_DST, cidr),
            FlowKind.ROUTE,
            vpc.declaration());
      }
      for (Attachment attachment : vpc.attachments()) {
        addOutside(view, flows, vpc, attachment);
      }
    }
    flows.miss(FlowTable.ROUTE);
    addDispatch(view, flows);
    addGatewayChoice(view, flows);
  }

  private static void addLocal(FlowList flows, VpcNetwork vpc, Member member) {
    flows.add(
        FlowTable.ROUTE,
        MEMBER,
        Match.IP.with(Field.VPC, vpc.vni()).with(Field.IP_DST, member.address().value()),
        FlowKind.ROUTE,
        member.declaration(),
        new Action.DecTtl(),
        new Action.SetField(Field.ETH_SRC, NodeView.GATEWAY_MAC),
        new Action.SetField(Field.ETH_DST, member.mac()),
        new Action.SetField(Field.OUT_PORT, member.nic().ofport()),
        new Action.GotoTable(FlowTable.ARRIVE));
  }

  private static void addRemote(NodeView view, FlowList flows, VpcNetwork vpc, Member member) {
    PacketSource source = view.node().isHost() ? PacketSource.LOCAL : PacketSource.UPLINK;
    Ipv4 end = view.overlay().node(member.host()).underlay();
    flows.add(
        FlowTable.ROUTE,
        MEMBER,
        Match.IP
            .with(Field.SOURCE, source.number())
            .with(Field.VPC, vpc.vni())
            .with(Field.IP_DST, member.address().value()),
        FlowKind.ROUTE,
        member.declaration(),
        new Action.DecTtl(),
        new Action.SetField(Field.ETH_SRC, NodeView.GATEWAY_MAC),
        new Action.SetField(Field.ETH_DST, member.mac()),
        new Action.SetField(Field.TUN_ID, vpc.vni()),
        new Action.SetField(Field.TUN_DST, end.value()),
        new Action.SetField(Field.OUT_PORT, NodeView.TUNNEL_PORT),
        new Action.GotoTable(FlowTable.DEPART));
  }

  private static void addOutside(
      NodeView view, FlowList flows, VpcNetwork vpc, Attachment attachment) {
    List<Action> actions = new ArrayList<>();
    if (!view.node().isHost()) {
      Optional.ofNullable(view.overlay().meters().egress().get(attachment.gateway().name()))
          .ifPresent(meter -> actions.add(new Action.Meter(meter.id())));
    }
    actions.add(new Action.DecTtl());
    actions.add(new Action.SetField(Field.ETH_SRC, NodeView.GATEWAY_MAC));
    PacketSource source;
    if (view.node().isHost()) {
      source = PacketSource.LOCAL;
      actions.add(new Action.SetField(Field.ETH_DST, NodeView.GATEWAY_MAC));
      actions.add(new Action.SetField(Field.TUN_ID, vpc.vni()));
      actions.add(new Action.SetField(Field.OUT_PORT, NodeView.TUNNEL_PORT));
      actions.add(new Action.SetField(Field.GATEWAY_GROUP, attachment.gateway().groupId()));
      actions.add(new Action.GotoTable(FlowTable.GATEWAY));
    } else if (view.node().gateway().filter(attachment.gateway().name()::equals).isPresent()) {
      source = PacketSource.TUNNEL;
      actions.add(new Action.SetField(Field.ETH_DST, NodeView.UPLINK_MAC));
      actions.add(new Action.SetField(Field.OUT_PORT, NodeView.UPLINK_PORT));
      actions.add(new Action.GotoTable(FlowTable.ARRIVE));
    } else {
      return;
    }
    for (Cidr prefix : prefixes(attachment)) {
      flows.add(
          FlowTable.ROUTE,
          PREFIX + prefix.length(),
          Match.IP
              .with(Field.SOURCE, source.number())
              .with(Field.VPC, vpc.vni())
              .with(Field.IP_DST, prefix),
          FlowKind.ROUTE,
          attachment.gateway().declaration(),
          actions.toArray(Action[]::new));
    }
  }

  /// The internet is the default route: longer prefixes take out what is not of it.
  private static List<Cidr> prefixes(Attachment attachment) {
    return attachment.gateway().gateway().kind() == Gateway.Kind.INTERNET
        ? List.of(Cidr.EVERYTHING)
        : attachment.reach().prefixes();
  }

  private static void addDispatch(NodeView view, FlowList flows) {
    for (Revocation revoked : view.overlay().revocations()) {
      again(flows, FlowTable.ARRIVE, revoked, FlowTable.ACL_INGRESS);
      again(flows, FlowTable.DEPART, revoked, FlowTable.COMMIT);
    }
    Match fresh = Match.IP.with(connection(NEW));
    flows.add(
        FlowTable.ARRIVE,
        100,
        fresh,
        FlowKind.CONNTRACK,
        Declaration.builtin("new-arrival"),
        new Action.GotoTable(FlowTable.ACL_INGRESS));
    flows.miss(FlowTable.ARRIVE, new Action.GotoTable(FlowTable.OUTPUT));
    flows.add(
        FlowTable.DEPART,
        100,
        fresh,
        FlowKind.CONNTRACK,
        Declaration.builtin("new-departure"),
        new Action.GotoTable(FlowTable.COMMIT));
    flows.miss(FlowTable.DEPART, new Action.GotoTable(FlowTable.OUTPUT));
  }

  /// A connection that is judged again goes on as a new one does, so that it gets another mark.
  private static void again(FlowList flows, FlowTable table, Revocation revoked, FlowTable next) {
    flows.add(
        table,
        110,
        Match.IP.with(connection(EST)).with(Field.CT_MARK, revoked.id()),
        FlowKind.CONNTRACK,
        revoked.declaration(),
        new Action.GotoTable(next));
  }

  /// A reply returns to the gateway node that its connection came through, because only that node
  /// knows the connection; anything else takes the node that the pair of addresses selects.
  private static void addGatewayChoice(NodeView view, FlowList flows) {
    if (view.node().isHost()) {
      flows.add(
          FlowTable.GATEWAY,
          110,
          Match.IP.with(connection(RPL)),
          FlowKind.GATEWAY,
          Declaration.builtin("reply-to-gateway"),
          new Action.Move(Field.CT_LABEL, Field.TUN_DST),
          new Action.GotoTable(FlowTable.OUTPUT));
      for (GatewayGroup gateway : gateways(view)) {
        Match chosen = Match.IP.with(Field.GATEWAY_GROUP, gateway.groupId());
        flows.add(
            FlowTable.GATEWAY,
            100,
            chosen.with(connection(NEW)),
            FlowKind.GATEWAY,
            gateway.declaration(),
            Conntrack.commit(new Action.Nat.None()),
            new Action.Group(gateway.groupId()));
        for (Revocation revoked : view.overlay().revocations()) {
          flows.add(
              FlowTable.GATEWAY,
              105,
              chosen.with(connection(EST)).with(Field.CT_MARK, revoked.id()),
              FlowKind.GATEWAY,
              revoked.declaration(),
              Conntrack.commit(new Action.Nat.None()),
              new Action.Group(gateway.groupId()));
        }
        flows.add(
            FlowTable.GATEWAY,
            90,
            chosen,
            FlowKind.GATEWAY,
            gateway.declaration(),
            new Action.Group(gateway.groupId()));
      }
    }
    flows.miss(FlowTable.GATEWAY);
  }

  private static io.gops.network.flow.FieldMatch connection(
      io.gops.network.flow.ConnectionState state) {
    return Match.ANY.connection(List.of(state, TRK), List.of()).fields().getFirst();
  }

  /// The groups that pick a node of each gateway which the host's VPCs are joined to.
  static List<FlowGroup> groups(NodeView view) {
    return view.node().isHost()
        ? gateways(view).stream().flatMap(gateway -> groups(gateway).stream()).toList()
        : List.of();
  }

  private static List<GatewayGroup> gateways(NodeView view) {
    return view.overlay().gateways().values().stream()
        .filter(
            gateway ->
                view.vpcs().stream()
                    .flatMap(vpc -> vpc.attachments().stream())
                    .anyMatch(a -> a.gateway().name().equals(gateway.name())))
        .toList();
  }

  /// One that selects, or three: the first of them takes the nodes that live as long as there are
  /// any. The nodes have the same buckets in both others, so a pair of addresses has the same node
  /// whether somebody knows that it lives or nobody knows anything.
  private static List<FlowGroup> groups(GatewayGroup gateway) {
    if (gateway.failover().isEmpty()) {
      return List.of(selection(gateway, gateway.groupId(), false));
    }
    GatewayGroup.Failover failover = gateway.failover().get();
    FlowGroup.Bucket live =
        new FlowGroup.Bucket(
            1,
            0,
            Optional.of(new FlowGroup.Watch.Group(failover.live())),
            List.of(new Action.Group(failover.live())));
    FlowGroup.Bucket all =
        new FlowGroup.Bucket(
            2,
            0,
            Optional.of(new FlowGroup.Watch.Port(NodeView.TUNNEL_PORT)),
            List.of(new Action.Group(failover.all())));
    return List.of(
        selection(gateway, failover.live(), true),
        selection(gateway, failover.all(), false),
        new FlowGroup(
            gateway.groupId(),
            FlowGroup.Kind.FIRST_LIVE,
            List.of(live, all),
            gateway.declaration()));
  }

  private static FlowGroup selection(GatewayGroup gateway, long id, boolean watched) {
    return new FlowGroup(
        id,
        gateway.choices().stream()
            .map(
                choice ->
                    new FlowGroup.Bucket(
                        choice.bucketId(),
                        100,
                        choice.watch().filter(_ -> watched).map(FlowGroup.Watch.Port::new),
                        List.of(
                            new Action.SetField(Field.TUN_DST, choice.node().underlay().value()),
                            new Action.Output(NodeView.TUNNEL_PORT))))
            .toList(),
        gateway.declaration());
  }
}
