package io.gops.network.flow;

/// The tables of the pipeline. A packet only moves to a higher number; the gaps leave room.
public enum FlowTable {
  /// Which VPC a packet belongs to, by the port or tunnel it came from.
  CLASSIFY(0, "classify"),
  /// Whether a port uses the addresses that were given to it.
  ANTI_SPOOF(10, "anti-spoof"),
  /// Answers every ARP request with the one gateway MAC.
  ARP_PROXY(20, "arp-proxy"),
  /// Looks the connection up in the VPC's conntrack zone.
  CONNTRACK(30, "conntrack"),
  /// New, established, related or invalid.
  CONNTRACK_STATE(31, "conntrack-state"),
  /// Login addresses: picks the side that takes logins.
  STEER(40, "steer"),
  /// Policy where a connection starts.
  ACL_EGRESS(50, "acl-egress"),
  /// Where the destination is.
  ROUTE(60, "route"),
  /// Packets for this node: new connections meet the policy once more.
  ARRIVE(61, "arrive"),
  /// Packets for another node.
  DEPART(62, "depart"),
  /// Picks a gateway node.
  GATEWAY(63, "gateway"),
  /// Policy where a connection ends.
  ACL_INGRESS(70, "acl-ingress"),
  /// Remembers a permitted connection and the rule that permitted it.
  COMMIT(80, "commit"),
  /// Sends the packet to the port chosen before.
  OUTPUT(90, "output");

  private final int number;
  private final String label;

  FlowTable(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /// OpenFlow table number.
  public int number() {
    return number;
  }

  /// Its name in messages.
  public String label() {
    return label;
  }
}
