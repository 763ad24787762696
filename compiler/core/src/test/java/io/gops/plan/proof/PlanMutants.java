package io.gops.plan.proof;

import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Estimate;
import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Reopening;
import io.gops.plan.Reopening.Stage;
import io.gops.plan.Reopening.Way;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.plan.Wave;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Every way to break a plan in one place. A mutant is made only when it is asked for, because
/// there are hundreds of thousands of them.
///
/// Where steps come, go or change places, the others need the ones before them again, the sums are
/// made again and waves are counted again: what is wrong is the plan, not its bookkeeping.
final class PlanMutants {
  /// What was done to the plan.
  enum Fault {
    STEP_REMOVED("a step removed"),
    STEPS_SWAPPED("two neighbouring steps swapped"),
    STEP_FIRST("a step moved to the front"),
    STEP_LAST("a step moved to the end"),
    NEEDS("a step that needs something else"),
    KIND("a step of another kind"),
    WAVE("a step of another wave, a zone in another wave, a wrong canary"),
    TIME("no timeout, no soak"),
    TASK_REMOVED("a task removed"),
    TASK_DOUBLED("a task done twice"),
    TASK_ELSEWHERE("a task done one step later"),
    UNDO_MISSING("no undo"),
    UNDO_NO_RETURN("a point of no return that is none"),
    UNDO_WRONG("an undo that does something else, or too little"),
    UNDO_UNCHECKED("an undo that nobody verifies"),
    CHECK_MISSING("a check left out"),
    CHECK_WRONG("a check of something else"),
    VALUE_WRONG("a wrong value in an action"),
    SET_WRONG("an action on another set, group or host"),
    FIGURE_WRONG("other players, switches or pairs than the steps concern"),
    ENDS_WRONG("another beginning or end"),
    ABORT_WRONG("an abort that leaves a gate shut, or opens it to other servers or too early");

    final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  /// A broken plan.
  ///
  /// @param same whether it does the same as the plan in another way
  record Mutant(Fault fault, String where, boolean same, Supplier<Plan> plan) {}

  private final Plan plan;
  private final UnaryOperator<Plan> reopened;
  private final List<Mutant> mutants = new ArrayList<>();

  private PlanMutants(Plan plan, UnaryOperator<Plan> reopened) {
    this.plan = plan;
    this.reopened = reopened;
  }

  /// @param reopened makes again what an abort has to know of the gates of a plan
  static List<Mutant> of(Plan plan, UnaryOperator<Plan> reopened) {
    PlanMutants made = new PlanMutants(plan, reopened);
    made.ofThePlan();
    made.ofReopenings();
    for (int i = 0; i < plan.steps().size(); i++) {
      made.ofStep(i);
      for (int j = 0; j < plan.steps().get(i).tasks().size(); j++) {
        made.ofTask(i, j);
      }
    }
    return made.mutants;
  }

  private void add(Fault fault, String where, Supplier<Plan> made) {
    mutants.add(new Mutant(fault, where, false, made));
  }

  // --- the plan as a whole

