package io.gops.diff;

import io.gops.deployment.Group;
import io.gops.fleet.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The changes of zones: equal edits of many zones that come from one line are one change.
final class ZoneChanges {
  private final Revision before;
  private final Revision after;
  private final ChangedLines lines;
  private final ZoneComparison comparison;

  ZoneChanges(Revision before, Revision after, ChangedLines lines) {
    this.before = before;
    this.after = after;
    this.lines = lines;
    this.comparison = new ZoneComparison(before, after, lines);
  }

  private record Key(Optional<Cause> cause, List<Edit> edits) {}

  List<Change> changes() {
    Map<List<SourcedEdit>, SortedSet<Integer>> alike = new LinkedHashMap<>();
    SortedMap<Integer, List<Group>> old = byZone(before);
    SortedMap<Integer, List<Group>> fresh = byZone(after);
    SortedSet<Integer> ids = new TreeSet<>(old.keySet());
    ids.addAll(fresh.keySet());
    for (int id : ids) {
      List<SourcedEdit> edits =
          edits(old.getOrDefault(id, List.of()), fresh.getOrDefault(id, List.of()));
      if (!edits.isEmpty()) {
        alike.computeIfAbsent(edits, _ -> new TreeSet<>()).add(id);
      }
    }
    Map<Key, SortedSet<Integer>> found = new LinkedHashMap<>();
    alike.forEach(
        (edits, zones) ->
            byCause(edits)
                .forEach(
                    (cause, own) ->
                        found
                            .computeIfAbsent(new Key(cause, own), _ -> new TreeSet<>())
                            .addAll(zones)));
    List<Change> changes = new ArrayList<>();
    found.forEach((key, zones) -> changes.add(change(key, zones)));
    return changes;
  }

