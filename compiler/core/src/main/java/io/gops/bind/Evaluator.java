package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Credentials;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Cidr;
import io.gops.fleet.Cidr6;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Ipv6;
import io.gops.schema.Measure;
import io.gops.source.Place;
import io.gops.syntax.Const;
import io.gops.syntax.Expression;
import io.gops.syntax.Path;
import io.gops.syntax.StringPart;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns expressions into values: literals, constants, exact arithmetic. Knows no attribute.
final class Evaluator {
  /// Most characters that constants may put into the texts of a fleet.
  private static final long MOST_REPEATED = 1L << 26;

  private final Problems problems;
  private final Quantities quantities;
  private final RangeSum ranges;
  // By identity: two files may declare the same words in the same place and mean other things.
  private final IdentityHashMap<Const, Value> constants = new IdentityHashMap<>();
  private final Set<Const> underway = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Characters that constants put into the texts of the fleet so far.
  private long repeated;

  private boolean endless;

  Evaluator(Problems problems) {
    this.problems = problems;
    this.ranges = new RangeSum(problems);
    this.quantities = new Quantities(problems);
  }

  /// Whether every range could be read.
  boolean isBounded() {
    return ranges.isAllowed();
  }

  /// The value of an expression.
  ///
  /// @param wanted what the attribute measures, if it measures something
  Value evaluate(Expression expression, Scope scope, Optional<Measure> wanted) {
    Place place = scope.place(expression);
    return switch (expression) {
      case Expression.Int(_, String digits) -> whole(digits, place);
      case Expression.Decimal(_, String number) -> new Value.Fraction(number);
      case Expression.Quantity(_, String number, String unit) ->
          quantities.read(number, unit, place, wanted);
      case Expression.Percent(_, String number) -> quantities.read(number, "%", place, wanted);
      case Expression.Bool(_, boolean value) -> new Value.Flag(value);
      case Expression.TimeOfDay(_, int hour, int minute) ->
          new Value.Moment(LocalTime.of(hour, minute));
      case Expression.Address(_, String text) -> address(text);
      case Expression.Cidr(_, String address, int length) -> prefix(address, length, place);
      case Expression.Range range -> range(range, scope);
      case Expression.StringLiteral literal -> text(literal, scope);
      case Expression.ListLiteral(_, List<Expression> elements) ->
          new Value.Items(elements.stream().map(e -> placed(e, scope, wanted)).toList());
      case Expression.PointList(_, List<Expression.Point> points) ->
          new Value.Points(
              points.stream()
                  .map(
                      p ->
                          new Value.Point(
                              placed(p.at(), scope, at(wanted)), placed(p.value(), scope, wanted)))
                  .toList());
      case Expression.Point _ -> new Value.Other("a point");
      case Expression.ObjectLiteral _ -> new Value.Other("an object");
      case Expression.Reference(_, Path path) ->
          constant(path, scope).orElseGet(() -> new Value.Name(path, scope));
      case Expression.Binary binary -> binary(binary, scope, wanted);
      case Expression.Negation(_, Expression operand) -> negation(operand, scope, wanted);
      case Expression.Broken _ -> new Value.Broken();
    };
  }

  /// Shares are given over time, amounts over a number.
  private static Optional<Measure> at(Optional<Measure> wanted) {
    return wanted.filter(Measure.SHARE::equals).map(_ -> Measure.DURATION);
  }

  private Value.Placed placed(Expression expression, Scope scope, Optional<Measure> wanted) {
    return new Value.Placed(evaluate(expression, scope, wanted), scope.place(expression));
  }

  /// The value of the constant that a path names; absent when it names none.
  Optional<Value> constant(Path path, Scope scope) {
    return scope
        .constant(path)
        .map(
            found ->
                bounded(
                    constant(found.declaration(), found.scope()),
                    found.declaration(),
                    found.scope()));
  }

