package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import io.gops.schema.Measure;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Expression.Binary.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Units and arithmetic agree with BigDecimal and BigInteger: exact, or refused.
class ArithmeticProperties {
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);

  /// A number as it may be written, and a unit of a measure.
  record Written(String number, Measure measure, Measure.Unit unit) {}

  @Provide
  Arbitrary<Written> quantities() {
    Arbitrary<String> numbers =
        Combinators.combine(
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.integers().between(0, 6))
            .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale).toPlainString());
    return Arbitraries.of(Measure.class)
        .flatMap(
            measure ->
                Combinators.combine(numbers, Arbitraries.of(measure.units()))
                    .as((number, unit) -> new Written(number, measure, unit)));
  }

  @Property
  void aQuantityIsExactOrRefused(@ForAll("quantities") Written written) {
    BigDecimal amount =
        new BigDecimal(written.number()).multiply(BigDecimal.valueOf(written.unit().size()));
    Diagnostics diagnostics = new Diagnostics();
    String text = written.number() + written.unit().suffix();
    SourceFile file = new SourceFile("test.gops", text);
    Value value =
        new Quantities(new Problems(diagnostics))
            .read(
                written.number(),
                written.unit().suffix(),
                new Place(file, new Span(0, text.length())),
                Optional.empty());
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    boolean fits = amount.compareTo(new BigDecimal(LONGEST)) <= 0;
    if (whole && fits) {
      assertEquals(new Value.Amount(written.measure(), amount.longValueExact()), value);
    } else {
      assertEquals(new Value.Broken(), value);
    }
    assertEquals(whole && fits ? 0 : 1, diagnostics.sorted().size());
  }

  @Property
  void operationsAgreeWithBigIntegers(
      @ForAll Operator operator, @ForAll long a, @ForAll long b, @ForAll boolean small) {
    long left = small ? a % 1_000_000 : a;
    long right = small ? b % 1_000 : b;
    Optional<BigInteger> expected =
        exact(operator, BigInteger.valueOf(left), BigInteger.valueOf(right));
    assertEquals(
        expected.map(number -> new Value.Whole(number.longValueExact())),
        result(operator, new Value.Whole(left), new Value.Whole(right)));
  }

  @Property
  void amountsOfTwoMeasuresNeverMix(
      @ForAll Operator operator,
      @ForAll Measure one,
      @ForAll Measure other,
      @ForAll long a,
      @ForAll long b) {
    Optional<Value> result = result(operator, new Value.Amount(one, a), new Value.Amount(other, b));
    if (one != other || operator == Operator.MULTIPLY) {
      assertEquals(Optional.empty(), result);
    }
  }

  /// The number in which both oracles must agree; absent when it is not whole or too long.
  private static Optional<BigInteger> exact(Operator operator, BigInteger a, BigInteger b) {
    Optional<BigInteger> result =
        switch (operator) {
          case ADD -> Optional.of(a.add(b));
          case SUBTRACT -> Optional.of(a.subtract(b));
          case MULTIPLY -> Optional.of(a.multiply(b));
          case DIVIDE ->
              b.signum() != 0 && a.mod(b.abs()).signum() == 0
                  ? Optional.of(a.divide(b))
                  : Optional.empty();
        };
    return result.filter(n -> n.compareTo(LONGEST) <= 0 && n.compareTo(LOWEST) >= 0);
  }

  private static Optional<Value> result(Operator operator, Value left, Value right) {
    try {
      return Arithmetic.apply(operator, left, right);
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }
}