  private void ofThePlan() {
    List<Wave> waves = plan.waves();
    for (int i = 0; i < waves.size(); i++) {
      int at = i;
      Wave wave = waves.get(i);
      Supplier<Plan> canary =
          () ->
              withWaves(
                  replaced(
                      waves,
                      at,
                      new Wave(
                          wave.number(),
                          wave.name(),
                          !wave.canary(),
                          wave.zones(),
                          wave.players())));
      add(Fault.WAVE, "canary of wave " + wave.number(), canary);
      if (i + 1 < waves.size()) {
        add(Fault.WAVE, "a zone of wave " + wave.number(), () -> withWaves(zoneMoved(at)));
      }
      Players more = new Players(wave.players().moved() + 1, 0, 0);
      Wave other = new Wave(wave.number(), wave.name(), wave.canary(), wave.zones(), more);
      add(Fault.FIGURE_WRONG, "wave " + wave.number(), () -> withWaves(replaced(waves, at, other)));
    }
    if (!plan.pairs().isEmpty()) {
      add(
          Fault.FIGURE_WRONG,
          "pairs",
          () ->
              copy(
                  plan.from(),
                  plan.to(),
                  plan.steps(),
                  plan.waves(),
                  plan.pairs().subList(1, plan.pairs().size()),
                  plan.switches(),
                  plan.players(),
                  plan.duration()));
    }
    if (!plan.switches().isEmpty()) {
      TreeSet<String> fewer = new TreeSet<>(plan.switches());
      fewer.removeFirst();
      add(
          Fault.FIGURE_WRONG,
          "switches",
          () ->
              copy(
                  plan.from(),
                  plan.to(),
                  plan.steps(),
                  plan.waves(),
                  plan.pairs(),
                  fewer,
                  plan.players(),
                  plan.duration()));
    }
    Players others = plan.players().plus(new Players(1, 0, 0));
    add(
        Fault.FIGURE_WRONG,
        "players",
        () ->
            copy(
                plan.from(),
                plan.to(),
                plan.steps(),
                plan.waves(),
                plan.pairs(),
                plan.switches(),
                others,
                plan.duration()));
    ends("to", plan.to())
        .forEach(
            to ->
                add(
                    Fault.ENDS_WRONG,
                    "to",
                    () ->
                        copy(
                            plan.from(),
                            to,
                            plan.steps(),
                            plan.waves(),
                            plan.pairs(),
                            plan.switches(),
                            plan.players(),
                            plan.duration())));
    ends("from", plan.from())
        .forEach(
            from ->
                add(
                    Fault.ENDS_WRONG,
                    "from",
                    () ->
                        copy(
                            from,
                            plan.to(),
                            plan.steps(),
                            plan.waves(),
                            plan.pairs(),
                            plan.switches(),
                            plan.players(),
                            plan.duration())));
  }

  private List<Wave> zoneMoved(int from) {
    List<Wave> waves = new ArrayList<>(plan.waves());
    Wave one = waves.get(from);
    Wave two = waves.get(from + 1);
    List<Integer> more = new ArrayList<>(two.zones());
    more.add(one.zones().getLast());
    waves.set(
        from,
        new Wave(
            one.number(),
            one.name(),
            one.canary(),
            one.zones().subList(0, one.zones().size() - 1),
            one.players()));
    waves.set(from + 1, new Wave(two.number(), two.name(), two.canary(), more, two.players()));
    return waves;
  }

  private static List<State> ends(String which, State state) {
    List<State> all = new ArrayList<>();
    for (String id : state.groups().keySet().stream().limit(3).toList()) {
      SortedMap<String, State.GroupState> groups = new TreeMap<>(state.groups());
      State.GroupState group = groups.get(id);
      if (group.sides().size() > 1) {
        groups.put(id, new State.GroupState(group.live().other(), group.sides(), group.hosts()));
        all.add(new State(groups, state.templates()));
      }
      SortedMap<String, State.GroupState> other = new TreeMap<>(state.groups());
      SortedMap<Side, State.SideState> sides = new TreeMap<>(group.sides());
      State.SideState side = sides.get(group.live());
      sides.put(
          group.live(), new State.SideState(side.version(), side.replicas() + 1, side.template()));
      other.put(id, new State.GroupState(group.live(), sides, group.hosts()));
      all.add(new State(other, state.templates()));
      if (which.equals("to")) {
        SortedMap<String, State.GroupState> fewer = new TreeMap<>(state.groups());
        fewer.remove(id);
        all.add(new State(fewer, state.templates()));
      }
    }
    return all;
  }

  // --- one step

