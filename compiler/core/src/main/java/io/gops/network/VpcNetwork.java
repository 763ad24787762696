package io.gops.network;

import io.gops.fleet.Vpc;
import io.gops.network.flow.Declaration;
import java.util.List;

/// A VPC with the numbers that keep it apart.
///
/// @param vni its number in tunnels and in the packet metadata
/// @param ctZone its conntrack zone, the same on every node
/// @param members in order of their names
/// @param attachments the gateways it is joined to
public record VpcNetwork(
    Vpc vpc,
    long vni,
    int ctZone,
    List<Member> members,
    List<Attachment> attachments,
    Declaration declaration) {
  public VpcNetwork {
    members = List.copyOf(members);
    attachments = List.copyOf(attachments);
  }

  public String name() {
    return vpc.name();
  }
}
