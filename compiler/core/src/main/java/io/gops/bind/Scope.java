package io.gops.bind;

import io.gops.source.Place;
import io.gops.source.Span;
import io.gops.syntax.Const;
import io.gops.syntax.Item;
import io.gops.syntax.Node;
import io.gops.syntax.Path;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The names that one file sees: its own constants and templates, and those of its imports.
///
/// Games, zones and all other declarations belong to the whole fleet and are not in here.
final class Scope {
  private final SyntaxTree tree;
  private final Suspects suspects;
  private final Map<String, Const> consts = new LinkedHashMap<>();
  private final Map<String, Item.Declaration> templates = new LinkedHashMap<>();
  private final List<Scope> open = new ArrayList<>();
  private final Map<String, Scope> named = new LinkedHashMap<>();

  private final Set<String> missing = new HashSet<>();
  private final Set<String> broken = new HashSet<>();

  Scope(SyntaxTree tree, Suspects suspects) {
    this.tree = tree;
    this.suspects = suspects;
  }

  /// A constant or template, and the file whose names its text sees.
  record Found<T>(T declaration, Scope scope) {}

  SyntaxTree tree() {
    return tree;
  }

  Place place(Node node) {
    return tree.place(node);
  }

  Place place(Span span) {
    return tree.place(span);
  }

  /// Own constants by name; the first of two with one name.
  Map<String, Const> consts() {
    return consts;
  }

  /// Own templates by name; the first of two with one name.
  Map<String, Item.Declaration> templates() {
    return templates;
  }

  /// Files imported under a name.
  Map<String, Scope> aliases() {
    return named;
  }

  void importOpenly(Scope other) {
    open.add(other);
  }

  void importAs(String alias, Scope other) {
    named.putIfAbsent(alias, other);
  }

  /// Remembers that an import brought nothing, so that names it may have brought stay silent.
  void importMissing(Optional<String> alias) {
    missing.add(alias.orElse(""));
  }

  /// Whether a name may come from an import, or a line, that brought nothing.
  boolean mayBeMissing(Path path) {
    return suspects.contains(path.text())
        || suspects.hasLostImport(tree.file())
        || missing.contains(path.segments().size() > 1 ? path.head() : "");
  }

  /// Remembers a template whose head could not be read, so that its users stay silent.
  void broken(String template) {
    broken.add(template);
  }

  /// Whether a template of that name was written but could not be read.
  boolean isBroken(Path template) {
    return mayBeMissing(template)
        || broken.contains(template.text())
        || open.stream().anyMatch(scope -> scope.broken.contains(template.text()));
  }

  Optional<Found<Const>> constant(Path path) {
    return find(path, (scope, name) -> Optional.ofNullable(scope.consts.get(name)));
  }

  Optional<Found<Item.Declaration>> template(Path path) {
    return find(path, (scope, name) -> Optional.ofNullable(scope.templates.get(name)));
  }

  /// Constants that may be written here.
  SortedSet<String> constantNames() {
    TreeSet<String> names = new TreeSet<>(consts.keySet());
    open.forEach(scope -> names.addAll(scope.consts.keySet()));
    named.forEach((alias, scope) -> scope.consts.keySet().forEach(n -> names.add(alias + "." + n)));
    return names;
  }

  /// Templates that may be written here.
  SortedSet<String> templateNames() {
    TreeSet<String> names = new TreeSet<>(templates.keySet());
    open.forEach(scope -> names.addAll(scope.templates.keySet()));
    named.forEach(
        (alias, scope) -> scope.templates.keySet().forEach(n -> names.add(alias + "." + n)));
    return names;
  }

  /// Looks a name up in one file.
  private interface Lookup<T> {
    Optional<T> in(Scope scope, String name);
  }

  private <T> Optional<Found<T>> find(Path path, Lookup<T> lookup) {
    List<Path.Segment> segments = path.segments();
    if (segments.size() == 2) {
      Scope other = named.get(segments.getFirst().text());
      return other == null
          ? Optional.empty()
          : lookup.in(other, segments.getLast().text()).map(found -> new Found<>(found, other));
    }
    if (segments.size() != 1) {
      return Optional.empty();
    }
    String name = segments.getFirst().text();
    Optional<Found<T>> own = lookup.in(this, name).map(found -> new Found<>(found, this));
    return own.or(
        () ->
            open.stream()
                .flatMap(
                    scope ->
                        lookup.in(scope, name).map(found -> new Found<>(found, scope)).stream())
                .findFirst());
  }
}
