package io.gops.lsp.meaning;

import io.gops.schema.Kind;
import io.gops.source.Place;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.util.Optional;

/// A place where a symbol is declared.
///
/// @param name the name alone, with its quotes if it has them
/// @param whole all of the declaration
/// @param head its first line for a person: `game clx`
/// @param doc what the comment above it says
/// @param declaration absent for constants and names of imports
/// @param kind what the schema says of it
/// @param inherits the template behind `from`
public record Definition(
    Symbol symbol,
    Place name,
    Place whole,
    String head,
    Optional<String> doc,
    Optional<Item.Declaration> declaration,
    Optional<Kind> kind,
    Optional<Path> inherits) {}