  private void ofStep(int at) {
    List<Step> steps = plan.steps();
    Step step = steps.get(at);
    add(Fault.STEP_REMOVED, step.id(), () -> withSteps(without(steps, at)));
    if (at + 1 < steps.size()) {
      boolean same = areApart(step.kind(), steps.get(at + 1).kind());
      mutants.add(
          new Mutant(
              Fault.STEPS_SWAPPED, step.id(), same, () -> withSteps(moved(steps, at, at + 1))));
      add(Fault.STEP_LAST, step.id(), () -> withSteps(moved(steps, at, steps.size() - 1)));
    }
    if (at > 1) {
      add(Fault.STEP_FIRST, step.id(), () -> withSteps(moved(steps, at, 0)));
    }
    add(
        Fault.NEEDS,
        step.id(),
        () ->
            raw(
                replaced(
                    steps,
                    at,
                    with(
                        step,
                        step.wave(),
                        step.kind(),
                        step.tasks(),
                        step.hold(),
                        step.timeout(),
                        step.players(),
                        List.of("nothing")))));
    if (at > 0) {
      add(
          Fault.NEEDS,
          step.id(),
          () ->
              raw(
                  replaced(
                      steps,
                      at,
                      with(
                          step,
                          step.wave(),
                          step.kind(),
                          step.tasks(),
                          step.hold(),
                          step.timeout(),
                          step.players(),
                          List.of()))));
    }
    for (Step.Kind kind : Step.Kind.values()) {
      boolean same = kind == step.kind() || isAlike(kind, step.kind());
      if (!same) {
        add(
            Fault.KIND,
            step.id() + " " + kind,
            () ->
                withSteps(
                    replaced(
                        steps,
                        at,
                        with(
                            step,
                            step.wave(),
                            kind,
                            step.tasks(),
                            step.hold(),
                            step.timeout(),
                            step.players(),
                            step.needs()))));
      }
    }
    for (int wave : new int[] {step.wave() - 1, step.wave() + 1}) {
      if (wave >= 0) {
        add(
            Fault.WAVE,
            step.id() + " " + wave,
            () ->
                withSteps(
                    replaced(
                        steps,
                        at,
                        with(
                            step,
                            wave,
                            step.kind(),
                            step.tasks(),
                            step.hold(),
                            step.timeout(),
                            step.players(),
                            step.needs()))));
      }
    }
    if (step.timeout().isPositive()) {
      add(
          Fault.TIME,
          step.id(),
          () ->
              withSteps(
                  replaced(
                      steps,
                      at,
                      with(
                          step,
                          step.wave(),
                          step.kind(),
                          step.tasks(),
                          step.hold(),
                          Duration.ZERO,
                          step.players(),
                          step.needs()))));
    }
    if (step.hold().isPositive()) {
      add(
          Fault.TIME,
          step.id(),
          () ->
              withSteps(
                  replaced(
                      steps,
                      at,
                      with(
                          step,
                          step.wave(),
                          step.kind(),
                          step.tasks(),
                          step.hold().dividedBy(2),
                          step.timeout(),
                          step.players(),
                          step.needs()))));
    }
    Players more = step.players().plus(new Players(1, 1, 1));
    add(
        Fault.FIGURE_WRONG,
        step.id(),
        () ->
            withSteps(
                replaced(
                    steps,
                    at,
                    with(
                        step,
                        step.wave(),
                        step.kind(),
                        step.tasks(),
                        step.hold(),
                        step.timeout(),
                        more,
                        step.needs()))));
  }

  /// Kinds of steps that have nothing to do with each other: a zone is closed in the directory
  /// beside what is done to its lost host and to switches.
  private static boolean areApart(Step.Kind one, Step.Kind other) {
    List<Step.Kind> apart = List.of(Step.Kind.FENCE, Step.Kind.NETWORK);
    return (one == Step.Kind.DIRECTORY && apart.contains(other))
        || (other == Step.Kind.DIRECTORY && apart.contains(one));
  }

  /// Kinds between which the runner makes no difference.
  private static boolean isAlike(Step.Kind one, Step.Kind other) {
    List<Step.Kind> patches =
        List.of(Step.Kind.PREPARE, Step.Kind.RETIRE, Step.Kind.UPDATE, Step.Kind.REPLACE);
    List<Step.Kind> entries = List.of(Step.Kind.DIRECTORY, Step.Kind.GATE);
    return (patches.contains(one) && patches.contains(other))
        || (entries.contains(one) && entries.contains(other));
  }

  // --- one task

