package io.gops.network.trace;

import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Where the flows of one cookie are.
///
/// @param example one of them
/// @param tables how many are in each table, over all nodes
/// @param nodes the nodes that have some
public record CookieUse(Flow example, SortedMap<FlowTable, Integer> tables, List<String> nodes) {
  public CookieUse {
    nodes = List.copyOf(nodes);
  }

  /// Absent when no node has a flow with the cookie.
  public static Optional<CookieUse> of(
      long cookie, Iterable<String> nodes, Function<String, NodeTables> tables) {
    List<String> having = new ArrayList<>();
    SortedMap<FlowTable, Integer> counts = new TreeMap<>();
    Optional<Flow> example = Optional.empty();
    for (String node : nodes) {
      List<Flow> found =
          tables.apply(node).flows().stream().filter(f -> f.cookie() == cookie).toList();
      if (!found.isEmpty()) {
        having.add(node);
        example = example.or(() -> Optional.of(found.getFirst()));
        found.forEach(flow -> counts.merge(flow.table(), 1, Integer::sum));
      }
    }
    return example.map(flow -> new CookieUse(flow, counts, having));
  }
}
