package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.schema.Schema;
import io.gops.source.Place;
import io.gops.syntax.Const;
import io.gops.syntax.Import;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and parses files, each once, and joins them by their imports.
final class Files {
  private final Sources sources;
  private final Schema schema;
  private final Set<String> kinds;
  private final Problems problems;
  private final ParsedFiles parsed;
  private final Map<String, Optional<Scope>> scopes = new HashMap<>();

  /// @param parsed what need not be parsed again
  Files(Sources sources, Schema schema, Problems problems, ParsedFiles parsed) {
    this.sources = sources;
    this.parsed = parsed;
    this.schema = schema;
    this.kinds = Templates.words(schema);
    this.problems = problems;
  }

  /// What reading and parsing one path gave, before anything is reported.
  private record Parsed(String path, Sources.Reading reading, @Nullable SyntaxTree tree) {}

  /// The scopes of these files and of all that they import, by path.
  ///
  /// @param wanted each path with the place that names it; a path without a place is the root
  SortedMap<String, Scope> load(Map<String, Optional<Place>> wanted) {
    parseAll(wanted);
    SortedMap<String, Scope> reached = new TreeMap<>();
    wanted.keySet().forEach(path -> reach(path, reached));
    return reached;
  }

  private void reach(String path, Map<String, Scope> reached) {
    Optional<Scope> scope = scope(path);
    if (scope.isPresent() && reached.putIfAbsent(path, scope.get()) == null) {
      imports(path, scope.get()).keySet().forEach(other -> reach(other, reached));
    }
  }

  /// Parses level by level, each level in parallel; reports come in sorted order afterwards.
  private void parseAll(Map<String, Optional<Place>> wanted) {
    Map<String, Optional<Place>> pending = new TreeMap<>(wanted);
    List<String> fresh = new ArrayList<>();
    while (!pending.isEmpty()) {
      pending.keySet().removeIf(scopes::containsKey);
      Map<String, Parsed> parsed =
          (pending.size() > 1 ? pending.keySet().parallelStream() : pending.keySet().stream())
              .map(this::parse)
              .collect(Collectors.toMap(Parsed::path, Function.identity()));
      problems.suspects().syntaxErrors(problems.diagnostics().sorted());
      Map<String, Optional<Place>> next = new TreeMap<>();
      pending.forEach(
          (path, place) -> {
            Optional<Scope> scope = enter(parsed.get(path), place);
            scopes.put(path, scope);
            scope.ifPresent(
                found -> {
                  fresh.add(path);
                  imports(path, found)
                      .forEach((other, where) -> next.putIfAbsent(other, Optional.of(where)));
                });
          });
      pending = next;
    }
    fresh.stream().sorted().forEach(path -> scope(path).ifPresent(found -> join(path, found)));
    fresh.stream().sorted().forEach(this::checkCircles);
  }

  /// Characters of all files that were read.
  int size() {
    return scopes.values().stream()
        .flatMap(Optional::stream)
        .mapToInt(scope -> scope.tree().file().text().length())
        .sum();
  }

  private Optional<Scope> scope(String path) {
    return scopes.getOrDefault(path, Optional.empty());
  }

  private Parsed parse(String path) {
    Sources.Reading reading =
        Sources.isStandard(path) ? StandardLibrary.read(path) : sources.read(path);
    if (!(reading instanceof Sources.Reading.Bytes(byte[] bytes))) {
      return new Parsed(path, reading, null);
    }
    return new Parsed(path, reading, parsed.tree(path, bytes, problems.diagnostics()));
  }

