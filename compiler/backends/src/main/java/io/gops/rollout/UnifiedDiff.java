package io.gops.rollout;

import java.util.ArrayList;
import java.util.List;

/// How one text becomes another, line by line, in the form that `git apply` reads.
///
/// The lines that both texts share are a longest common subsequence of what is between their common
/// beginning and end; three lines of context stand around each change.
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  private final List<String> before;
  private final List<String> after;
  private final List<Line> lines = new ArrayList<>();

  private UnifiedDiff(String before, String after) {
    this.before = before.lines().toList();
    this.after = after.lines().toList();
  }

  private enum Sign {
    SAME(' '),
    GONE('-'),
    NEW('+');

    private final char letter;

    Sign(char letter) {
      this.letter = letter;
    }
  }

  private record Line(Sign sign, String text) {}

  /// The change of a file; empty when there is none. Both texts end with a line end.
  static String of(String path, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    UnifiedDiff diff = new UnifiedDiff(before, after);
    diff.compare();
    return "diff --git a/%1$s b/%1$s\n--- a/%1$s\n+++ b/%1$s\n".formatted(path) + diff.hunks();
  }

  private void compare() {
    int first = 0;
    int shorter = Math.min(before.size(), after.size());
    while (first < shorter && before.get(first).equals(after.get(first))) {
      first++;
    }
    int last = 0;
    while (last < shorter - first
        && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) {
      last++;
    }
    before.subList(0, first).forEach(text -> lines.add(new Line(Sign.SAME, text)));
    middle(before.subList(first, before.size() - last), after.subList(first, after.size() - last));
    before
        .subList(before.size() - last, before.size())
        .forEach(text -> lines.add(new Line(Sign.SAME, text)));
  }

  private void middle(List<String> from, List<String> to) {
    // common[i][j]: lines that the ends of both from i and j have in common.
    int[][] common = new int[from.size() + 1][to.size() + 1];
    for (int i = from.size() - 1; i >= 0; i--) {
      for (int j = to.size() - 1; j >= 0; j--) {
        common[i][j] =
            from.get(i).equals(to.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < from.size() || j < to.size()) {
      if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
        lines.add(new Line(Sign.SAME, from.get(i)));
        i++;
        j++;
      } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Sign.GONE, from.get(i++)));
      } else {
        lines.add(new Line(Sign.NEW, to.get(j++)));
      }
    }
  }

  private String hunks() {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (int start = nextChange(0); start < lines.size(); start = nextChange(end)) {
      int from = Math.max(end, start - CONTEXT);
      end = endOfHunk(start);
      text.append(hunk(from, end));
    }
    return text.toString();
  }

  private int nextChange(int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).sign() == Sign.SAME) {
      at++;
    }
    return at;
  }

  /// Behind the context of the last change that is near enough to share it.
  private int endOfHunk(int start) {
    int changed = start;
    for (int at = start; at < lines.size() && at - changed <= 2 * CONTEXT; at++) {
      if (lines.get(at).sign() != Sign.SAME) {
        changed = at;
      }
    }
    return Math.min(lines.size(), changed + CONTEXT + 1);
  }

  private String hunk(int from, int end) {
    StringBuilder text =
        new StringBuilder("@@ -")
            .append(range(from, end, Sign.NEW))
            .append(" +")
            .append(range(from, end, Sign.GONE))
            .append(" @@\n");
    for (Line line : lines.subList(from, end)) {
      text.append(line.sign().letter).append(line.text()).append('\n');
    }
    return text.toString();
  }

  /// First line and number of lines in the text that has none of one sign. An empty range is given
  /// by the line before it.
  private String range(int from, int end, Sign without) {
    long earlier = lines.subList(0, from).stream().filter(line -> line.sign() != without).count();
    long count = lines.subList(from, end).stream().filter(line -> line.sign() != without).count();
    return (count == 0 ? earlier : earlier + 1) + "," + count;
  }
}
