package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The declarations around a place.
///
/// @param offset the place, in its file
record Enclosing(View view, int offset, Cursor cursor) {
  /// The names that lead to the game or role around.
  List<String> owner() {
    List<String> owner = new ArrayList<>();
    cursor.label("game").ifPresent(owner::add);
    cursor.label("role").ifPresent(owner::add);
    if (owner.isEmpty()) {
      cursor
          .label(Symbol.TEMPLATE)
          .ifPresent(
              name -> {
                owner.add(view.file().path());
                owner.add(name);
              });
    }
    return owner;
  }

  List<String> container() {
    List<String> container = owner();
    cursor.label("container").ifPresent(container::add);
    return container;
  }

  /// The game that the declaration around speaks of.
  Optional<String> game() {
    return cursor
        .label("game")
        .or(() -> assigned("game"))
        .or(() -> assigned("zones").flatMap(view.names()::gameOfZones))
        .or(() -> cursor.label("zones").flatMap(view.names()::gameOfZones));
  }

  /// What the innermost declaration around sets an attribute to.
  private Optional<String> assigned(String attribute) {
    return view.file().definitions().stream()
        .filter(d -> d.whole().span().touches(offset))
        .flatMap(d -> d.declaration().stream())
        .flatMap(d -> Names.reference(d, attribute).stream())
        .findFirst();
  }
}