  private Optional<Scope> enter(@Nullable Parsed parsed, Optional<Place> place) {
    if (parsed == null) {
      return Optional.empty();
    }
    switch (parsed.reading()) {
      case Sources.Reading.Bytes _ -> {}
      case Sources.Reading.Missing() ->
          problems.report(Diagnostic.of(Code.GOPS2030, parsed.path()).at(place).hint("hint"));
      case Sources.Reading.Outside() -> problems.report(outside(parsed.path(), place));
      case Sources.Reading.Unreadable(String reason) ->
          problems.report(Diagnostic.of(Code.GOPS2033, parsed.path(), reason).at(place));
    }
    SyntaxTree tree = parsed.tree();
    if (tree == null) {
      return Optional.empty();
    }
    Scope scope = new Scope(tree, problems.suspects());
    for (Const declaration : tree.consts()) {
      Const before = scope.consts().putIfAbsent(declaration.name().text(), declaration);
      if (before != null) {
        problems.report(
            Diagnostic.of(Code.GOPS2008, "const " + declaration.name().text())
                .at(scope.place(declaration.name()))
                .related(scope.place(before.name()), "related"));
      }
    }
    Templates.enter(scope, schema, problems);
    Annotations.read(scope, problems);
    problems.suspects().collect(scope, kinds);
    return Optional.of(scope);
  }

  private static Diagnostic.Builder outside(String path, Optional<Place> place) {
    return Diagnostic.of(Code.GOPS2031, path).at(place).hint("hint");
  }

  /// The files that a file imports, each with the place that says so.
  private Map<String, Place> imports(String path, Scope scope) {
    Map<String, Place> found = new TreeMap<>();
    for (Import declaration : scope.tree().imports()) {
      target(path, declaration, scope)
          .ifPresent(other -> found.putIfAbsent(other, scope.place(declaration.path())));
    }
    return found;
  }

  private Optional<String> target(String path, Import declaration, Scope scope) {
    Place place = scope.place(declaration.path());
    Optional<String> text = declaration.path().constant();
    if (text.isEmpty()) {
      problems.report(Diagnostic.of(Code.GOPS2010, "import", "a file name without ${…}").at(place));
      return Optional.empty();
    }
    Optional<String> resolved = Sources.resolve(path, text.get());
    if (resolved.isEmpty()) {
      problems.report(outside(text.get(), Optional.of(place)));
    }
    return resolved;
  }

  private void join(String path, Scope scope) {
    for (Import declaration : scope.tree().imports()) {
      Optional<Scope> other =
          target(path, declaration, scope)
              .flatMap(name -> scopes.getOrDefault(name, Optional.empty()));
      if (other.isEmpty()) {
        scope.importMissing(declaration.alias().map(a -> a.text()));
        continue;
      }
      if (declaration.alias().isEmpty()) {
        scope.importOpenly(other.get());
        continue;
      }
      String alias = declaration.alias().get().text();
      if (scope.aliases().containsKey(alias)) {
        problems.report(
            Diagnostic.of(Code.GOPS2008, "import " + alias)
                .at(scope.place(declaration.alias().get())));
      }
      scope.importAs(alias, other.get());
    }
  }

  /// Reports an import that leads back to its own file, at the file that comes first by name.
  private void checkCircles(String path) {
    List<String> circle = new ArrayList<>();
    if (leadsTo(path, path, new TreeSet<>(), circle)
        && circle.stream().allMatch(other -> other.compareTo(path) >= 0)) {
      Scope scope = scope(path).orElseThrow();
      String next = circle.isEmpty() ? path : circle.getFirst();
      Place place = imports(path, scope).get(next);
      String way = path + " -> " + String.join(" -> ", circle);
      if (place != null) {
        problems.report(Diagnostic.of(Code.GOPS2032, way).at(place).hint("hint"));
      }
    }
  }

  private boolean leadsTo(String from, String goal, Set<String> seen, List<String> way) {
    Optional<Scope> scope = scope(from);
    if (scope.isEmpty() || !seen.add(from)) {
      return false;
    }
    for (String next : imports(from, scope.get()).keySet()) {
      way.add(next);
      if (next.equals(goal) || leadsTo(next, goal, seen, way)) {
        return true;
      }
      way.removeLast();
    }
    return false;
  }
}
