package io.gops.bind;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Queries of Prometheus, as far as one can see without knowing its functions: brackets and quotes
/// that are closed, and something to ask for.
final class Queries {
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  private Queries() {}

  /// What is wrong with a query.
  static Optional<String> flaw(String query) {
    if (query.isBlank()) {
      return Optional.of("it is empty");
    }
    Deque<Character> open = new ArrayDeque<>();
    int at = 0;
    while (at < query.length()) {
      char c = query.charAt(at);
      if (c == '"' || c == '\'' || c == '`') {
        at = endOfString(query, at);
        if (at < 0) {
          return Optional.of(c + " is not closed");
        }
      } else if (c == '#') {
        int line = query.indexOf('\n', at);
        at = line < 0 ? query.length() : line;
      } else if (OPENING.indexOf(c) >= 0) {
        open.push(c);
      } else if (CLOSING.indexOf(c) >= 0
          && (open.isEmpty() || OPENING.indexOf(open.pop()) != CLOSING.indexOf(c))) {
        return Optional.of(c + " closes nothing");
      }
      at++;
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(open.peek() + " is not closed");
  }

  /// The quote that ends a string; negative when none does.
  private static int endOfString(String query, int start) {
    char quote = query.charAt(start);
    for (int at = start + 1; at < query.length(); at++) {
      char c = query.charAt(at);
      if (c == '\\' && quote != '`') {
        at++;
      } else if (c == quote) {
        return at;
      }
    }
    return -1;
  }
}
