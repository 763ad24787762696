package io.gops.plan;

import io.gops.fleet.Side;
import io.gops.state.State;
import io.gops.work.Asker;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The groups of a plan as its actions change them. Refuses an action whose old value is not what
/// is there, as the cluster would.
public final class Simulation {
  private final Asker asker = Asker.here();
  private final Map<String, State.GroupState> groups;
  private final Map<String, String> entries = new HashMap<>();
  private final Set<String> fenced = new HashSet<>();
  private final Set<String> shut = new HashSet<>();
  private final Map<Action.SetRef, Action.Dismiss> dismissed = new HashMap<>();

  public Simulation(State from) {
    this.groups = new HashMap<>(from.groups());
  }

  /// The groups as they are now, by id.
  public SortedMap<String, State.GroupState> groups() {
    return new TreeMap<>(groups);
  }

  /// One group, if the plan has it.
  public Optional<State.GroupState> group(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  /// The directory entries that were written, by key.
  public Map<String, String> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /// Nodes that are declared dead.
  public Set<String> fenced() {
    return fenced;
  }

  /// Nodes on which no new pods may start.
  public Set<String> shut() {
    return shut;
  }

  /// By which servers of a set are to go.
  public Optional<Action.Dismiss> dismissed(Action.SetRef set) {
    return Optional.ofNullable(dismissed.get(set));
  }

  /// Carries out an action.
  ///
  /// @return why it is refused; empty when it was carried out
  public Optional<String> apply(Action action) {
    asker.mustWait();
    return switch (action) {
      case Action.PatchTemplate patch -> patch(patch);
      case Action.Scale scale -> scale(scale);
      case Action.SetLogins logins -> logins(logins);
      case Action.PutEntry entry -> put(entry);
      case Action.MoveHome move -> move(move);
      case Action.Fence fence -> {
        fenced.add(fence.node());
        yield Optional.empty();
      }
      case Action.Cordon(String node, boolean closes) -> {
        if (closes) {
          shut.add(node);
        } else {
          shut.remove(node);
        }
        yield Optional.empty();
      }
      case Action.Dismiss dismiss -> dismiss(dismiss);
      case Action.ProgramSwitch _,
          Action.Drain _,
          Action.Kick _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ ->
          Optional.empty();
    };
  }

  private Optional<String> patch(Action.PatchTemplate patch) {
    State.SideState side = side(patch.set());
    if (side == null
        || !side.version().equals(patch.fromVersion())
        || !side.template().equals(patch.fromTemplate())) {
      return Optional.of(patch.set().name() + " does not have version " + patch.fromVersion());
    }
    set(patch.set(), new State.SideState(patch.toVersion(), side.replicas(), patch.toTemplate()));
    return Optional.empty();
  }

  private Optional<String> scale(Action.Scale scale) {
    State.SideState side = side(scale.set());
    if (side == null || side.replicas() != scale.from()) {
      return Optional.of(scale.set().name() + " does not have " + scale.from() + " replicas");
    }
    set(scale.set(), new State.SideState(side.version(), scale.to(), side.template()));
    if (scale.to() < scale.from() && !dismissed.isEmpty()) {
      dismissed.remove(scale.set());
    }
    return Optional.empty();
  }

  /// Servers that are gone need not be told that they may stay.
  private Optional<String> dismiss(Action.Dismiss dismiss) {
    State.SideState side = side(dismiss.set());
    if (side == null
        || (dismiss.leaving() && side.replicas() != dismiss.staying().size() + dismiss.count())) {
      return Optional.of(dismiss.set().name() + " has other servers than those that stay or go");
    }
    if (dismiss.leaving()) {
      dismissed.put(dismiss.set(), dismiss);
    } else {
      dismissed.remove(dismiss.set());
    }
    return Optional.empty();
  }

  private Optional<String> logins(Action.SetLogins logins) {
    State.GroupState group = groups.get(logins.group());
    if (group == null || group.live() != logins.from()) {
      return Optional.of("logins of " + logins.group() + " are not at " + logins.from().label());
    }
    groups.put(logins.group(), new State.GroupState(logins.to(), group.sides(), group.hosts()));
    return logins.entries().stream().map(this::put).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> put(Action.PutEntry entry) {
    String before = entries.put(entry.key(), entry.to());
    return before == null || before.equals(entry.from())
        ? Optional.empty()
        : Optional.of(entry.key() + " does not have the expected value");
  }

  private Optional<String> move(Action.MoveHome move) {
    State.GroupState group = groups.get(move.group());
    if (group == null || !(group.hosts().isEmpty() || group.hosts().equals(move.before()))) {
      return Optional.of("group " + move.group() + " is not on " + move.before());
    }
    List<String> after = move.after();
    groups.put(move.group(), new State.GroupState(group.live(), group.sides(), after));
    return Optional.empty();
  }

  private State.@Nullable SideState side(Action.SetRef set) {
    State.GroupState group = groups.get(set.group());
    return group == null ? null : group.sides().get(set.side());
  }

  private void set(Action.SetRef set, State.SideState side) {
    State.GroupState group = groups.get(set.group());
    if (group != null) {
      SortedMap<Side, State.SideState> sides = new TreeMap<>(group.sides());
      sides.put(set.side(), side);
      groups.put(set.group(), new State.GroupState(group.live(), sides, group.hosts()));
    }
  }
}
