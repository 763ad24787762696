package io.gops.diff;

import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Release;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What becomes of the releases that wait: their waves, hours and players.
final class RolloutChanges {
  /// What a zone says that a plan is made from, beside its pods.
  private static final List<String> PLANNED_FROM = List.of("players", "importance", "pair", "pool");

  private final Revision before;
  private final Revision after;
  private final ChangedLines lines;

  RolloutChanges(Revision before, Revision after, ChangedLines lines) {
    this.before = before;
    this.after = after;
    this.lines = lines;
  }

  /// @param others what changes otherwise
  List<Change> changes(List<Change> others) {
    SortedMap<String, Release> old = before.inputs().fleet().releases();
    SortedMap<String, Release> fresh = after.inputs().fleet().releases();
    SortedSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    Map<String, List<SourcedEdit>> own = new LinkedHashMap<>();
    Map<String, List<SourcedEdit>> ofVersion = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Release> from = Optional.ofNullable(old.get(name));
      Optional<Release> to = Optional.ofNullable(fresh.get(name));
      own.put(name, edits(from, to));
      ofVersion.put(name, versions(from, to));
    }
    boolean isPlannedAnew =
        Stream.of(own, ofVersion)
                .flatMap(edits -> edits.values().stream())
                .anyMatch(edits -> !edits.isEmpty())
            || others.stream().anyMatch(this::isPlannedFrom);
    List<Change> changes = new ArrayList<>();
    if (isPlannedAnew) {
      own.forEach(
          (name, edits) ->
              change(name, edits, ofVersion.getOrDefault(name, List.of())).ifPresent(changes::add));
    }
    return changes;
  }

  private boolean isPlannedFrom(Change change) {
    return switch (change.kind()) {
      case ZONES ->
          change.edits().stream()
              .anyMatch(
                  edit ->
                      edit.path().startsWith("zone ")
                          || edit.path().equals("live side")
                          || PLANNED_FROM.stream().anyMatch(edit.path()::startsWith));
      case PLACEMENT -> true;
      default -> false;
    };
  }

  /// What the declaration of a release says differently.
  private List<SourcedEdit> edits(Optional<Release> from, Optional<Release> to) {
    List<SourcedEdit> edits = new ArrayList<>();
    if (from.isPresent() && to.isPresent() && from.get().getClass() == to.get().getClass()) {
      for (ValueChange change :
          ModelComparison.between((Record) from.get(), (Record) to.get(), Set.of("name"))) {
        edits.add(new SourcedEdit(change.with(ConsequenceClass.R1), lines.cause(change)));
      }
    } else {
      Edit edit =
          new Edit(
              "release",
              from.map(RolloutChanges::kind),
              to.map(RolloutChanges::kind),
              ConsequenceClass.R1);
      ValueChange change =
          new ValueChange(
              edit.path(),
              edit.from(),
              edit.to(),
              to.map(release -> release.origins().name().chain()).orElse(List.of()),
              from.map(release -> release.origins().name().chain()).orElse(List.of()));
      edits.add(new SourcedEdit(edit, lines.cause(change)));
    }
    return edits;
  }

  /// As `ab_switch to 1.8.4`.
  private static String kind(Release release) {
    return release instanceof Release.NewVersion bringing
        ? release.word() + " to " + bringing.to()
        : release.word();
  }

  /// What the version that a release brings says differently.
  private List<SourcedEdit> versions(Optional<Release> from, Optional<Release> to) {
    List<SourcedEdit> edits = new ArrayList<>();
    SortedMap<String, Version> old = brought(before.inputs().fleet(), from);
    SortedMap<String, Version> fresh = brought(after.inputs().fleet(), to);
    fresh.forEach(
        (game, version) -> {
          Version one = old.get(game);
          if (one != null) {
            for (ValueChange change :
                ModelComparison.between(one, version, Set.of("name", "parent"))) {
              Edit edit = change.with(ConsequenceClass.R1).under(game + ".");
              edits.add(new SourcedEdit(edit, lines.cause(change)));
            }
          }
        });
    return edits;
  }

  /// The version of each game that has zones in a release.
  private static SortedMap<String, Version> brought(Fleet fleet, Optional<Release> release) {
    SortedMap<String, Version> versions = new TreeMap<>();
    if (release.isPresent() && release.get() instanceof Release.NewVersion bringing) {
      for (Zone zone : fleet.zones().values()) {
        Game game = fleet.games().get(zone.body().game());
        if (game != null && bringing.zoneSets().contains(zone.set())) {
          Optional.ofNullable(game.versions().get(bringing.to()))
              .ifPresent(version -> versions.putIfAbsent(game.name(), version));
        }
      }
    }
    return versions;
  }

  /// @param own what the declaration says differently
  /// @param ofVersion what its version says differently; told when the plan is another one
  private Optional<Change> change(String name, List<SourcedEdit> own, List<SourcedEdit> ofVersion) {
    Optional<Plan> old = Optional.ofNullable(before.plans().get(name));
    Optional<Plan> fresh = Optional.ofNullable(after.plans().get(name));
    List<SourcedEdit> sourced = new ArrayList<>(own);
    if (old.isEmpty() || fresh.isEmpty() || !isSame(old.get(), fresh.get())) {
      sourced.addAll(ofVersion);
    }
    List<Edit> edits = new ArrayList<>(sourced.stream().map(SourcedEdit::edit).toList());
    if (old.isPresent() || fresh.isPresent()) {
      numbers(old, fresh, edits);
    }
    if (edits.isEmpty()) {
      return Optional.empty();
    }
    ConsequenceClass risk = sourced.isEmpty() ? ConsequenceClass.R1 : risk(fresh);
    Optional<Cause> cause = sourced.stream().flatMap(edit -> edit.cause().stream()).findFirst();
    return Optional.of(
        new Change(
            ChangeId.of(Kind.ROLLOUT, name, edits),
            Kind.ROLLOUT,
            risk,
            cause,
            edits,
            List.of(name),
            new TreeSet<>(),
            fresh.map(plan -> List.of(summary(plan))).orElse(List.of("nothing is left to do")),
            Optional.empty()));
  }

  /// Whether the same is done, wherever it is written.
  private static boolean isSame(Plan one, Plan other) {
    return one.from().equals(other.from())
        && one.to().equals(other.to())
        && one.players().equals(other.players())
        && one.duration().equals(other.duration())
        && one.notes().equals(other.notes())
        && tasks(one).equals(tasks(other));
  }

  private static List<List<Task>> tasks(Plan plan) {
    return plan.steps().stream().map(Step::tasks).toList();
  }

  private static ConsequenceClass risk(Optional<Plan> plan) {
    if (plan.isEmpty()) {
      return ConsequenceClass.R1;
    }
    boolean kicks = plan.get().players().kickedP95() > 0;
    boolean lasts =
        plan.get().template() == Plan.Template.REPLACE_HOST
            || plan.get().template() == Plan.Template.MERGE_ZONES;
    return kicks || lasts ? ConsequenceClass.R4 : ConsequenceClass.R2;
  }

  private static void numbers(Optional<Plan> from, Optional<Plan> to, List<Edit> edits) {
    number("zones", from.map(RolloutChanges::zones), to.map(RolloutChanges::zones), edits);
    number("waves", from.map(RolloutChanges::waves), to.map(RolloutChanges::waves), edits);
    number("time", from.map(RolloutChanges::time), to.map(RolloutChanges::time), edits);
    number(
        "players moved",
        from.map(plan -> Long.toString(plan.players().moved())),
        to.map(plan -> Long.toString(plan.players().moved())),
        edits);
    number(
        "players disconnected at most",
        from.map(plan -> Long.toString(plan.players().kickedP95())),
        to.map(plan -> Long.toString(plan.players().kickedP95())),
        edits);
  }

  private static String zones(Plan plan) {
    return Long.toString(plan.waves().stream().mapToLong(wave -> wave.zones().size()).sum());
  }

  private static String waves(Plan plan) {
    return Integer.toString(plan.waves().size());
  }

  private static void number(
      String path, Optional<String> from, Optional<String> to, List<Edit> edits) {
    if (from.isPresent() && to.isPresent() && !from.equals(to)) {
      edits.add(new Edit(path, from, to, ConsequenceClass.R1));
    }
  }

  private static String time(Plan plan) {
    return minutes(plan.duration().p50()) + " (rarely " + minutes(plan.duration().p95()) + ")";
  }

  /// Hours and minutes, rounded up.
  private static String minutes(Duration time) {
    long minutes = Math.ceilDiv(time.toSeconds(), 60);
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /// One sentence on a plan.
  private static String summary(Plan plan) {
    return plan.goal()
        + ": "
        + plan.waves().size()
        + (plan.waves().size() == 1 ? " wave, " : " waves, ")
        + time(plan)
        + ", "
        + plan.players().moved()
        + " players move, at most "
        + plan.players().kickedP95()
        + " are disconnected";
  }
}
