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
