package io.gops.lsp.meaning;

import java.util.ArrayList;
import java.util.List;

/// What a name stands for: a game, a container of it, a constant of a file.
///
/// @param space the word of the kind, or `const`, `template`, `alias`
/// @param path the names that lead to it from the top, its own last; begins with the file for what
///     only that file knows
public record Symbol(String space, List<String> path) {
  public static final String CONST = "const";
  public static final String TEMPLATE = "template";
  public static final String ALIAS = "alias";

  public Symbol {
    path = List.copyOf(path);
  }

  public static Symbol of(String space, String... path) {
    return new Symbol(space, List.of(path));
  }

  /// Something of this name inside `owner`.
  public static Symbol inside(List<String> owner, String space, String name) {
    List<String> path = new ArrayList<>(owner);
    path.add(name);
    return new Symbol(space, path);
  }

  /// Its own name.
  public String name() {
    return path.getLast();
  }

  /// The names around it.
  public List<String> owner() {
    return path.subList(0, path.size() - 1);
  }
}