  private void ofTask(int at, int number) {
    Step step = plan.steps().get(at);
    Task task = step.tasks().get(number);
    String where = step.id() + " " + task.unit();
    add(Fault.TASK_REMOVED, where, () -> withTasks(at, without(step.tasks(), number)));
    add(
        Fault.TASK_DOUBLED,
        where,
        () ->
            withTasks(
                at,
                inserted(
                    step.tasks(),
                    new Task(
                        task.unit() + "-again",
                        task.action(),
                        task.before(),
                        task.after(),
                        task.undo()))));
    if (at + 1 < plan.steps().size()) {
      add(Fault.TASK_ELSEWHERE, where, () -> elsewhere(at, number));
    }
    ofUndo(at, number, task, where);
    for (int i = 0; i < task.before().size(); i++) {
      int check = i;
      if (!isRepeated(task.before(), i)) {
        add(
            Fault.CHECK_MISSING,
            where + " before",
            () ->
                withTask(
                    at,
                    number,
                    new Task(
                        task.unit(),
                        task.action(),
                        without(task.before(), check),
                        task.after(),
                        task.undo())));
      }
      for (Check wrong : wrong(task.before().get(i))) {
        add(
            Fault.CHECK_WRONG,
            where + " " + wrong,
            () ->
                withTask(
                    at,
                    number,
                    new Task(
                        task.unit(),
                        task.action(),
                        replaced(task.before(), check, wrong),
                        task.after(),
                        task.undo())));
      }
    }
    for (int i = 0; i < task.after().size(); i++) {
      int check = i;
      add(
          Fault.CHECK_MISSING,
          where + " after",
          () ->
              withTask(
                  at,
                  number,
                  new Task(
                      task.unit(),
                      task.action(),
                      task.before(),
                      without(task.after(), check),
                      task.undo())));
      for (Check wrong : wrong(task.after().get(i))) {
        add(
            Fault.CHECK_WRONG,
            where + " " + wrong,
            () ->
                withTask(
                    at,
                    number,
                    new Task(
                        task.unit(),
                        task.action(),
                        task.before(),
                        replaced(task.after(), check, wrong),
                        task.undo())));
      }
    }
    for (Action wrong : values(task.action())) {
      add(
          Fault.VALUE_WRONG,
          where + " " + wrong,
          () ->
              withTask(
                  at,
                  number,
                  new Task(task.unit(), wrong, task.before(), task.after(), task.undo())));
    }
    for (Action wrong : places(task.action())) {
      add(
          Fault.SET_WRONG,
          where + " " + wrong,
          () ->
              withTask(
                  at,
                  number,
                  new Task(task.unit(), wrong, task.before(), task.after(), task.undo())));
    }
  }

  /// Whether the same is checked twice.
  private static boolean isRepeated(List<Check> checks, int at) {
    return checks.indexOf(checks.get(at)) != at;
  }

  private void ofUndo(int at, int number, Task task, String where) {
    switch (task.undo()) {
      case Undo.Nothing _ -> {
        add(
            Fault.UNDO_NO_RETURN,
            where,
            () -> withUndo(at, number, task, new Undo.PointOfNoReturn("because")));
      }
      case Undo.ByHand _, Undo.PointOfNoReturn _ ->
          add(Fault.UNDO_MISSING, where, () -> withUndo(at, number, task, new Undo.Nothing()));
      case Undo.Back back -> {
        add(Fault.UNDO_MISSING, where, () -> withUndo(at, number, task, new Undo.Nothing()));
        add(
            Fault.UNDO_NO_RETURN,
            where,
            () -> withUndo(at, number, task, new Undo.PointOfNoReturn("because")));
        if (!back.after().isEmpty()) {
          add(
              Fault.UNDO_UNCHECKED,
              where,
              () -> withUndo(at, number, task, new Undo.Back(back.actions(), List.of())));
        }
        for (int i = 0; i < back.actions().size(); i++) {
          int action = i;
          add(
              Fault.UNDO_WRONG,
              where,
              () ->
                  withUndo(
                      at,
                      number,
                      task,
                      new Undo.Back(without(back.actions(), action), back.after())));
          for (Action wrong : values(back.actions().get(i))) {
            add(
                Fault.UNDO_WRONG,
                where + " " + wrong,
                () ->
                    withUndo(
                        at,
                        number,
                        task,
                        new Undo.Back(replaced(back.actions(), action, wrong), back.after())));
          }
        }
        for (int i = 0; i < back.after().size(); i++) {
          int check = i;
          for (Check wrong : wrong(back.after().get(i))) {
            add(
                Fault.UNDO_WRONG,
                where + " " + wrong,
                () ->
                    withUndo(
                        at,
                        number,
                        task,
                        new Undo.Back(back.actions(), replaced(back.after(), check, wrong))));
          }
        }
      }
    }
  }

