package io.gops.kubernetes.inspection;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/// What is known of one object, and what it has to do with others.
///
/// @param name `GameServerSet wuxia/clx-10001-a`: kind, namespace and name
/// @param content a number that equal objects share; absent where no two may be equal
/// @param keys of its data, for those who name one
/// @param labelled what it brings that others select
/// @param listed what it lists, when it is a list of files
/// @param defects that it has alone
record Facts(
    String name,
    String kind,
    OptionalInt content,
    List<String> keys,
    Optional<Labelled> labelled,
    List<String> listed,
    List<Reference> references,
    List<Selector> selectors,
    List<Defect> defects) {
  /// What a selector may find.
  ///
  /// @param namespace empty when it is in none
  record Labelled(Selector.Labelled what, String namespace, SortedMap<String, String> labels) {}

  /// Kind, namespace and name of an object.
  static String name(String kind, String namespace, String name) {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
