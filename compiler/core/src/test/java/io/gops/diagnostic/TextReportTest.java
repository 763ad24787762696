package io.gops.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static final TextReport REPORT =
      new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN);

  @Test
  void showsTheLineTheOtherPlaceAndTheAdvice() {
    SourceFile lock = new SourceFile("lock/prod.lock", "one\ntwo\nthree\n");
    Diagnostic diagnostic =
        Diagnostic.of(Code.GOPS2903, "address", "clx-10001-a/0")
            .at(new Place(lock, new Span(8, 5)))
            .related(new Place(lock, new Span(0, 3)), "related")
            .hint("hint")
            .build();
    assertEquals(
        """
        error[GOPS2903]: the lock assigns address of clx-10001-a/0 twice
         --> lock/prod.lock:3:1
          |
        3 | three
          | ^^^^^
         ::: lock/prod.lock:1:1
          |
        1 | one
          | --- first assigned here
          = help: run gopsc lock resolve: it keeps one of them, the same one in every branch

        """,
        REPORT.print(List.of(diagnostic)));
  }

  @Test
  void underlinesWideCharactersAndTabsInTheirColumns() {
    assertEquals(List.of("1 |     楚留香 = x", "  |              ^"), lines("\t楚留香 = x", "x"));
    assertEquals(List.of("1 | 楚留香 = x", "  | ^^^^^^"), lines("楚留香 = x", "楚留香"));
    assertEquals(List.of("1 | e\u0301x y", "  |    ^"), lines("e\u0301x y", "y"));
  }

  @Test
  void showsControlCharactersHarmlessly() {
    assertEquals(
        List.of("1 | a␛[31mb<U+202E>c x", "  |                  ^"),
        lines("a\u001b[31mb\u202ec x", "x"));
    Diagnostic diagnostic = Diagnostic.of(Code.GOPS2903, "a\u001b[2J\n", "b").build();
    assertTrue(REPORT.print(List.of(diagnostic)).contains("assigns a␛[2J␊ of b"));
  }

  @Test
  void cutsALongLineAroundThePlace() {
    List<String> lines = lines("a".repeat(5000) + "x" + "b".repeat(5000), "x");
    assertEquals("1 | …" + "a".repeat(40) + "x" + "b".repeat(78) + "…", lines.get(0));
    assertEquals("  | " + " ".repeat(41) + "^", lines.get(1));
  }

  @Test
  void saysWhereAPlaceOfSeveralLinesEnds() {
    SourceFile file = new SourceFile("a.gops", "pair {\n  x\n}\n");
    String text = REPORT.print(List.of(at(new Place(file, new Span(0, 12)))));
    assertTrue(text.contains("  | ^^^^^^… to line 3\n"), text);
  }

  @Test
  void marksTheEndOfAFile() {
    SourceFile file = new SourceFile("a.gops", "pair {\n");
    String text = REPORT.print(List.of(at(new Place(file, new Span(7, 0)))));
    assertTrue(text.contains("2 |\n  | ^\n"), text);
  }

  @Test
  void countsWhatItPrinted() {
    Diagnostic error = Diagnostic.of(Code.GOPS2903, "a", "b").build();
    Diagnostic warning = Diagnostic.of(Code.GOPS2903, "a", "b").severity(Severity.WARNING).build();
    assertEquals("2 errors, 1 warning", REPORT.summary(List.of(error, warning, error)));
    assertEquals("", REPORT.summary(List.of()));
  }

  /// Whatever stands in a file and wherever the span lies, the output is text without control
  /// characters and with one underline.
  @Property
  void printsAnything(
      @ForAll String text, @ForAll @IntRange(max = 40) int offset, @ForAll @IntRange int length) {
    SourceFile file = new SourceFile("a.gops", text);
    int start = Math.min(offset, text.length());
    Span span = Span.between(start, (int) Math.min(text.length(), (long) start + length));
    String printed = REPORT.print(List.of(at(new Place(file, span))));
    assertEquals(7, printed.lines().count() + 1, printed);
    assertFalse(printed.replace("\n", "").codePoints().anyMatch(Character::isISOControl), printed);
  }

  private static List<String> lines(String source, String marked) {
    SourceFile file = new SourceFile("a.gops", source);
    Place place = new Place(file, new Span(source.indexOf(marked), marked.length()));
    return REPORT.print(List.of(at(place))).lines().skip(3).limit(2).toList();
  }

  private static Diagnostic at(Place place) {
    return Diagnostic.of(Code.GOPS2903, "a", "b").at(Optional.of(place)).build();
  }
}
