package io.gops.adoption;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Takes out of a draft what the compiler refuses, so that the rest compiles. Lines of patches go;
/// others stay as comments, where a person can mend them.
public final class Mending {
  /// Without these a declaration means nothing.
  private static final Pattern NEEDED =
      Pattern.compile(
          " *((game|ids|run|pool|cidr|underlay|name|memory|kubernetes|kruise\\w*) *=|pool |hosts? )");

  private final List<String> lines;
  private final SortedMap<Integer, String> refused;
  private final SortedSet<Integer> taken = new TreeSet<>();
  private final List<String> left = new ArrayList<>();

  private Mending(String text, SortedMap<Integer, String> refused) {
    this.lines = text.lines().toList();
    this.refused = refused;
  }

  /// The text without the statements on some lines.
  ///
  /// @param refused why, by line from 1
  /// @return absent when one of them carries a whole declaration, and when nothing is left to take
  public static Optional<String> of(String text, SortedMap<Integer, String> refused) {
    Mending mending = new Mending(text, refused);
    return mending.run()
        ? Optional.of(emptied(String.join("\n", mending.left) + "\n"))
        : Optional.empty();
  }

  private boolean run() {
    Deque<String> around = new ArrayDeque<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String reason = refused.get(i + 1);
      if (reason != null && !line.isBlank() && !NEEDED.matcher(line).lookingAt()) {
        if (around.isEmpty()) {
          return false;
        }
        boolean isPatch =
            around.stream().anyMatch(opener -> opener.strip().startsWith("patch "))
                || line.strip().startsWith("patch ");
        int last = end(i);
        for (int at = i; at <= last; at++) {
          taken.add(at);
          if (!isPatch) {
            left.add(comment(lines.get(at), at == i ? "  // " + reason : ""));
          }
        }
        i = last;
        continue;
      }
      left.add(line);
      if (depth(line) > 0) {
        around.push(line);
      } else if (depth(line) < 0 && !around.isEmpty()) {
        around.pop();
      }
    }
    return !taken.isEmpty();
  }

  private static String comment(String line, String reason) {
    String text = line.stripLeading();
    return line.substring(0, line.length() - text.length()) + "// " + text + reason;
  }

  /// The last line of the statement that begins on a line.
  private int end(int first) {
    int open = 0;
    for (int i = first; i < lines.size(); i++) {
      open += depth(lines.get(i));
      if (open <= 0) {
        return i;
      }
    }
    return lines.size() - 1;
  }

  /// How many brackets a line opens more than it closes, outside of strings and comments.
  private static int depth(String line) {
    String code = line.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "").replaceAll("//.*", "");
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      switch (code.charAt(i)) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          // Everything else opens and closes nothing.
        }
      }
    }
    return depth;
  }

  /// Patches without the elements, lists and blocks in which nothing is left.
  private static String emptied(String text) {
    String before = "";
    String now = text;
    while (!now.equals(before)) {
      before = now;
      now =
          now.replaceAll(
                  "(?m)^ *\\{\\n *(name|mountPath|ip|containerPort|port|metadata) = \"[^\\n]*\"\\n *},\\n",
                  "")
              .replaceAll("(?m)^ *\\S+ = \\[\\n *]\\n", "")
              .replaceAll("(?m)^ *\\S+ = \\{\\n *}\\n", "")
              .replaceAll("(?m)^ *patch kubernetes [A-Za-z]+ \\{\\n *}\\n", "");
    }
    return now;
  }
}
