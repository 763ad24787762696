package io.gops.adoption;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The sets that are one zone: of each role one, or a side A and a side B.
///
/// @param game as the names of the sets say
/// @param number as the names say
/// @param zones the declaration that it was made from; empty for what gopsc did not make
/// @param roles by name, which is empty for a game without roles; in each the sets by side, which
/// is
///     empty for sets that are no pair
record AdoptedZone(
    String namespace,
    String game,
    Optional<Integer> number,
    String zones,
    SortedMap<String, SortedMap<String, ServerSet>> roles) {
  AdoptedZone {
    SortedMap<String, SortedMap<String, ServerSet>> copy = new TreeMap<>();
    roles.forEach((role, sides) -> copy.put(role, Collections.unmodifiableSortedMap(sides)));
    roles = Collections.unmodifiableSortedMap(copy);
  }

  /// Whether a number is the one that stands in the names of its sets.
  boolean keeps(int id) {
    return number.filter(own -> own == id).isPresent();
  }

  /// The zone as one whose number says nothing.
  AdoptedZone withoutNumber() {
    return new AdoptedZone(namespace, game, Optional.empty(), zones, roles);
  }

  /// All sets, side A before side B.
  List<ServerSet> sets() {
    return roles.values().stream()
        .map(sides -> sides.values())
        .flatMap(Collection::stream)
        .toList();
  }

  boolean isPaired() {
    return roles.values().stream().anyMatch(sides -> sides.containsKey("a"));
  }

  /// The side that takes logins: the one that runs, else A.
  String live() {
    return roles.values().stream()
        .flatMap(sides -> sides.entrySet().stream())
        .filter(side -> side.getValue().replicas() > 0)
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .orElse(isPaired() ? "a" : "");
  }

  /// Whether both sides have servers.
  boolean runsBothSides() {
    return roles.values().stream()
        .anyMatch(
            sides ->
                sides.size() > 1 && sides.values().stream().allMatch(set -> set.replicas() > 0));
  }

  /// The sets of the live side by role; the other side's where there is none.
  SortedMap<String, ServerSet> liveSets() {
    SortedMap<String, ServerSet> live = new TreeMap<>();
    roles.forEach(
        (role, sides) ->
            live.put(role, sides.getOrDefault(live(), sides.values().iterator().next())));
    return live;
  }
}