  private static List<Check> wrong(Check check) {
    return switch (check) {
      case Check.Stored(Action.SetRef set, JsonPatch expected) ->
          List.of(
              new Check.Stored(set, expected.reverse()),
              new Check.Stored(other(set), expected),
              new Check.Stored(set, new JsonPatch(List.of())));
      case Check.Replicas(Action.SetRef set, int count) ->
          List.of(new Check.Replicas(set, count + 1), new Check.Replicas(other(set), count));
      case Check.Pods pods -> {
        TreeMap<String, String> images = new TreeMap<>(pods.images());
        images.replaceAll((_, image) -> image + "0");
        List<Check> wrong = new ArrayList<>();
        wrong.add(new Check.Pods(pods.set(), pods.count() + 1, pods.images(), pods.same()));
        wrong.add(new Check.Pods(pods.set(), pods.count(), images, pods.same()));
        wrong.add(new Check.Pods(pods.set(), pods.count(), new TreeMap<>(), pods.same()));
        yield wrong;
      }
      case Check.RunsOn(Action.SetRef set, String host) ->
          List.of(new Check.RunsOn(set, host + "0"));
      case Check.LoginsAt(String group, Side side) ->
          List.of(new Check.LoginsAt(group, side.other()), new Check.LoginsAt(group + "0", side));
      case Check.Entry(String directory, String key, String value) ->
          List.of(
              new Check.Entry(directory, key, value + " "),
              new Check.Entry(directory, key + "0", value));
      case Check.Home(String node, String label, String value) ->
          List.of(
              new Check.Home(node + "0", label, value),
              new Check.Home(node, label + "0", value),
              new Check.Home(node, label, "failover"));
      case Check.Cordoned(String node, boolean shut) ->
          List.of(new Check.Cordoned(node + "0", shut), new Check.Cordoned(node, !shut));
      case Check.Fenced(String node) -> List.of(new Check.Fenced(node + "0"));
      case Check.PlayersAtMost _ -> List.of();
      case Check.Confirmed(Action.SetRef set, String container, List<String> command) ->
          List.of(
              new Check.Confirmed(set, container + "0", command),
              new Check.Confirmed(set, container, List.of("true")),
              new Check.Confirmed(other(set), container, command));
    };
  }

