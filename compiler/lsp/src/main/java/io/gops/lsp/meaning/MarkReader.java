package io.gops.lsp.meaning;

import io.gops.bind.Sources;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.schema.TextShape;
import io.gops.schema.Type;
import io.gops.source.Span;
import io.gops.syntax.Annotation;
import io.gops.syntax.Const;
import io.gops.syntax.DocComment;
import io.gops.syntax.Expression;
import io.gops.syntax.Import;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import io.gops.syntax.Name;
import io.gops.syntax.Path;
import io.gops.syntax.StringPart;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what stands where in a file. Nothing is looked up: a broken or half-written file is read
/// as far as it goes, and what a name means is asked of [Names] later.
public final class MarkReader {
  private static final String OVERRIDE = "override";

  private final SyntaxTree tree;
  private final String file;
  private final References references;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Definition> definitions = new ArrayList<>();
  private final List<FileMarks.Imported> imports = new ArrayList<>();

  private MarkReader(SyntaxTree tree) {
    this.tree = tree;
    this.file = tree.file().path();
    this.references = new References(file, marks);
  }

  public static FileMarks read(SyntaxTree tree) {
    MarkReader reader = new MarkReader(tree);
    tree.imports().forEach(reader::imported);
    tree.consts().forEach(reader::constant);
    tree.items().forEach(item -> reader.item(item, Schema.language().kinds(), Around.NOTHING));
    reader.marks.sort(Comparator.comparingInt(mark -> mark.span().offset()));
    return new FileMarks(tree, reader.marks, reader.definitions, reader.imports);
  }

  // ---- what a file begins with

  private void imported(Import declaration) {
    Optional<String> path =
        declaration.path().constant().flatMap(text -> Sources.resolve(file, text));
    path.ifPresent(
        found -> {
          marks.add(new Mark.FileName(declaration.path().span(), found));
          imports.add(new FileMarks.Imported(found, declaration.alias().map(Name::text)));
        });
    declaration
        .alias()
        .ifPresent(
            alias ->
                declares(
                    Symbol.of(Symbol.ALIAS, file, alias.text()),
                    alias.span(),
                    declaration.span(),
                    "import as " + alias.text()));
  }

