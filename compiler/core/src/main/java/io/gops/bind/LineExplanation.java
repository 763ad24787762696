package io.gops.bind;

import io.gops.source.Place;
import java.util.List;

/// What there is to say of one line of a source.
///
/// @param facts what the line is and what it has to do with
/// @param values the effective values that it has a part in
public record LineExplanation(List<Fact> facts, List<EffectiveValue> values) {
  public LineExplanation {
    facts = List.copyOf(facts);
    values = List.copyOf(values);
  }

  /// A sentence, and the places it speaks of.
  public record Fact(String sentence, List<Link> links) {
    public Fact {
      links = List.copyOf(links);
    }
  }

  /// A place and what it has to do with the line: `used at`, `defined at`.
  public record Link(String role, Place place) {}

  public boolean isEmpty() {
    return facts.isEmpty() && values.isEmpty();
  }
}