  private static SortedMap<Integer, List<Group>> byZone(Revision revision) {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    for (Group group : revision.deployment().groups().values()) {
      zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>(1)).add(group);
    }
    return zones;
  }

  private static Map<Optional<Cause>, List<Edit>> byCause(List<SourcedEdit> edits) {
    Map<Optional<Cause>, List<Edit>> byCause = new LinkedHashMap<>();
    for (SourcedEdit edit : edits) {
      byCause.computeIfAbsent(edit.cause(), _ -> new ArrayList<>()).add(edit.edit());
    }
    return byCause;
  }

  private static Change change(Key key, SortedSet<Integer> zones) {
    ConsequenceClass risk =
        key.edits().stream().map(Edit::risk).reduce(ConsequenceClass.R0, ConsequenceClass::max);
    return new Change(
        ChangeId.of(Kind.ZONES, "", key.edits()),
        Kind.ZONES,
        risk,
        key.cause(),
        key.edits(),
        List.of(),
        zones,
        List.of(),
        Optional.empty());
  }

  private List<SourcedEdit> edits(List<Group> old, List<Group> fresh) {
    if (old.isEmpty()) {
      return List.of(opened(fresh.getFirst().zone()));
    }
    if (fresh.isEmpty()) {
      return List.of(closed(old.getFirst().zone()));
    }
    if (old.size() == 1 && fresh.size() == 1 && !isMoved(old.getFirst(), fresh.getFirst())) {
      return comparison.between(old.getFirst(), fresh.getFirst());
    }
    return ofRoles(old, fresh);
  }

  /// Whether a zone is another game's now, or under another label.
  private static boolean isMoved(Group from, Group to) {
    return !from.zone().body().game().equals(to.zone().body().game())
        || !from.zone().set().equals(to.zone().set())
        || !from.id().equals(to.id());
  }

  private List<SourcedEdit> ofRoles(List<Group> old, List<Group> fresh) {
    List<SourcedEdit> edits = new ArrayList<>();
    Zone from = old.getFirst().zone();
    Zone to = fresh.getFirst().zone();
    if (!from.body().game().equals(to.body().game())) {
      return List.of(
          word("game", from.body().game(), to.body().game(), ConsequenceClass.R5, to, "game"));
    }
    if (!from.set().equals(to.set())) {
      edits.add(word("zones", from.set(), to.set(), ConsequenceClass.R1, to, "ids"));
    }
    SortedMap<String, Group> were = byRole(old);
    SortedMap<String, Group> are = byRole(fresh);
    SortedSet<String> roles = new TreeSet<>(were.keySet());
    roles.addAll(are.keySet());
    for (String role : roles) {
      Group one = were.get(role);
      Group two = are.get(role);
      if (one != null && two != null) {
        String prefix = two.role().implicit() ? "" : role + ".";
        for (SourcedEdit edit : comparison.between(one, two)) {
          SourcedEdit told = new SourcedEdit(edit.edit().under(prefix), edit.cause());
          boolean isSaid = edits.stream().anyMatch(e -> e.edit().isSameAs(edit.edit()));
          if (!isSaid) {
            edits.add(isOfZone(edit) ? edit : told);
          }
        }
      } else {
        edits.add(role(role, one == null, to));
      }
    }
    return edits;
  }

  /// Members of the zone itself are said once, not for each role.
  private static boolean isOfZone(SourcedEdit edit) {
    String path = edit.edit().path();
    return List.of("players", "importance", "pool", "vpc").contains(path)
        || path.startsWith("pair")
        || path.startsWith("disruption")
        || path.startsWith("settings")
        || path.startsWith("limits.");
  }

  private static SortedMap<String, Group> byRole(List<Group> groups) {
    SortedMap<String, Group> roles = new TreeMap<>();
    groups.forEach(group -> roles.put(group.role().name(), group));
    return roles;
  }

  private SourcedEdit role(String role, boolean isNew, Zone zone) {
    return isNew
        ? sourced(
            new Edit("role " + role, Optional.empty(), Optional.of("servers"), ConsequenceClass.R1),
            zone,
            "game")
        : sourced(
            new Edit("role " + role, Optional.of("servers"), Optional.empty(), ConsequenceClass.R5),
            zone,
            "game");
  }

  private SourcedEdit opened(Zone zone) {
    String what = zone.set() + " " + zone.body().run();
    return sourced(
        new Edit("zone opened", Optional.empty(), Optional.of(what), ConsequenceClass.R1),
        zone,
        "ids");
  }

  private SourcedEdit closed(Zone zone) {
    Edit edit =
        new Edit("zone closed", Optional.of(zone.set()), Optional.empty(), ConsequenceClass.R5);
    ValueChange change =
        new ValueChange(
            edit.path(),
            edit.from(),
            edit.to(),
            List.of(),
            zone.body().origins().of("ids").chain());
    return new SourcedEdit(edit, lines.cause(change));
  }

  private SourcedEdit word(
      String path, String from, String to, ConsequenceClass risk, Zone zone, String attribute) {
    return sourced(new Edit(path, Optional.of(from), Optional.of(to), risk), zone, attribute);
  }

  private SourcedEdit sourced(Edit edit, Zone zone, String attribute) {
    ValueChange change =
        new ValueChange(
            edit.path(),
            edit.from(),
            edit.to(),
            zone.body().origins().of(attribute).chain(),
            List.of());
    return new SourcedEdit(edit, lines.cause(change));
  }

  /// What zones say of their first version counts only until something is recorded of them.
  List<String> notes() {
    SortedMap<String, SortedSet<Integer>> kept = new TreeMap<>();
    before
        .deployment()
        .groups()
        .forEach(
            (id, old) -> {
              Group fresh = after.deployment().groups().get(id);
              boolean isRecorded = after.inputs().state().groups().containsKey(id);
              if (fresh != null
                  && isRecorded
                  && !old.zone().body().run().equals(fresh.zone().body().run())
                  && old.live().version().equals(fresh.live().version())) {
                kept.computeIfAbsent(fresh.zone().body().run(), _ -> new TreeSet<>())
                    .add(fresh.zone().id());
              }
            });
    List<String> notes = new ArrayList<>();
    kept.forEach(
        (run, zones) ->
            notes.add(
                "run = \""
                    + run
                    + "\" has no effect on "
                    + zones.size()
                    + (zones.size() == 1 ? " zone that runs" : " zones that run")
                    + ": a release changes their version"));
    return notes;
  }
}
