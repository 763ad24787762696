package io.gops.network.pipeline;

import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.network.LoginGroup;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import java.util.List;
import java.util.Optional;

/// Table 40: a new connection to a login address goes to a server of the side that takes logins.
/// Established connections never come here, so they stay where they are.
public final class Steering {
  private Steering() {}

  static void add(NodeView view, FlowList flows) {
    for (LoginGroup login : view.logins()) {
      VpcNetwork vpc = view.overlay().vpc(login.address().vpc());
      Optional<Ipv4> address =
          view.node().isHost()
              ? Optional.of(login.address().address())
              : login.publicAddress().map(PublicAddress::address);
      for (Port port : login.ports()) {
        address.ifPresent(
            to ->
                flows.add(
                    FlowTable.STEER,
                    100,
                    Match.ANY
                        .protocol(port.protocol())
                        .with(Field.VPC, vpc.vni())
                        .with(Field.IP_DST, to.value())
                        .with(Field.PORT_DST, port.number()),
                    FlowKind.STEER,
                    login.declaration(),
                    new Action.Group(login.groupId())));
      }
    }
    addServers(view, flows);
    flows.miss(FlowTable.STEER, new Action.GotoTable(FlowTable.ACL_EGRESS));
  }

  /// Public addresses that lead to one server.
  private static void addServers(NodeView view, FlowList flows) {
    for (PublicAddress address : view.publicAddresses()) {
      if (!view.overlay().loginGroups().containsKey(address.name())) {
        flows.add(
            FlowTable.STEER,
            100,
            Match.IP
                .with(Field.VPC, view.overlay().vpc(address.vpc()).vni())
                .with(Field.IP_DST, address.address().value()),
            FlowKind.STEER,
            address.declaration(),
            toward(address.inner()));
      }
    }
  }

  /// The groups of the login addresses that the node carries.
  static List<FlowGroup> groups(NodeView view) {
    return view.logins().stream().map(Steering::group).toList();
  }

  /// The OpenFlow group of a login address, equal on each of its carriers.
  public static FlowGroup group(LoginGroup login) {
    return new FlowGroup(
        login.groupId(),
        login.buckets().stream()
            .map(
                bucket ->
                    new FlowGroup.Bucket(
                        bucket.id(), bucket.weight(), List.of(toward(bucket.member().address()))))
            .toList(),
        login.declaration());
  }

  private static Action toward(Ipv4 address) {
    return new Action.Conntrack(
        true, Optional.of(FlowTable.ACL_EGRESS), new Action.Nat.Destination(address), List.of());
  }
}
