package io.gops.rollout;

import io.gops.artifact.GatheredText;
import io.gops.fleet.Directory;
import io.gops.fleet.Rollouts;
import io.gops.fleet.Side;
import io.gops.fleet.Window;
import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Names;
import io.gops.plan.Plan;
import io.gops.plan.PlanWords;
import io.gops.plan.Reopening;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.plan.WaveTime;
import io.gops.state.State;
import io.gops.state.TemplateHash;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The plan as the runner reads it: one record a line, fields separated by tabs, never empty (`-`
/// stands for nothing). The first field says what the line is:
///
/// - `K` hosts whose switches have the same login groups; `N` a directory with its endpoints
/// - `G` a group as it is before the plan; `H` a pair with its zone, whether it is
///   warm, and its sets
/// - `P` a patch: forwards, backwards, test of the old values, test of the new values
/// - `I` images by container; `C` a command, each word escaped for `printf %b`
/// - `B` branch, folder and field manager of a GitOps controller; `J` a step with the hash of its
///   commit; `X` a task that no commit carries out
/// - `W` the window: name, time zone, days from 1 for Monday, the minutes of the day at which it
///   opens and closes, closed dates, all of it in words
/// - `A` an alert for which to stop, its game, and whether that is the end
/// - `V` what an approval is, `Q` somebody who may sign one and their key
/// - `O` a way in which an abort opens a gate: directory, key, entry, whether the steps and units
///   that follow have to be done or untouched; `L` pods that have to be ready for it
/// - `S` a step; `T` a task of the step before it; `E` a directory entry of the task before it; `R`
///   pods of the task before it
final class StepsTable {
  private static final String NOTHING = "-";

  /// `20270217`, which a shell can compare.
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

  /// Lets the controller update all pods. Raising it again does not roll pods back, so it goes
  /// with the old template, too.
  private static final Json PARTITION =
      JsonPatch.operation(
          "add",
          "/spec/updateStrategy/rollingUpdate/partition",
          Json.of(Action.PatchTemplate.PARTITION));

  private final GatheredText rows = new GatheredText();
  private final GatheredText shared = new GatheredText();
  private final Names<JsonPatch> patches = new Names<>("p", this::patch);
  private final Names<SortedMap<String, String>> images = new Names<>("i", this::images);
  private final Names<List<String>> commands = new Names<>("c", this::command);
  private final Names<List<String>> carriers = new Names<>("k", this::carriers);

  private StepsTable() {}

  /// @param commits what takes the place of patches, where a GitOps controller applies
  static GatheredText print(Plan plan, Optional<StepCommits> commits) {
    StepsTable table = new StepsTable();
    for (Directory directory : plan.directories().values()) {
      row(table.shared, "N", directory.name(), String.join(",", directory.endpoints()));
    }
    plan.window().ifPresent(table::window);
    for (Plan.StoppingAlert alert : plan.alerts()) {
      row(table.shared, "A", alert.name(), alert.game(), alert.reaction().word());
    }
    table.approvals(plan.rollouts());
    plan.rollouts().repository().ifPresent(table::repository);
    commits.ifPresent(table::commits);
    plan.from().groups().forEach(table::group);
    plan.pairs().forEach(table::pair);
    plan.steps().forEach(table::step);
    table.reopenings(plan);
    table.shared.append(table.rows);
    return table.shared;
  }

  private static void row(GatheredText to, Object... fields) {
    row(to, List.of(), List.of(fields));
  }

  private static void row(GatheredText to, List<Object> head, List<Object> rest) {
    StringBuilder line = new StringBuilder(256);
    head.forEach(field -> field(line, field));
    rest.forEach(field -> field(line, field));
    line.setCharAt(line.length() - 1, '\n');
    to.append(line);
  }

  private static void field(StringBuilder line, Object field) {
    String text = String.valueOf(field);
    boolean readable = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      readable &= text.charAt(i) >= ' ' && text.charAt(i) != 0x7f;
    }
    if (!readable) {
      throw new IllegalArgumentException("not a field of the steps table: " + text);
    }
    line.append(text).append('\t');
  }

  private void approvals(Rollouts rollouts) {
    row(shared, "V", rollouts.approval().word());
    rollouts.signers().forEach((who, keys) -> keys.forEach(key -> row(shared, "Q", who, key)));
  }

  private void repository(Rollouts.Repository at) {
    row(shared, "B", at.branch(), at.folder(), at.manager());
  }

  private void commits(StepCommits commits) {
    commits.patches().forEach((step, text) -> row(shared, "J", step, hash(text)));
    commits.direct().forEach(task -> shared.append("X\t" + task + "\n"));
  }

  private static String hash(String text) {
    return TemplateHash.of(text).substring("sha256:".length());
  }

  private void window(Window window) {
    String days =
        window.days().stream()
            .sorted()
            .map(day -> Integer.toString(day.getValue()))
            .collect(Collectors.joining());
    String closed =
        window.closed().stream()
            .map(dates -> BASIC.format(dates.first()) + "-" + BASIC.format(dates.last()))
            .collect(Collectors.joining(","));
    row(
        shared,
        "W",
        window.name(),
        window.timeZone().getId(),
        days.isEmpty() ? "1234567" : days,
        window.from().get(ChronoField.MINUTE_OF_DAY),
        window.until().get(ChronoField.MINUTE_OF_DAY),
        closed.isEmpty() ? NOTHING : closed,
        PlanWords.window(window));
  }

  private void group(String id, State.GroupState group) {
    List<Object> fields =
        new ArrayList<>(List.of("G", id, group.live().label(), hosts(group.hosts())));
    for (Side side : Side.values()) {
      State.SideState state = group.sides().get(side);
      fields.add(state == null ? NOTHING : Json.of(state.version()).print());
      fields.add(state == null ? NOTHING : state.replicas());
      fields.add(state == null || state.template().isEmpty() ? NOTHING : state.template());
    }
    row(shared, fields, List.of());
  }

  private void pair(Plan.PairedSets pair) {
    row(
        shared,
        "H",
        pair.group(),
        pair.zone(),
        pair.warm() ? "warm" : "stopped",
        pair.a().namespace(),
        pair.a().name(),
        pair.b().name());
  }

  private static String hosts(List<String> hosts) {
    return hosts.isEmpty() ? NOTHING : String.join(",", hosts);
  }

  private void reopenings(Plan plan) {
    int number = 0;
    for (Reopening gate : plan.reopenings()) {
      for (Reopening.Way way : gate.ways()) {
        String id = "o" + ++number;
        List<Object> marks = new ArrayList<>();
        for (Reopening.Mark mark : way.marks()) {
          marks.add(mark.step());
          marks.add(mark.unit());
        }
        String when = way.state() == Reopening.Stage.DONE ? "done" : "untouched";
        row(rows, List.of("O", id, gate.directory(), gate.key(), way.entry(), when), marks);
        for (Check.Pods pods : way.ready()) {
          row(
              rows,
              "L",
              id,
              pods.set().namespace(),
              pods.set().name(),
              pods.count(),
              images.of(pods.images()));
        }
      }
    }
  }

  private void step(Step step) {
    row(
        rows,
        "S",
        step.id(),
        step.wave(),
        step.kind().name().toLowerCase(Locale.ROOT),
        step.hold().toSeconds(),
        step.timeout().toSeconds(),
        step.tasks().size(),
        step.duration().p50().toSeconds(),
        step.duration().p95().toSeconds(),
        WaveTime.acts(step.kind()) ? "acts" : "waits",
        step.approver().orElse(NOTHING),
        step.title());
    step.tasks().forEach(task -> task(step, task));
  }

  private void task(Step step, Task task) {
    List<Object> head = List.of("T", step.id(), task.unit());
    switch (task.action()) {
      case Action.PatchTemplate patch -> {
        Check.Pods before = podsBefore(task, patch);
        Check.Pods after = pods(task.after()).orElseThrow();
        add(
            head,
            List.of(
                "patch",
                patch.set().namespace(),
                patch.set().name(),
                patch.set().group(),
                patch.set().side().label(),
                Json.of(patch.fromVersion()).print(),
                Json.of(patch.toVersion()).print(),
                patch.fromTemplate().isEmpty() ? NOTHING : patch.fromTemplate(),
                patch.toTemplate(),
                patches.of(patch.patch()),
                after.count(),
                images.of(before.images()),
                images.of(after.images()),
                after.same() ? "same" : "any"));
      }
      case Action.Scale scale -> scale(head, task, scale);
      case Action.Dismiss dismiss ->
          add(
              head,
              List.of(
                  "dismiss",
                  dismiss.set().namespace(),
                  dismiss.set().name(),
                  dismiss.count(),
                  hosts(dismiss.staying())));
      case Action.SetLogins logins -> logins(head, task, logins);
      case Action.PutEntry entry ->
          add(head, List.of("entry", entry.directory(), entry.key(), entry.from(), entry.to()));
      case Action.MoveHome move when task.undo() instanceof Undo.Back ->
          add(
              head,
              List.of(
                  "relocate",
                  move.group(),
                  move.label(),
                  move.from(),
                  move.to(),
                  hosts(move.after()),
                  stopped(task)));
      case Action.MoveHome move -> {
        add(
            head,
            List.of(
                "move", move.group(), move.label(), move.from(), move.to(), hosts(move.after())));
        for (Check check : task.after()) {
          if (check instanceof Check.Pods pods) {
            row(
                rows,
                "R",
                step.id(),
                task.unit(),
                pods.set().namespace(),
                pods.set().name(),
                pods.count(),
                images.of(pods.images()),
                move.to());
          }
        }
      }
      case Action.Fence(String node) -> add(head, List.of("fence", node));
      case Action.Cordon(String node, boolean shut) ->
          add(head, List.of("cordon", node, shut ? "shut" : "open"));
      case Action.ProgramSwitch(String host) ->
          add(
              head,
              List.of("program", host, task.undo() instanceof Undo.Back ? "returns" : "stays"));
      case Action.Announce(String words) -> add(head, List.of("announce", words));
      case Action.ByHand(String what, String evidence) ->
          add(head, List.of("by_hand", what, evidence, byHand(task.undo())));
      case Action.Drain drain ->
          add(
              head,
              wait("drain", drain.set(), drain.probe(), drain.deadlineSeconds(), drain.staying()));
      case Action.Kick kick ->
          add(head, wait("kick", kick.set(), kick.probe(), kick.allowed(), kick.staying()));
      case Action.Reload reload ->
          add(
              head,
              List.of(
                  "reload",
                  reload.set().namespace(),
                  reload.set().name(),
                  reload.container(),
                  commands.of(reload.command())));
    }
  }

  /// The sets that have to be stopped before, as `namespace/set` with commas.
  private static String stopped(Task task) {
    return task.before().stream()
        .filter(Check.Replicas.class::isInstance)
        .map(check -> ((Check.Replicas) check).set())
        .map(set -> set.namespace() + "/" + set.name())
        .collect(Collectors.joining(","));
  }

  /// How a task of a person is taken back: not at all, by a person again, or never.
  private static String byHand(Undo undo) {
    return switch (undo) {
      case Undo.ByHand(String what) -> "undo: " + what;
      case Undo.PointOfNoReturn(String reason) -> "never: " + reason;
      case Undo.Nothing _, Undo.Back _ -> NOTHING;
    };
  }

  private void add(List<Object> head, List<Object> fields) {
    row(rows, head, fields);
  }

  /// Images of the pods before a patch, to which its undo leads.
  private static Check.Pods podsBefore(Task task, Action.PatchTemplate patch) {
    return task.undo() instanceof Undo.Back back
        ? pods(back.after()).orElseThrow()
        : new Check.Pods(patch.set(), 0, new TreeMap<>(), false);
  }

  private static Optional<Check.Pods> pods(List<Check> checks) {
    return checks.stream()
        .filter(Check.Pods.class::isInstance)
        .map(Check.Pods.class::cast)
        .findFirst();
  }

  private void logins(List<Object> head, Task task, Action.SetLogins logins) {
    Check.Pods pods = pods(task.before()).orElseThrow();
    Optional<Action.Drain> back =
        task.undo() instanceof Undo.Back(List<Action> actions, List<Check> _)
            ? actions.stream()
                .filter(Action.Drain.class::isInstance)
                .map(Action.Drain.class::cast)
                .findFirst()
            : Optional.empty();
    Optional<Action.CountPlayers> probe = back.flatMap(Action.Drain::probe);
    add(
        head,
        List.of(
            "logins",
            logins.group(),
            logins.from().label(),
            logins.to().label(),
            logins.openflowGroup().map(Action.OpenflowGroup::from).orElse(NOTHING),
            logins.openflowGroup().map(Action.OpenflowGroup::to).orElse(NOTHING),
            pods.set().namespace(),
            pods.set().name(),
            pods.count(),
            images.of(pods.images()),
            probe.map(Action.CountPlayers::container).orElse(NOTHING),
            probe.map(p -> commands.of(p.command())).orElse(NOTHING),
            back.map(Action.Drain::deadlineSeconds).orElse(0L),
            logins.openflowGroup().map(g -> carriers.of(g.carriers())).orElse(NOTHING)));
    for (Action.PutEntry entry : logins.entries()) {
      row(
          rows,
          "E",
          head.get(1),
          head.get(2),
          entry.directory(),
          entry.key(),
          entry.from(),
          entry.to());
    }
  }

  private List<Object> wait(
      String verb,
      Action.SetRef set,
      Optional<Action.CountPlayers> probe,
      long number,
      List<String> staying) {
    List<Object> fields = new ArrayList<>(List.of(verb, set.namespace(), set.name()));
    fields.addAll(probe(probe));
    fields.add(number);
    if (!staying.isEmpty()) {
      fields.add(hosts(staying));
    }
    return fields;
  }

  private List<Object> probe(Optional<Action.CountPlayers> probe) {
    return List.of(
        probe.map(Action.CountPlayers::container).orElse(NOTHING),
        probe.map(p -> commands.of(p.command())).orElse(NOTHING));
  }

  /// Where only some servers of a set start or stop, the row also says on which hosts the others
  /// are; and of additional ones, how their players leave when they are stopped again.
  private void scale(List<Object> head, Task task, Action.Scale scale) {
    List<Object> fields =
        new ArrayList<>(
            List.of(
                "scale",
                scale.set().namespace(),
                scale.set().name(),
                scale.set().group(),
                scale.set().side().label(),
                scale.from(),
                scale.to(),
                images.of(pods(task.after()).map(Check.Pods::images).orElseGet(TreeMap::new)),
                pods(task.after()).isPresent() ? "pods" : "number"));
    for (Check check : task.before()) {
      if (check instanceof Check.Dismissed told) {
        fields.add(hosts(told.staying()));
      }
    }
    if (task.undo() instanceof Undo.Back(List<Action> actions, List<Check> _)) {
      for (Action action : actions) {
        if (action instanceof Action.Drain drain) {
          fields.add(hosts(drain.staying()));
          fields.addAll(probe(drain.probe()));
          fields.add(drain.deadlineSeconds());
        }
      }
    }
    add(head, fields);
  }

  private void patch(String id, JsonPatch patch) {
    JsonPatch back = patch.reverse();
    row(
        shared,
        "P",
        id,
        withPartition(patch),
        withPartition(back),
        patch.expected().print(),
        back.expected().print());
  }

  private static String withPartition(JsonPatch patch) {
    List<Json> operations = new ArrayList<>(patch.operations().items());
    operations.add(PARTITION);
    return new Json.Arr(operations).print();
  }

  private void images(String id, SortedMap<String, String> list) {
    String text =
        list.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    row(shared, "I", id, text.isEmpty() ? NOTHING : text);
  }

  private void carriers(String id, List<String> hosts) {
    row(shared, List.of("K", id), List.copyOf(hosts));
  }

  private void command(String id, List<String> words) {
    row(shared, List.of("C", id), words.stream().<Object>map(StepsTable::escaped).toList());
  }

  /// A word so that `printf %b` gives it back and nothing in it ends a field or a line.
  private static String escaped(String word) {
    StringBuilder text = new StringBuilder();
    word.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '\\' || c == 0x7f) {
                text.append(String.format(Locale.ROOT, "\\0%03o", c));
              } else {
                text.append((char) c);
              }
            });
    return text.isEmpty() ? "\\c" : text.toString();
  }
}
