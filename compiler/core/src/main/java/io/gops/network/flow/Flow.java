package io.gops.network.flow;

import java.util.Comparator;
import java.util.List;

/// One flow of a node.
///
/// @param priority 0 for the miss rule of a table, else 1 to 65535
/// @param actions in order; empty drops the packet
public record Flow(
    FlowTable table,
    int priority,
    Match match,
    List<Action> actions,
    FlowKind kind,
    Declaration declaration) {
  /// By table, then highest priority first, then match: the order of the printed file.
  public static final Comparator<Flow> ORDER = Flow::compare;

  public Flow {
    actions = List.copyOf(actions);
  }

  private static int compare(Flow one, Flow two) {
    int order = one.table.compareTo(two.table);
    order = order != 0 ? order : Integer.compare(two.priority, one.priority);
    return order != 0 ? order : one.match.compareTo(two.match);
  }

  public long cookie() {
    return declaration.cookie(kind);
  }

  /// Whether the flow is a dimension of a conjunctive match, which decides nothing by itself.
  public boolean isClause() {
    return !actions.isEmpty() && actions.getFirst() instanceof Action.Conjunction;
  }
}
