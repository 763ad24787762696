package io.gops.network.verify;

import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The flows of one table, found by tuple space search (Srinivasan, Suri and Varghese, 1999): flows
/// that match the same bits of the same fields share a hash table.
final class TableIndex {
  private final List<Tuple> tuples;

  TableIndex(List<Flow> flows) {
    Map<List<Mask>, Tuple> byShape = new HashMap<>();
    for (Flow flow : flows) {
      byShape.computeIfAbsent(Mask.of(flow), Tuple::new).add(flow);
    }
    this.tuples = new ArrayList<>(byShape.values());
    tuples.sort(Comparator.comparingInt((Tuple t) -> t.highest).reversed());
  }

  /// The bits of a field that a flow matches.
  record Mask(Field field, long bits) {
    static List<Mask> of(Flow flow) {
      List<Mask> shape = new ArrayList<>();
      for (FieldMatch condition : flow.match().fields()) {
        shape.add(new Mask(condition.field(), condition.mask()));
      }
      return shape;
    }
  }

  /// The values of a flow's or packet's masked bits. A walk makes one for each tuple that it asks,
  /// so it holds bare numbers.
  private static final class Key {
    private final long[] values;
    private final int hash;

    Key(long[] values) {
      this.values = values;
      this.hash = Arrays.hashCode(values);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(key.values, values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// All flows of one shape.
  static final class Tuple {
    final List<Mask> shape;
    private final Map<Key, List<Flow>> flows = new HashMap<>();
    int highest;

    Tuple(List<Mask> shape) {
      this.shape = shape;
    }

    void add(Flow flow) {
      long[] values = new long[shape.size()];
      int at = 0;
      for (FieldMatch condition : flow.match().fields()) {
        values[at++] = condition.value();
      }
      flows.computeIfAbsent(new Key(values), _ -> new ArrayList<>(1)).add(flow);
      highest = Math.max(highest, flow.priority());
    }

    List<Flow> find(Packet packet) {
      long[] values = new long[shape.size()];
      for (int at = 0; at < values.length; at++) {
        Mask mask = shape.get(at);
        values[at] = packet.get(mask.field()) & mask.bits();
      }
      return flows.getOrDefault(new Key(values), List.of());
    }
  }

  List<Tuple> tuples() {
    return tuples;
  }

  /// The flow that decides about a packet, as ovs-fields(7) defines it with conjunctive matches;
  /// null when none matches.
  @Nullable Flow find(Packet packet) {
    TreeMap<Integer, List<Flow>> clauses = null;
    Flow best = null;
    for (Tuple tuple : tuples) {
      if (best != null && tuple.highest <= best.priority()) {
        break;
      }
      for (Flow flow : tuple.find(packet)) {
        if (flow.isClause()) {
          if (clauses == null) {
            clauses = new TreeMap<>(Comparator.reverseOrder());
          }
          clauses.computeIfAbsent(flow.priority(), _ -> new ArrayList<>()).add(flow);
        } else if (best == null || flow.priority() > best.priority()) {
          best = flow;
        }
      }
    }
    if (clauses == null) {
      return best;
    }
    for (Map.Entry<Integer, List<Flow>> level : clauses.entrySet()) {
      if (best != null && level.getKey() <= best.priority()) {
        break;
      }
      Flow verdict = complete(level.getValue(), packet);
      if (verdict != null) {
        return verdict;
      }
    }
    return best;
  }

  /// The verdict of the first conjunction of which every dimension is among the clauses.
  private @Nullable Flow complete(List<Flow> clauses, Packet packet) {
    Map<Long, Long> seen = new HashMap<>();
    for (Flow flow : clauses) {
      for (Action action : flow.actions()) {
        if (action instanceof Action.Conjunction clause) {
          long bit = 1L << (clause.clause() - 1);
          long bits = seen.merge(clause.id(), bit, (a, b) -> a | b);
          if (bits == (1L << clause.of()) - 1) {
            Flow verdict = verdict(clause.id(), packet);
            if (verdict != null) {
              return verdict;
            }
          }
        }
      }
    }
    return null;
  }

  private @Nullable Flow verdict(long id, Packet packet) {
    Packet marked = packet.copy().set(Field.CONJ_ID, id);
    Flow best = null;
    for (Tuple tuple : tuples) {
      if (tuple.shape.isEmpty() || tuple.shape.getFirst().field() != Field.CONJ_ID) {
        continue;
      }
      for (Flow flow : tuple.find(marked)) {
        if (best == null || flow.priority() > best.priority()) {
          best = flow;
        }
      }
    }
    return best;
  }
}
