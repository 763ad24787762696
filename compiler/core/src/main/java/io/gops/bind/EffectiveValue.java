package io.gops.bind;

import io.gops.source.Place;
import java.util.List;

/// The value that an attribute has in the end, and the places that made it so.
///
/// @param environments in which it is so, sorted
/// @param declaration what has the attribute: `zones clx-main`
/// @param value as the language writes it
/// @param steps the place that set it first, then what brought it in, then what it replaced
public record EffectiveValue(
    List<String> environments,
    String declaration,
    String attribute,
    String value,
    List<Step> steps) {
  public EffectiveValue {
    environments = List.copyOf(environments);
    steps = List.copyOf(steps);
  }

  /// What a place did to a value.
  public enum Role {
    /// The attribute is written here.
    SET,
    /// A template or an environment brings it in.
    BROUGHT_IN,
    /// A constant that the value is made with.
    CONSTANT,
    /// A value that no longer counts, or that the list was appended to.
    BEFORE
  }

  /// @param value what is or was set
  public record Step(Role role, String value, Place place) {}
}
