package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.source.Place;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads the head of a template: `template zones Standard`, `template reload http Patient`.
final class Templates {
  static final String WORD = "template";

  private Templates() {}

  /// What a template is a template of.
  ///
  /// @param word the kind's word
  /// @param kind the kind, or its variant
  record Shape(String word, Kind kind, String name) {}

  /// The shape of a template; absent when its head says none.
  static Optional<Shape> shape(Item.Declaration declaration, Schema schema) {
    List<Label> labels = declaration.labels();
    if (labels.size() < 2
        || labels.size() > 3
        || !labels.stream().allMatch(Label.Named.class::isInstance)) {
      return Optional.empty();
    }
    String word = text(labels.getFirst());
    String name = text(labels.getLast());
    Optional<String> variant =
        labels.size() == 3 ? Optional.of(text(labels.get(1))) : Optional.empty();
    return schema.anywhere(word, variant).map(kind -> new Shape(word, kind, name));
  }

  private static String text(Label label) {
    return label instanceof Label.Named(_, String text) ? text : "";
  }

  /// Enters the templates of a file into its scope; reports heads that say nothing.
  static void enter(Scope scope, Schema schema, Problems problems) {
    for (Item.Declaration declaration : scope.tree().declarations()) {
      if (!declaration.kind().text().equals(WORD)) {
        continue;
      }
      Optional<Shape> shape = shape(declaration, schema);
      if (shape.isEmpty()) {
        unreadable(declaration, scope, schema, problems);
        continue;
      }
      String name = shape.get().name();
      Item.Declaration before = scope.templates().putIfAbsent(name, declaration);
      if (before != null) {
        problems.report(
            Diagnostic.of(Code.GOPS2008, WORD + " " + name)
                .at(scope.place(declaration.head()))
                .related(scope.place(before.head()), "related"));
      }
    }
  }

  private static void unreadable(
      Item.Declaration declaration, Scope scope, Schema schema, Problems problems) {
    List<Label> labels = declaration.labels();
    Set<String> words = new TreeSet<>();
    collect(schema.kinds().values(), words);
    boolean unknown = !labels.isEmpty() && !words.contains(text(labels.getFirst()));
    if (unknown && labels.size() > 1) {
      Place place = scope.place(labels.getFirst());
      String word = text(labels.getFirst());
      Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2001, word).at(place);
      Optional<String> meant = Spelling.nearest(word, words);
      if (meant.isPresent()) {
        problem.fix(place, meant.get(), "fix", meant.get()).hint("meant", meant.get());
      } else {
        problem.hint("known", Names.list(words));
      }
      problems.report(problem);
    } else {
      problems.report(
          Diagnostic.of(Code.GOPS2026, WORD, "a kind and a name, as in template zones Standard")
              .at(scope.place(declaration.head())));
    }
    if (labels.size() < 2) {
      problems.suspects().nameless(WORD);
    }
    labels.forEach(label -> scope.broken(text(label)));
  }

  /// Every word that begins a declaration anywhere in the schema.
  static Set<String> words(Schema schema) {
    Set<String> words = new TreeSet<>(Set.of(WORD, "override"));
    collect(schema.kinds().values(), words);
    return words;
  }

  private static void collect(Collection<Kind> kinds, Set<String> words) {
    for (Kind kind : kinds) {
      words.add(kind.name());
      collect(kind.nested().values(), words);
      kind.variants().values().forEach(variant -> collect(variant.nested().values(), words));
    }
  }
}
