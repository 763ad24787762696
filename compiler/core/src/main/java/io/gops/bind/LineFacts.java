package io.gops.bind;

import io.gops.bind.LineExplanation.Fact;
import io.gops.bind.LineExplanation.Link;
import io.gops.fleet.Fleet;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.source.Place;
import io.gops.source.Span;
import io.gops.syntax.Annotation;
import io.gops.syntax.Const;
import io.gops.syntax.Expression;
import io.gops.syntax.Import;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Says what stands on a line: which declaration begins or ends there, what a rule allows, where a
/// constant or template is used, what an import brings.
final class LineFacts {
  /// More uses than a reader would look at.
  private static final int MOST_LINKS = 12;

  private final Schema schema;
  private final Evaluator evaluator;
  private final Collection<Scope> scopes;
  private final ConstantUses uses;
  private final Collection<Fleet> fleets;
  private final Scope scope;
  private final int line;
  private final Set<Fact> facts = new LinkedHashSet<>();

  /// @param scopes all files that any environment reaches
  /// @param fleets those of the environments that could be made
  /// @param scope of the file with the line
  LineFacts(
      Schema schema,
      Evaluator evaluator,
      Collection<Scope> scopes,
      ConstantUses uses,
      Collection<Fleet> fleets,
      Scope scope,
      int line) {
    this.schema = schema;
    this.evaluator = evaluator;
    this.scopes = scopes;
    this.uses = uses;
    this.fleets = fleets;
    this.scope = scope;
    this.line = line;
  }

  List<Fact> facts() {
    scope.tree().imports().stream().filter(i -> covers(i.span())).forEach(this::imported);
    scope.tree().consts().stream().filter(c -> covers(c.span())).forEach(this::constant);
    scope.tree().items().forEach(item -> item(item, schema.kinds()));
    return List.copyOf(facts);
  }

  private boolean covers(Span span) {
    int first = scope.tree().file().line(span.offset());
    int last = scope.tree().file().line(Math.max(span.offset(), span.end() - 1));
    return first <= line && line <= last;
  }

  private void add(String sentence, List<Link> links) {
    facts.add(new Fact(sentence, links.stream().limit(MOST_LINKS).toList()));
  }

  private static Link link(String role, Place place) {
    return new Link(role, place);
  }

  // ---- what a file begins with

  private void imported(Import declaration) {
    String path = declaration.path().constant().orElse("");
    Optional<Scope> other =
        Sources.resolve(scope.tree().file().path(), path)
            .flatMap(
                name ->
                    scopes.stream().filter(s -> s.tree().file().path().equals(name)).findFirst());
    if (other.isEmpty()) {
      add("imports " + path + ", which could not be read", List.of());
      return;
    }
    String prefix = declaration.alias().map(alias -> alias.text() + ".").orElse("");
    List<Link> brought = new ArrayList<>();
    other
        .get()
        .templates()
        .forEach(
            (name, template) ->
                brought.add(link("template " + prefix + name, other.get().place(template.head()))));
    other
        .get()
        .consts()
        .forEach(
            (name, found) ->
                brought.add(link("const " + prefix + name, other.get().place(found.name()))));
    add(
        "imports " + path + (prefix.isEmpty() ? "" : "; its names begin with " + prefix) + ":",
        brought);
  }

