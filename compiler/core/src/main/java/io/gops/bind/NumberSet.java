package io.gops.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whole numbers as the language writes them: ranges with steps and exceptions.
///
/// @param members in ascending order, without repetition
/// @param text as written, in canonical form
record NumberSet(List<Integer> members, String text) {
  /// Most members a range may have: bounds the work of a compile.
  static final int MOST = 200_000;

  NumberSet {
    members = List.copyOf(members);
  }

  static NumberSet of(int number) {
    return new NumberSet(List.of(number), Integer.toString(number));
  }

  /// All members of several sets.
  static NumberSet union(List<NumberSet> sets) {
    List<Integer> all = new ArrayList<>();
    sets.forEach(set -> all.addAll(set.members));
    return new NumberSet(
        all.stream().sorted().distinct().toList(),
        sets.stream().map(NumberSet::text).collect(Collectors.joining(", ")));
  }

  int size() {
    return members.size();
  }
}
