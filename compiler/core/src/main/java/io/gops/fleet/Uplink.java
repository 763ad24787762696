package io.gops.fleet;

import io.gops.source.Origins;
import java.util.SortedMap;

/// The interface through which each host sends to the others, and how queues share it.
///
/// @param device name of the interface, a port of a bridge of Open vSwitch
/// @param rate what it carries, in bits per second
/// @param queues by name
public record Uplink(String device, long rate, SortedMap<String, Queue> queues, Origins origins) {
  /// A share of an uplink, in bits per second.
  ///
  /// @param atLeast what it gets whenever it wants it
  /// @param atMost what it gets when nobody else wants it
  public record Queue(String name, long atLeast, long atMost, Origins origins) {}
}
