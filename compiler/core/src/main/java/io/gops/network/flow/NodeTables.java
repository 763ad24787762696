package io.gops.network.flow;

import io.gops.network.Node;
import java.util.List;

/// All flows, groups, meters and queues of one node.
///
/// @param flows in [Flow#ORDER]
/// @param groups by kind, then id, so that each comes after those that it uses
/// @param meters by id
/// @param queues of the uplink, by id
public record NodeTables(
    Node node,
    List<Flow> flows,
    List<FlowGroup> groups,
    List<FlowMeter> meters,
    List<FlowQueue> queues) {
  public NodeTables {
    flows = List.copyOf(flows);
    groups = List.copyOf(groups);
    meters = List.copyOf(meters);
    queues = List.copyOf(queues);
  }

  /// The tables of a node without queues.
  public NodeTables(Node node, List<Flow> flows, List<FlowGroup> groups, List<FlowMeter> meters) {
    this(node, flows, groups, meters, List.of());
  }

  /// The tables of a node without meters.
  public NodeTables(Node node, List<Flow> flows, List<FlowGroup> groups) {
    this(node, flows, groups, List.of(), List.of());
  }

  /// The same groups and meters with other flows.
  public NodeTables withFlows(List<Flow> other) {
    return new NodeTables(node, other, groups, meters, queues);
  }
}
