package io.gops.lsp.meaning;

import io.gops.schema.Kind;
import io.gops.syntax.Item;
import java.util.List;
import java.util.Optional;

/// What stands around a piece of a file.
///
/// @param kind of the block; absent at the top level and where the schema knows none
/// @param owner the names that lead here
/// @param role the names that lead to the game or role around, where containers are looked up
/// @param container the names that lead to the container around
/// @param declarations from the top level inwards
record Around(
    Optional<Kind> kind,
    List<String> owner,
    List<String> role,
    List<String> container,
    List<Item.Declaration> declarations) {
  static final Around NOTHING =
      new Around(Optional.empty(), List.of(), List.of(), List.of(), List.of());

  Around {
    declarations = List.copyOf(declarations);
  }

  /// The nearest declaration around that begins with `word`.
  Optional<Item.Declaration> nearest(String word) {
    return declarations.reversed().stream().filter(d -> d.kind().text().equals(word)).findFirst();
  }

  /// Whether the block belongs to a game, or to a template of one.
  boolean isInGame() {
    return nearest("game").isPresent();
  }
}
