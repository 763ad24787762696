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
  private final Map<Lock.Key, Place> places = new HashMap<>();
  private final Map<Assigned, Place> assigned = new HashMap<>();

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
    Place place = new Place(file, new Span(file.lineStart(number), text.length()));
    if (isConflictMarker(text)) {
      diagnostics.report(Diagnostic.of(Code.GOPS2901, file.path()).at(place).hint("hint"));
      return false;
    }
    String[] parts = text.split(" ", 4);
    if (parts.length != 4 || parts[3].isEmpty()) {
      diagnostics.report(Diagnostic.of(Code.GOPS2902).at(place).hint("hint"));
      return true;
    }
    add(new Lock.Key(parts[0], parts[1], parts[2]), parts[3], place);
    return true;
  }

  private void add(Lock.Key key, String value, Place place) {
    Place earlier = places.putIfAbsent(key, place);
    if (earlier != null) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS2903, key.kind(), key.name())
              .at(place)
              .related(earlier, "related")
              .hint("hint"));
      return;
    }
    if (value.chars().allMatch(Character::isDigit)) {
      Place owner = assigned.putIfAbsent(new Assigned(key.kind(), key.space(), value), place);
      if (owner != null) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS2904, key.kind(), value, key.space())
                .at(place)
                .related(owner, "related")
                .hint("hint"));
      }
    }
    records.put(key, value);
  }

  private static boolean isConflictMarker(String text) {
    return text.startsWith("<<<<<<<") || text.startsWith("=======") || text.startsWith(">>>>>>>");
  }
}
