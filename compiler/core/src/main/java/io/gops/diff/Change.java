package io.gops.diff;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Edits that are the same for all their subjects and come from one line.
///
/// @param id the same whenever the same is changed, for however many zones
/// @param cause absent when no line of the source says so: the lock, the state, or another compiler
/// @param subjects what changes, by name; of zones their ids
/// @param zones ids of the zones among them
/// @param consequences sentences on what follows
/// @param like the id of a change of many more zones that it resembles
public record Change(
    String id,
    Kind kind,
    ConsequenceClass risk,
    Optional<Cause> cause,
    List<Edit> edits,
    List<String> subjects,
    SortedSet<Integer> zones,
    List<String> consequences,
    Optional<String> like) {
  public Change {
    edits = List.copyOf(edits);
    subjects = List.copyOf(subjects);
    zones = new TreeSet<>(zones);
    consequences = List.copyOf(consequences);
  }

  /// How many things change.
  public int size() {
    return zones.isEmpty() ? subjects.size() : zones.size();
  }

  Change like(String other) {
    return new Change(
        id, kind, risk, cause, edits, subjects, zones, consequences, Optional.of(other));
  }
}
