package io.gops.bind;

import io.gops.source.Place;
import io.gops.syntax.Import;
import io.gops.syntax.Item;
import io.gops.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// How the files of a fleet say what they say, in all environments: for tools that judge the text
/// rather than what it means.
///
/// @param files those that an environment reads, and all that they import, by path
/// @param uses every place that names a constant or a template
/// @param environments one without declarations for a file that only offers constants and templates
/// @param settings where the `fleet` declaration stands; absent for a single file
/// @param unread `.gops` files of the folder that no environment reads, sorted
public record Survey(
    SortedMap<String, File> files,
    List<Use> uses,
    List<Environment> environments,
    Optional<Place> settings,
    List<String> unread) {
  public Survey {
    uses = List.copyOf(uses);
    environments = List.copyOf(environments);
    unread = List.copyOf(unread);
  }

  /// One file.
  ///
  /// @param imports the path that each import names, in source order
  public record File(SyntaxTree tree, List<Imported> imports) {
    public File {
      imports = List.copyOf(imports);
    }

    /// Whether it comes with the compiler.
    public boolean isStandard() {
      return Sources.isStandard(tree.file().path());
    }

    /// Whether it only has constants and templates.
    public boolean isLibrary() {
      return tree.items().stream()
          .allMatch(i -> i instanceof Item.Declaration d && d.kind().text().equals("template"));
    }

    /// Its templates, in source order.
    public List<Item.Declaration> templates() {
      return tree.declarations().stream().filter(d -> d.kind().text().equals("template")).toList();
    }
  }

  /// @param path of the file that it brings in
  public record Imported(Import written, String path) {}

  /// A place that names a constant or a template.
  ///
  /// @param meant the name of the constant, or the head of the template
  /// @param through the import that makes it visible; absent in its own file
  public record Use(Place place, Place meant, Optional<Place> through) {}

  /// One environment.
  ///
  /// @param place where it is declared; absent for a single file
  /// @param cluster that it names
  /// @param declarations of its files at the top level
  /// @param expectations that stand outside any block
  public record Environment(
      String name,
      Optional<Place> place,
      Optional<String> cluster,
      List<Declared> declarations,
      List<Item> expectations) {
    public Environment {
      declarations = List.copyOf(declarations);
      expectations = List.copyOf(expectations);
    }

    /// Declarations of a kind.
    public List<Declared> declarations(String word) {
      return declarations.stream().filter(d -> d.word().equals(word)).toList();
    }
  }
}