  /// The same action with one value that is wrong.
  private static List<Action> values(Action action) {
    List<Action> all = new ArrayList<>();
    switch (action) {
      case Action.PatchTemplate p -> {
        all.add(
            new Action.PatchTemplate(
                p.set(),
                p.fromVersion(),
                p.toVersion() + "0",
                p.fromTemplate(),
                p.toTemplate(),
                p.patch()));
        all.add(
            new Action.PatchTemplate(
                p.set(),
                p.toVersion(),
                p.toVersion(),
                p.fromTemplate(),
                p.toTemplate(),
                p.patch()));
        all.add(
            new Action.PatchTemplate(
                p.set(),
                p.fromVersion(),
                p.toVersion(),
                p.fromTemplate(),
                p.fromTemplate(),
                p.patch()));
        all.add(
            new Action.PatchTemplate(
                p.set(),
                p.fromVersion(),
                p.toVersion(),
                p.fromTemplate(),
                p.toTemplate(),
                p.patch().reverse()));
        List<JsonPatch.Change> changes = p.patch().changes();
        for (int i = 0; i < changes.size(); i++) {
          JsonPatch.Change c = changes.get(i);
          List<JsonPatch> wrong =
              List.of(
                  new JsonPatch(without(changes, i)),
                  new JsonPatch(
                      replaced(changes, i, new JsonPatch.Change(c.path(), c.from(), Json.of("x")))),
                  new JsonPatch(
                      replaced(changes, i, new JsonPatch.Change(c.path(), Json.of("x"), c.to()))),
                  new JsonPatch(
                      replaced(
                          changes, i, new JsonPatch.Change(c.path() + "0", c.from(), c.to()))));
          wrong.forEach(
              patch ->
                  all.add(
                      new Action.PatchTemplate(
                          p.set(),
                          p.fromVersion(),
                          p.toVersion(),
                          p.fromTemplate(),
                          p.toTemplate(),
                          patch)));
        }
      }
      case Action.Scale s -> {
        all.add(new Action.Scale(s.set(), s.from() + 1, s.to()));
        all.add(new Action.Scale(s.set(), s.from(), s.to() + 1));
        all.add(new Action.Scale(s.set(), s.from(), s.from()));
        all.add(new Action.Scale(s.set(), s.to(), s.from()));
      }
      case Action.SetLogins l -> {
        all.add(new Action.SetLogins(l.group(), l.to(), l.from(), l.openflowGroup(), l.entries()));
        all.add(
            new Action.SetLogins(l.group(), l.from(), l.from(), l.openflowGroup(), l.entries()));
        l.openflowGroup()
            .ifPresent(
                g -> {
                  all.add(
                      new Action.SetLogins(
                          l.group(), l.from(), l.to(), Optional.empty(), l.entries()));
                  all.add(
                      new Action.SetLogins(
                          l.group(),
                          l.from(),
                          l.to(),
                          Optional.of(new Action.OpenflowGroup(g.from(), g.from(), g.carriers())),
                          l.entries()));
                  all.add(
                      new Action.SetLogins(
                          l.group(),
                          l.from(),
                          l.to(),
                          Optional.of(new Action.OpenflowGroup(g.to(), g.to(), g.carriers())),
                          l.entries()));
                  all.add(
                      new Action.SetLogins(
                          l.group(),
                          l.from(),
                          l.to(),
                          Optional.of(
                              new Action.OpenflowGroup(
                                  g.from(), g.to(), g.carriers().subList(1, g.carriers().size()))),
                          l.entries()));
                });
        for (int i = 0; i < l.entries().size(); i++) {
          Action.PutEntry e = l.entries().get(i);
          all.add(
              new Action.SetLogins(
                  l.group(), l.from(), l.to(), l.openflowGroup(), without(l.entries(), i)));
          for (Action wrong : values(e)) {
            all.add(
                new Action.SetLogins(
                    l.group(),
                    l.from(),
                    l.to(),
                    l.openflowGroup(),
                    replaced(l.entries(), i, (Action.PutEntry) wrong)));
          }
        }
      }
      case Action.PutEntry e -> {
        all.add(new Action.PutEntry(e.directory(), e.key(), e.to(), e.to()));
        all.add(new Action.PutEntry(e.directory(), e.key(), e.from(), e.from()));
        all.add(new Action.PutEntry(e.directory(), e.key(), e.to(), e.from()));
        all.add(
            new Action.PutEntry(
                e.directory(), e.key(), e.from(), e.to().replace("\"side\":\"", "\"side\":\"x")));
        all.add(new Action.PutEntry(e.directory() + "0", e.key(), e.from(), e.to()));
        all.add(new Action.PutEntry(e.directory(), e.key() + "0", e.from(), e.to()));
      }
      case Action.MoveHome m -> {
        all.add(
            new Action.MoveHome(
                m.group(), m.label() + "0", m.from(), m.to(), m.before(), m.after()));
        all.add(new Action.MoveHome(m.group(), m.label(), m.to(), m.to(), m.before(), m.after()));
        all.add(
            new Action.MoveHome(m.group(), m.label(), m.from(), m.from(), m.before(), m.before()));
        all.add(new Action.MoveHome(m.group(), m.label(), m.from(), m.to(), m.after(), m.after()));
        all.add(
            new Action.MoveHome(m.group(), m.label(), m.from(), m.to(), m.before(), m.before()));
      }
      case Action.Drain d -> {
        all.add(new Action.Drain(d.set(), d.probe(), d.deadlineSeconds() / 2));
        d.probe()
            .ifPresent(
                _ -> all.add(new Action.Drain(d.set(), Optional.empty(), d.deadlineSeconds())));
      }
      case Action.Kick k -> {
        all.add(new Action.Kick(k.set(), k.probe(), k.allowed() + 1));
        k.probe().ifPresent(_ -> all.add(new Action.Kick(k.set(), Optional.empty(), k.allowed())));
      }
      case Action.Reload r -> {
        all.add(new Action.Reload(r.set(), r.container() + "0", r.command()));
        all.add(new Action.Reload(r.set(), r.container(), List.of("true")));
      }
      case Action.Cordon(String node, boolean shut) -> all.add(new Action.Cordon(node, !shut));
      case Action.Fence _, Action.ProgramSwitch _ -> {}
      case Action.Announce(String text) -> all.add(new Action.Announce(text + "!"));
      case Action.ByHand(String what, String evidence) ->
          all.add(new Action.ByHand(what + "!", evidence));
    }
    return all;
  }

