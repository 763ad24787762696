package io.gops.bind;

import io.gops.source.Place;
import io.gops.syntax.Item;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A declaration as one environment has it: with its template and what the environment sets.
///
/// @param word the kind: `zones`; `override` for members of a range
/// @param label empty when it has none
/// @param title the kind with the label: `release ab_switch clx-1-8-4`
/// @param place all of it
/// @param name what an error about it underlines
/// @param children nested declarations in source order
/// @param members overrides of members of its range, in source order
/// @param base the version that a version was written from
/// @param rules `allow`, `deny` and `expect` in source order
public record Declared(
    String word,
    String label,
    String title,
    Place place,
    Place name,
    SortedMap<String, Said> attributes,
    List<Declared> children,
    List<Declared> members,
    Optional<String> base,
    List<Item> rules) {
  public Declared {
    children = List.copyOf(children);
    members = List.copyOf(members);
    rules = List.copyOf(rules);
  }

  /// Nested declarations of a kind.
  public List<Declared> children(String wanted) {
    return children.stream().filter(child -> child.word.equals(wanted)).toList();
  }

  /// The names in an attribute; none when it is not said.
  public List<String> names(String attribute) {
    Said said = attributes.get(attribute);
    return said == null ? List.of() : said.names();
  }
}
