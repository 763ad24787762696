package io.gops.source;

/// A range of UTF-16 units in one source text.
///
/// @param offset first unit, from 0
/// @param length number of units; 0 marks a place between two units
public record Span(int offset, int length) {
  public Span {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("negative span " + offset + "+" + length);
    }
  }

  /// The span from `start` up to, not including, `end`.
  public static Span between(int start, int end) {
    return new Span(start, Math.max(0, end - start));
  }

  /// First unit after the span.
  public int end() {
    return offset + length;
  }

  /// The smallest span that covers this one and `other`.
  public Span cover(Span other) {
    return between(Math.min(offset, other.offset), Math.max(end(), other.end()));
  }

  /// Whether `position` lies in the span or directly behind it, as a cursor does.
  public boolean touches(int position) {
    return position >= offset && position <= end();
  }
}
