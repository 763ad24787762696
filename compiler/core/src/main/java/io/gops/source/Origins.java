package io.gops.source;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The origins of one declaration: of itself, of its label and of each attribute that was written.
///
/// @param declaration the whole declaration
/// @param name its kind and label, what an error about the declaration underlines
/// @param attributes by attribute path inside the declaration (`players`, `limits.memory`)
public record Origins(Origin declaration, Origin name, SortedMap<String, Origin> attributes) {
  /// For values made by the compiler itself, for example the only role of a game that writes none.
  public static final Origins NONE =
      new Origins(Origin.DEFAULT, Origin.DEFAULT, new TreeMap<>(Map.of()));

  /// Origin of an attribute; of the declaration's name when the attribute was not written.
  public Origin of(String attribute) {
    Origin found = attributes.get(attribute);
    return found != null ? found : name;
  }

  /// Place of an attribute that somebody wrote.
  public Optional<Place> written(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).flatMap(Origin::place);
  }

  /// Place of an attribute, see [#of].
  public Optional<Place> place(String attribute) {
    return of(attribute).place();
  }

  /// Place of the declaration's kind and label.
  public Optional<Place> place() {
    return name.place();
  }
}
