package io.gops.network.verify;

import io.gops.fleet.Ipv4;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowTable;
import java.util.Optional;

/// A table that a packet met on its way, with what of the packet is worth telling.
///
/// @param flow what took the packet; absent when nothing did
/// @param source the packet's source address when it came to the table
/// @param destination its destination address then
/// @param inPort the port it entered the node by
/// @param tunnelId its VNI, when it came out of the tunnel or goes into it
/// @param tunnelPeer address of the tunnel end that it goes to
/// @param outPort the port that was chosen for it, 0 before
/// @param choice the bucket of the flow's group that it took
public record Met(
    FlowTable table,
    Optional<Flow> flow,
    Ipv4 source,
    Ipv4 destination,
    int inPort,
    long tunnelId,
    Ipv4 tunnelPeer,
    int outPort,
    Optional<FlowGroup.Bucket> choice) {
  static Met of(FlowTable table, Optional<Flow> flow, Packet packet) {
    return new Met(
        table,
        flow,
        new Ipv4(packet.get(Field.IP_SRC)),
        new Ipv4(packet.get(Field.IP_DST)),
        (int) packet.get(Field.IN_PORT),
        packet.get(Field.TUN_ID),
        new Ipv4(packet.get(Field.TUN_DST)),
        (int) packet.get(Field.OUT_PORT),
        Optional.empty());
  }

  Met choosing(FlowGroup.Bucket bucket) {
    return new Met(
        table,
        flow,
        source,
        destination,
        inPort,
        tunnelId,
        tunnelPeer,
        outPort,
        Optional.of(bucket));
  }

  /// Whether the packet ended here.
  public boolean isDrop() {
    return flow.isEmpty() || flow.get().actions().isEmpty();
  }
}
