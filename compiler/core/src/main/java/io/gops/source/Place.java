package io.gops.source;

/// A span in a file: what an error underlines.
public record Place(SourceFile file, Span span) {
  /// Line of the first unit, from 1.
  public int line() {
    return file.line(span.offset());
  }

  /// Column of the first unit in code points, from 1.
  public int column() {
    return file.column(span.offset());
  }

  /// The place directly behind this one.
  public Place end() {
    return new Place(file, new Span(span.end(), 0));
  }

  /// This place with the comma that separates it from a neighbour on its line: what goes when a
  /// statement goes.
  public Place withComma() {
    String text = file.text();
    int end = span.end();
    while (end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == ',') {
      return new Place(file, Span.between(span.offset(), end + 1));
    }
    int start = span.offset();
    while (start > 0 && text.charAt(start - 1) == ' ') {
      start--;
    }
    boolean follows = start > 0 && text.charAt(start - 1) == ',';
    return follows ? new Place(file, Span.between(start - 1, span.end())) : this;
  }

  /// The text at this place.
  public String text() {
    return file.text(span);
  }

  /// `path:line:column`, as editors and terminals link it.
  @Override
  public String toString() {
    return file.path() + ":" + line() + ":" + column();
  }
}
