package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// A group of machines that join VPCs to the internet or to the backbone.
///
/// @param nodes tunnel ends of the machines in order
/// @param perNode what one machine forwards: egress, packets, connections
/// @param addresses public addresses it may hand out, internet gateways only
/// @param prefixes what lies behind it, backbone gateways only
/// @param limits of what passes each of its machines
public record Gateway(
    String name,
    Kind kind,
    List<Node> nodes,
    Amounts perNode,
    List<Cidr> addresses,
    List<Cidr> prefixes,
    Limits limits,
    Origins origins) {
  /// Where a gateway leads.
  public enum Kind {
    INTERNET,
    BACKBONE
  }

  /// One machine of the group.
  public record Node(String name, Ipv4 underlay) {}

  public Gateway {
    nodes = List.copyOf(nodes);
    addresses = List.copyOf(addresses);
    prefixes = List.copyOf(prefixes);
  }
}
