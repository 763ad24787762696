package io.gops.diff;

import io.gops.compilation.Target;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Policy;
import io.gops.fleet.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Compares two revisions of one environment.
///
/// What a compile writes follows from source, state and lock. So these are compared, completely and
/// cheaply; what follows from a difference is computed for what differs: pods by shape,
/// reachability by class, the capacity proof and the plans only if they rest on something else.
public final class FleetComparison {
  private final Revision before;
  private final Revision after;
  private final ChangedLines lines;

  private FleetComparison(Revision before, Revision after) {
    this.before = before;
    this.after = after;
    this.lines = new ChangedLines(before.inputs().sources(), after.inputs().sources());
  }

  /// What changes from one to the other.
  ///
  /// @param ofBefore takes what is wrong with the old revision; after an error there is no result
  /// @param ofAfter the same for the new one
  public static Optional<FleetDiff> between(
      Inputs before, Inputs after, Target target, Diagnostics ofBefore, Diagnostics ofAfter) {
    boolean proves =
        CapacityChanges.isAskedAnew(before, after)
            || !before.question().isPlaced()
            || !after.question().isPlaced();
    Revision old = revision(before, target, proves, ofBefore);
    Revision fresh = revision(after, target, proves, ofAfter);
    if (ofBefore.hasErrors() || ofAfter.hasErrors()) {
      return Optional.empty();
    }
    FleetDiff diff = new FleetComparison(old, fresh).diff();
    return ofBefore.hasErrors() || ofAfter.hasErrors() ? Optional.empty() : Optional.of(diff);
  }

  private static Revision revision(
      Inputs inputs, Target target, boolean proves, Diagnostics diagnostics) {
    return proves
        ? Revision.proved(inputs, target, diagnostics)
        : Revision.placedByLock(inputs, target, diagnostics);
  }

  private FleetDiff diff() {
    List<Change> changes = new ArrayList<>();
    ZoneChanges zones = new ZoneChanges(before, after, lines);
    changes.addAll(zones.changes());
    NamedThings things = ThingRules.compare(before.deployment(), after.deployment(), lines);
    changes.addAll(reaching(things.changes()));
    Relocations relocations = new Relocations(before, after);
    changes.addAll(relocations.changes());
    changes.addAll(CapacityChanges.between(before.capacity(), after.capacity()));
    changes.addAll(new RolloutChanges(before, after, lines).changes(changes));
    List<String> notes = new ArrayList<>(zones.notes());
    notes.addAll(things.notes());
    if (changes.removeIf(this::isOfIdleOwner)) {
      notes.add("the owner of a game without a release is told nothing");
    }
    if (!changes.isEmpty() && changes.stream().allMatch(FleetComparison::isOfProfiles)) {
      changes.clear();
      notes.add("what servers use by their profiles changes nothing that follows from it");
    }
    if (changes.isEmpty()) {
      changes.addAll(relocations.recordedOnly());
    }
    return new FleetDiff(
        after.inputs().fleet().name(),
        after.inputs().fleet().environment(),
        after.inputs().fleet().cluster().name(),
        zones(),
        ChangeOrder.sorted(changes),
        notes);
  }

  /// Whether only the owner of a game changes whom no release asks for anything.
  private boolean isOfIdleOwner(Change change) {
    return change.kind() == Kind.GAME
        && change.edits().stream().allMatch(edit -> edit.path().equals("owner"))
        && change.subjects().stream()
            .noneMatch(game -> isInRelease(game, before) || isInRelease(game, after));
  }

  private static boolean isInRelease(String game, Revision revision) {
    Fleet fleet = revision.inputs().fleet();
    return fleet.releases().values().stream()
        .anyMatch(
            release ->
                !(release instanceof Release.NewVersion bringing)
                    || fleet.zones().values().stream()
                        .filter(zone -> bringing.zoneSets().contains(zone.set()))
                        .anyMatch(zone -> zone.body().game().equals(game)));
  }

  /// Whether only figures change from which others are computed, which are told apart.
  private static boolean isOfProfiles(Change change) {
    return change.kind() == Kind.ZONES
        && change.edits().stream()
            .map(Edit::path)
            .allMatch(path -> path.startsWith("profile.") || path.contains(".profile."));
  }

  private NavigableSet<Integer> zones() {
    NavigableSet<Integer> all = new TreeSet<>(before.inputs().fleet().zones().keySet());
    all.addAll(after.inputs().fleet().zones().keySet());
    return all;
  }

  /// Tells of each change of the network what may be reached through it, and of what no declaration
  /// explains by itself.
  private List<Change> reaching(List<Change> things) {
    List<ReachabilityChange> open =
        new ArrayList<>(
            new ReachabilityComparison(before.deployment(), after.deployment()).changes());
    List<Change> told = new ArrayList<>();
    for (Change change : things) {
      List<ReachabilityChange> own =
          open.stream().filter(found -> explains(change, found)).toList();
      open.removeAll(own);
      told.add(own.isEmpty() ? change : reaching(change, own));
    }
    open.forEach(found -> told.add(alone(found)));
    return told;
  }

  private boolean explains(Change change, ReachabilityChange found) {
    return switch (change.kind()) {
      case POLICY -> change.subjects().stream().anyMatch(name -> vpcOf(name).equals(found.vpc()));
      case VPC -> change.subjects().contains(found.vpc());
      case SERVICE -> change.edits().stream().anyMatch(edit -> !edit.path().startsWith("ports"));
      case GATEWAY -> change.edits().stream().anyMatch(edit -> edit.path().startsWith("prefixes"));
      default -> false;
    };
  }

  private String vpcOf(String policy) {
    return after.deployment().policies().stream()
        .filter(found -> found.name().equals(policy))
        .map(Policy::vpc)
        .findFirst()
        .or(
            () ->
                before.deployment().policies().stream()
                    .filter(found -> found.name().equals(policy))
                    .map(Policy::vpc)
                    .findFirst())
        .orElse("");
  }

  private static Change reaching(Change change, List<ReachabilityChange> found) {
    List<String> consequences = new ArrayList<>(change.consequences());
    ConsequenceClass risk = change.risk();
    for (ReachabilityChange one : found) {
      consequences.add(one.text());
      risk = risk.max(one.risk());
    }
    return new Change(
        change.id(),
        change.kind(),
        risk,
        change.cause(),
        change.edits(),
        change.subjects(),
        change.zones(),
        consequences,
        change.like());
  }

  private static Change alone(ReachabilityChange found) {
    Edit edit = new Edit("reachability", Optional.empty(), Optional.of(found.text()), found.risk());
    return new Change(
        ChangeId.of(Kind.REACHABILITY, found.vpc(), List.of(edit)),
        Kind.REACHABILITY,
        found.risk(),
        Optional.empty(),
        List.of(edit),
        List.of(found.vpc()),
        new TreeSet<>(),
        List.of(found.text()),
        Optional.empty());
  }
}
