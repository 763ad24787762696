package io.gops.network.flow;

import java.util.Locale;

/// Flags of a tracked packet, with the bits that OpenFlow gives them (ovs-fields(7), `ct_state`).
public enum ConnectionState {
  NEW(1),
  EST(2),
  REL(4),
  RPL(8),
  INV(16),
  TRK(32);

  private final long bit;

  ConnectionState(long bit) {
    this.bit = bit;
  }

  /// The flag's bit.
  public long bit() {
    return bit;
  }

  /// `new`, `est` …
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
