package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Credentials;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.schema.Measure;
import io.gops.schema.Target;
import io.gops.schema.TextShape;
import io.gops.schema.Type;
import io.gops.source.Place;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Checks that a value is what its attribute holds.
///
/// The result is in the form of the attribute's type: a list for a list even when one element was
/// written, [Value.Name] for words and references, [Value.Text] for texts, and so on; or
/// [Value.Broken] after a report.
final class Conformance {
  private static final Set<String> MEMBER_HOLES = Set.of("n");
  private static final Set<String> ZONE_HOLES = Set.of("zone.id", "side");

  /// Measures of which Kubernetes has a spelling.
  private static final Set<Measure> KUBERNETES_AMOUNTS =
      Set.of(Measure.MEMORY, Measure.CPU, Measure.DURATION, Measure.SHARE);

  private final Problems problems;
  private final Evaluator evaluator;

  Conformance(Problems problems, Evaluator evaluator) {
    this.problems = problems;
    this.evaluator = evaluator;
  }

  /// The value of an attribute.
  ///
  /// @param attribute its name, for messages
  Value value(Expression expression, Type type, Scope scope, String attribute) {
    if (type instanceof Type.Word(List<String> words)
        && expression instanceof Expression.Reference(_, Path path)
        && words.contains(path.text())) {
      return new Value.Name(path, scope);
    }
    if (type instanceof Type.ObjectField) {
      return objectField(expression, scope, attribute);
    }
    if (type instanceof Type.WholeOr(_, String word)
        && expression instanceof Expression.Reference(_, Path path)
        && word.equals(path.text())) {
      return new Value.Name(path, scope);
    }
    if (type instanceof Type.Items(Type.Word word, boolean single)) {
      return words(expression, word, single, scope, attribute);
    }
    Value value = evaluator.evaluate(expression, scope, measure(type));
    return conform(value, type, scope.place(expression), attribute);
  }

  private Value words(
      Expression expression, Type.Word word, boolean single, Scope scope, String attribute) {
    if (expression instanceof Expression.ListLiteral(_, List<Expression> elements)) {
      List<Value.Placed> values =
          elements.stream()
              .map(e -> new Value.Placed(value(e, word, scope, attribute), scope.place(e)))
              .toList();
      return anyBroken(values) ? new Value.Broken() : new Value.Items(values);
    }
    if (!single) {
      Value value = evaluator.evaluate(expression, scope, Optional.empty());
      return conform(value, new Type.Items(word, false), scope.place(expression), attribute);
    }
    Value one = value(expression, word, scope, attribute);
    return one instanceof Value.Broken || one instanceof Value.Items
        ? one
        : new Value.Items(List.of(new Value.Placed(one, scope.place(expression))));
  }

  private static boolean anyBroken(List<Value.Placed> values) {
    return values.stream().anyMatch(placed -> placed.value() instanceof Value.Broken);
  }

  private static Optional<Measure> measure(Type type) {
    return switch (type) {
      case Type.Quantity(Measure measure, _, _) -> Optional.of(measure);
      case Type.Items(Type element, _) -> measure(element);
      case Type.Points(_, Type value, _) -> measure(value);
      case Type _ -> Optional.empty();
    };
  }

