package io.gops.diff;

import io.gops.fleet.Fleet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// What changes in one environment of a fleet.
///
/// @param cluster where its generated files are, as the new revision calls it
/// @param zones ids of all zones of both revisions
/// @param changes worst first, then those of the fewest; those of one line stand together
/// @param notes what was changed and has no effect, and why
public record FleetDiff(
    String fleet,
    String environment,
    String cluster,
    NavigableSet<Integer> zones,
    List<Change> changes,
    List<String> notes) {
  public FleetDiff {
    zones = Collections.unmodifiableNavigableSet(new TreeSet<>(zones));
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /// An environment that there was not before.
  public static FleetDiff ofNew(Fleet fleet) {
    return whole(fleet, Optional.empty(), Optional.of(size(fleet)), ConsequenceClass.R1);
  }

  /// An environment that there no longer is.
  public static FleetDiff ofGone(Fleet fleet) {
    return whole(fleet, Optional.of(size(fleet)), Optional.empty(), ConsequenceClass.R5);
  }

  private static String size(Fleet fleet) {
    return fleet.zones().size() + " zones on " + fleet.hosts().size() + " hosts";
  }

  private static FleetDiff whole(
      Fleet fleet, Optional<String> from, Optional<String> to, ConsequenceClass risk) {
    Edit edit = new Edit("environment", from, to, risk);
    Change change =
        new Change(
            ChangeId.of(Kind.ENVIRONMENT, fleet.environment(), List.of(edit)),
            Kind.ENVIRONMENT,
            risk,
            Optional.empty(),
            List.of(edit),
            List.of(fleet.environment()),
            new TreeSet<>(),
            List.of(),
            Optional.empty());
    return new FleetDiff(
        fleet.name(),
        fleet.environment(),
        fleet.cluster().name(),
        new TreeSet<>(fleet.zones().keySet()),
        List.of(change),
        List.of());
  }

  /// The worst of all changes.
  public ConsequenceClass worst() {
    return changes.stream().map(Change::risk).reduce(ConsequenceClass.R0, ConsequenceClass::max);
  }
}
