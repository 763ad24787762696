package io.gops.syntax;

import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.List;

/// One parsed file: what it says, and every token it is made of.
///
/// @param items declarations, and whatever else stands at the top level, in source order
/// @param tokens the whole text, for tools that must not lose any of it
public record SyntaxTree(
    SourceFile file, List<Import> imports, List<Const> consts, List<Item> items, Tokens tokens) {
  public SyntaxTree {
    imports = List.copyOf(imports);
    consts = List.copyOf(consts);
    items = List.copyOf(items);
  }

  /// The declarations at the top level.
  public List<Item.Declaration> declarations() {
    return items.stream()
        .filter(Item.Declaration.class::isInstance)
        .map(Item.Declaration.class::cast)
        .toList();
  }

  /// The place of a span of this file.
  public Place place(Span span) {
    return new Place(file, span);
  }

  /// The place of a node of this tree.
  public Place place(Node node) {
    return place(node.span());
  }
}
