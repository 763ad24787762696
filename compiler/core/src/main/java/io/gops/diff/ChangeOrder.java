package io.gops.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The order in which a reviewer wants changes: the worst first, of those equally bad the ones of
/// the fewest zones, because what is unlike the rest is what nobody meant. Changes of one line stay
/// together.
final class ChangeOrder {
  /// So many times more zones make a change the rule, and the other one an exception to it.
  private static final int RULE = 10;

  private static final Comparator<Change> WORST =
      Comparator.comparing(Change::risk)
          .reversed()
          .thenComparingInt(Change::size)
          .thenComparing(Change::kind)
          .thenComparing(change -> String.join("\0", change.subjects()))
          .thenComparing(Change::id);

  private ChangeOrder() {}

  static List<Change> sorted(List<Change> changes) {
    Map<Optional<Cause>, List<Change>> byCause = new HashMap<>();
    List<List<Change>> groups = new ArrayList<>();
    for (Change change : changes) {
      if (change.cause().isEmpty()) {
        groups.add(List.of(change));
      } else {
        byCause.computeIfAbsent(change.cause(), _ -> new ArrayList<>()).add(change);
      }
    }
    byCause.values().forEach(group -> groups.add(group.stream().sorted(WORST).toList()));
    groups.sort(
        Comparator.comparing((List<Change> group) -> group.getFirst(), WORST)
            .thenComparing(group -> group.getFirst().cause().map(Cause::where).orElse("")));
    return groups.stream()
        .flatMap(List::stream)
        .map(change -> resembling(change, changes))
        .toList();
  }

  /// Says of an exception what it is an exception to.
  private static Change resembling(Change change, List<Change> all) {
    if (change.kind() != Kind.ZONES) {
      return change;
    }
    return all.stream()
        .filter(other -> other.kind() == Kind.ZONES)
        .filter(other -> other.size() >= RULE * change.size())
        .filter(other -> isAlike(paths(other), paths(change)))
        .max(Comparator.comparingInt(Change::size).thenComparing(Change::id))
        .map(rule -> change.like(rule.id()))
        .orElse(change);
  }

  /// Whether the same things change, but for one.
  private static boolean isAlike(Set<String> some, Set<String> others) {
    Set<String> either = new HashSet<>(some);
    either.addAll(others);
    return either.stream().filter(p -> !some.contains(p) || !others.contains(p)).count() <= 1;
  }

  private static Set<String> paths(Change change) {
    return change.edits().stream().map(Edit::path).collect(Collectors.toSet());
  }
}
