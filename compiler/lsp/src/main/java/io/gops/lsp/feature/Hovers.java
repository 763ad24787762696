package io.gops.lsp.feature;

import io.gops.bind.Draft;
import io.gops.bind.EffectiveValue;
import io.gops.bind.LineExplanation;
import io.gops.diagnostic.Credentials;
import io.gops.diagnostic.Harmless;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.Mark;
import io.gops.lsp.meaning.Symbol;
import io.gops.lsp.text.Positions;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.LanguageReference;
import io.gops.schema.Type;
import io.gops.source.Place;
import io.gops.syntax.Expression;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Hover;

/// What a word means, what a value comes to and where it comes from, and what a pool carries.
public final class Hovers {
  private static final int MOST_VALUES = 8;

  private final View view;
  private final Markdown text = new Markdown();

  private Hovers(View view) {
    this.view = view;
  }

  public static Optional<Hover> at(View view, int offset) {
    return view.file().at(offset).flatMap(mark -> new Hovers(view).of(mark));
  }

  private Optional<Hover> of(Mark mark) {
    switch (mark) {
      case Mark.KindWord(_, String written, Kind kind) -> kind(written, kind);
      case Mark.AttributeName(_, Kind owner, Attribute attribute) ->
          attribute(mark, owner, attribute);
      case Mark.Amount(_, Expression value, Optional<Type> type) -> amount(value, type);
      case Mark.Declares(_, Definition definition) -> declared(definition);
      case Mark.Use(_, _, Mark.Meaning meaning) -> meaning.in(view.names()).ifPresent(this::symbol);
      case Mark.FileName(_, String path) -> text.paragraph("the file " + Markdown.inline(path));
      case Mark.AnnotationName(_, String name) -> annotation(name);
      case Mark.Keyword _, Mark.Word _ -> {}
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Hover(text.content(), Positions.of(view.text(), mark.span())));
  }

  /// Words of a source as they may be shown: without credentials and control characters.
  private static String shown(String source) {
    return Harmless.text(Credentials.conceal(source));
  }

  private void kind(String written, Kind kind) {
    text.paragraph(
        "**" + written + "**" + kind.label().map(label -> " " + label.meaning()).orElse(""));
    text.paragraph(kind.doc());
    String required =
        kind.attributes().values().stream()
            .filter(Attribute::required)
            .map(attribute -> "`" + attribute.name() + "`")
            .collect(Collectors.joining(", "));
    if (!required.isEmpty()) {
      text.paragraph("Must have " + required + ".");
    }
    kind.example().ifPresent(text::code);
  }

  private void attribute(Mark mark, Kind owner, Attribute attribute) {
    String page =
        LanguageReference.section(
            new LanguageReference.Found(
                new LanguageReference.Entry(owner.name(), owner.name(), owner), attribute));
    // The heading of the page is too large for a box.
    text.paragraph("**" + owner.name() + "." + attribute.name() + "**");
    text.paragraph(page.substring(page.indexOf("\n\n") + 2).stripTrailing());
    values(mark, attribute.name());
  }

  /// What the attribute comes to in each environment, and the places that made it so.
  private void values(Mark mark, String attribute) {
    int line = view.text().line(mark.span().offset());
    List<EffectiveValue> values =
        view
            .snapshot()
            .draft()
            .map(draft -> explain(draft, line).values())
            .orElse(List.of())
            .stream()
            .filter(value -> value.attribute().equals(attribute))
            .limit(MOST_VALUES)
            .toList();
    for (EffectiveValue value : values) {
      text.paragraph(
          Markdown.inline(shown(value.declaration() + ": " + attribute + " = " + value.value()))
              + " in "
              + Markdown.escaped(String.join(", ", value.environments())));
      for (EffectiveValue.Step step : value.steps()) {
        text.item(step(step));
      }
    }
  }

  private LineExplanation explain(Draft draft, int line) {
    return draft.explain(view.file().path(), line);
  }

  private String step(EffectiveValue.Step step) {
    String what =
        switch (step.role()) {
          case SET -> "set at ";
          case BROUGHT_IN -> "through ";
          case CONSTANT -> "with ";
          case BEFORE -> "instead of " + Markdown.inline(shown(step.value())) + " at ";
        };
    return what + link(step.place());
  }

  private String link(Place place) {
    return "["
        + Markdown.escaped(place.file().path() + ":" + place.line())
        + "]("
        + view.uri(place)
        + "#L"
        + place.line()
        + ")";
  }

  private void amount(Expression value, Optional<Type> type) {
    Amounts.conversions(value).ifPresent(line -> text.paragraph(Markdown.inline(line)));
    Optional<Type> element = type.map(t -> t instanceof Type.Items(Type inner, _) ? inner : t);
    if (text.isEmpty()) {
      return;
    }
    element.ifPresent(t -> text.paragraph("holds " + t.describe()));
  }

  private void annotation(String name) {
    AnnotationForm.named(name)
        .ifPresent(
            form -> {
              text.paragraph("**@" + form.word() + "**");
              text.paragraph(form.meaning());
              text.code(form.example());
            });
  }

  private void symbol(Symbol symbol) {
    view.names().definitions(view.names().canonical(symbol)).stream()
        .findFirst()
        .ifPresent(this::declared);
  }

  private void declared(Definition definition) {
    text.code(shown(definition.head()));
    definition.doc().ifPresent(doc -> text.paragraph(Markdown.escaped(doc)));
    Symbol symbol = definition.symbol();
    if (symbol.space().equals(Symbol.CONST)) {
      constant(definition);
    }
    view.proof()
        .ifPresent(
            proof -> new CapacityFigures(proof, view.isProved()).about(symbol).forEach(text::item));
    text.paragraph("declared at " + link(definition.name()));
  }

  private void constant(Definition definition) {
    if (!definition.name().file().path().equals(view.file().path())) {
      return;
    }
    view.snapshot().draft().map(draft -> explain(draft, definition.name().line()).facts()).stream()
        .flatMap(List::stream)
        .map(LineExplanation.Fact::sentence)
        .filter(sentence -> sentence.startsWith("const " + definition.symbol().name() + " = "))
        .findFirst()
        .ifPresent(sentence -> text.paragraph(Markdown.inline(shown(sentence))));
  }
}