  /// A constant may stand in another one many times, and that in the next: a short text could mean
  /// one without end.
  private Value bounded(Value value, Const declaration, Scope scope) {
    if (!(value instanceof Value.Text(List<Value.Part> parts))) {
      return value;
    }
    for (Value.Part part : parts) {
      repeated += part instanceof Value.Literal(String text) ? text.length() : 1;
    }
    if (repeated <= MOST_REPEATED) {
      return value;
    }
    if (!endless) {
      endless = true;
      problems.report(
          Diagnostic.of(Code.GOPS2068, MOST_REPEATED)
              .at(scope.place(declaration.name()))
              .hint("hint", declaration.name().text()));
    }
    return new Value.Broken();
  }

  /// The value of a constant; each is evaluated once.
  Value constant(Const declaration, Scope scope) {
    Value known = constants.get(declaration);
    if (known != null) {
      return known;
    }
    if (!underway.add(declaration)) {
      problems.report(
          Diagnostic.of(Code.GOPS2018, declaration.name().text())
              .at(scope.place(declaration.name()))
              .hint("hint"));
      return new Value.Broken();
    }
    Value value =
        harmless(declaration, evaluate(declaration.value(), scope, Optional.empty()), scope);
    underway.remove(declaration);
    constants.put(declaration, value);
    return value;
  }

  /// A constant that looks like a credential is reported here, and nowhere it is used.
  private Value harmless(Const declaration, Value value, Scope scope) {
    String name = declaration.name().text();
    Optional<String> suspicion =
        Attributes.constant(value).flatMap(text -> Credentials.suspicion(name, text));
    suspicion.ifPresent(
        reason ->
            problems.report(
                Diagnostic.of(Code.GOPS2037, name, reason)
                    .at(scope.place(declaration.value()))
                    .hint("hint")));
    return suspicion.isPresent() ? new Value.Broken() : value;
  }

  private Value whole(String digits, Place place) {
    try {
      return new Value.Whole(Long.parseLong(digits));
    } catch (NumberFormatException _) {
      problems.report(Diagnostic.of(Code.GOPS2015, digits, Long.MAX_VALUE).at(place));
      return new Value.Broken();
    }
  }

  private Value address(String text) {
    if (text.indexOf(':') >= 0) {
      return Ipv6.parse(text).<Value>map(Value.Address6::new).orElseGet(Value.Broken::new);
    }
    return parse(text).<Value>map(Value.Address::new).orElseGet(Value.Broken::new);
  }

