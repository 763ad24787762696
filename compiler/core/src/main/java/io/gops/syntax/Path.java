package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A dotted path: `secret.clx-db.password`, `clx."1.8.3"`, `clx-main.10001..10003.players`.
///
/// @param segments at least one
public record Path(Span span, List<Segment> segments) implements Node {
  public Path {
    segments = List.copyOf(segments);
  }

  /// One part between dots.
  public sealed interface Segment extends Node {
    /// The segment's meaning as text: without quotes, ranges as written in canonical form.
    String text();
  }

  /// An identifier.
  public record NameSegment(Span span, String text) implements Segment {}

  /// A quoted segment, for names that are no identifiers.
  ///
  /// @param text without quotes, escapes decoded
  public record QuotedSegment(Span span, String text) implements Segment {}

  /// A whole number or a range of them, for members of a range such as zones.
  ///
  /// @param last equal to `first` for a single number
  public record NumberSegment(Span span, long first, long last) implements Segment {
    @Override
    public String text() {
      return first == last ? Long.toString(first) : first + ".." + last;
    }
  }

  /// The segments joined by dots, quotes left out.
  public String text() {
    return segments.size() == 1
        ? head()
        : segments.stream().map(Segment::text).collect(Collectors.joining("."));
  }

  /// The first segment's text.
  public String head() {
    return segments.getFirst().text();
  }

  /// The identifier this path consists of, if it is only that.
  public Optional<Name> name() {
    return segments.size() == 1 && segments.getFirst() instanceof NameSegment(Span s, String text)
        ? Optional.of(new Name(s, text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text();
  }
}