  /// The same action in another place.
  private static List<Action> places(Action action) {
    return switch (action) {
      case Action.PatchTemplate p ->
          List.of(
              new Action.PatchTemplate(
                  other(p.set()),
                  p.fromVersion(),
                  p.toVersion(),
                  p.fromTemplate(),
                  p.toTemplate(),
                  p.patch()));
      case Action.Scale s -> List.of(new Action.Scale(other(s.set()), s.from(), s.to()));
      case Action.SetLogins l ->
          List.of(
              new Action.SetLogins(
                  l.group() + "0", l.from(), l.to(), l.openflowGroup(), l.entries()));
      case Action.MoveHome m ->
          List.of(
              new Action.MoveHome(
                  m.group(), m.label(), m.from(), m.to() + "0", m.before(), m.after()),
              new Action.MoveHome(
                  m.group() + "0", m.label(), m.from(), m.to(), m.before(), m.after()));
      case Action.Cordon(String node, boolean shut) -> List.of(new Action.Cordon(node + "0", shut));
      case Action.Fence(String node) -> List.of(new Action.Fence(node + "0"));
      case Action.ProgramSwitch(String host) -> List.of(new Action.ProgramSwitch(host + "0"));
      case Action.Drain d ->
          List.of(new Action.Drain(other(d.set()), d.probe(), d.deadlineSeconds()));
      case Action.Kick k -> List.of(new Action.Kick(other(k.set()), k.probe(), k.allowed()));
      case Action.Reload r ->
          List.of(new Action.Reload(other(r.set()), r.container(), r.command()));
      case Action.PutEntry _, Action.Announce _, Action.ByHand _ -> List.of();
    };
  }

  /// The set of the other side.
  private static Action.SetRef other(Action.SetRef set) {
    String name = set.name();
    String base =
        name.endsWith("-a") || name.endsWith("-b")
            ? name.substring(0, name.length() - 1)
            : name + "-";
    return new Action.SetRef(
        set.group(), set.side().other(), set.namespace(), base + set.side().other().label());
  }

  // --- putting it together

  private static <T> List<T> without(List<T> list, int at) {
    List<T> fewer = new ArrayList<>(list);
    fewer.remove(at);
    return fewer;
  }

  private static <T> List<T> replaced(List<T> list, int at, T item) {
    List<T> other = new ArrayList<>(list);
    other.set(at, item);
    return other;
  }

  private static <T> List<T> inserted(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }

  private static <T> List<T> moved(List<T> list, int from, int to) {
    List<T> other = new ArrayList<>(list);
    other.add(to, other.remove(from));
    return other;
  }

  private Plan withTasks(int at, List<Task> tasks) {
    Step step = plan.steps().get(at);
    return tasks.isEmpty()
        ? withSteps(without(plan.steps(), at))
        : withSteps(
            replaced(
                plan.steps(),
                at,
                with(
                    step,
                    step.wave(),
                    step.kind(),
                    tasks,
                    step.hold(),
                    step.timeout(),
                    step.players(),
                    step.needs())));
  }

  private Plan withTask(int at, int number, Task task) {
    return withTasks(at, replaced(plan.steps().get(at).tasks(), number, task));
  }

  private Plan withUndo(int at, int number, Task task, Undo undo) {
    return withTask(
        at, number, new Task(task.unit(), task.action(), task.before(), task.after(), undo));
  }

  private Plan elsewhere(int at, int number) {
    Step step = plan.steps().get(at);
    Step next = plan.steps().get(at + 1);
    List<Step> steps = new ArrayList<>(plan.steps());
    steps.set(
        at + 1,
        with(
            next,
            next.wave(),
            next.kind(),
            inserted(next.tasks(), step.tasks().get(number)),
            next.hold(),
            next.timeout(),
            next.players(),
            next.needs()));
    List<Task> rest = without(step.tasks(), number);
    if (rest.isEmpty()) {
      steps.remove(at);
    } else {
      steps.set(
          at,
          with(
              step,
              step.wave(),
              step.kind(),
              rest,
              step.hold(),
              step.timeout(),
              step.players(),
              step.needs()));
    }
    return withSteps(steps);
  }

  private static Step with(
      Step step,
      int wave,
      Step.Kind kind,
      List<Task> tasks,
      Duration hold,
      Duration timeout,
      Players players,
      List<String> needs) {
    return new Step(
        step.id(),
        wave,
        kind,
        step.title(),
        tasks,
        hold,
        timeout,
        step.approver(),
        step.cause(),
        players,
        step.duration(),
        needs);
  }

  /// A plan of other steps, of which each needs the one before it, with its own sums.
  private Plan withSteps(List<Step> steps) {
    List<Step> chained = new ArrayList<>();
    for (Step step : steps) {
      List<String> needs = chained.isEmpty() ? List.of() : List.of(chained.getLast().id());
      chained.add(
          with(
              step,
              step.wave(),
              step.kind(),
              step.tasks(),
              step.hold(),
              step.timeout(),
              step.players(),
              needs));
    }
    return raw(chained);
  }

