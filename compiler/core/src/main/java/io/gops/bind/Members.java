package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The overrides of members of a range, by the number of the member.
final class Members {
  private final Block range;
  private final Map<Integer, List<Integer>> overrides = new HashMap<>();

  Members(Block range) {
    this.range = range;
    for (int position = 0; position < range.members().size(); position++) {
      for (int number : range.members().get(position).numbers().members()) {
        overrides.computeIfAbsent(number, _ -> new ArrayList<>()).add(position);
      }
    }
  }

  /// Reports overrides of members that do not exist.
  void check(NumberSet numbers, Problems problems) {
    for (Block.Member member : range.members()) {
      member.numbers().members().stream()
          .filter(n -> Collections.binarySearch(numbers.members(), n) < 0)
          .findFirst()
          .ifPresent(
              stranger ->
                  problems.report(
                      Diagnostic.of(
                              Code.GOPS2024, stranger, Completeness.title(range), numbers.text())
                          .at(member.place())
                          .related(range.place(), "related")));
    }
  }

  /// Positions of the overrides that concern one member, in source order.
  List<Integer> concerning(int number) {
    return overrides.getOrDefault(number, List.of());
  }

  /// What one member is: the block with its overrides applied.
  Attributes member(Attributes block, int number) {
    return block.over(concerning(number).stream().map(range.members()::get).toList());
  }
}
