package io.gops.source;

import java.util.Arrays;

/// One text that takes part in a compilation, with its line index.
///
/// Lines end at LF, CRLF or CR. Two files are equal when they are the same object: a compilation
/// reads each path once.
public final class SourceFile {
  private final String path;
  private final String text;
  private final int[] lineStarts;

  /// @param path as shown to people: relative to the fleet's folder, `/` as separator;
  ///     `std/reload.gops` for the library
  /// @param text the decoded text, line ends unchanged
  public SourceFile(String path, String text) {
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  /// The text that `span` covers.
  public String text(Span span) {
    return text.substring(span.offset(), span.end());
  }

  /// Number of lines; an empty text has one.
  public int lineCount() {
    return lineStarts.length;
  }

  /// Line of an offset, from 1.
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// Column of an offset in Unicode code points, from 1.
  public int column(int offset) {
    int start = lineStarts[line(offset) - 1];
    return text.codePointCount(start, offset) + 1;
  }

  /// Offset of the first unit of a line, lines counted from 1.
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /// Text of a line without its line end, lines counted from 1.
  public String lineText(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return path;
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
