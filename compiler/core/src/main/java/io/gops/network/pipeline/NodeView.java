package io.gops.network.pipeline;

import io.gops.network.Attachment;
import io.gops.network.GatewayGroup;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The overlay as one node sees it.
///
/// @param vpcs those with members on the host, or joined to the gateway that the node belongs to
/// @param members on the node
/// @param partners the members that somebody on the node, or behind it, may talk with, by VPC and
///     id
/// @param published ids of the members that a public address of this node leads to
/// @param publicAddresses those of this node
/// @param logins login addresses that the node carries
/// @param rules that matter on the node, by VPC
record NodeView(
    Overlay overlay,
    Node node,
    List<VpcNetwork> vpcs,
    List<Member> members,
    Map<String, Map<String, Member>> partners,
    Set<String> published,
    List<PublicAddress> publicAddresses,
    List<LoginGroup> logins,
    List<RuleEnds> rules) {
  /// Port of the tunnel to all other nodes.
  static final int TUNNEL_PORT = 1;

  /// Port of a gateway node that leads out of the overlay.
  static final int UPLINK_PORT = 2;

  /// What every member takes for its gateway, on every node.
  static final long GATEWAY_MAC = 0x0a60_0000_0001L;

  /// The hardware address of the uplink.
  static final long UPLINK_MAC = 0x0a60_0000_0002L;

  /// Ids of the members that public addresses lead to.
  static Set<String> published(Overlay overlay, List<PublicAddress> addresses) {
    Set<String> ids = new HashSet<>();
    for (PublicAddress address : addresses) {
      ids.add(address.name());
      Optional.ofNullable(overlay.loginGroups().get(address.name()))
          .ifPresent(login -> login.buckets().forEach(b -> ids.add(b.member().id())));
    }
    return ids;
  }

  VpcNetwork vpcOf(Member member) {
    return overlay.vpc(member.nic().vpc());
  }

  Optional<GatewayGroup> gateway() {
    return node.gateway().map(name -> Objects.requireNonNull(overlay.gateways().get(name)));
  }

  /// How a VPC is joined to this node's gateway.
  Optional<Attachment> attachment(VpcNetwork vpc) {
    return vpc.attachments().stream()
        .filter(a -> node.gateway().filter(a.gateway().name()::equals).isPresent())
        .findFirst();
  }
}
