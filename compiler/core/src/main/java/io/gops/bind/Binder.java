package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Label.Form;
import io.gops.schema.Schema;
import io.gops.schema.Type;
import io.gops.source.Origin;
import io.gops.source.Place;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import io.gops.syntax.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Turns declarations into typed blocks: each kind, label and attribute is what the schema allows,
/// templates are applied. What is required is checked later, when everything is merged.
final class Binder {
  private final Schema schema;
  private final Problems problems;
  private final Evaluator evaluator;
  private final Conformance conformance;
  // By identity: two files may declare the same words in the same place and mean other things.
  private final IdentityHashMap<Item.Declaration, Block> templates = new IdentityHashMap<>();
  private final Set<Item.Declaration> underway = Collections.newSetFromMap(new IdentityHashMap<>());

  Binder(Schema schema, Problems problems) {
    this.schema = schema;
    this.problems = problems;
    this.evaluator = new Evaluator(problems);
    this.conformance = new Conformance(problems, evaluator);
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Schema schema() {
    return schema;
  }

  Problems problems() {
    return problems;
  }

  Conformance conformance() {
    return conformance;
  }

  /// The block of a declaration; absent when its kind is unknown here.
  ///
  /// @param kinds the kinds that may stand there
  /// @param inside the kind around it, empty at the top level
  Optional<Block> bind(
      Item.Declaration declaration, Map<String, Kind> kinds, Optional<Kind> inside, Scope scope) {
    Kind kind = kinds.get(declaration.kind().text());
    if (kind == null) {
      unknownKind(declaration, kinds, inside, scope);
      return Optional.empty();
    }
    return variant(declaration, kind, scope)
        .map(chosen -> block(declaration, kind.name(), chosen, scope));
  }

  private void unknownKind(
      Item.Declaration declaration, Map<String, Kind> kinds, Optional<Kind> inside, Scope scope) {
    String word = declaration.kind().text();
    Place place = scope.place(declaration.kind());
    problems.suspects().words(scope.place(declaration.head()).text());
    String where = inside.map(Kind::name).orElse("");
    Optional<Attribute> attribute =
        inside.map(kind -> kind.attributes().get(word)).filter(found -> found != null);
    if (attribute.isPresent()) {
      problems.report(
          Diagnostic.of(Code.GOPS2028, word, attribute.get().type().describe())
              .at(place)
              .hint("assign", word));
      return;
    }
    Diagnostic.Builder problem =
        inside.isEmpty()
            ? Diagnostic.of(Code.GOPS2001, word).at(place)
            : Diagnostic.of(Code.GOPS2002, where, word).at(place);
    Optional<String> meant = Spelling.nearest(word, alike(declaration, kinds));
    if (meant.isPresent()) {
      problem.fix(place, meant.get(), "fix", meant.get()).hint("meant", meant.get());
    } else {
      problem.hint("known", Names.list(kinds.keySet()));
    }
    problems.report(problem);
  }

  /// The kinds that take a label like that of the declaration; all when none does.
  private static Set<String> alike(Item.Declaration declaration, Map<String, Kind> kinds) {
    boolean numbers =
        !declaration.labels().isEmpty() && declaration.labels().getFirst() instanceof Label.Numbers;
    Set<String> names = new TreeSet<>();
    for (Kind kind : kinds.values()) {
      if (numbers == kind.label().filter(label -> label.form() == Form.RANGE).isPresent()) {
        names.add(kind.name());
      }
    }
    return names.isEmpty() ? kinds.keySet() : names;
  }

  /// What the schema says of the declaration, once the first label has picked the variant.
  private record Chosen(Kind kind, List<Label> labels) {}

  private Optional<Chosen> variant(Item.Declaration declaration, Kind kind, Scope scope) {
    List<Label> labels = declaration.labels();
    if (kind.variants().isEmpty()) {
      return Optional.of(new Chosen(kind, labels));
    }
    String words = String.join(", ", kind.variants().keySet());
    if (labels.isEmpty()) {
      problems.suspects().nameless(kind.name());
      problems.report(
          Diagnostic.of(Code.GOPS2027, kind.name(), words).at(scope.place(declaration.kind())));
      return Optional.empty();
    }
    String word = text(labels.getFirst());
    Kind variant = kind.variants().get(word);
    if (variant == null) {
      Place place = scope.place(labels.getFirst());
      problems.report(
          Names.meant(
              Diagnostic.of(Code.GOPS2004, kind.name(), word, words).at(place),
              place,
              word,
              kind.variants().keySet()));
      return Optional.empty();
    }
    return Optional.of(new Chosen(variant, labels.subList(1, labels.size())));
  }

  private static String text(Label label) {
    return switch (label) {
      case Label.Named(_, String text) -> text;
      case Label.Quoted(_, Expression.StringLiteral value) -> value.constant().orElse("");
      case Label.Numbers(Span _, Expression _) -> "";
    };
  }

  /// The block of a declaration without a label.
  Block block(Item.Declaration declaration, String word, Kind kind, Scope scope) {
    return block(declaration, word, new Chosen(kind, List.of()), scope);
  }

  private Block block(Item.Declaration declaration, String word, Chosen chosen, Scope scope) {
    Place head = scope.place(declaration.head());
    Origin origin = Origin.of(scope.place(declaration));
    Named named = label(declaration, word, chosen, scope);
    boolean version = word.equals("version");
    Body body = read(declaration, chosen.kind(), scope);
    Block own =
        new Block(
            chosen.kind(),
            word,
            named.text(),
            named.numbers(),
            body.fields(),
            body.children(),
            body.members(),
            body.rules(),
            version ? declaration.base().map(base -> base(base, scope)) : Optional.empty(),
            body.demands(),
            body.damaged()
                || named.broken()
                || problems.suspects().inside(scope.place(declaration)),
            scope,
            origin,
            Origin.of(head));
    return declaration.base().filter(_ -> !version).map(base -> from(own, base, scope)).orElse(own);
  }

  /// `from "1.8.3"`: a version of the same game.
  private static Block.Base base(Path path, Scope scope) {
    return new Block.Base(path.text(), scope.place(path));
  }

  /// What a label says.
  private record Named(String text, Optional<NumberSet> numbers, boolean broken) {}

  private Named label(Item.Declaration declaration, String word, Chosen chosen, Scope scope) {
    Optional<io.gops.schema.Label> wanted = chosen.kind().label();
    List<Label> labels = chosen.labels();
    int allowed = wanted.isPresent() ? 1 : 0;
    if (labels.size() > allowed) {
      problems.suspects().words(scope.place(declaration.head()).text());
      wrongHead(
          Diagnostic.of(Code.GOPS2026, word, allowed == 0 ? "no label" : "one label"),
          scope.place(labels.get(allowed)));
      return new Named(allowed == 0 ? "" : text(labels.getFirst()), Optional.empty(), true);
    }
    if (wanted.isEmpty()) {
      return new Named("", Optional.empty(), false);
    }
    if (labels.isEmpty()) {
      problems.suspects().nameless(word);
      wrongHead(
          Diagnostic.of(Code.GOPS2026, word, "a label, " + wanted.get().meaning()),
          scope.place(declaration.kind()));
      return new Named("", Optional.empty(), true);
    }
    return label(labels.getFirst(), word, wanted.get(), scope);
  }

  /// A word of the head may stand in the block, or the other way round: the rest of the line says
  /// nothing.
  private void wrongHead(Diagnostic.Builder problem, Place place) {
    problems.report(problem.at(place));
    problems.suspects().mistake(place);
  }

  private Named label(Label label, String word, io.gops.schema.Label wanted, Scope scope) {
    Place place = scope.place(label);
    if (wanted.form() == Form.RANGE) {
      Optional<NumberSet> numbers = numbers(label, word, scope);
      return new Named(numbers.map(NumberSet::text).orElse(""), numbers, numbers.isEmpty());
    }
    if (label instanceof Label.Numbers) {
      problems.suspects().nameless(word);
      problems.report(Diagnostic.of(Code.GOPS2026, word, "a name, not numbers").at(place));
      return new Named("", Optional.empty(), true);
    }
    String text = text(label);
    boolean interpolated =
        label instanceof Label.Quoted(_, Expression.StringLiteral value)
            && value.constant().isEmpty();
    if (interpolated || !wanted.shape().matches(text)) {
      problems.suspects().words(text);
      problems.report(
          Diagnostic.of(Code.GOPS2010, word + " " + text, wanted.shape().description()).at(place));
      return new Named(text, Optional.empty(), true);
    }
    return new Named(text, Optional.empty(), false);
  }

  Optional<NumberSet> numbers(Label label, String word, Scope scope) {
    if (!(label instanceof Label.Numbers(_, Expression value))) {
      problems.report(
          Diagnostic.of(Code.GOPS2026, word, "a range such as 1..30").at(scope.place(label)));
      return Optional.empty();
    }
    return switch (evaluator.evaluate(value, scope, Optional.empty())) {
      case Value.Whole(long number) when number <= Integer.MAX_VALUE ->
          Optional.of(NumberSet.of((int) number));
      case Value.Numbers(NumberSet set) -> Optional.of(set);
      case Value.Broken() -> Optional.empty();
      case Value other -> {
        problems.report(
            Diagnostic.of(Code.GOPS2003, word, other.describe(), "a range such as 1..30")
                .at(scope.place(label)));
        yield Optional.empty();
      }
    };
  }

  // Templates

  private Block from(Block own, Path base, Scope scope) {
    Place place = scope.place(base);
    Optional<Scope.Found<Item.Declaration>> found = scope.template(base);
    if (found.isEmpty() && (scope.isBroken(base) || problems.suspects().isNameless("template"))) {
      return damaged(own);
    }
    if (found.isEmpty()) {
      Set<String> names = scope.templateNames();
      Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2019, base.text()).at(place);
      if (Spelling.nearest(base.text(), names).isEmpty() && !names.isEmpty()) {
        problem.hint("known", Names.list(names));
      }
      problems.report(
          "template " + base.text(), place, Names.meant(problem, place, base.text(), names));
      return damaged(own);
    }
    Item.Declaration declaration = found.get().declaration();
    if (underway.contains(declaration)) {
      problems.report(
          Diagnostic.of(Code.GOPS2021, base.text())
              .at(place)
              .related(found.get().scope().place(declaration.head()), "related"));
      return damaged(own);
    }
    Block template = template(declaration, found.get().scope());
    boolean same =
        template.word().equals(own.word()) && template.kind().name().equals(own.kind().name());
    if (!same && !isMachineShape(template, own)) {
      problems.report(
          Diagnostic.of(Code.GOPS2020, base.text(), described(template), described(own))
              .at(place)
              .related(found.get().scope().place(declaration.head()), "related"));
      return damaged(own);
    }
    return Merge.template(template, own, place);
  }

