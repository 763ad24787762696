package io.gops.network.flow;

/// A queue of the uplink of a host, as linux-htb has it (ovs-vswitchd.conf.db(5), QoS TABLE).
///
/// @param id 1 to 61,439; queue 0 is that of packets without a queue
/// @param atLeast bits per second that it gets whenever it wants them
/// @param atMost bits per second that it gets when nobody else wants them
public record FlowQueue(long id, long atLeast, long atMost, Declaration declaration) {
  /// The highest id that linux-htb takes.
  public static final long LAST = 61_439;
}
