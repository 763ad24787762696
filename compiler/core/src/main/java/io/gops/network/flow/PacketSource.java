package io.gops.network.flow;

/// Where a packet entered a node.
public enum PacketSource {
  /// A port of a member.
  LOCAL(1),
  /// The tunnel.
  TUNNEL(2),
  /// The uplink of a gateway node.
  UPLINK(3);

  private final long number;

  PacketSource(long number) {
    this.number = number;
  }

  /// Value in its register.
  public long number() {
    return number;
  }
}
