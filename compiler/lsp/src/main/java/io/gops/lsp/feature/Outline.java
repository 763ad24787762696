package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.text.Positions;
import io.gops.source.SourceFile;
import io.gops.syntax.Const;
import io.gops.syntax.Item;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.SymbolKind;

/// The declarations of a file as a tree.
public final class Outline {
  private Outline() {}

  public static List<DocumentSymbol> of(View view) {
    SyntaxTree tree = view.tree();
    List<DocumentSymbol> symbols = new ArrayList<>();
    for (Const declared : tree.consts()) {
      symbols.add(
          new DocumentSymbol(
              declared.name().text(),
              SymbolKind.Constant,
              Positions.of(tree.file(), declared.span()),
              Positions.of(tree.file(), declared.name().span()),
              tree.file().text(declared.value().span())));
    }
    symbols.addAll(declarations(tree.items(), tree.file()));
    return symbols;
  }

  private static List<DocumentSymbol> declarations(List<Item> items, SourceFile file) {
    List<DocumentSymbol> symbols = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Item.Declaration declaration) {
        symbols.add(declaration(declaration, file));
      }
    }
    return symbols;
  }

  private static DocumentSymbol declaration(Item.Declaration declaration, SourceFile file) {
    String head = file.text(declaration.head());
    String word = declaration.kind().text();
    String name = head.substring(word.length()).strip();
    DocumentSymbol symbol =
        new DocumentSymbol(
            name.isEmpty() ? word : name,
            kind(word),
            Positions.of(file, declaration.span()),
            Positions.of(file, declaration.head()),
            name.isEmpty() ? "" : word);
    symbol.setChildren(declarations(declaration.items(), file));
    return symbol;
  }

  /// The icon of a kind.
  static SymbolKind kind(String word) {
    return switch (word) {
      case "fleet", "environment" -> SymbolKind.Package;
      case "site", "pool", "cluster" -> SymbolKind.Namespace;
      case "game", "role" -> SymbolKind.Class;
      case "zones", "pair" -> SymbolKind.Array;
      case "version", "release" -> SymbolKind.Event;
      case "template" -> SymbolKind.Interface;
      case "const" -> SymbolKind.Constant;
      case "policy", "probe" -> SymbolKind.Function;
      case "port" -> SymbolKind.Field;
      case "container", "hot_update" -> SymbolKind.Module;
      case "secret" -> SymbolKind.Key;
      default -> SymbolKind.Struct;
    };
  }
}
