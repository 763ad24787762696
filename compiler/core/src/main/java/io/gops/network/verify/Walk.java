package io.gops.network.verify;

import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Executes the tables of one node on a packet. Goes forward only, so it ends.
final class Walk {
  private final Map<FlowTable, TableIndex> tables = new EnumMap<>(FlowTable.class);
  private final Map<Long, FlowGroup> groups = new HashMap<>();
  private final Map<Long, List<FlowGroup.Bucket>> choices = new HashMap<>();

  Walk(NodeTables node) {
    Map<FlowTable, List<Flow>> byTable = new EnumMap<>(FlowTable.class);
    for (Flow flow : node.flows()) {
      byTable.computeIfAbsent(flow.table(), _ -> new ArrayList<>()).add(flow);
    }
    byTable.forEach((table, flows) -> tables.put(table, new TableIndex(flows)));
    node.groups().forEach(group -> groups.put(group.id(), group));
    node.groups().forEach(group -> choices.put(group.id(), different(group)));
  }

  /// The buckets of a group without those that lead to the same choices as an earlier one.
  private List<FlowGroup.Bucket> different(FlowGroup group) {
    if (group.kind() == FlowGroup.Kind.SELECT) {
      return group.buckets();
    }
    Map<List<Action>, FlowGroup.Bucket> byActions = new LinkedHashMap<>();
    for (FlowGroup.Bucket bucket : group.buckets()) {
      List<Action> all = new ArrayList<>();
      for (Action action : bucket.actions()) {
        FlowGroup next = action instanceof Action.Group(long id) ? groups.get(id) : null;
        if (next == null) {
          all.add(action);
        } else {
          next.buckets().forEach(choice -> all.addAll(choice.actions()));
        }
      }
      byActions.putIfAbsent(all, bucket);
    }
    return List.copyOf(byActions.values());
  }

  /// One end of a walk.
  ///
  /// @param port the packet leaves here; 0 when it is dropped
  /// @param last the flow that decided; absent when a table had none
  ///
  /// @param passage the tables on the way, when they were asked for
  record End(int port, Packet packet, Optional<Flow> last, List<Met> passage) {
    boolean isDrop() {
      return port == 0;
    }

    /// Whether conntrack knows the connection now, with the rule that permitted it. A packet that
    /// no table tracked needs no memory.
    boolean isRemembered() {
      return packet.get(Field.CT_STATE) == 0 || packet.get(Field.CT_MARK) != 0;
    }
  }

  /// All ways the packet may end: one, or one for each bucket of a group that it meets.
  ///
  /// @param packet is what came out of the walk afterwards, so nobody else may hold it
  List<End> run(Packet packet, Tracking tracking) {
    Step step = new Step(tracking, false);
    step.table(FlowTable.CLASSIFY, packet);
    return step.ends;
  }

  /// As [#run], with the tables on the way, and without the buckets that take nothing.
  List<End> trace(Packet packet, Tracking tracking) {
    Step step = new Step(tracking, true);
    step.table(FlowTable.CLASSIFY, packet.copy());
    return step.ends;
  }

  /// One packet on its way; a group splits it.
  private final class Step {
    private final Tracking tracking;
    private final boolean isTraced;
    private final List<End> ends = new ArrayList<>(1);
    private final List<Met> passage;
    private final Deque<Long> stack = new ArrayDeque<>(1);

    Step(Tracking tracking, boolean isTraced) {
      this.tracking = tracking;
      this.isTraced = isTraced;
      this.passage = isTraced ? new ArrayList<>() : List.of();
    }

    private void end(int port, Packet packet, Optional<Flow> last) {
      ends.add(new End(port, packet, last, List.copyOf(passage)));
    }

    void table(FlowTable table, Packet packet) {
      TableIndex index = tables.get(table);
      Flow flow = index == null ? null : index.find(packet);
      if (isTraced) {
        passage.addLast(Met.of(table, Optional.ofNullable(flow), packet));
      }
      if (flow == null || flow.actions().isEmpty()) {
        end(0, packet, Optional.ofNullable(flow));
      } else {
        actions(flow.actions(), packet, flow, table);
      }
      if (isTraced) {
        passage.removeLast();
      }
    }

    private void actions(List<Action> actions, Packet packet, Flow flow, FlowTable at) {
      for (Action action : actions) {
        switch (action) {
          case Action.SetField set -> packet.set(set.field(), set.value());
          case Action.Move move -> packet.set(move.to(), packet.get(move.from()));
          case Action.Push push -> stack.push(packet.get(push.field()));
          case Action.Pop pop -> packet.set(pop.field(), stack.pop());
          case Action.DecTtl _ -> {}
          case Action.Conjunction _ -> {}
          case Action.Meter _ -> {}
          case Action.SetQueue _ -> {}
          case Action.Conntrack conntrack -> {
            if (track(conntrack, packet, at)) {
              return;
            }
          }
          case Action.GotoTable next -> {
            if (next.table().number() > at.number()) {
              table(next.table(), packet);
            } else {
              end(0, packet, Optional.of(flow));
            }
            return;
          }
          case Action.Group group -> {
            group(groups.get(group.id()), packet, flow, at);
            return;
          }
          case Action.Output output -> end(output.port(), packet, Optional.of(flow));
          case Action.OutputRegister output ->
              end((int) packet.get(output.field()), packet, Optional.of(flow));
          case Action.OutputInPort _ ->
              end((int) packet.get(Field.IN_PORT), packet, Optional.of(flow));
        }
      }
    }

    /// Whether the packet goes on elsewhere.
    private boolean track(Action.Conntrack conntrack, Packet packet, FlowTable at) {
      switch (conntrack.nat()) {
        case Action.Nat.None _ -> {}
        case Action.Nat.Restore _ -> {
          tracking.source().ifPresent(a -> packet.set(Field.IP_SRC, a.value()));
          tracking.destination().ifPresent(a -> packet.set(Field.IP_DST, a.value()));
        }
        case Action.Nat.Source nat -> packet.set(Field.IP_SRC, nat.address().value());
        case Action.Nat.Destination nat -> packet.set(Field.IP_DST, nat.address().value());
      }
      if (conntrack.commit()) {
        conntrack.exec().forEach(move -> packet.set(move.to(), packet.get(move.from())));
      }
      if (conntrack.next().isEmpty()) {
        return false;
      }
      if (!conntrack.commit()) {
        packet.set(Field.CT_STATE, tracking.state());
        packet.set(Field.CT_MARK, tracking.mark());
        packet.set(Field.CT_LABEL, tracking.label());
      }
      FlowTable next = conntrack.next().get();
      if (next.number() > at.number()) {
        table(next, packet);
      } else {
        end(0, packet, Optional.empty());
      }
      return true;
    }

    private void group(@Nullable FlowGroup group, Packet packet, Flow flow, FlowTable at) {
      if (group == null || group.buckets().isEmpty()) {
        end(0, packet, Optional.of(flow));
        return;
      }
      boolean isOrdered = group.kind() == FlowGroup.Kind.FIRST_LIVE;
      for (FlowGroup.Bucket bucket : choices.getOrDefault(group.id(), List.of())) {
        if (!isTraced) {
          actions(bucket.actions(), packet.copy(), flow, at);
        } else if (isOrdered || bucket.weight() > 0) {
          passage.set(passage.size() - 1, passage.getLast().choosing(bucket));
          actions(bucket.actions(), packet.copy(), flow, at);
        }
      }
    }
  }
}
