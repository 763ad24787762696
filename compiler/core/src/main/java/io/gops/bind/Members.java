package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import java.util.List;

/// Members of a range, with what overrides them one by one.
final class Members {
  private Members() {}

  /// Reports overrides of members that do not exist.
  static void check(Block block, NumberSet numbers, Problems problems) {
    for (Block.Member member : block.members()) {
      List<Integer> strangers =
          member.numbers().members().stream()
              .filter(n -> java.util.Collections.binarySearch(numbers.members(), n) < 0)
              .toList();
      if (!strangers.isEmpty()) {
        problems.report(
            Diagnostic.of(
                    Code.GOPS2024, strangers.getFirst(), Completeness.title(block), numbers.text())
                .at(member.place())
                .related(block.place(), "related"));
      }
    }
  }

  /// The overrides that concern one member, in source order.
  static List<Block.Member> concerning(Block block, int number) {
    return block.members().stream()
        .filter(m -> java.util.Collections.binarySearch(m.numbers().members(), number) >= 0)
        .toList();
  }

  /// What one member is: the block with its overrides applied.
  static Attributes member(Attributes range, int number) {
    return range.over(concerning(range.block(), number));
  }
}
