package io.gops.network.verify;

import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flows of one table, found by tuple space search (Srinivasan, Suri and Varghese, 1999): flows
/// that match the same bits of the same fields share a hash table. For one thread.
final class TableIndex {
  private static final Flow[] NO_FLOWS = {};

  private final Tuple[] tuples;
  private final Tuple[] ofConjunctions;
  private final Clauses clauses = new Clauses();

  TableIndex(List<Flow> flows) {
    Map<Shape, List<Flow>> byShape = new LinkedHashMap<>();
    for (Flow flow : flows) {
      byShape.computeIfAbsent(Shape.of(flow.match()), _ -> new ArrayList<>()).add(flow);
    }
    this.tuples =
        byShape.entrySet().stream()
            .map(entry -> new Tuple(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt((Tuple t) -> t.highest).reversed())
            .toArray(Tuple[]::new);
    this.ofConjunctions =
        Arrays.stream(tuples)
            .filter(tuple -> tuple.shape.startsWith(Field.CONJ_ID))
            .toArray(Tuple[]::new);
  }

  /// All flows with one match.
  private static final class Entry {
    private final Shape.Values values;
    private Flow[] flows = NO_FLOWS;
    private Flow[] clauses = NO_FLOWS;

    /// Of those that are no clauses, the one that wins.
    private @Nullable Flow best;

    Entry(Shape.Values values) {
      this.values = values;
    }

    void add(Flow flow) {
      flows = with(flows, flow);
      if (flow.isClause()) {
        clauses = with(clauses, flow);
      } else if (best == null || flow.priority() > best.priority()) {
        best = flow;
      }
    }

    private static Flow[] with(Flow[] flows, Flow flow) {
      Flow[] longer = Arrays.copyOf(flows, flows.length + 1);
      longer[flows.length] = flow;
      return longer;
    }
  }

  /// All flows of one shape, in a hash table with open addressing: a packet is looked up without
  /// making an object.
  private static final class Tuple {
    private final Shape shape;
    private final @Nullable Entry[] entries;
    private final int highest;

    Tuple(Shape shape, List<Flow> flows) {
      this.shape = shape;
      this.entries = new Entry[Integer.highestOneBit(flows.size()) * 4];
      int most = 0;
      for (Flow flow : flows) {
        add(flow);
        most = Math.max(most, flow.priority());
      }
      this.highest = most;
    }

    private void add(Flow flow) {
      Shape.Values values = shape.valuesOf(flow.match());
      int at = values.hashCode() & (entries.length - 1);
      Entry entry = entries[at];
      while (entry != null && !entry.values.equals(values)) {
        at = (at + 1) & (entries.length - 1);
        entry = entries[at];
      }
      if (entry == null) {
        entry = new Entry(values);
        entries[at] = entry;
      }
      entry.add(flow);
    }

    @Nullable Entry find(Packet packet) {
      int at = shape.hashOf(packet) & (entries.length - 1);
      Entry entry = entries[at];
      while (entry != null && !shape.agrees(entry.values, packet)) {
        at = (at + 1) & (entries.length - 1);
        entry = entries[at];
      }
      return entry;
    }
  }

  /// A flow of higher priority that takes every packet of this one, or null.
  @Nullable Flow hides(Flow flow) {
    Packet packet = new Packet();
    flow.match().fields().forEach(f -> packet.set(f.field(), f.value()));
    for (Tuple tuple : tuples) {
      if (tuple.highest <= flow.priority()) {
        break;
      }
      Entry entry = tuple.find(packet);
      for (Flow other : entry == null ? NO_FLOWS : entry.flows) {
        if (other.priority() > flow.priority() && other.match().covers(flow.match())) {
          return other;
        }
      }
    }
    return null;
  }

  /// The flow that decides about a packet, as ovs-fields(7) defines it with conjunctive matches;
  /// null when none matches.
  @Nullable Flow find(Packet packet) {
    clauses.clear();
    Flow best = null;
    for (Tuple tuple : tuples) {
      if (best != null && tuple.highest <= best.priority()) {
        break;
      }
      Entry entry = tuple.find(packet);
      if (entry != null) {
        for (Flow clause : entry.clauses) {
          clauses.add(clause);
        }
        if (entry.best != null && (best == null || entry.best.priority() > best.priority())) {
          best = entry.best;
        }
      }
    }
    for (int at = clauses.complete(best); at >= 0; at = clauses.complete(best)) {
      Flow verdict = verdict(clauses.ids[at], packet);
      if (verdict != null) {
        return verdict;
      }
      clauses.forget(at);
    }
    return best;
  }

  private @Nullable Flow verdict(long id, Packet packet) {
    long before = packet.get(Field.CONJ_ID);
    packet.set(Field.CONJ_ID, id);
    Flow best = null;
    for (Tuple tuple : ofConjunctions) {
      Entry entry = tuple.find(packet);
      for (Flow flow : entry == null ? NO_FLOWS : entry.flows) {
        if (best == null || flow.priority() > best.priority()) {
          best = flow;
        }
      }
    }
    packet.set(Field.CONJ_ID, before);
    return best;
  }

  /// The dimensions of conjunctive matches that one packet has met, reused for each packet.
  private static final class Clauses {
    private int count;
    private int completed;
    private long[] ids = new long[8];
    private int[] priorities = new int[8];
    private long[] met = new long[8];

    /// When each was completed; 0 for one that is not.
    private int[] turns = new int[8];

    void clear() {
      count = 0;
      completed = 0;
    }

    void add(Flow flow) {
      for (Action action : flow.actions()) {
        if (action instanceof Action.Conjunction clause) {
          int at = position(clause.id(), flow.priority());
          met[at] |= 1L << (clause.clause() - 1);
          if (turns[at] == 0 && met[at] == (1L << clause.of()) - 1) {
            turns[at] = ++completed;
          }
        }
      }
    }

    private int position(long id, int priority) {
      for (int at = 0; at < count; at++) {
        if (ids[at] == id && priorities[at] == priority) {
          return at;
        }
      }
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        priorities = Arrays.copyOf(priorities, 2 * count);
        met = Arrays.copyOf(met, 2 * count);
        turns = Arrays.copyOf(turns, 2 * count);
      }
      ids[count] = id;
      priorities[count] = priority;
      met[count] = 0;
      turns[count] = 0;
      return count++;
    }

    /// Of the complete ones with a higher priority than a flow the highest, and of equals the one
    /// that was complete first; -1 when there is none.
    int complete(@Nullable Flow than) {
      int found = -1;
      for (int at = 0; at < count && completed > 0; at++) {
        boolean counts = turns[at] > 0 && (than == null || priorities[at] > than.priority());
        if (counts && (found < 0 || wins(at, found))) {
          found = at;
        }
      }
      return found;
    }

    private boolean wins(int one, int two) {
      return priorities[one] != priorities[two]
          ? priorities[one] > priorities[two]
          : turns[one] < turns[two];
    }

    void forget(int at) {
      turns[at] = 0;
    }
  }
}
