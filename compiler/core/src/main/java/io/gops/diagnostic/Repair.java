package io.gops.diagnostic;

import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fixes of some diagnostics, applied together.
///
/// A diagnostic with one fix is repaired, unless the fix is a decision; of two a person must
/// choose. Fixes that touch the same text are not applied together: the one that stands first wins,
/// the other is found again by the next check if it is still needed. Files of the library are left
/// alone.
///
/// @param repaired the diagnostics whose fixes were taken, in their order
/// @param texts the new text by the path of the file
public record Repair(List<Diagnostic> repaired, SortedMap<String, Change> texts) {
  /// The text of a file before and after.
  public record Change(String before, String after) {}

  public Repair {
    repaired = List.copyOf(repaired);
  }

  public boolean isEmpty() {
    return repaired.isEmpty();
  }

  /// @param diagnostics in the order in which they are shown
  public static Repair of(List<Diagnostic> diagnostics) {
    List<Diagnostic> repaired = new ArrayList<>();
    Map<SourceFile, List<Fix.Edit>> taken = new HashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.fixes().size() == 1
          && !diagnostic.fixes().getFirst().decision()
          && fits(diagnostic.fixes().getFirst(), taken)) {
        repaired.add(diagnostic);
        for (Fix.Edit edit : diagnostic.fixes().getFirst().edits()) {
          List<Fix.Edit> edits = taken.computeIfAbsent(edit.place().file(), _ -> new ArrayList<>());
          if (!edits.contains(edit)) {
            edits.add(edit);
          }
        }
      }
    }
    SortedMap<String, Change> texts = new TreeMap<>();
    taken.forEach(
        (file, edits) -> texts.put(file.path(), new Change(file.text(), apply(file, edits))));
    return new Repair(repaired, texts);
  }

  private static boolean fits(Fix fix, Map<SourceFile, List<Fix.Edit>> taken) {
    return fix.edits().stream()
        .allMatch(
            edit ->
                !edit.place().file().path().startsWith("std/")
                    && taken.getOrDefault(edit.place().file(), List.of()).stream()
                        .allMatch(other -> other.equals(edit) || apart(other, edit)));
  }

  /// Whether two edits leave at least one unit between them, so that neither sees what the other
  /// wrote.
  private static boolean apart(Fix.Edit one, Fix.Edit two) {
    Span a = one.place().span();
    Span b = two.place().span();
    return a.end() < b.offset() || b.end() < a.offset();
  }

  private static String apply(SourceFile file, List<Fix.Edit> edits) {
    StringBuilder text = new StringBuilder(file.text());
    Comparator<Fix.Edit> backwards =
        Comparator.comparingInt((Fix.Edit edit) -> edit.place().span().offset()).reversed();
    for (Fix.Edit edit : edits.stream().sorted(backwards).toList()) {
      Place place = edit.place();
      text.replace(place.span().offset(), place.span().end(), edit.replacement());
    }
    return text.toString();
  }
}
