package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which sets are one zone, as their labels, names and affinities say.
final class ZoneFinder {
  private final Map<Key, SortedMap<String, SortedMap<String, ServerSet>>> zones =
      new LinkedHashMap<>();

  private ZoneFinder() {}

  /// @param number absent for sets without one, which are zones of their own
  /// @param hasRoles whether the names go on behind the number
  private record Key(
      String namespace, String game, Optional<Integer> number, String zones, boolean hasRoles) {}

  private record Named(ServerSet set, SetName name) {}

  /// The zones in the order of the sets.
  static List<AdoptedZone> of(List<ServerSet> sets) {
    ZoneFinder finder = new ZoneFinder();
    finder.paired(sets).forEach(finder::add);
    List<AdoptedZone> found = new ArrayList<>();
    finder.zones.forEach(
        (key, roles) ->
            found.add(
                new AdoptedZone(key.namespace(), key.game(), key.number(), key.zones(), roles)));
    return found;
  }

  private void add(Named named) {
    SetName name = named.name();
    Key key =
        new Key(
            named.set().manifest().namespace(),
            name.game(),
            name.number(),
            name.zones(),
            !name.role().isEmpty());
    zones
        .computeIfAbsent(key, _ -> new TreeMap<>())
        .computeIfAbsent(name.role(), _ -> new TreeMap<>())
        .put(name.side(), named.set());
  }

  /// The sets with their names; a half whose other half is not there is no half.
  private List<Named> paired(List<ServerSet> sets) {
    Map<SetName, Integer> halves = new LinkedHashMap<>();
    List<Named> named = new ArrayList<>();
    for (ServerSet set : sets) {
      SetName name = SetName.of(set.name(), set.template());
      named.add(new Named(set, name));
      halves.merge(key(set, name), 1, Integer::sum);
    }
    named.replaceAll(
        one -> {
          SetName name = one.name();
          boolean isWhole =
              name.side().isEmpty()
                  || !name.zones().isEmpty()
                  || (halves.getOrDefault(key(one.set(), otherSide(name)), 0) == 1
                      && halves.getOrDefault(key(one.set(), name), 0) == 1);
          return isWhole ? one : new Named(one.set(), name.alone(one.set().name()));
        });
    byAffinity(named);
    return named;
  }

  private static SetName key(ServerSet set, SetName name) {
    return new SetName(
        set.manifest().namespace() + "/" + name.game(),
        name.number(),
        name.role(),
        name.side(),
        "");
  }

  private static SetName otherSide(SetName name) {
    return new SetName(
        name.game(), name.number(), name.role(), name.side().equals("a") ? "b" : "a", "");
  }

  /// A set that must run beside exactly one other set of the same containers is its side B.
  private static void byAffinity(List<Named> named) {
    for (int b = 0; b < named.size(); b++) {
      Named follower = named.get(b);
      if (!follower.name().side().isEmpty()) {
        continue;
      }
      List<Integer> leaders = new ArrayList<>();
      for (int a = 0; a < named.size(); a++) {
        if (a != b && named.get(a).name().side().isEmpty() && follows(follower, named.get(a))) {
          leaders.add(a);
        }
      }
      if (leaders.size() == 1) {
        SetName name = named.get(leaders.getFirst()).name();
        named.set(
            leaders.getFirst(), new Named(named.get(leaders.getFirst()).set(), side(name, "a")));
        named.set(b, new Named(follower.set(), side(name, "b")));
      }
    }
  }

  private static SetName side(SetName name, String side) {
    return new SetName(name.game(), name.number(), name.role(), side, name.zones());
  }

  private static boolean follows(Named follower, Named leader) {
    boolean isAlike =
        follower.set().manifest().namespace().equals(leader.set().manifest().namespace())
            && containers(follower).equals(containers(leader));
    SortedMap<String, Json> labels =
        Manifest.members(leader.set().template(), "metadata", "labels");
    SortedMap<String, Json> own = Manifest.members(follower.set().template(), "metadata", "labels");
    return isAlike
        && Manifest.items(
                follower.set().template(),
                "spec",
                "affinity",
                "podAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution")
            .stream()
            .map(term -> Manifest.members(term, "labelSelector", "matchLabels"))
            .anyMatch(wanted -> selects(wanted, labels) && !selects(wanted, own));
  }

  private static boolean selects(SortedMap<String, Json> wanted, SortedMap<String, Json> labels) {
    return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
  }

  private static List<String> containers(Named named) {
    return named.set().containers().stream().map(ServerSet::name).toList();
  }
}
