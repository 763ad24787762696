package io.gops.bind;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Item;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What could not be read, so that its consequences are not reported as further mistakes.
///
/// A name on a line with a syntax error, or of a declaration of an unknown kind, may well be
/// declared there: whoever uses it stays silent.
final class Suspects {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*|\"[^\"\\n]*\"");

  private final Set<String> names = new TreeSet<>();
  private final Set<String> kinds = new HashSet<>();
  private final Set<String> labels = new HashSet<>();
  private boolean everything;
  private final Map<SourceFile, Set<Span>> syntaxErrors = new HashMap<>();

  /// Takes in the errors of the parser.
  void syntaxErrors(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.isError() && diagnostic.code().name().startsWith("GOPS1")) {
        diagnostic.place().ifPresent(this::mistake);
      }
    }
  }

  /// Takes in a place with a mistake that leaves nothing on its line for certain.
  void mistake(Place place) {
    if (syntaxErrors.computeIfAbsent(place.file(), _ -> new HashSet<>()).add(place.span())) {
      words(place.file().lineText(place.line()));
    }
  }

  /// Takes in what stands in a file but is no declaration: unreadable items, attributes outside
  /// any block, declarations of unknown kinds.
  ///
  /// @param kinds the words that begin a declaration anywhere
  void collect(Scope scope, Set<String> kinds) {
    scope.tree().items().forEach(item -> collect(item, scope, kinds));
  }

  private void collect(Item item, Scope scope, Set<String> known) {
    switch (item) {
      case Item.Broken broken -> {
        words(scope.place(broken).text());
        kindsIn(scope.place(broken).text(), known);
      }
      case Item.Declaration declaration -> {
        declaration
            .labels()
            .forEach(label -> labels.add(scope.place(label).text().replace("\"", "")));
        if (!known.contains(declaration.kind().text())) {
          words(scope.place(declaration.head()).text());
          kindsIn(scope.place(declaration.head()).text(), known);
          Spelling.nearest(declaration.kind().text(), known).ifPresent(this::nameless);
          inner(declaration).forEach(inner -> nameless(inner.kind().text()));
        }
        declaration.items().stream()
            .filter(inner -> !(inner instanceof Item.Assignment))
            .forEach(inner -> collect(inner, scope, known));
      }
      case Item.Assignment assignment -> {
        words(assignment.path().text());
        if (assignment.path().text().equals("const")) {
          nameless("const");
        }
      }
      case Item.Required _, Item.Rule _, Item.ExpectReachable _, Item.ExpectProperty _ -> {}
    }
  }

  /// All declarations inside one.
  private static Stream<Item.Declaration> inner(Item.Declaration outer) {
    return outer.items().stream()
        .filter(Item.Declaration.class::isInstance)
        .map(Item.Declaration.class::cast)
        .flatMap(declaration -> Stream.concat(Stream.of(declaration), inner(declaration)));
  }

  /// A kind among the words of a broken head may have been what it declares.
  private void kindsIn(String text, Set<String> known) {
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (known.contains(words.group())) {
        nameless(words.group());
      }
    }
  }

  /// Whole files could not be found: any name may be declared there.
  void everything() {
    everything = true;
  }

  /// Every word of a text may be a name that is declared there.
  void words(String text) {
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      names.add(words.group().replace("\"", ""));
    }
  }

  /// A declaration of this kind has lost its name.
  void nameless(String kind) {
    kinds.add(kind);
  }

  /// Whether the name of such a thing may be the one that a declaration has lost.
  ///
  /// @param what in the words of a message: `container port`, `host`, `endpoint`
  boolean isNameless(String what) {
    boolean anyName = everything || (what.equals("endpoint") && !kinds.isEmpty());
    return anyName || kinds.stream().anyMatch(kind -> concerns(kind, what));
  }

  private static boolean concerns(String kind, String what) {
    return switch (kind) {
      case "site" -> what.equals("pool");
      case "hosts" -> what.equals("host");
      default -> what.contains(kind);
    };
  }

  /// Whether a name, or a part of a dotted one, may be declared where nothing could be read.
  boolean contains(String name) {
    return everything
        || names.contains(name)
        || Arrays.stream(name.split("[.]", -1)).anyMatch(names::contains);
  }

  /// Whether every part of a name is the label of some declaration.
  boolean isDeclared(String name) {
    return labels.contains(name) || Arrays.stream(name.split("[.]", -1)).allMatch(labels::contains);
  }

  /// Whether a syntax error stands on the line of a place.
  boolean onLineOf(Place place) {
    return syntaxErrors.getOrDefault(place.file(), Set.of()).stream()
        .anyMatch(span -> place.file().line(span.offset()) == place.line());
  }

  /// Whether a line with a syntax error may have been an import.
  boolean hasLostImport(SourceFile file) {
    return syntaxErrors.getOrDefault(file, Set.of()).stream()
        .map(span -> file.lineText(file.line(span.offset())))
        .anyMatch(line -> line.contains(".gops\"") || line.stripLeading().startsWith("import "));
  }

  /// Whether a syntax error stands inside a place.
  boolean inside(Place place) {
    return syntaxErrors.getOrDefault(place.file(), Set.of()).stream()
        .anyMatch(span -> place.span().touches(span.offset()));
  }
}
