package io.gops.network.pipeline;

import io.gops.network.Overlay;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/// Makes the tables of every node.
public final class Pipeline {
  private Pipeline() {}

  /// The tables by node name, all at once; [FlowTables] gives them one by one.
  public static SortedMap<String, NodeTables> tables(Overlay overlay) {
    return new FlowTables(overlay).all();
  }

  static NodeTables tables(NodeView view) {
    FlowList flows = new FlowList();
    Classify.add(view, flows);
    AntiSpoof.add(view, flows);
    AntiSpoof.addArpProxy(flows);
    Conntrack.add(view, flows);
    Steering.add(view, flows);
    AccessControl.add(view, flows);
    Routing.add(view, flows);
    Conntrack.addCommit(view, flows);
    List<FlowGroup> groups = new ArrayList<>(Steering.groups(view));
    groups.addAll(Routing.groups(view));
    groups.sort(Comparator.comparingLong(FlowGroup::id));
    return new NodeTables(view.node(), flows.sorted(), groups);
  }
}
