package io.gops.network.trace;

import java.util.List;
import java.util.Optional;

/// What a trace is asked for: `clx.engine -> db:3306`.
///
/// @param port as it was written behind the colon: a number, a name, `udp/53` or `icmp`
public record Question(String from, String to, Optional<String> port) {
  private static final String ARROW = "->";

  /// The question in some words of a command line, with or without the arrow; absent when they are
  /// none.
  public static Optional<Question> parse(List<String> words) {
    String text = String.join(" ", words).strip();
    int arrow = text.indexOf(ARROW);
    String from;
    String to;
    if (arrow >= 0) {
      from = text.substring(0, arrow).strip();
      to = text.substring(arrow + ARROW.length()).strip();
    } else {
      String[] ends = text.split("\\s+", -1);
      if (ends.length != 2) {
        return Optional.empty();
      }
      from = ends[0];
      to = ends[1];
    }
    int colon = to.indexOf(':');
    String name = colon < 0 ? to : to.substring(0, colon).strip();
    Optional<String> port =
        colon < 0 ? Optional.empty() : Optional.of(to.substring(colon + 1).strip());
    boolean isComplete = isWord(from) && isWord(name) && port.map(Question::isWord).orElse(true);
    return isComplete ? Optional.of(new Question(from, name, port)) : Optional.empty();
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
  }
}
