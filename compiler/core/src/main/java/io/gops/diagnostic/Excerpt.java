package io.gops.diagnostic;

import io.gops.source.Place;

/// One line of a source as a terminal shows it, and the columns that a place covers in it.
///
/// @param line number of the line, from 1
/// @param text tabs expanded, control characters replaced, cut when too long
/// @param start first column of the place, from 0
/// @param width columns of the place, at least 1
/// @param lastLine line in which the place ends
record Excerpt(int line, String text, int start, int width, int lastLine) {
  /// Columns of text that are shown at most.
  private static final int COLUMNS = 120;

  /// Columns kept before the place when the line is cut.
  private static final int BEFORE = 40;

  private static final int TAB = 4;
  private static final String CUT = "…";

  static Excerpt of(Place place) {
    int line = place.line();
    int lineStart = place.file().lineStart(line);
    String source = Credentials.conceal(place.file().lineText(line));
    int from = Math.min(place.span().offset() - lineStart, source.length());
    int to = Math.min(place.span().end() - lineStart, source.length());
    int cut = startOfWindow(source, from);
    Shown shown = new Shown();
    if (cut > 0) {
      shown.add(CUT, 1);
    }
    shown.addAll(source, cut, from);
    int start = shown.columns;
    shown.addAll(source, from, to);
    int width = Math.max(1, shown.columns - start);
    shown.addAll(source, to, source.length());
    int last = place.file().line(Math.max(place.span().offset(), place.span().end() - 1));
    return new Excerpt(line, shown.text.toString(), start, width, last);
  }

  private static int startOfWindow(String source, int from) {
    if (from <= COLUMNS - BEFORE) {
      return 0;
    }
    int cut = from - BEFORE;
    return Character.isLowSurrogate(source.charAt(cut)) ? cut - 1 : cut;
  }

  /// Collects characters up to the last column.
  private static final class Shown {
    private final StringBuilder text = new StringBuilder();
    private int columns;
    private boolean full;

    void addAll(String source, int from, int to) {
      int at = from;
      while (at < to && !full) {
        int codePoint = source.codePointAt(at);
        at += Character.charCount(codePoint);
        if (codePoint == '\t') {
          int width = TAB - columns % TAB;
          add(" ".repeat(width), width);
        } else {
          String shown = Harmless.shown(codePoint);
          add(shown, DisplayWidth.of(shown));
        }
      }
    }

    void add(String shown, int width) {
      if (columns + width > COLUMNS) {
        text.append(CUT);
        full = true;
      } else {
        text.append(shown);
        columns += width;
      }
    }
  }
}