  private void constant(Const declared) {
    annotations(declared.annotations());
    declares(
        new Definition(
            Symbol.of(Symbol.CONST, file, declared.name().text()),
            tree.place(declared.name()),
            tree.place(declared),
            tree.place(declared).text(),
            declared.doc().map(DocComment::text),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    value(declared.value(), Optional.empty(), Around.NOTHING);
  }

  private static List<Annotation> written(Item item) {
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

  private void annotations(List<Annotation> annotations) {
    for (Annotation annotation : annotations) {
      Name name = annotation.name();
      marks.add(new Mark.AnnotationName(name.span(), name.text()));
    }
  }

  private void declares(Symbol symbol, Span name, Span whole, String head) {
    declares(
        new Definition(
            symbol,
            tree.place(name),
            tree.place(whole),
            head,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void declares(Definition definition) {
    definitions.add(definition);
    marks.add(new Mark.Declares(definition.name().span(), definition));
  }

  // ---- items

  private void item(Item item, Map<String, Kind> kinds, Around around) {
    annotations(written(item));
    switch (item) {
      case Item.Declaration declaration -> declaration(declaration, kinds, around);
      case Item.Assignment assignment -> assignment(assignment, around);
      case Item.Required required -> attribute(required.path(), around);
      case Item.Rule rule -> {
        references.endpoint(rule.from());
        references.endpoint(rule.to());
      }
      case Item.ExpectReachable expectation -> {
        references.endpoint(expectation.from());
        references.endpoint(expectation.to());
      }
      case Item.ExpectProperty expectation -> {
        marks.add(new Mark.Keyword(expectation.property().span()));
        expectation
            .arguments()
            .forEach(argument -> value(argument.value(), Optional.empty(), around));
      }
      case Item.Broken _ -> {}
    }
  }

  private void declaration(Item.Declaration declaration, Map<String, Kind> kinds, Around around) {
    String word = declaration.kind().text();
    if (word.equals(Symbol.TEMPLATE) && around.declarations().isEmpty()) {
      template(declaration);
    } else if (word.equals(OVERRIDE)) {
      override(declaration, around);
    } else {
      Optional<Kind> kind =
          Optional.ofNullable(kinds.get(word))
              .or(() -> around.kind().filter(Kind::open).map(open -> open.called(word)));
      List<Label> labels = declaration.labels();
      Optional<Kind> variant =
          kind.flatMap(
              found ->
                  labels.isEmpty()
                      ? Optional.empty()
                      : Optional.ofNullable(found.variants().get(Labels.text(labels.getFirst()))));
      Span span =
          variant.isPresent()
              ? declaration.kind().span().cover(labels.getFirst().span())
              : declaration.kind().span();
      kind.ifPresent(
          found ->
              marks.add(
                  new Mark.KindWord(
                      span,
                      word + variant.map(v -> " " + v.name()).orElse(""),
                      variant.orElse(found))));
      named(
          declaration,
          variant.or(() -> kind),
          variant.isPresent() ? labels.subList(1, labels.size()) : labels,
          around);
    }
  }

  private void template(Item.Declaration declaration) {
    marks.add(new Mark.Keyword(declaration.kind().span()));
    List<Label> labels = declaration.labels();
    if (labels.size() < 2) {
      return;
    }
    String word = Labels.text(labels.getFirst());
    Optional<String> variant =
        labels.size() == 3 ? Optional.of(Labels.text(labels.get(1))) : Optional.empty();
    Optional<Kind> kind = Schema.language().anywhere(word, variant);
    kind.ifPresent(
        found ->
            marks.add(
                new Mark.KindWord(
                    labels.getFirst().span().cover(labels.get(labels.size() - 2).span()),
                    word + variant.map(v -> " " + v).orElse(""),
                    found)));
    String name = Labels.text(labels.getLast());
    Symbol symbol = Symbol.of(Symbol.TEMPLATE, file, name);
    declares(definition(symbol, labels.getLast(), declaration, kind));
    declaration.base().ifPresent(references::template);
    boolean isContainer = word.equals("container");
    inside(
        declaration,
        new Around(
            kind,
            symbol.path(),
            symbol.path(),
            isContainer ? symbol.path() : List.of(),
            List.of(declaration)));
  }

  private Definition definition(
      Symbol symbol, Label label, Item.Declaration declaration, Optional<Kind> kind) {
    return new Definition(
        symbol,
        tree.place(label),
        tree.place(declaration),
        tree.place(declaration.head()).text(),
        declaration.doc().map(DocComment::text),
        Optional.of(declaration),
        kind,
        declaration.kind().text().equals("version") ? Optional.empty() : declaration.base());
  }

  /// Members of a range, or what an environment sets by path.
  private void override(Item.Declaration declaration, Around around) {
    marks.add(new Mark.Keyword(declaration.kind().span()));
    declaration.labels().forEach(label -> label(label, around));
    boolean byPath = around.kind().filter(kind -> kind.name().equals("environment")).isPresent();
    if (!byPath) {
      inside(declaration, deeper(around, around.kind(), around.owner(), declaration));
      return;
    }
    for (Item item : declaration.items()) {
      if (item instanceof Item.Assignment assignment) {
        overridden(assignment, around);
      }
    }
  }

  /// `zones.clx-main.players = 20`.
  private void overridden(Item.Assignment assignment, Around around) {
    List<Path.Segment> segments = assignment.path().segments();
    String word = assignment.path().head();
    Optional<Kind> kind = Optional.ofNullable(Schema.language().kinds().get(word));
    kind.ifPresent(found -> marks.add(new Mark.KindWord(segments.getFirst().span(), word, found)));
    if (segments.size() > 1) {
      Symbol symbol = Symbol.of(word, segments.get(1).text());
      references.use(segments.get(1).span(), word, names -> Optional.of(symbol));
    }
    Optional<Attribute> attribute =
        kind.map(found -> found.attributes().get(segments.getLast().text()));
    if (segments.size() > 2 && kind.isPresent()) {
      attribute.ifPresent(
          found -> marks.add(new Mark.AttributeName(segments.getLast().span(), kind.get(), found)));
    }
    value(assignment.value(), attribute.map(Attribute::type), around);
  }

  private void named(
      Item.Declaration declaration, Optional<Kind> kind, List<Label> labels, Around around) {
    String word = declaration.kind().text();
    List<String> owner = around.owner();
    boolean isVersion = word.equals("version");
    if (word.equals("hosts")) {
      labels.forEach(label -> label(label, around));
      hosts(declaration, kind);
    } else if (!labels.isEmpty() && !(labels.getLast() instanceof Label.Numbers)) {
      Label label = labels.getLast();
      String name = Labels.text(label);
      if (!references.label(word, label, around)) {
        Symbol symbol = symbol(word, name, around);
        declares(definition(symbol, label, declaration, kind));
        if (!isVersion) {
          owner = symbol.path();
        }
      }
    } else {
      labels.forEach(label -> label(label, around));
    }
    if (isVersion) {
      declaration.base().ifPresent(base -> references.version(base, around));
    } else {
      declaration.base().ifPresent(references::template);
    }
    inside(declaration, deeper(around, kind, owner, declaration));
  }

  /// Machines have one name in the whole fleet, whatever site and pool they stand in.
  private static Symbol symbol(String word, String name, Around around) {
    return word.equals("host") ? Symbol.of(word, name) : Symbol.inside(around.owner(), word, name);
  }

  private void hosts(Item.Declaration declaration, Optional<Kind> kind) {
    Symbol symbol = Symbol.of("hosts", file, Integer.toString(declaration.span().offset()));
    definitions.add(
        new Definition(
            symbol,
            tree.place(declaration.kind()),
            tree.place(declaration),
            tree.place(declaration.head()).text(),
            declaration.doc().map(DocComment::text),
            Optional.of(declaration),
            kind,
            declaration.base()));
  }

  private static Around deeper(
      Around around, Optional<Kind> kind, List<String> owner, Item.Declaration declaration) {
    String word = declaration.kind().text();
    List<Item.Declaration> declarations = new ArrayList<>(around.declarations());
    declarations.add(declaration);
    return new Around(
        kind,
        owner,
        word.equals("game") || word.equals("role") ? owner : around.role(),
        word.equals("container") ? owner : around.container(),
        declarations);
  }

  private void inside(Item.Declaration declaration, Around around) {
    Map<String, Kind> kinds = around.kind().map(Kind::nested).orElse(Map.of());
    declaration.items().forEach(item -> item(item, kinds, around));
  }

  private void label(Label label, Around around) {
    switch (label) {
      case Label.Numbers(_, Expression value) -> value(value, Optional.empty(), around);
      case Label.Quoted(_, Expression.StringLiteral value) ->
          value(value, Optional.empty(), around);
      case Label.Named _ -> {}
    }
  }

  // ---- attributes and values

  private void assignment(Item.Assignment assignment, Around around) {
    Optional<Attribute> attribute = attribute(assignment.path(), around);
    value(assignment.value(), attribute.map(Attribute::type), around);
  }

  private Optional<Attribute> attribute(Path path, Around around) {
    Optional<Name> name = path.name();
    if (name.isEmpty() || around.kind().isEmpty()) {
      return Optional.empty();
    }
    Kind kind = around.kind().get();
    Optional<Attribute> known = Optional.ofNullable(kind.attributes().get(name.get().text()));
    boolean isImage = known.isEmpty() && kind.name().equals("version");
    Optional<Attribute> attribute = known.or(kind::anyAttribute);
    if (isImage) {
      references.image(name.get(), around);
    } else {
      attribute.ifPresent(
          found -> marks.add(new Mark.AttributeName(name.get().span(), kind, found)));
    }
    return attribute;
  }

  private void value(Expression value, Optional<Type> type, Around around) {
    switch (value) {
      case Expression.Reference(_, Path path) -> references.reference(path, type, around);
      case Expression.StringLiteral text -> text(text, type, around);
      case Expression.Range(_, Expression from, Expression to, var step, var except) -> {
        value(from, type, around);
        value(to, type, around);
        step.ifPresent(inner -> value(inner, type, around));
        except.forEach(inner -> value(inner, type, around));
      }
      case Expression.ListLiteral(_, List<Expression> elements) -> {
        Optional<Type> element = type.map(MarkReader::element);
        elements.forEach(inner -> value(inner, element, around));
      }
      case Expression.PointList(_, List<Expression.Point> points) ->
          points.forEach(point -> value(point, type, around));
      case Expression.Point(_, Expression at, Expression what) -> {
        value(at, type.map(t -> t instanceof Type.Points p ? p.at() : t), around);
        value(what, type.map(t -> t instanceof Type.Points p ? p.value() : t), around);
      }
      case Expression.ObjectLiteral(_, List<Item.Assignment> entries) ->
          entries.forEach(entry -> value(entry.value(), Optional.empty(), around));
      case Expression.Binary(_, _, Expression left, Expression right) -> {
        value(left, type, around);
        value(right, type, around);
      }
      case Expression.Negation(_, Expression operand) -> value(operand, type, around);
      case Expression.Int _, Expression.Decimal _, Expression.Quantity _, Expression.Percent _ ->
          marks.add(new Mark.Amount(value.span(), value, type));
      case Expression.Bool _,
          Expression.TimeOfDay _,
          Expression.Address _,
          Expression.Cidr _,
          Expression.Broken _ -> {}
    }
  }

  static Type element(Type type) {
    return type instanceof Type.Items(Type element, _) ? element : type;
  }

  private void text(Expression.StringLiteral text, Optional<Type> type, Around around) {
    Optional<Type> element = type.map(MarkReader::element);
    if (element.isPresent()
        && element.get() instanceof Type.Reference(var target)
        && text.constant().isPresent()) {
      references.quoted(text, target, around);
      return;
    }
    if (element.isPresent() && element.get().equals(new Type.Text(TextShape.FILES))) {
      text.constant()
          .filter(pattern -> !pattern.contains("*"))
          .flatMap(pattern -> Sources.resolve("", pattern))
          .ifPresent(path -> marks.add(new Mark.FileName(text.span(), path)));
    }
    for (StringPart part : text.parts()) {
      if (part instanceof StringPart.Interpolation(_, Path path, _)) {
        references.constant(path);
      }
    }
  }
}