  /// The value in the form of the type, or a report at `place`.
  Value conform(Value value, Type type, Place place, String attribute) {
    if (value instanceof Value.Broken) {
      return value;
    }
    return switch (type) {
      case Type.Quantity quantity -> quantity(value, quantity, place, attribute);
      case Type.Whole(long min, long max) ->
          value instanceof Value.Whole(long number)
              ? bounded(
                  value, number, min, max, place, attribute, Long.toString(min), Long.toString(max))
              : mismatch(value, type, place, attribute);
      case Type.WholeOr(Type.Whole number, String word) ->
          value instanceof Value.Name(Path path, _) && word.equals(path.text())
              ? value
              : value instanceof Value.Whole
                  ? conform(value, number, place, attribute)
                  : mismatch(value, type, place, attribute);
      case Type.Flag() ->
          value instanceof Value.Flag ? value : mismatch(value, type, place, attribute);
      case Type.Text(TextShape shape) -> text(value, type, shape, _ -> false, place, attribute);
      case Type.Word(List<String> words) -> word(value, type, words, place, attribute);
      case Type.FreeName() ->
          value instanceof Value.Name(Path path, _) && path.segments().size() == 1
              ? value
              : mismatch(value, type, place, attribute);
      case Type.Reference(Target target) -> reference(value, type, target, place, attribute);
      case Type.Items(Type element, boolean single) ->
          items(value, type, element, single, place, attribute);
      case Type.Address() ->
          value instanceof Value.Address ? value : mismatch(value, type, place, attribute);
      case Type.Prefix() -> prefix(value, type, place, attribute);
      case Type.PerMember(Type element) -> perMember(value, type, element, place, attribute);
      case Type.Moment() ->
          value instanceof Value.Moment ? value : mismatch(value, type, place, attribute);
      case Type.Numbers(long min, long max) -> numbers(value, type, min, max, place, attribute);
      case Type.NumberRange(long min, long max) ->
          value instanceof Value.Numbers(NumberSet set)
              ? within(value, set, min, max, place, attribute)
              : mismatch(value, type, place, attribute);
      case Type.Points points -> points(value, points, place, attribute);
      case Type.EnvironmentValue() -> environment(value, type, place, attribute);
      case Type.ZoneText() -> zoneText(value, type, place, attribute);
      case Type.Query() -> named(value, type, Alerts::isFact, place, attribute);
      case Type.Sentence() -> named(value, type, Alerts::isFactOrMeasured, place, attribute);
      case Type.FileLine() -> fileLine(value, type, place, attribute);
      case Type.ObjectField() -> objectScalar(value, type, place, attribute);
      case Type.Scalar() -> scalar(value, type, place, attribute);
    };
  }

