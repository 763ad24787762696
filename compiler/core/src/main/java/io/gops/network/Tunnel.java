package io.gops.network;

import io.gops.fleet.Cluster;

/// How a packet travels between two nodes. Both kinds carry the VNI of its VPC, and without options
/// both add the same number of bytes.
public enum Tunnel {
  /// RFC 7348.
  VXLAN("vxlan"),
  /// RFC 8926.
  GENEVE("geneve");

  /// Bytes of the outer Ethernet, IPv4, UDP and VXLAN or Geneve headers.
  static final int OVERHEAD = 50;

  private final String word;

  Tunnel(String word) {
    this.word = word;
  }

  /// In a source, and the type of the interface in Open vSwitch.
  public String word() {
    return word;
  }

  /// What a cluster says.
  static Tunnel of(Cluster cluster) {
    return GENEVE.word.equals(cluster.settings().get("tunnel")) ? GENEVE : VXLAN;
  }
}