  private Plan raw(List<Step> steps) {
    TreeSet<String> switches = new TreeSet<>();
    for (Step step : steps) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.SetLogins logins) {
          logins.openflowGroup().ifPresent(group -> switches.addAll(group.carriers()));
        } else if (task.action() instanceof Action.ProgramSwitch(String host)) {
          switches.add(host);
        }
      }
    }
    return copy(
        plan.from(),
        plan.to(),
        steps,
        plan.waves(),
        plan.pairs(),
        switches,
        steps.stream().map(Step::players).reduce(Players.NONE, Players::plus),
        steps.stream().map(Step::duration).reduce(Estimate.NONE, Estimate::plus));
  }

  private Plan withWaves(List<Wave> waves) {
    return copy(
        plan.from(),
        plan.to(),
        plan.steps(),
        waves,
        plan.pairs(),
        plan.switches(),
        plan.players(),
        plan.duration());
  }

  // --- what an abort does

  private void ofReopenings() {
    for (int i = 0; i < plan.reopenings().size(); i++) {
      int at = i;
      Reopening gate = plan.reopenings().get(i);
      add(Fault.ABORT_WRONG, gate.key(), () -> plan.withReopenings(without(plan.reopenings(), at)));
      for (int j = 0; j < gate.ways().size(); j++) {
        ofWay(at, j);
      }
    }
  }

  private void ofWay(int gate, int number) {
    Way way = plan.reopenings().get(gate).ways().get(number);
    String where = plan.reopenings().get(gate).key() + " " + way.state();
    addAbort(gate, where, ways -> without(ways, number));
    addAbort(gate, where + " twice", ways -> List.of(way, way));
    other(gate, number, "its entry", withEntry(way, way.entry().replace("open", "listed")));
    other(gate, number, "its version", withEntry(way, way.entry().replace("1.8.", "1.9.")));
    Stage swapped = way.state() == Stage.DONE ? Stage.UNTOUCHED : Stage.DONE;
    other(gate, number, "its state", new Way(way.entry(), swapped, way.marks(), way.ready()));
    for (int i = 0; i < way.marks().size(); i++) {
      List<Reopening.Mark> fewer = without(way.marks(), i);
      Way early = new Way(way.entry(), way.state(), fewer, way.ready());
      other(gate, number, "without mark " + i, early);
    }
    for (int i = 0; i < way.ready().size(); i++) {
      Check.Pods pods = way.ready().get(i);
      List<Check.Pods> fewer = without(way.ready(), i);
      other(gate, number, "unseen", new Way(way.entry(), way.state(), way.marks(), fewer));
      Check.Pods more = new Check.Pods(pods.set(), pods.count() + 1, pods.images(), pods.same());
      List<Check.Pods> wrong = replaced(way.ready(), i, more);
      other(gate, number, "one too many", new Way(way.entry(), way.state(), way.marks(), wrong));
    }
  }

  private static Way withEntry(Way way, String entry) {
    return new Way(entry, way.state(), way.marks(), way.ready());
  }

  private void other(int gate, int number, String what, Way other) {
    Way way = plan.reopenings().get(gate).ways().get(number);
    if (!other.equals(way)) {
      String where = plan.reopenings().get(gate).key() + " " + way.state() + ", " + what;
      addAbort(gate, where, ways -> replaced(ways, number, other));
    }
  }

  private void addAbort(int at, String where, UnaryOperator<List<Way>> change) {
    Reopening gate = plan.reopenings().get(at);
    add(
        Fault.ABORT_WRONG,
        where,
        () ->
            plan.withReopenings(
                replaced(
                    plan.reopenings(),
                    at,
                    new Reopening(gate.directory(), gate.key(), change.apply(gate.ways())))));
  }

  private Plan copy(
      State from,
      State to,
      List<Step> steps,
      List<Wave> waves,
      List<Plan.PairedSets> pairs,
      SortedSet<String> switches,
      Players players,
      Estimate duration) {
    return reopened.apply(
        new Plan(
            plan.fleet(),
            plan.environment(),
            plan.cluster(),
            plan.release(),
            plan.template(),
            plan.goal(),
            plan.window(),
            plan.cause(),
            from,
            to,
            switches,
            plan.directories(),
            waves,
            pairs,
            steps,
            players,
            duration,
            plan.notes()));
  }
}
