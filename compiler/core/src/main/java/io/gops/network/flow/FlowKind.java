package io.gops.network.flow;

/// What a flow is for; part of its cookie.
public enum FlowKind {
  CLASSIFY(1),
  ANTI_SPOOF(2),
  ARP(3),
  CONNTRACK(4),
  STEER(5),
  ACL(6),
  ROUTE(7),
  OUTPUT(8),
  DEFAULT(9),
  GATEWAY(10);

  private final int number;

  FlowKind(int number) {
    this.number = number;
  }

  /// 1 to 255; never reused.
  public int number() {
    return number;
  }
}
