package io.gops.diff;

import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What gets another host, address or number, as the placements and the lock say.
final class Relocations {
  /// Examples in one change.
  private static final int SHOWN = 5;

  private final Revision before;
  private final Revision after;

  Relocations(Revision before, Revision after) {
    this.before = before;
    this.after = after;
  }

  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    hosts(changes);
    numbers(changes);
    return changes;
  }

  private void hosts(List<Change> changes) {
    SortedSet<Integer> moved = new TreeSet<>();
    SortedSet<Integer> failovers = new TreeSet<>();
    List<String> examples = new ArrayList<>();
    for (Map.Entry<String, Group> entry : before.deployment().groups().entrySet()) {
      Group old = entry.getValue();
      Group fresh = after.deployment().groups().get(entry.getKey());
      if (fresh == null || old.placements().equals(fresh.placements())) {
        continue;
      }
      List<String> from = primaries(old);
      List<String> to = primaries(fresh);
      if (from.equals(to.subList(0, Math.min(from.size(), to.size())))) {
        failovers.add(fresh.zone().id());
      } else {
        moved.add(fresh.zone().id());
        examples.add(fresh.id() + ": " + String.join(" ", from) + " → " + String.join(" ", to));
      }
    }
    add(changes, Kind.PLACEMENT, edit("host", ConsequenceClass.R4), moved, examples);
    add(changes, Kind.PLACEMENT, edit("failover host", ConsequenceClass.R0), failovers, List.of());
  }

  private static List<String> primaries(Group group) {
    return group.placements().stream().map(Group.Placement::primary).toList();
  }

  /// An edit of many, each from and to something of its own.
  private static Edit edit(String path, ConsequenceClass risk) {
    return new Edit(path, Optional.of("assigned before"), Optional.of("another"), risk);
  }

  private static void add(
      List<Change> changes, Kind kind, Edit edit, SortedSet<Integer> zones, List<String> examples) {
    if (!zones.isEmpty()) {
      changes.add(
          new Change(
              ChangeId.of(kind, "", List.of(edit)),
              kind,
              edit.risk(),
              Optional.empty(),
              List.of(edit),
              List.of(),
              zones,
              some(examples),
              Optional.empty()));
    }
  }

  private static List<String> some(List<String> examples) {
    if (examples.size() <= SHOWN) {
      return examples;
    }
    List<String> some = new ArrayList<>(examples.subList(0, SHOWN));
    some.add("and " + (examples.size() - SHOWN) + " more");
    return some;
  }

  /// Numbers that are the same things' in both locks and differ. Placements are told by zone.
  @SuppressWarnings("ReferenceEquality") // the same lock needs no look inside
  private void numbers(List<Change> changes) {
    if (before.inputs().lock() == after.inputs().lock()) {
      return;
    }
    SortedMap<String, List<String>> other = new TreeMap<>();
    SortedMap<Lock.Key, String> fresh = after.inputs().lock().records();
    before
        .inputs()
        .lock()
        .records()
        .forEach(
            (key, value) -> {
              String now = fresh.get(key);
              if (now != null && !now.equals(value) && !key.kind().equals("placement")) {
                other
                    .computeIfAbsent(key.kind(), _ -> new ArrayList<>())
                    .add(key.name() + ": " + value + " → " + now);
              }
            });
    other.forEach((kind, examples) -> changes.add(number(kind, examples)));
  }

  private static Change number(String word, List<String> examples) {
    boolean isAddress = word.equals("address") || word.equals("public");
    Kind kind = isAddress ? Kind.ADDRESS : Kind.NUMBERS;
    Edit edit = edit(word, isAddress ? ConsequenceClass.R5 : ConsequenceClass.R1);
    return new Change(
        ChangeId.of(kind, word, List.of(edit)),
        kind,
        edit.risk(),
        Optional.empty(),
        List.of(edit),
        List.of(examples.size() + " of the lock"),
        new TreeSet<>(),
        some(examples),
        Optional.empty());
  }

  /// Whether lock or state say anything else, told in a change when nothing else tells it.
  List<Change> recordedOnly() {
    List<Change> changes = new ArrayList<>();
    if (!before.inputs().lock().equals(after.inputs().lock())) {
      changes.add(
          recorded(
              "lock",
              before.inputs().lock().records().size(),
              after.inputs().lock().records().size()));
    }
    if (!before.inputs().state().equals(after.inputs().state())) {
      changes.add(
          recorded(
              "state",
              before.inputs().state().groups().size(),
              after.inputs().state().groups().size()));
    }
    return changes;
  }

  private static Change recorded(String file, int from, int to) {
    Edit edit =
        new Edit(
            file,
            Optional.of(from + " records"),
            Optional.of(from == to ? "as many, others" : to + " records"),
            ConsequenceClass.R0);
    return new Change(
        ChangeId.of(Kind.NUMBERS, file, List.of(edit)),
        Kind.NUMBERS,
        ConsequenceClass.R0,
        Optional.empty(),
        List.of(edit),
        List.of(file),
        new TreeSet<>(),
        List.of(),
        Optional.empty());
  }
}
