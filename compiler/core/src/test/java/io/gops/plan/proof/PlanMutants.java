package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.replaced;

import io.gops.fleet.Side;
import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Wave;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every way to break a plan in one place: here those of the plan as a whole, see [StepMutants],
/// [TaskMutants] and [AbortMutants] for the others.
///
/// Where steps come, go or change places, the others need the ones before them again, the sums are
/// made again and waves are counted again: what is wrong is the plan, not its bookkeeping.
final class PlanMutants {
  private final Original original;
  private final Plan plan;
  private final Mutant.Sink sink;

  private PlanMutants(Original original, Mutant.Sink sink) {
    this.original = original;
    this.plan = original.plan();
    this.sink = sink;
  }

  static List<Mutant> of(Original original) {
    Plan plan = original.plan();
    List<Mutant> mutants = new ArrayList<>();
    PlanMutants whole = new PlanMutants(original, mutants::add);
    whole.waves();
    whole.figures();
    whole.ends();
    new AbortMutants(plan, mutants::add).all();
    StepMutants steps = new StepMutants(original, mutants::add);
    TaskMutants tasks = new TaskMutants(original, mutants::add);
    for (int i = 0; i < plan.steps().size(); i++) {
      steps.of(i);
      for (int j = 0; j < plan.steps().get(i).tasks().size(); j++) {
        tasks.of(i, j);
      }
    }
    return mutants;
  }

  private PlanCopy copy() {
    return original.copy();
  }

  private void waves() {
    List<Wave> waves = plan.waves();
    for (int i = 0; i < waves.size(); i++) {
      int at = i;
      Wave wave = waves.get(i);
      Wave other = wave(wave, !wave.canary(), wave.zones(), wave.players());
      sink.add(
          Fault.WAVE,
          "canary of wave " + wave.number(),
          () -> copy().waves(replaced(waves, at, other)).done());
      if (i + 1 < waves.size()) {
        sink.add(
            Fault.WAVE,
            "a zone of wave " + wave.number(),
            () -> copy().waves(zoneMoved(at)).done());
      }
      Players more = new Players(wave.players().moved() + 1, 0, 0);
      Wave fuller = wave(wave, wave.canary(), wave.zones(), more);
      sink.add(
          Fault.FIGURE_WRONG,
          "wave " + wave.number(),
          () -> copy().waves(replaced(waves, at, fuller)).done());
    }
  }

  private static Wave wave(Wave wave, boolean canary, List<Integer> zones, Players players) {
    return new Wave(wave.number(), wave.name(), canary, zones, players);
  }

  private List<Wave> zoneMoved(int from) {
    List<Wave> waves = new ArrayList<>(plan.waves());
    Wave one = waves.get(from);
    Wave two = waves.get(from + 1);
    List<Integer> fewer = one.zones().subList(0, one.zones().size() - 1);
    List<Integer> more = ListEdits.inserted(two.zones(), one.zones().getLast());
    waves.set(from, wave(one, one.canary(), fewer, one.players()));
    waves.set(from + 1, wave(two, two.canary(), more, two.players()));
    return waves;
  }

  private void figures() {
    List<Plan.PairedSets> pairs = plan.pairs();
    if (!pairs.isEmpty()) {
      sink.add(
          Fault.FIGURE_WRONG, "pairs", () -> copy().pairs(pairs.subList(1, pairs.size())).done());
    }
    if (!plan.switches().isEmpty()) {
      TreeSet<String> fewer = new TreeSet<>(plan.switches());
      fewer.removeFirst();
      sink.add(Fault.FIGURE_WRONG, "switches", () -> copy().switches(fewer).done());
    }
    Players others = plan.players().plus(new Players(1, 0, 0));
    sink.add(Fault.FIGURE_WRONG, "players", () -> copy().players(others).done());
  }

  private void ends() {
    for (State to : others(plan.to(), true)) {
      sink.add(Fault.ENDS_WRONG, "to", () -> copy().to(to).done());
    }
    for (State from : others(plan.from(), false)) {
      sink.add(Fault.ENDS_WRONG, "from", () -> copy().from(from).done());
    }
  }

  /// The state with something else of one of its first groups.
  ///
  /// @param fewer whether one without the group is among them
  private static List<State> others(State state, boolean fewer) {
    List<State> all = new ArrayList<>();
    for (String id : state.groups().keySet().stream().limit(3).toList()) {
      State.GroupState group = state.groups().get(id);
      if (group.sides().size() > 1) {
        State.GroupState other =
            new State.GroupState(group.live().other(), group.sides(), group.hosts());
        all.add(with(state, id, other));
      }
      SortedMap<Side, State.SideState> sides = new TreeMap<>(group.sides());
      sides.computeIfPresent(
          group.live(),
          (_, side) -> new State.SideState(side.version(), side.replicas() + 1, side.template()));
      all.add(with(state, id, new State.GroupState(group.live(), sides, group.hosts())));
      if (fewer) {
        SortedMap<String, State.GroupState> rest = new TreeMap<>(state.groups());
        rest.remove(id);
        all.add(new State(rest, state.templates()));
      }
    }
    return all;
  }

  private static State with(State state, String id, State.GroupState other) {
    SortedMap<String, State.GroupState> groups = new TreeMap<>(state.groups());
    groups.put(id, other);
    return new State(groups, state.templates());
  }
}