  /// Whether one host is made from a template of `hosts` that says only what both can say: not the
  /// names and addresses of a whole range.
  private static boolean isMachineShape(Block template, Block own) {
    return template.word().equals("hosts")
        && own.word().equals("host")
        && template.members().isEmpty()
        && template.fields().keySet().stream()
            .allMatch(name -> Objects.equals(type(template.kind(), name), type(own.kind(), name)));
  }

  private static Optional<Type> type(Kind kind, String attribute) {
    return Optional.ofNullable(kind.attributes().get(attribute)).map(Attribute::type);
  }

  private static String described(Block block) {
    return block.word().equals(block.kind().name())
        ? block.word()
        : block.word() + " " + block.kind().name();
  }

  private static Block damaged(Block block) {
    List<Block> children = block.children().stream().map(Binder::damaged).toList();
    return block.with(block.fields(), children, true);
  }

  /// The block of a template; each is bound once. Its kind and variant stand in its labels.
  Block template(Item.Declaration declaration, Scope scope) {
    Block known = templates.get(declaration);
    if (known != null) {
      return known;
    }
    underway.add(declaration);
    Block block = bindTemplate(declaration, scope);
    underway.remove(declaration);
    templates.put(declaration, block);
    return block;
  }

  private Block bindTemplate(Item.Declaration declaration, Scope scope) {
    Templates.Shape shape = Templates.shape(declaration, schema).orElseThrow();
    Body body = read(declaration, shape.kind(), scope);
    Place head = scope.place(declaration.head());
    Block own =
        new Block(
            shape.kind(),
            shape.word(),
            "",
            Optional.empty(),
            body.fields(),
            body.children(),
            body.members(),
            body.rules(),
            Optional.empty(),
            body.demands(),
            body.damaged() || problems.suspects().inside(scope.place(declaration)),
            scope,
            Origin.of(scope.place(declaration)),
            Origin.of(head));
    return declaration.base().map(base -> from(own, base, scope)).orElse(own);
  }

  /// The items between the braces of a declaration.
  Body read(Item.Declaration declaration, Kind kind, Scope scope) {
    Body body = new Body(this, kind, scope);
    declaration.items().forEach(body::add);
    body.finish();
    return body;
  }
}
