package io.gops.network.verify;

import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Whether the tables of one node are well formed: mistakes that Open vSwitch accepts in silence.
final class FlowLints {
  private final NodeTables node;
  private final Map<FlowTable, List<Flow>> tables = new EnumMap<>(FlowTable.class);
  private final Map<Long, FlowGroup> groups = new HashMap<>();
  private final Set<Long> meters = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private FlowLints(NodeTables node) {
    this.node = node;
    for (Flow flow : node.flows()) {
      tables.computeIfAbsent(flow.table(), _ -> new ArrayList<>()).add(flow);
    }
    node.groups().forEach(group -> groups.put(group.id(), group));
    node.meters().forEach(meter -> meters.add(meter.id()));
  }

  static List<Finding> check(NodeTables node) {
    FlowLints lints = new FlowLints(node);
    lints.tables.forEach(
        (table, flows) -> {
          lints.overlaps(table, flows);
          lints.shadowed(table, flows);
          lints.conjunctions(table, flows);
        });
    if (!lints.haveLoops()) {
      lints.reachable();
    }
    lints.meters();
    lints.cookies();
    return lints.findings;
  }

  private void report(FlowTable table, String what) {
    findings.add(
        new Finding(
            node.node().name(), "table " + table.number() + " " + table.label() + ": " + what));
  }

  /// Two flows of one priority that some packet matches both, but that do different things. Open
  /// vSwitch keeps the last of two equal matches and picks any of two overlapping ones.
  private void overlaps(FlowTable table, List<Flow> flows) {
    Map<Integer, List<Flow>> byPriority = new TreeMap<>();
    for (Flow flow : flows) {
      byPriority.computeIfAbsent(flow.priority(), _ -> new ArrayList<>()).add(flow);
    }
    byPriority.forEach((_, same) -> overlapsInside(table, same));
  }

  private void overlapsInside(FlowTable table, List<Flow> flows) {
    Map<Shape, List<Flow>> byShape = new LinkedHashMap<>();
    for (Flow flow : flows) {
      byShape.computeIfAbsent(Shape.of(flow.match()), _ -> new ArrayList<>()).add(flow);
    }
    List<Alike> all = new ArrayList<>();
    byShape.forEach((shape, same) -> all.add(Alike.of(shape, same)));
    for (int i = 0; i < all.size(); i++) {
      for (int j = i; j < all.size(); j++) {
        Alike one = all.get(i);
        Alike two = all.get(j);
        boolean fine = i != j && one.isOfConjunctionOf(two);
        if (!fine && reportClash(table, one.shape.and(two.shape), one.flows, two.flows)) {
          return;
        }
      }
    }
  }

  /// Flows of one shape and priority.
  ///
  /// @param conjunction that all of them belong to; 0 when they do not
  private record Alike(Shape shape, List<Flow> flows, long conjunction, boolean clauses) {
    static Alike of(Shape shape, List<Flow> flows) {
      long id = id(flows.getFirst());
      boolean clauses = true;
      for (Flow flow : flows) {
        id = id == id(flow) ? id : 0;
        clauses &= flow.isClause();
      }
      return new Alike(shape, flows, id, clauses);
    }

    /// Whether no two of them clash because all are dimensions of one conjunction or its verdict:
    /// of different shapes, their matches differ. Otherwise each is compared with each other.
    boolean isOfConjunctionOf(Alike other) {
      return conjunction != 0 && conjunction == other.conjunction && (clauses || other.clauses);
    }
  }

  @SuppressWarnings("ReferenceEquality") // A flow does not clash with itself.
  private boolean reportClash(FlowTable table, Shape common, List<Flow> one, List<Flow> two) {
    Map<Shape.Values, List<Flow>> projected = new HashMap<>();
    for (Flow flow : one) {
      projected.computeIfAbsent(common.valuesOf(flow.match()), _ -> new ArrayList<>(1)).add(flow);
    }
    for (Flow flow : two) {
      for (Flow other : projected.getOrDefault(common.valuesOf(flow.match()), List.of())) {
        if (flow != other && clash(flow, other)) {
          report(
              table,
              other.declaration().path()
                  + " and "
                  + flow.declaration().path()
                  + " match the same packets with priority "
                  + flow.priority());
          return true;
        }
      }
    }
    return false;
  }

  /// Clauses of one conjunction may overlap: each only counts its own dimension.
  private static boolean clash(Flow one, Flow two) {
    boolean clauses =
        (one.isClause() && two.isClause()) || isVerdictOf(one, two) || isVerdictOf(two, one);
    if (!clauses) {
      return one.match().equals(two.match()) || !one.actions().equals(two.actions());
    }
    return one.match().equals(two.match()) || id(one) != id(two);
  }

  private static boolean isVerdictOf(Flow verdict, Flow clause) {
    return clause.isClause() && verdict.match().on(Field.CONJ_ID).isPresent();
  }

  /// The conjunction that a flow belongs to; 0 for none.
  private static long id(Flow flow) {
    for (Action action : flow.actions()) {
      if (action instanceof Action.Conjunction clause) {
        return clause.id();
      }
    }
    return flow.match().on(Field.CONJ_ID).map(FieldMatch::value).orElse(0L);
  }

  /// A flow that no packet reaches, because one of higher priority takes all of them. In the policy
  /// tables that is how an earlier rule wins.
  private void shadowed(FlowTable table, List<Flow> flows) {
    if (table == FlowTable.ACL_EGRESS || table == FlowTable.ACL_INGRESS) {
      return;
    }
    TableIndex index = new TableIndex(flows);
    for (Flow flow : flows) {
      Flow other = index.hides(flow);
      if (other != null) {
        report(table, flow.declaration().path() + " is hidden by " + other.declaration().path());
        return;
      }
    }
  }

