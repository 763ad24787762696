package io.gops.quality;

import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import io.gops.syntax.Node;
import io.gops.syntax.Parser;
import io.gops.syntax.SyntaxTree;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes every text that has one mistake more than a given one.
public final class Mutator {
  /// Units that no measure has, by those they are taken for.
  private static final Map<String, String> AMBIGUOUS =
      Map.of(
          "Gi", "G", "Mi", "M", "min", "m", "cores", "c", "mcores", "m", "Gbps", "G", "Mbps", "M",
          "kpps", "k");

  private final String text;
  private final SyntaxTree tree;
  private final Tokens tokens;
  private final List<Mutant> mutants = new ArrayList<>();

  private Mutator(String text) {
    this.text = text;
    this.tree = Parser.parse(new SourceFile("original", text), new Diagnostics());
    this.tokens = tree.tokens();
  }

  /// Every token deleted, doubled, swapped with the next one of its line.
  public static List<Mutant> tokens(String text) {
    Mutator mutator = new Mutator(text);
    for (int i = 0; i < mutator.tokens.size(); i++) {
      if (!mutator.tokens.kind(i).isTrivia()) {
        mutator.token(i);
      }
    }
    return mutator.mutants;
  }

  /// As [#tokens], and every unit and name made wrong, every value given another type.
  public static List<Mutant> all(String text) {
    Mutator mutator = new Mutator(text);
    mutator.mutants.addAll(tokens(text));
    Set<Integer> declared = mutator.declared();
    for (int i = 0; i < mutator.tokens.size(); i++) {
      switch (mutator.tokens.kind(i)) {
        case NUMBER -> mutator.unit(i);
        case IDENTIFIER -> mutator.name(i, declared.contains(mutator.tokens.start(i)));
        case SPACE,
            NEWLINE,
            LINE_COMMENT,
            BLOCK_COMMENT,
            DOC_COMMENT,
            STRING,
            ADDRESS,
            TIME,
            PUNCTUATION,
            UNKNOWN -> {}
      }
    }
    mutator.tree.items().forEach(mutator::values);
    mutator.tree.consts().forEach(c -> mutator.value(c.value(), Set.of(c.name().text())));
    return mutator.mutants;
  }

  private void add(Mutant.Kind kind, String what, Span span, String replacement) {
    add(kind, what, span, replacement, Set.of());
  }

  private void add(Mutant.Kind kind, String what, Span span, String replacement, Set<String> lost) {
    String mutated = text.substring(0, span.offset()) + replacement + text.substring(span.end());
    mutants.add(new Mutant(kind, what, tree.file().line(span.offset()), lost, mutated));
  }

  private void token(int index) {
    Span span = tokens.span(index);
    String token = tokens.text(index);
    add(Mutant.Kind.DELETED, "delete " + token, span, "");
    add(Mutant.Kind.DOUBLED, "double " + token, span, token + " " + token);
    int next = index + 1;
    while (next < tokens.size() && tokens.kind(next) == TokenKind.SPACE) {
      next++;
    }
    if (next < tokens.size() && !tokens.kind(next).isTrivia()) {
      String other = tokens.text(next);
      String between = text.substring(span.end(), tokens.start(next));
      add(
          Mutant.Kind.SWAPPED,
          "swap " + token + " " + other,
          span.cover(tokens.span(next)),
          other + between + token);
    }
  }

  private void unit(int index) {
    String token = tokens.text(index);
    int digits = 0;
    while (digits < token.length()
        && (Character.isDigit(token.charAt(digits)) || token.charAt(digits) == '.')) {
      digits++;
    }
    String unit = token.substring(digits);
    if (unit.isEmpty()) {
      return;
    }
    String number = token.substring(0, digits);
    List<String> wrong =
        List.of(
            unit.equals("Mi") || unit.equals("Gi") ? "min" : "Mi",
            AMBIGUOUS.getOrDefault(unit, "x"),
            "");
    for (String other : wrong) {
      add(Mutant.Kind.UNIT, token + " as " + number + other, tokens.span(index), number + other);
    }
  }

  private void name(int index, boolean declares) {
    String name = tokens.text(index);
    Set<String> lost = declares ? Set.of(name) : Set.of();
    int middle = name.length() / 2;
    if (name.length() >= 3) {
      String shorter = name.substring(0, middle) + name.substring(middle + 1);
      add(Mutant.Kind.NAME, name + " as " + shorter, tokens.span(index), shorter, lost);
    }
    if (name.length() >= 2 && name.charAt(middle - 1) != name.charAt(middle)) {
      String crossed =
          name.substring(0, middle - 1)
              + name.charAt(middle)
              + name.charAt(middle - 1)
              + name.substring(middle + 1);
      add(Mutant.Kind.NAME, name + " as " + crossed, tokens.span(index), crossed, lost);
    }
  }

  /// Offsets of the names that declarations, constants and imports give.
  private Set<Integer> declared() {
    Set<Integer> offsets = new HashSet<>();
    tree.consts().forEach(c -> offsets.add(c.name().span().offset()));
    tree.imports().forEach(i -> i.alias().ifPresent(a -> offsets.add(a.span().offset())));
    tree.items().forEach(item -> declared(item, offsets));
    return offsets;
  }

  private static void declared(Item item, Set<Integer> offsets) {
    if (item instanceof Item.Declaration declaration) {
      declaration.labels().stream()
          .filter(Label.Named.class::isInstance)
          .forEach(label -> offsets.add(label.span().offset()));
      declaration.items().forEach(inner -> declared(inner, offsets));
    }
  }

  private void values(Item item) {
    switch (item) {
      case Item.Declaration declaration -> declaration.items().forEach(this::values);
      case Item.Assignment assignment -> value(assignment.value(), Set.of());
      case Item.ExpectProperty property -> property.arguments().forEach(this::values);
      case Item.Required _, Item.Rule _, Item.ExpectReachable _, Item.Broken _ -> {}
    }
  }

  /// @param name the constant that has the value: where it is used, it may be what is wrong
  private void value(Expression value, Set<String> name) {
    for (String other : List.of("true", "12", "\"text\"", "30min", "10.1.2.3", "[a -> b]")) {
      if (!other.equals(sameType(value)) && !isMultiline(value)) {
        add(Mutant.Kind.TYPE, tree.place(value).text() + " as " + other, value.span(), other, name);
      }
    }
    if (value instanceof Expression.ListLiteral(_, List<Expression> elements)) {
      elements.forEach(element -> value(element, name));
    }
  }

  /// Whether the lines below would move.
  private boolean isMultiline(Node node) {
    return tree.place(node).text().contains("\n");
  }

  /// The replacement that would be no mistake.
  private static String sameType(Expression value) {
    return switch (value) {
      case Expression.Bool _ -> "true";
      case Expression.Int _ -> "12";
      case Expression.StringLiteral _ -> "\"text\"";
      case Expression.Quantity(_, _, String unit)
          when List.of("ms", "s", "min", "h", "d").contains(unit) ->
          "30min";
      case Expression.Address _, Expression.Cidr _ -> "10.1.2.3";
      case Expression.PointList _ -> "[a -> b]";
      case Expression _ -> "";
    };
  }
}
