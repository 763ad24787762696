package io.gops.allocate;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads a lock file; a lock that git could not merge, or that assigns one thing twice, is refused.
public final class LockReader {
  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final SortedMap<Lock.Key, String> records = new TreeMap<>();
  private final Map<Lock.Key, Integer> lines = new HashMap<>();
  private final Map<Assigned, Integer> assigned = new HashMap<>();

  /// Kinds and spaces, each once: a lock of a large fleet has a hundred thousand records and a
  /// handful of these.
  private final Map<String, String> words = new HashMap<>();

  private LockReader(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /// A number that may be given only once.
  private record Assigned(String kind, String space, String value) {}

  /// The lock that the text says; what cannot be read is reported and left out.
  public static Lock read(SourceFile file, Diagnostics diagnostics) {
    LockReader reader = new LockReader(file, diagnostics);
    for (int line = 1; line <= file.lineCount(); line++) {
      if (!reader.line(line)) {
        break;
      }
    }
    return new Lock(reader.records);
  }

  /// Reads one line; false when the rest makes no sense.
  private boolean line(int number) {
    String text = file.lineText(number);
    if (text.isBlank() || text.startsWith("#")) {
      return true;
    }
    if (isConflictMarker(text)) {
      diagnostics.report(Diagnostic.of(Code.GOPS2901, file.path()).at(place(number)).hint("hint"));
      return false;
    }
    int space = text.indexOf(' ') + 1;
    int name = text.indexOf(' ', space) + 1;
    int value = text.indexOf(' ', name) + 1;
    if (space == 0 || name == 0 || value == 0 || value == text.length()) {
      diagnostics.report(Diagnostic.of(Code.GOPS2902).at(place(number)).hint("hint"));
      return true;
    }
    Lock.Key key =
        new Lock.Key(
            word(text.substring(0, space - 1)),
            word(text.substring(space, name - 1)),
            text.substring(name, value - 1));
    add(key, text.substring(value), number);
    return true;
  }

  private String word(String text) {
    String known = words.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private Place place(int line) {
    return new Place(file, new Span(file.lineStart(line), file.lineText(line).length()));
  }

  private void add(Lock.Key key, String value, int line) {
    Integer earlier = lines.putIfAbsent(key, line);
    if (earlier != null) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS2903, key.kind(), key.name())
              .at(place(line))
              .related(place(earlier), "related")
              .hint("hint"));
      return;
    }
    if (isNumber(value)) {
      Integer owner = assigned.putIfAbsent(new Assigned(key.kind(), key.space(), value), line);
      if (owner != null) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS2904, key.kind(), value, key.space())
                .at(place(line))
                .related(place(owner), "related")
                .hint("hint"));
      }
    }
    records.put(key, value);
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!Character.isDigit(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isConflictMarker(String text) {
    return text.startsWith("<<<<<<<") || text.startsWith("=======") || text.startsWith(">>>>>>>");
  }
}
