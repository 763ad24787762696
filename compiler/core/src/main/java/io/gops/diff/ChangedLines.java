package io.gops.diff;

import io.gops.source.Place;
import io.gops.source.Span;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which lines of the source say something that the other revision does not say. A line that only
/// moved is not among them.
final class ChangedLines {
  private static final Pattern CONSTANT = Pattern.compile("const\\s+([A-Za-z_][\\w-]*)\\b.*");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][\\w-]*");

  private final SortedMap<String, String> before;
  private final SortedMap<String, String> after;
  private final Map<String, BitSet> inNew = new HashMap<>();
  private final Map<String, BitSet> inOld = new HashMap<>();
  private Optional<SortedMap<String, Cause>> constants = Optional.empty();

  /// @param before texts by path
  /// @param after texts by path
  ChangedLines(SortedMap<String, String> before, SortedMap<String, String> after) {
    this.before = before;
    this.after = after;
  }

  /// The line that explains a value: the first changed one of those that wrote it, a
  /// changed constant that they use, or else where the value is written.
  Optional<Cause> cause(ValueChange change) {
    return changed(change.after(), true)
        .or(() -> constantOf(change.after()))
        .or(() -> changed(change.before(), false))
        .or(() -> change.after().stream().findFirst().flatMap(place -> cause(place, true)))
        .or(() -> change.before().stream().findFirst().flatMap(place -> cause(place, false)));
  }

  private Optional<Cause> changed(List<Place> places, boolean isNew) {
    for (Place place : places) {
      BitSet changed = changedLines(place.file().path(), isNew);
      int line = changed.nextSetBit(place.line());
      if (line >= 0 && line <= place.file().line(place.span().end())) {
        return Optional.of(cause(place, line, isNew));
      }
    }
    return Optional.empty();
  }

  private Optional<Cause> cause(Place place, boolean isNew) {
    return Optional.of(cause(place, place.line(), isNew));
  }

  private Cause cause(Place place, int line, boolean isNew) {
    boolean isGone = !isNew && !stillThere(place, line);
    return new Cause(
        place.file().path(),
        line,
        place.file().lineText(line).strip(),
        isGone,
        isNew ? Optional.of(endOfLine(place, line)) : Optional.empty());
  }

  /// Stands for the line, whichever of its values is meant.
  private static Place endOfLine(Place place, int line) {
    int end = place.file().lineStart(line) + place.file().lineText(line).stripTrailing().length();
    return new Place(place.file(), new Span(end, 0));
  }

  private boolean stillThere(Place place, int line) {
    return !changedLines(place.file().path(), false).get(line);
  }

  private Optional<Cause> constantOf(List<Place> places) {
    for (Place place : places) {
      Matcher words = WORD.matcher(place.text());
      while (words.find()) {
        Cause constant = constants().get(words.group());
        if (constant != null) {
          return Optional.of(constant);
        }
      }
    }
    return Optional.empty();
  }

  /// The constants whose line changed, by name.
  private SortedMap<String, Cause> constants() {
    if (constants.isEmpty()) {
      SortedMap<String, Cause> found = new TreeMap<>();
      after.forEach((path, text) -> constants(path, text, found));
      constants = Optional.of(found);
    }
    return constants.get();
  }

  private void constants(String path, String text, SortedMap<String, Cause> found) {
    BitSet changed = changedLines(path, true);
    if (changed.isEmpty()) {
      return;
    }
    String[] lines = text.split("\n", -1);
    for (int line = changed.nextSetBit(1); line > 0; line = changed.nextSetBit(line + 1)) {
      Matcher constant = CONSTANT.matcher(lines[line - 1].strip());
      if (constant.matches()) {
        found.putIfAbsent(
            constant.group(1),
            new Cause(path, line, lines[line - 1].strip(), false, Optional.empty()));
      }
    }
  }

  private BitSet changedLines(String path, boolean isNew) {
    return (isNew ? inNew : inOld)
        .computeIfAbsent(
            path,
            _ ->
                isNew
                    ? only(after.getOrDefault(path, ""), before.getOrDefault(path, ""))
                    : only(before.getOrDefault(path, ""), after.getOrDefault(path, "")));
  }

  /// Lines, from 1, that another text does not have as often.
  private static BitSet only(String text, String other) {
    BitSet lines = new BitSet();
    if (text.equals(other)) {
      return lines;
    }
    Map<String, Integer> known = new HashMap<>();
    for (String line : other.split("\n", -1)) {
      known.merge(line.strip(), 1, Integer::sum);
    }
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (known.merge(line.strip(), -1, Integer::sum) < 0 && !line.isBlank()) {
        lines.set(number);
      }
    }
    return lines;
  }
}