  private Value mismatch(Value value, Type type, Place place, String attribute) {
    if (holdsAddresses(type)
        && (value instanceof Value.Address6 || value instanceof Value.Prefix6)) {
      problems.report(
          Diagnostic.of(Code.GOPS2063, attribute, value.describe(), type.describe())
              .at(place)
              .hint("hint"));
      return new Value.Broken();
    }
    if (value instanceof Value.Name(Path path, Scope scope) && !namesSomething(type)) {
      return strayName(path, scope, type, place, attribute);
    }
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2003, attribute, value.describe(), type.describe()).at(place);
    repair(value, type, place, attribute).ifPresent(text -> problem.fix(place, text, "fix", text));
    problems.report(problem);
    return new Value.Broken();
  }

  private static boolean holdsAddresses(Type type) {
    return switch (type) {
      case Type.Address _, Type.Prefix _ -> true;
      case Type.Items(Type element, _) -> holdsAddresses(element);
      case Type.PerMember(Type element) -> holdsAddresses(element);
      case Type _ -> false;
    };
  }

  /// Whether names are values of the type, so that a wrong one is not an unknown constant.
  private static boolean namesSomething(Type type) {
    return switch (type) {
      case Type.Word _, Type.FreeName _, Type.Reference _, Type.EnvironmentValue _ -> true;
      case Type.Text _, Type.ZoneText _, Type.FileLine _, Type.ObjectField _, Type.Scalar _ -> true;
      case Type.Query _, Type.Sentence _ -> true;
      case Type.Items(Type element, _) -> namesSomething(element);
      case Type.PerMember(Type element) -> namesSomething(element);
      case Type.Quantity _,
          Type.Whole _,
          Type.WholeOr _,
          Type.Flag _,
          Type.Address _,
          Type.Prefix _ ->
          false;
      case Type.Moment _, Type.Numbers _, Type.NumberRange _, Type.Points _ -> false;
    };
  }

  private Value strayName(Path path, Scope scope, Type type, Place place, String attribute) {
    if (scope.mayBeMissing(path)) {
      return new Value.Broken();
    }
    if (Spelling.nearest(path.text(), scope.constantNames()).isPresent()) {
      Names.reportUnknownConstant(path, place, scope, problems);
    } else {
      problems.report(
          Diagnostic.of(Code.GOPS2003, attribute, "the name " + path.text(), type.describe())
              .at(place));
    }
    return new Value.Broken();
  }

  /// The text that is probably right: quotes added or taken away.
  private Optional<String> repair(Value value, Type type, Place place, String attribute) {
    return switch (value) {
      case Value.Flag _ when !(type instanceof Type.EnvironmentValue) -> Optional.empty();
      case Value.Name _, Value.Whole _, Value.Fraction _, Value.Flag _ ->
          takesText(type, place.text(), attribute)
              ? Optional.of('"' + place.text() + '"')
              : Optional.empty();
      case Value.Text(List<Value.Part> parts)
          when parts.size() == 1
              && parts.getFirst() instanceof Value.Literal(String literal)
              && literal.matches("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*+") ->
          type instanceof Type.FreeName
                  || (type instanceof Type.Reference && problems.suspects().isDeclared(literal))
              ? Optional.of(literal)
              : Optional.empty();
      case Value _ -> Optional.empty();
    };
  }

  /// Whether a text is right for an attribute as soon as it stands in quotes.
  private boolean takesText(Type type, String text, String attribute) {
    return switch (type) {
      case Type.Text(TextShape shape) -> shape != TextShape.TIME_ZONE && shape.matches(text);
      case Type.EnvironmentValue(), Type.ObjectField() ->
          Credentials.suspicion(attribute, text).isEmpty();
      case Type.ZoneText(), Type.FileLine(), Type.Query(), Type.Sentence() -> true;
      case Type.Reference(Target target) ->
          target == Target.VERSION && problems.suspects().isDeclared(text);
      case Type _ -> false;
    };
  }

  private Value quantity(Value value, Type.Quantity type, Place place, String attribute) {
    Measure measure = type.measure();
    return switch (value) {
      case Value.Amount(Measure found, long base) when found == measure ->
          bounded(
              value,
              base,
              type.min(),
              type.max(),
              place,
              attribute,
              measure.print(type.min()),
              measure.print(type.max()));
      case Value.Whole _, Value.Fraction _ -> {
        String number = place.text();
        List<String> readings = measure.usualUnits().stream().map(unit -> number + unit).toList();
        Diagnostic.Builder problem =
            Diagnostic.of(Code.GOPS2013, attribute, number, String.join(" or ", readings))
                .at(place);
        measure.units().stream()
            .filter(unit -> readings.contains(number + unit.suffix()))
            .filter(unit -> isWithin(number, unit, type))
            .forEach(
                unit -> problem.fix(place, number + unit.suffix(), "fix", number + unit.suffix()));
        problems.report(problem);
        yield new Value.Broken();
      }
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  /// Whether a number with a unit is an amount that the type allows.
  private static boolean isWithin(String number, Measure.Unit unit, Type.Quantity type) {
    if (!number.matches("[0-9]+([.][0-9]+)?")) {
      return false;
    }
    BigDecimal amount = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.size()));
    return amount.stripTrailingZeros().scale() <= 0
        && amount.compareTo(BigDecimal.valueOf(type.min())) >= 0
        && amount.compareTo(BigDecimal.valueOf(type.max())) <= 0;
  }

  private Value bounded(
      Value value,
      long number,
      long min,
      long max,
      Place place,
      String attribute,
      String least,
      String most) {
    if (number < min) {
      problems.report(
          Diagnostic.of(Code.GOPS2009, attribute, place.text(), "less", "least", least).at(place));
      return new Value.Broken();
    }
    if (number > max) {
      problems.report(
          Diagnostic.of(Code.GOPS2009, attribute, place.text(), "more", "most", most).at(place));
      return new Value.Broken();
    }
    return value;
  }

  private Value text(
      Value value,
      Type type,
      TextShape shape,
      Predicate<String> holes,
      Place place,
      String attribute) {
    if (!(value instanceof Value.Text(List<Value.Part> parts))) {
      return mismatch(value, type, place, attribute);
    }
    StringBuilder literal = new StringBuilder();
    boolean constant = true;
    for (Value.Part part : parts) {
      switch (part) {
        case Value.Literal(String text) -> literal.append(text);
        case Value.Hole(String path, _, Place where) -> {
          constant = false;
          if (problems.suspects().contains(path)) {
            return new Value.Broken();
          }
          if (path.startsWith("secret.")) {
            problems.report(Diagnostic.of(Code.GOPS2065, path).at(where).hint("hint", path));
            return new Value.Broken();
          }
          if (!holes.test(path) && ZONE_HOLES.contains(path)) {
            problems.report(
                Diagnostic.of(Code.GOPS2064, path, attribute).at(where).hint("hint", path));
            return new Value.Broken();
          }
          if (!holes.test(path)) {
            Names.reportUnknownConstant(path, where, Set.of(), problems);
            return new Value.Broken();
          }
        }
      }
    }
    if (literal.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
      problems.report(
          Diagnostic.of(Code.GOPS2010, attribute, "text without control characters").at(place));
      return new Value.Broken();
    }
    if (Credentials.suspicion(literal.toString()).isPresent()) {
      reportCredential(attribute, literal.toString(), place);
      return new Value.Broken();
    }
    if (constant && !shape.matches(literal.toString())) {
      problems.report(Diagnostic.of(Code.GOPS2010, attribute, shape.description()).at(place));
      return new Value.Broken();
    }
    return value;
  }

  private Value word(Value value, Type type, List<String> words, Place place, String attribute) {
    Optional<String> written =
        switch (value) {
          case Value.Name(Path path, _) -> Optional.of(path.text());
          case Value.Text(List<Value.Part> parts)
              when parts.size() == 1 && parts.getFirst() instanceof Value.Literal(String text) ->
              Optional.of(text);
          case Value _ -> Optional.empty();
        };
    if (written.isEmpty()) {
      return mismatch(value, type, place, attribute);
    }
    String word = written.get();
    if (value instanceof Value.Name && words.contains(word)) {
      return value;
    }
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2004, attribute, word, String.join(", ", words)).at(place);
    if (words.contains(word)) {
      problem.fix(place, word, "fix", word).hint("quotes", word);
    } else {
      Names.meant(problem, place, word, words);
    }
    problems.report(problem);
    return new Value.Broken();
  }

  private Value reference(Value value, Type type, Target target, Place place, String attribute) {
    boolean quotedOnly = target == Target.VERSION || target == Target.SECRET_KEY;
    boolean quoted = quotedOnly || target == Target.HOST;
    return switch (value) {
      case Value.Name _ when !quotedOnly -> value;
      case Value.Text(List<Value.Part> parts)
          when quoted && parts.size() == 1 && parts.getFirst() instanceof Value.Literal ->
          value;
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  private Value items(
      Value value, Type type, Type element, boolean single, Place place, String attribute) {
    List<Value.Placed> elements;
    if (value instanceof Value.Items(List<Value.Placed> written)) {
      elements = written;
    } else if (single) {
      elements = List.of(new Value.Placed(value, place));
    } else {
      return mismatch(value, type, place, attribute);
    }
    if (element instanceof Type.ZoneText && optionWithCredential(elements)) {
      return new Value.Broken();
    }
    List<Value.Placed> conforming =
        elements.stream()
            .map(
                e -> new Value.Placed(conform(e.value(), element, e.place(), attribute), e.place()))
            .toList();
    return anyBroken(conforming) ? new Value.Broken() : new Value.Items(conforming);
  }

  /// `"--password", "…"`: the word behind an option is its value.
  private boolean optionWithCredential(List<Value.Placed> words) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).value() instanceof Value.Text(List<Value.Part> option)
          && words.get(i).value() instanceof Value.Text(List<Value.Part> word)
          && literal(option).startsWith("-")
          && !literal(option).contains("=")
          && !literal(word).startsWith("-")
          && Credentials.suspicion(literal(option), literal(word)).isPresent()) {
        return reportCredential(literal(option), literal(word), words.get(i).place());
      }
    }
    return false;
  }

  private Value prefix(Value value, Type type, Place place, String attribute) {
    return switch (value) {
      case Value.Prefix _ -> value;
      case Value.Address(Ipv4 address) -> new Value.Prefix(Cidr.host(address));
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  private Value perMember(Value value, Type type, Type element, Place place, String attribute) {
    return switch (element) {
      case Type.Text(TextShape shape) ->
          text(value, type, shape, MEMBER_HOLES::contains, place, attribute);
      case Type.Address() ->
          value instanceof Value.Address || value instanceof Value.AddressSpan
              ? value
              : mismatch(value, type, place, attribute);
      case Type other -> conform(value, other, place, attribute);
    };
  }

  private Value numbers(Value value, Type type, long min, long max, Place place, String attribute) {
    return switch (value) {
      case Value.Whole(long number) ->
          bounded(value, number, min, max, place, attribute, Long.toString(min), Long.toString(max))
                  instanceof Value.Broken broken
              ? broken
              : new Value.Numbers(NumberSet.of((int) number));
      case Value.Numbers(NumberSet set) -> within(value, set, min, max, place, attribute);
      case Value.Items(List<Value.Placed> elements) -> {
        List<NumberSet> sets = new ArrayList<>();
        for (Value.Placed placed : elements) {
          Value one = numbers(placed.value(), type, min, max, placed.place(), attribute);
          if (one instanceof Value.Numbers(NumberSet set)) {
            sets.add(set);
          }
        }
        yield sets.size() < elements.size()
            ? new Value.Broken()
            : new Value.Numbers(NumberSet.union(sets));
      }
      case Value.Broken _ -> value;
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  private Value within(
      Value value, NumberSet set, long min, long max, Place place, String attribute) {
    if (set.size() == 0) {
      problems.report(Diagnostic.of(Code.GOPS2049, attribute).at(place));
      return new Value.Broken();
    }
    Value low =
        bounded(
            value,
            set.members().getFirst(),
            min,
            max,
            place,
            attribute,
            Long.toString(min),
            Long.toString(max));
    return low instanceof Value.Broken
        ? low
        : bounded(
            value,
            set.members().getLast(),
            min,
            max,
            place,
            attribute,
            Long.toString(min),
            Long.toString(max));
  }

  private Value points(Value value, Type.Points type, Place place, String attribute) {
    if (!(value instanceof Value.Points(List<Value.Point> points))) {
      return mismatch(value, type, place, attribute);
    }
    List<Value.Point> conforming =
        points.stream()
            .map(
                p ->
                    new Value.Point(
                        conformed(p.at(), type.at(), attribute),
                        conformed(p.value(), type.value(), attribute)))
            .toList();
    boolean broken =
        conforming.stream()
            .anyMatch(
                p ->
                    p.at().value() instanceof Value.Broken
                        || p.value().value() instanceof Value.Broken);
    return broken ? new Value.Broken() : new Value.Points(conforming);
  }

  private Value.Placed conformed(Value.Placed placed, Type type, String attribute) {
    return new Value.Placed(
        conform(placed.value(), type, placed.place(), attribute), placed.place());
  }

  private Value environment(Value value, Type type, Place place, String attribute) {
    return switch (value) {
      case Value.Text _ -> named(value, type, ZONE_HOLES::contains, place, attribute);
      case Value.Name(Path path, _) when path.head().equals("secret") -> {
        if (path.segments().size() == 3) {
          yield value;
        }
        yield mismatch(value, type, place, attribute);
      }
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  /// A text that may differ by zone and side.
  private Value zoneText(Value value, Type type, Place place, String attribute) {
    return text(value, type, TextShape.ANY, ZONE_HOLES::contains, place, attribute);
  }

  /// One line of a file, which may differ by zone and side.
  private Value fileLine(Value value, Type type, Place place, String attribute) {
    Value line = zoneText(value, type, place, attribute);
    if (!(line instanceof Value.Text(List<Value.Part> parts))) {
      return line;
    }
    if (literal(parts).contains("\n")) {
      problems.report(Diagnostic.of(Code.GOPS2010, attribute, "one line each").at(place));
      return new Value.Broken();
    }
    Optional<String> secret = Credentials.givenIn(literal(parts));
    secret.ifPresent(
        name ->
            problems.report(
                Diagnostic.of(Code.GOPS2037, name, "its name").at(place).hint("file", name)));
    return secret.isPresent() ? new Value.Broken() : line;
  }

  /// A field of an object, with the lists and objects in it.
  private Value objectField(Expression expression, Scope scope, String attribute) {
    return switch (expression) {
      case Expression.ListLiteral(_, List<Expression> elements) -> {
        List<Value.Placed> values =
            elements.stream()
                .map(e -> new Value.Placed(objectField(e, scope, attribute), scope.place(e)))
                .toList();
        yield anyBroken(values) ? new Value.Broken() : new Value.Items(values);
      }
      case Expression.ObjectLiteral(_, List<Item.Assignment> entries) -> object(entries, scope);
      case Expression other ->
          conform(
              evaluator.evaluate(other, scope, Optional.empty()),
              new Type.ObjectField(),
              scope.place(other),
              attribute);
    };
  }

  private Value object(List<Item.Assignment> entries, Scope scope) {
    SortedMap<String, Value.Placed> fields = new TreeMap<>();
    String variable = "";
    for (Item.Assignment entry : entries) {
      String name = entry.path().text();
      Place place = scope.place(entry.path());
      // Kubernetes writes a variable as { name = …, value = … }: its name tells what it holds.
      String called = name.equals("value") && !variable.isEmpty() ? variable : name;
      Value value = objectField(entry.value(), scope, called);
      Value.Placed before = fields.get(name);
      if (value instanceof Value.Broken) {
        return value;
      }
      if (before != null) {
        problems.report(
            Diagnostic.of(Code.GOPS2007, name).at(place).related(before.place(), "related"));
        return new Value.Broken();
      }
      if (name.equals("name") && value instanceof Value.Text(List<Value.Part> parts)) {
        variable = literal(parts);
      }
      fields.put(name, new Value.Placed(value, place));
    }
    return new Value.Members(fields);
  }

  private Value objectScalar(Value value, Type type, Place place, String attribute) {
    return switch (value) {
      case Value.Text _ -> named(value, type, ZONE_HOLES::contains, place, attribute);
      case Value.Whole _, Value.Flag _ -> value;
      case Value.Amount(Measure measure, _) when KUBERNETES_AMOUNTS.contains(measure) -> value;
      case Value.Address _, Value.Prefix _, Value.Address6 _, Value.Prefix6 _ ->
          literal(ValueText.of(value));
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  /// A text under a name that somebody chose, so that the name, too, may tell of a credential.
  private Value named(
      Value value, Type type, Predicate<String> holes, Place place, String attribute) {
    Value text = text(value, type, TextShape.ANY, holes, place, attribute);
    return text instanceof Value.Text(List<Value.Part> parts)
            && reportCredential(attribute, literal(parts), place)
        ? new Value.Broken()
        : text;
  }

  /// @return whether the text was reported
  private boolean reportCredential(String attribute, String text, Place place) {
    Optional<String> suspicion = Credentials.suspicion(attribute, text);
    suspicion.ifPresent(
        reason ->
            problems.report(
                Diagnostic.of(Code.GOPS2037, attribute, reason).at(place).hint("hint")));
    return suspicion.isPresent();
  }

  private static String literal(List<Value.Part> parts) {
    return parts.stream()
        .map(part -> part instanceof Value.Literal(String text) ? text : "")
        .collect(Collectors.joining());
  }

  private Value scalar(Value value, Type type, Place place, String attribute) {
    return switch (value) {
      case Value.Text _ -> named(value, type, _ -> false, place, attribute);
      case Value.Whole(long number) -> literal(Long.toString(number));
      case Value.Flag(boolean flag) -> literal(Boolean.toString(flag));
      case Value.Name(Path path, _) -> literal(path.text());
      case Value.Amount(Measure measure, long base) -> literal(measure.print(base));
      case Value.Address(Ipv4 address) -> literal(address.toString());
      case Value.Prefix(Cidr cidr) -> literal(cidr.toString());
      case Value other -> mismatch(other, type, place, attribute);
    };
  }

  private static Value literal(String text) {
    return new Value.Text(List.of(new Value.Literal(text)));
  }
}
