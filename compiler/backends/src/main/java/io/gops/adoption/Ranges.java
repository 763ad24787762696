package io.gops.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Numbers as a source writes them.
final class Ranges {
  private Ranges() {}

  /// `10001..10200` for numbers that follow each other, ascending.
  static List<String> of(Set<Integer> numbers) {
    List<String> ranges = new ArrayList<>();
    List<Integer> all = List.copyOf(new TreeSet<>(numbers));
    int from = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || all.get(i) != all.get(i - 1) + 1) {
        int first = all.get(from);
        int last = all.get(i - 1);
        ranges.add(first == last ? Integer.toString(first) : first + ".." + last);
        from = i;
      }
    }
    return ranges;
  }

  /// One range, or a list of them.
  static String list(Set<Integer> numbers) {
    List<String> ranges = of(numbers);
    return ranges.size() == 1 ? ranges.getFirst() : "[" + String.join(", ", ranges) + "]";
  }
}