  /// The address; absent for a text that is none, which the parser has reported.
  private static Optional<Ipv4> parse(String text) {
    try {
      return Optional.of(Ipv4.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Value prefix(String text, int length, Place place) {
    if (text.indexOf(':') >= 0) {
      return prefix6(text, length, place);
    }
    Optional<Ipv4> address = parse(text);
    if (address.isEmpty() || length > 32) {
      return new Value.Broken();
    }
    long size = 1L << (32 - length);
    Ipv4 network = new Ipv4(address.get().value() / size * size);
    if (!network.equals(address.get())) {
      return hostBits(network.toString(), text, length, 32, place);
    }
    return new Value.Prefix(new Cidr(network, length));
  }

  private Value prefix6(String text, int length, Place place) {
    Optional<Ipv6> address = Ipv6.parse(text);
    if (address.isEmpty() || length > Cidr6.LONGEST) {
      return new Value.Broken();
    }
    Cidr6 prefix = Cidr6.around(address.get(), length);
    return prefix.network().equals(address.get())
        ? new Value.Prefix6(prefix)
        : hostBits(prefix.network().toString(), text, length, Cidr6.LONGEST, place);
  }

  /// A prefix with bits behind its length: either the network or the one address was meant.
  private Value hostBits(String network, String text, int length, int longest, Place place) {
    String whole = network + "/" + length;
    String one = text + "/" + longest;
    problems.report(
        Diagnostic.of(Code.GOPS2051, text + "/" + length, length)
            .at(place)
            .fix(place, whole, "fix", whole)
            .fix(place, one, "fix", one));
    return new Value.Broken();
  }

  private Value range(Expression.Range range, Scope scope) {
    Value from = evaluate(range.from(), scope, Optional.empty());
    Value to = evaluate(range.to(), scope, Optional.empty());
    Place place = scope.place(range);
    return switch (new Ends(from, to)) {
      case Ends(Value.Whole(long first), Value.Whole(long last)) ->
          numbers(range, first, last, scope);
      case Ends(Value.Address(Ipv4 first), Value.Address(Ipv4 last)) -> {
        if (first.compareTo(last) > 0) {
          yield backward(first, last, place);
        }
        yield new Value.AddressSpan(first, last);
      }
      case Ends(Value.Broken(), _), Ends(_, Value.Broken()) -> new Value.Broken();
      case Ends(Value.Name(Path path, _), _) -> unknown(path, range.from(), scope);
      case Ends(_, Value.Name(Path path, _)) -> unknown(path, range.to(), scope);
      case Ends _ -> new Value.Other("a range from " + from.describe() + " to " + to.describe());
    };
  }

  private record Ends(Value from, Value to) {}

  /// A name where only a constant can stand.
  private Value unknown(Path path, Expression expression, Scope scope) {
    if (!scope.mayBeMissing(path)) {
      Names.reportUnknownConstant(path, scope.place(expression), scope, problems);
    }
    return new Value.Broken();
  }

  private Value backward(Object first, Object last, Place place) {
    problems.report(
        Diagnostic.of(Code.GOPS2046, first, last)
            .at(place)
            .fix(place, last + ".." + first, "fix", last + ".." + first));
    return new Value.Broken();
  }

  private Value numbers(Expression.Range range, long first, long last, Scope scope) {
    Place place = scope.place(range);
    if (first > last) {
      return backward(first, last, place);
    }
    long step = range.step().map(e -> amount(e, scope)).orElse(1L);
    if (step < 1) {
      return new Value.Broken();
    }
    if (last > Integer.MAX_VALUE || (last - first) / step >= NumberSet.MOST) {
      problems.report(Diagnostic.of(Code.GOPS2047, first + ".." + last, NumberSet.MOST).at(place));
      return new Value.Broken();
    }
    if (!ranges.add(Optional.of(place), (last - first) / step + 1)) {
      return new Value.Broken();
    }
    Set<Integer> left = new HashSet<>();
    for (Expression exception : range.except()) {
      Value out = evaluate(exception, scope, Optional.empty());
      switch (out) {
        case Value.Whole(long number) -> left.add((int) number);
        case Value.Numbers(NumberSet set) -> left.addAll(set.members());
        case Value.Broken() -> {
          return out;
        }
        case Value other -> {
          problems.report(
              Diagnostic.of(Code.GOPS2003, "except", other.describe(), "a number or a range")
                  .at(scope.place(exception)));
          return new Value.Broken();
        }
      }
    }
    List<Integer> members = new ArrayList<>();
    for (long n = first; n <= last; n += step) {
      if (!left.contains((int) n)) {
        members.add((int) n);
      }
    }
    return new Value.Numbers(new NumberSet(members, place.text().strip()));
  }

  /// A step: a whole number of at least 1; 0 when it was reported.
  private long amount(Expression expression, Scope scope) {
    Value value = evaluate(expression, scope, Optional.empty());
    if (value instanceof Value.Whole(long number) && number > 0) {
      return number;
    }
    if (!(value instanceof Value.Broken)) {
      problems.report(
          Diagnostic.of(Code.GOPS2003, "step", value.describe(), "a whole number from 1")
              .at(scope.place(expression)));
    }
    return 0;
  }

  private Value text(Expression.StringLiteral literal, Scope scope) {
    List<Value.Part> parts = new ArrayList<>();
    boolean broken = false;
    for (StringPart part : literal.parts()) {
      switch (part) {
        case StringPart.Literal(_, String text) -> parts.add(new Value.Literal(text));
        case StringPart.Interpolation(_, Path path, int digits) -> {
          Optional<Value> constant = constant(path, scope);
          if (constant.isEmpty()) {
            parts.add(new Value.Hole(path.text(), digits, scope.place(part)));
          } else {
            broken |= !spell(constant.get(), digits, parts, scope.place(part), path);
          }
        }
      }
    }
    return broken ? new Value.Broken() : new Value.Text(join(parts));
  }

  /// Puts a constant into a text; false when it cannot be.
  private boolean spell(
      Value constant, int digits, List<Value.Part> parts, Place place, Path path) {
    switch (constant) {
      case Value.Text(List<Value.Part> inner) -> parts.addAll(inner);
      case Value.Whole(long number) -> {
        String plain = Long.toString(number);
        parts.add(new Value.Literal("0".repeat(Math.max(0, digits - plain.length())) + plain));
      }
      case Value.Address(Ipv4 address) -> parts.add(new Value.Literal(address.toString()));
      case Value.Prefix(Cidr prefix) -> parts.add(new Value.Literal(prefix.toString()));
      case Value.Address6(Ipv6 address) -> parts.add(new Value.Literal(address.toString()));
      case Value.Prefix6(Cidr6 prefix) -> parts.add(new Value.Literal(prefix.toString()));
      case Value.Name(Path name, _) -> parts.add(new Value.Literal(name.text()));
      case Value.Broken() -> {
        return false;
      }
      case Value other -> {
        problems.report(
            "const " + path.text() + " in " + place.file().path(),
            place,
            Diagnostic.of(
                    Code.GOPS2003,
                    path.text(),
                    other.describe(),
                    "a string, a number or an address")
                .at(place));
        return false;
      }
    }
    return true;
  }

  /// Adjacent literals as one.
  private static List<Value.Part> join(List<Value.Part> parts) {
    List<Value.Part> joined = new ArrayList<>();
    for (Value.Part part : parts) {
      if (part instanceof Value.Literal(String text)
          && !joined.isEmpty()
          && joined.getLast() instanceof Value.Literal(String before)) {
        joined.set(joined.size() - 1, new Value.Literal(before + text));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private Value negation(Expression operand, Scope scope, Optional<Measure> wanted) {
    Value value = evaluate(operand, scope, wanted);
    return switch (value) {
      case Value.Whole(long number) -> new Value.Whole(-number);
      case Value.Amount(Measure measure, long base) -> new Value.Amount(measure, -base);
      case Value.Broken _ -> value;
      case Value other -> new Value.Other("minus " + other.describe());
    };
  }

  private Value binary(Expression.Binary binary, Scope scope, Optional<Measure> wanted) {
    Value left = evaluate(binary.left(), scope, wanted);
    Value right = evaluate(binary.right(), scope, wanted);
    Place place = scope.place(binary);
    if (left instanceof Value.Broken || right instanceof Value.Broken) {
      return new Value.Broken();
    }
    if (left instanceof Value.Name(Path path, _)) {
      return unknown(path, binary.left(), scope);
    }
    if (right instanceof Value.Name(Path path, _)) {
      return unknown(path, binary.right(), scope);
    }
    try {
      Optional<Value> result = Arithmetic.apply(binary.operator(), left, right);
      if (result.isEmpty()) {
        problems.report(Diagnostic.of(Code.GOPS2048, place.text()).at(place).hint("hint"));
      }
      return result.orElseGet(Value.Broken::new);
    } catch (ArithmeticException _) {
      problems.report(Diagnostic.of(Code.GOPS2015, place.text(), Long.MAX_VALUE).at(place));
      return new Value.Broken();
    }
  }
}
