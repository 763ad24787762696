package io.gops.network.flow;

import io.gops.network.Node;
import java.util.List;

/// All flows and groups of one node.
///
/// @param flows in [Flow#ORDER]
/// @param groups by id
public record NodeTables(Node node, List<Flow> flows, List<FlowGroup> groups) {
  public NodeTables {
    flows = List.copyOf(flows);
    groups = List.copyOf(groups);
  }
}
