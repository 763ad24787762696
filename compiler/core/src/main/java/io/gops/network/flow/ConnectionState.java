package io.gops.network.flow;

import java.util.Locale;

/// Flags of a tracked packet, with the bits that OpenFlow gives them (ovs-fields(7), `ct_state`).
public enum ConnectionState {
  NEW,
  EST,
  REL,
  RPL,
  INV,
  TRK;

  /// The flag's bit.
  public long bit() {
    return 1L << ordinal();
  }

  /// `new`, `est` …
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