  private void constant(Const declared) {
    List<Link> links =
        uses.users(scope.place(declared)).stream().map(place -> link("used at", place)).toList();
    add(
        "const "
            + declared.name().text()
            + " = "
            + ValueText.of(evaluator.constant(declared, scope))
            + (links.isEmpty() ? "; nothing uses it" : "; used " + times(links.size())),
        links);
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  // ---- items

  /// @param kinds what may stand where the item stands
  /// @return whether the item has part in the line
  private boolean item(Item item, Map<String, Kind> kinds) {
    List<Annotation> annotations = annotations(item);
    annotations.stream().filter(a -> covers(a.span())).forEach(this::annotation);
    if (annotations.stream().anyMatch(a -> covers(a.span()))) {
      return true;
    }
    if (!covers(item.span())) {
      return false;
    }
    switch (item) {
      case Item.Declaration declaration -> declaration(declaration, kinds);
      case Item.Required required -> required(required);
      case Item.Rule _, Item.ExpectReachable _, Item.ExpectProperty _ -> rule(item);
      case Item.Assignment _ -> {}
      case Item.Broken _ -> add("cannot be read: gopsc check says why", List.of());
    }
    return true;
  }

  private static List<Annotation> annotations(Item item) {
    return switch (item) {
      case Item.Declaration declaration -> declaration.annotations();
      case Item.Assignment assignment -> assignment.annotations();
      case Item.Required required -> required.annotations();
      case Item.Rule rule -> rule.annotations();
      case Item.ExpectReachable expectation -> expectation.annotations();
      case Item.ExpectProperty expectation -> expectation.annotations();
      case Item.Broken _ -> List.of();
    };
  }

  private void annotation(Annotation annotation) {
    add(
        "what stands behind it is seen and answered for: "
            + scope.place(annotation).text().strip()
            + "; an expired one is an error",
        List.of());
  }

  private void rule(Item item) {
    Place place = scope.place(item);
    List<Fact> found =
        fleets.stream().flatMap(fleet -> new RuleFacts(fleet).at(place).stream()).toList();
    if (found.isEmpty()) {
      add(place.text() + ": reaches no fleet", List.of());
    }
    facts.addAll(found);
  }

  private void declaration(Item.Declaration declaration, Map<String, Kind> kinds) {
    Optional<Kind> kind = kind(declaration, kinds);
    Map<String, Kind> inside = kind.map(Kind::nested).orElse(Map.of());
    int head = scope.place(declaration.head()).line();
    boolean deeper = false;
    for (Item inner : declaration.items()) {
      deeper |= item(inner, inside);
    }
    if (head == line) {
      begins(declaration, kind);
    } else if (!deeper) {
      add(
          "belongs to " + scope.place(declaration.head()).text(),
          List.of(link("begins at", scope.place(declaration.head()))));
    }
  }

  /// The kind of a declaration, its variant if it has one; absent for `override`.
  private Optional<Kind> kind(Item.Declaration declaration, Map<String, Kind> kinds) {
    if (declaration.kind().text().equals(Templates.WORD)) {
      return Templates.shape(declaration, schema).map(Templates.Shape::kind);
    }
    Optional<Kind> named = Optional.ofNullable(kinds.get(declaration.kind().text()));
    return named.map(
        kind ->
            kind.variants().isEmpty() || declaration.labels().isEmpty()
                ? kind
                : kind.variants().getOrDefault(text(declaration.labels().getFirst()), kind));
  }

  private static String text(Label label) {
    return switch (label) {
      case Label.Named(_, String text) -> text;
      case Label.Quoted(_, Expression.StringLiteral value) -> value.constant().orElse("");
      case Label.Numbers _ -> "";
    };
  }

  private void begins(Item.Declaration declaration, Optional<Kind> kind) {
    String head = scope.place(declaration.head()).text();
    List<Link> links = new ArrayList<>();
    String note = kind.map(Kind::doc).orElse("what is different for some members");
    if (declaration.kind().text().equals(Templates.WORD)) {
      users(declaration).forEach(place -> links.add(link("used at", place)));
      note = links.isEmpty() ? "nothing uses it" : "used " + times(links.size()) + ". " + note;
    }
    declaration
        .base()
        .flatMap(scope::template)
        .ifPresent(
            found -> links.add(link("from", found.scope().place(found.declaration().head()))));
    declaration.items().stream()
        .flatMap(
            inner ->
                inner instanceof Item.Declaration block
                    ? Stream.of(link("holds", scope.place(block.head())))
                    : Stream.empty())
        .forEach(links::add);
    add(head + ": " + note, links);
  }

  /// Where a template is used.
  private List<Place> users(Item.Declaration template) {
    List<Place> users = new ArrayList<>();
    for (Scope other : scopes) {
      other
          .tree()
          .declarations()
          .forEach(outer -> users(outer, other, scope.place(template), users));
    }
    return users;
  }

  private static void users(
      Item.Declaration declaration, Scope in, Place template, List<Place> users) {
    declaration
        .base()
        .flatMap(in::template)
        .filter(found -> found.scope().place(found.declaration()).equals(template))
        .ifPresent(_ -> users.add(in.place(declaration.head())));
    for (Item inner : declaration.items()) {
      if (inner instanceof Item.Declaration block) {
        users(block, in, template, users);
      }
    }
  }

  private void required(Item.Required required) {
    List<Link> given = new ArrayList<>();
    for (Item.Declaration template : scope.tree().declarations()) {
      if (template.items().contains(required)) {
        users(template).forEach(place -> given.add(link("asked of", place)));
      }
    }
    add("whoever uses the template must give " + required.path().text(), given);
  }
}
