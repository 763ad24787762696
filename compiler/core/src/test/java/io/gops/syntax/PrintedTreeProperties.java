package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// A generated tree, printed and parsed, is the same tree.
class PrintedTreeProperties {
  private static final Span NOWHERE = new Span(0, 0);

  @Property(tries = 500)
  void printedAndParsedIsTheSame(@ForAll long seed) {
    Trees trees = new Trees(new Random(seed));
    List<Item> items = trees.items(3);
    StringBuilder text = new StringBuilder();
    items.forEach(item -> text.append(trees.print(item)).append('\n'));
    Parsed parsed = Parsed.of(text.toString());
    assertEquals("", parsed.report(), text.toString());
    assertEquals(withoutSpans(items), withoutSpans(parsed.tree().items()), text.toString());
  }

  private static String withoutSpans(List<Item> items) {
    return items.toString().replaceAll("span=Span\\[offset=\\d+, length=\\d+\\](, )?", "");
  }

  /// Makes trees and prints them; of two ways to write a thing it takes one by chance.
  private static final class Trees {
    private static final List<String> WORDS =
        List.of("game", "clx", "std-a", "_x", "version", "as", "step", "from", "not", "import");
    private static final List<String> TEXTS = List.of("", "a b", "楚留香", "\\ \" \n\t", "{ } // #");

    private final Random random;

    Trees(Random random) {
      this.random = random;
    }

    private <T> List<T> some(int least, int most, Supplier<T> one) {
      List<T> all = new ArrayList<>();
      for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
        all.add(one.get());
      }
      return all;
    }

    private String word() {
      return "w" + WORDS.get(random.nextInt(WORDS.size())) + random.nextInt(10);
    }

    List<Item> items(int depth) {
      return some(0, 4, () -> depth > 0 && random.nextBoolean() ? block(depth) : assignment(depth));
    }

    private Item block(int depth) {
      List<Label> labels = some(0, 2, this::label);
      Optional<Path> base = random.nextInt(4) == 0 ? Optional.of(path()) : Optional.empty();
      return new Item.Declaration(
          NOWHERE,
          Optional.empty(),
          List.of(),
          new Name(NOWHERE, word()),
          labels,
          base,
          Optional.of(new Item.Body(NOWHERE, items(depth - 1))));
    }

    private Label label() {
      return switch (random.nextInt(3)) {
        case 0 -> new Label.Quoted(NOWHERE, string());
        case 1 -> new Label.Numbers(NOWHERE, range());
        default -> new Label.Named(NOWHERE, word());
      };
    }

    private Item.Assignment assignment(int depth) {
      return new Item.Assignment(
          NOWHERE,
          Optional.empty(),
          List.of(),
          path(),
          random.nextInt(4) == 0 ? Item.Assignment.Operator.APPEND : Item.Assignment.Operator.SET,
          value(depth));
    }

    private Path path() {
      return new Path(
          NOWHERE, some(1, 3, () -> (Path.Segment) new Path.NameSegment(NOWHERE, word())));
    }

    private Expression value(int depth) {
      return switch (random.nextInt(depth > 0 ? 10 : 7)) {
        case 0 -> number();
        case 1 -> new Expression.Quantity(NOWHERE, "" + random.nextInt(100), "Gi");
        case 2 -> new Expression.Percent(NOWHERE, "" + random.nextInt(100));
        case 3 -> new Expression.Bool(NOWHERE, random.nextBoolean());
        case 4 -> new Expression.TimeOfDay(NOWHERE, random.nextInt(24), random.nextInt(60));
        case 5 -> new Expression.Reference(NOWHERE, path());
        case 6 -> string();
        case 7 -> new Expression.ListLiteral(NOWHERE, some(0, 3, () -> value(depth - 1)));
        case 8 -> new Expression.ObjectLiteral(NOWHERE, some(1, 3, () -> assignment(depth - 1)));
        default -> sum(depth);
      };
    }

