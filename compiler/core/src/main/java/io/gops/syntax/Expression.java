package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A value as it is written. Units, references and types get their meaning in the binder.
public sealed interface Expression extends Node {
  /// A whole number: `3000`. The text is kept because it may not fit any integer type.
  record Int(Span span, String digits) implements Expression {}

  /// A number with a fraction and no unit: `0.5`.
  record Decimal(Span span, String number) implements Expression {}

  /// A number with a unit: `6Gi`, `500mcores`, `30min`, `200/s`.
  ///
  /// @param number digits, possibly with a fraction
  /// @param unit as written; known and unknown units look the same here
  record Quantity(Span span, String number, String unit) implements Expression {}

  /// `180%`.
  ///
  /// @param number digits, possibly with a fraction
  record Percent(Span span, String number) implements Expression {}

  /// `true` or `false`.
  record Bool(Span span, boolean value) implements Expression {}

  /// `04:00`.
  ///
  /// @param hour 0 to 23
  /// @param minute 0 to 59
  record TimeOfDay(Span span, int hour, int minute) implements Expression {}

  /// An address, IPv4 or IPv6, as written.
  record Address(Span span, String text) implements Expression {}

  /// An address block, IPv4 or IPv6.
  ///
  /// @param address as written
  /// @param prefix its length in bits
  record Cidr(Span span, String address, int prefix) implements Expression {}

  /// `10001..10200 step 2 except [10013]`, `10.1.0.11..10.1.0.40`, `22:00..06:00`; both ends
  /// belong to it.
  ///
  /// @param from a literal or a reference
  /// @param to likewise
  /// @param except the left-out members, numbers or ranges; empty when none is
  record Range(
      Span span, Expression from, Expression to, Optional<Expression> step, List<Expression> except)
      implements Expression {
    public Range {
      except = List.copyOf(except);
    }
  }

  /// A text with its interpolations.
  record StringLiteral(Span span, List<StringPart> parts) implements Expression {
    public StringLiteral {
      parts = List.copyOf(parts);
    }

    /// The whole text, if nothing is interpolated.
    public Optional<String> constant() {
      return parts.stream().allMatch(StringPart.Literal.class::isInstance)
          ? Optional.of(
              parts.stream()
                  .map(part -> ((StringPart.Literal) part).text())
                  .collect(Collectors.joining()))
          : Optional.empty();
    }
  }

  /// `[1, 2, 3]`.
  record ListLiteral(Span span, List<Expression> elements) implements Expression {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  /// `[0min -> 100%, 30min -> 70%]`: a curve by its points.
  record PointList(Span span, List<Point> points) implements Expression {
    public PointList {
      points = List.copyOf(points);
    }
  }

  /// One `at -> value` of a [PointList]; stands nowhere else.
  record Point(Span span, Expression at, Expression value) implements Expression {}

  /// `{ a = 1, b = 2 }`.
  record ObjectLiteral(Span span, List<Item.Assignment> entries) implements Expression {
    public ObjectLiteral {
      entries = List.copyOf(entries);
    }
  }

  /// A name or dotted path: `tcp`, `engine.admin`, `hangzhou.std`.
  record Reference(Span span, Path path) implements Expression {}

  /// Exact arithmetic.
  record Binary(Span span, Operator operator, Expression left, Expression right)
      implements Expression {
    /// The four operations.
    public enum Operator {
      ADD("+"),
      SUBTRACT("-"),
      MULTIPLY("*"),
      DIVIDE("/");

      private final String sign;

      Operator(String sign) {
        this.sign = sign;
      }

      /// As the source writes it.
      public String sign() {
        return sign;
      }
    }
  }

  /// `-5`.
  record Negation(Span span, Expression operand) implements Expression {}

  /// Text that could not be read; its error is already reported, so later phases stay silent.
  record Broken(Span span) implements Expression {}
}
