package io.gops.network.flow;

import io.gops.network.Node;
import java.util.List;

/// All flows, groups and meters of one node.
///
/// @param flows in [Flow#ORDER]
/// @param groups by id
/// @param meters by id
public record NodeTables(
    Node node, List<Flow> flows, List<FlowGroup> groups, List<FlowMeter> meters) {
  public NodeTables {
    flows = List.copyOf(flows);
    groups = List.copyOf(groups);
    meters = List.copyOf(meters);
  }

  /// The tables of a node without meters.
  public NodeTables(Node node, List<Flow> flows, List<FlowGroup> groups) {
    this(node, flows, groups, List.of());
  }

  /// The same groups and meters with other flows.
  public NodeTables withFlows(List<Flow> other) {
    return new NodeTables(node, other, groups, meters);
  }
}