    private Expression.Int number() {
      return new Expression.Int(NOWHERE, "" + random.nextInt(100_000));
    }

    private Expression range() {
      return new Expression.Range(
          NOWHERE,
          number(),
          number(),
          Optional.empty(),
          some(0, 1, this::number).stream().map(Expression.class::cast).toList());
    }

    private Expression.StringLiteral string() {
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      return new Expression.StringLiteral(
          NOWHERE, text.isEmpty() ? List.of() : List.of(new StringPart.Literal(NOWHERE, text)));
    }

    private Expression sum(int depth) {
      Expression.Binary.Operator[] operators = Expression.Binary.Operator.values();
      Expression left = random.nextBoolean() && depth > 1 ? sum(depth - 1) : number();
      Expression right = random.nextBoolean() && depth > 1 ? sum(depth - 1) : number();
      return new Expression.Binary(
          NOWHERE, operators[random.nextInt(operators.length)], left, right);
    }

    String print(Item item) {
      return switch (item) {
        case Item.Declaration d ->
            d.kind()
                + printed(d.labels())
                + d.base().map(base -> " from " + base).orElse("")
                + body(d.items());
        case Item.Assignment a ->
            a.path()
                + (a.operator() == Item.Assignment.Operator.SET ? " = " : " += ")
                + print(a.value());
        case Item.Required _, Item.Rule _, Item.ExpectReachable _ -> throw new AssertionError();
        case Item.ExpectProperty _, Item.Broken _ -> throw new AssertionError();
      };
    }

    private String printed(List<Label> labels) {
      StringBuilder text = new StringBuilder();
      for (Label label : labels) {
        text.append(' ')
            .append(
                switch (label) {
                  case Label.Named(_, String name) -> name;
                  case Label.Quoted(_, Expression.StringLiteral value) -> print(value);
                  case Label.Numbers(_, Expression value) -> print(value);
                });
      }
      return text.toString();
    }

    private String body(List<? extends Item> items) {
      String separator = random.nextBoolean() ? "\n" : ", ";
      StringBuilder text = new StringBuilder(separator.equals("\n") ? " {\n" : " { ");
      for (Item item : items) {
        text.append(print(item)).append(separator);
      }
      return text.append('}').toString();
    }

    private String print(Expression value) {
      return switch (value) {
        case Expression.Int(_, String digits) -> digits;
        case Expression.Quantity(_, String number, String unit) -> number + unit;
        case Expression.Percent(_, String number) -> number + "%";
        case Expression.Bool(_, boolean flag) -> Boolean.toString(flag);
        case Expression.TimeOfDay(_, int hour, int minute) ->
            String.format(Locale.ROOT, "%02d:%02d", hour, minute);
        case Expression.Reference(_, Path path) -> path.text();
        case Expression.StringLiteral literal -> quoted(literal.constant().orElseThrow());
        case Expression.ListLiteral(_, List<Expression> elements) ->
            "[" + String.join(", ", elements.stream().map(this::print).toList()) + "]";
        case Expression.ObjectLiteral(_, List<Item.Assignment> entries) -> body(entries).strip();
        case Expression.Range range ->
            print(range.from())
                + ".."
                + print(range.to())
                + (range.except().isEmpty()
                    ? ""
                    : " except ["
                        + String.join(", ", range.except().stream().map(this::print).toList())
                        + "]");
        case Expression.Binary binary ->
            "("
                + print(binary.left())
                + " "
                + binary.operator().sign()
                + " "
                + print(binary.right())
                + ")";
        case Expression.Decimal _, Expression.Address _, Expression.Cidr _ ->
            throw new AssertionError();
        case Expression.PointList _, Expression.Point _, Expression.Negation _ ->
            throw new AssertionError();
        case Expression.Broken _ -> throw new AssertionError();
      };
    }

    private static String quoted(String text) {
      return '"'
          + text.replace("\\", "\\\\")
              .replace("\"", "\\\"")
              .replace("\n", "\\n")
              .replace("\t", "\\t")
          + '"';
    }
  }
}