  private void conjunctions(FlowTable table, List<Flow> flows) {
    Map<Long, Set<Integer>> seen = new TreeMap<>();
    Map<Long, Integer> sizes = new HashMap<>();
    Map<Long, Integer> priorities = new HashMap<>();
    Set<Long> verdicts = new HashSet<>();
    for (Flow flow : flows) {
      flow.match().on(Field.CONJ_ID).ifPresent(condition -> verdicts.add(condition.value()));
      for (Action action : flow.actions()) {
        if (action instanceof Action.Conjunction clause) {
          seen.computeIfAbsent(clause.id(), _ -> new HashSet<>()).add(clause.clause());
          boolean mixed =
              !Objects.equals(sizes.getOrDefault(clause.id(), clause.of()), clause.of())
                  || !Objects.equals(
                      priorities.getOrDefault(clause.id(), flow.priority()), flow.priority())
                  || flow.actions().size() > 1;
          if (mixed) {
            report(table, "conjunction " + clause.id() + " is not of one piece");
          }
          sizes.put(clause.id(), clause.of());
          priorities.put(clause.id(), flow.priority());
        }
      }
    }
    seen.forEach(
        (id, clauses) -> {
          if (clauses.size() != sizes.getOrDefault(id, 0) || !verdicts.contains(id)) {
            report(table, "conjunction " + id + " has a dimension or verdict missing");
          }
        });
    for (Long id : verdicts) {
      if (!seen.containsKey(id)) {
        report(table, "conjunction " + id + " has no dimensions");
      }
    }
  }

  /// Reports groups that use another one which chooses among groups itself: only a selection may be
  /// used, so no packet goes round in groups.
  private boolean haveLoops() {
    boolean found = false;
    for (FlowGroup group : node.groups()) {
      for (FlowGroup.Bucket bucket : group.buckets()) {
        for (Action action : bucket.actions()) {
          FlowGroup used = action instanceof Action.Group(long id) ? groups.get(id) : null;
          boolean fromSelection = group.kind() == FlowGroup.Kind.SELECT;
          if (used != null && (fromSelection || used.kind() == FlowGroup.Kind.FIRST_LIVE)) {
            report(FlowTable.GATEWAY, "group " + group.id() + " uses group " + used.id());
            found = true;
          }
        }
      }
    }
    return found;
  }

  /// Jumps go forward, every table that is reached has a miss rule, every other has nothing but
  /// what every node has, and every group exists.
  private void reachable() {
    Set<FlowTable> reached = EnumSet.of(FlowTable.CLASSIFY);
    for (FlowTable table : FlowTable.values()) {
      List<Flow> flows = tables.getOrDefault(table, List.of());
      boolean miss =
          flows.stream().anyMatch(f -> f.priority() == 0 && f.match().fields().isEmpty());
      if (reached.contains(table)) {
        if (!miss) {
          report(table, "no rule for packets that match nothing");
        }
        flows.forEach(flow -> jumps(table, flow.actions(), reached));
      } else if (flows.stream().anyMatch(f -> !isOnEveryNode(f))) {
        report(table, "no flow leads here");
      }
    }
  }

  /// Tables that are the same on every node have flows where no packet comes, too: the built-in
  /// ones, and those that judge the connections of a rule again that is gone.
  private static boolean isOnEveryNode(Flow flow) {
    return flow.declaration().isBuiltin() || flow.kind() == FlowKind.CONNTRACK;
  }

  /// Every meter that a flow passes exists, and every meter is passed by some flow. The switch
  /// takes a flow with an unknown meter only after an error, and an unused meter limits nobody.
  private void meters() {
    Set<Long> passed = new HashSet<>();
    for (Flow flow : node.flows()) {
      for (Action action : flow.actions()) {
        if (action instanceof Action.Meter(long id)) {
          passed.add(id);
          if (!meters.contains(id)) {
            report(flow.table(), "meter " + id + " does not exist");
          }
        }
      }
    }
    for (FlowMeter meter : node.meters()) {
      if (!passed.contains(meter.id())) {
        String what = meter.declaration().path();
        findings.add(new Finding(node.node().name(), "no flow passes the meter of " + what));
      }
    }
  }

  private void jumps(FlowTable from, List<Action> actions, Set<FlowTable> reached) {
    for (Action action : actions) {
      if (action instanceof Action.GotoTable next) {
        jump(from, next.table(), reached);
      } else if (action instanceof Action.Conntrack conntrack) {
        conntrack.next().ifPresent(next -> jump(from, next, reached));
      } else if (action instanceof Action.Group group) {
        FlowGroup found = groups.get(group.id());
        if (found == null) {
          report(from, "group " + group.id() + " does not exist");
        } else {
          found.buckets().forEach(bucket -> jumps(from, bucket.actions(), reached));
        }
      }
    }
  }

  private void jump(FlowTable from, FlowTable to, Set<FlowTable> reached) {
    if (to.number() <= from.number()) {
      report(from, "a flow goes back to table " + to.number());
    }
    reached.add(to);
  }

  /// One cookie stands for one declaration, or no trace could be explained.
  private void cookies() {
    Map<Long, String> paths = new HashMap<>();
    for (Flow flow : node.flows()) {
      String other = paths.putIfAbsent(flow.cookie(), flow.declaration().path());
      if (other != null && !other.equals(flow.declaration().path())) {
        report(flow.table(), "one cookie for " + other + " and " + flow.declaration().path());
        return;
      }
    }
  }
}
