package io.gops.bind;

import io.gops.schema.Type;
import io.gops.source.Place;
import java.util.List;
import java.util.Optional;

/// What a text says of one attribute.
///
/// @param type what the attribute holds
/// @param value as the language writes it, quantities in their canonical unit
/// @param names the names in it: of declarations, or `secret.NAME.KEY`
/// @param places the assignment, then what brought it in
/// @param before what it replaced or was appended to
/// @param standard the default of the schema
public record Said(
    String attribute,
    Type type,
    String value,
    List<String> names,
    List<Place> places,
    Optional<Said> before,
    Optional<String> standard) {
  public Said {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }
}
