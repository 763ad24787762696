package io.gops.network.pipeline;

import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import java.util.ArrayList;
import java.util.List;

/// Collects the flows of one node.
final class FlowList {
  private final List<Flow> flows = new ArrayList<>();

  void add(
      FlowTable table,
      int priority,
      Match match,
      FlowKind kind,
      Declaration declaration,
      Action... actions) {
    flows.add(new Flow(table, priority, match, List.of(actions), kind, declaration));
  }

  /// What a table does with packets that nothing else in it matches.
  void miss(FlowTable table, Action... actions) {
    Declaration declaration = Declaration.builtin(table.label() + "/miss");
    add(table, 0, Match.ANY, FlowKind.DEFAULT, declaration, actions);
  }

  List<Flow> sorted() {
    flows.sort(Flow.ORDER);
    return flows;
  }
}
