package io.gops.policy;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Severity;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One rule as its file says it: comments at the top with what it is about, then one expression
/// that is true for what violates it.
///
/// ```cel
/// // message: a game without alerts
/// // each: games
/// // severity: warning
/// size(it.alerts) == 0
/// ```
///
/// @param name of the file, without its ending
/// @param each the map whose entries are judged one by one; absent when the rule is about the whole
record TeamRule(
    SourceFile file, String name, String message, Severity severity, Optional<String> each) {
  private static final Pattern HEADER =
      Pattern.compile("//\\s*(message|severity|each):\\s*(.*?)\\s*");

  /// Absent when the top of the file does not say what is needed; that is reported.
  static Optional<TeamRule> read(SourceFile file, Diagnostics diagnostics) {
    SortedMap<String, String> said = new TreeMap<>();
    SortedMap<String, Integer> lines = new TreeMap<>();
    for (int line = 1; line <= file.lineCount(); line++) {
      Matcher header = HEADER.matcher(file.lineText(line));
      if (header.matches()) {
        said.put(header.group(1), header.group(2));
        lines.put(header.group(1), line);
      } else if (!file.lineText(line).startsWith("//")) {
        break;
      }
    }
    String message = said.getOrDefault("message", "");
    if (message.isEmpty()) {
      report(file, 1, "message", diagnostics);
      return Optional.empty();
    }
    Optional<Severity> severity = severity(said.getOrDefault("severity", "error"));
    if (severity.isEmpty()) {
      report(file, lines.getOrDefault("severity", 1), "severity", diagnostics);
      return Optional.empty();
    }
    Optional<String> each = Optional.ofNullable(said.get("each"));
    if (each.isPresent() && !Subjects.NAMES.contains(each.get())) {
      report(file, lines.getOrDefault("each", 1), "each", diagnostics);
      return Optional.empty();
    }
    String name = file.path().replaceFirst(".*/", "").replaceFirst("\\.cel$", "");
    return Optional.of(new TeamRule(file, name, message, severity.get(), each));
  }

  private static void report(SourceFile file, int line, String what, Diagnostics diagnostics) {
    Diagnostic.Builder found = Diagnostic.of(Code.GOPS7922, file.path()).saying(what, file.path());
    diagnostics.report(
        (what.equals("each")
                ? found.hint("hint-each", String.join(", ", Subjects.NAMES))
                : found.hint("hint-" + what))
            .at(place(file, line)));
  }

  private static Optional<Severity> severity(String word) {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /// A whole line.
  static Place place(SourceFile file, int line) {
    return new Place(
        file, new Span(file.lineStart(line), Math.max(1, file.lineText(line).length())));
  }
}
