package io.gops.bind;

import io.gops.schema.Measure;
import io.gops.syntax.Expression.Binary.Operator;
import java.util.Optional;

/// Exact arithmetic on whole numbers and quantities of one measure.
///
/// Numbers add and multiply; quantities of one measure add; a quantity times a number is a
/// quantity; a quantity by a quantity of its measure is a number. A division must leave nothing
/// over.
final class Arithmetic {
  private Arithmetic() {}

  private record Operands(Value left, Value right) {}

  /// The result; absent when the operation means nothing for these values or is not exact. Overflow
  /// is an [ArithmeticException].
  static Optional<Value> apply(Operator operator, Value left, Value right) {
    return switch (new Operands(left, right)) {
      case Operands(Value.Whole(long a), Value.Whole(long b)) ->
          number(operator, a, b).map(Value.Whole::new);
      case Operands(Value.Amount(Measure m, long a), Value.Amount(Measure n, long b)) when m == n ->
          switch (operator) {
            case ADD, SUBTRACT -> number(operator, a, b).map(sum -> new Value.Amount(m, sum));
            case DIVIDE -> number(operator, a, b).map(Value.Whole::new);
            case MULTIPLY -> Optional.empty();
          };
      case Operands(Value.Amount(Measure m, long a), Value.Whole(long b)) ->
          switch (operator) {
            case MULTIPLY, DIVIDE ->
                number(operator, a, b).map(product -> new Value.Amount(m, product));
            case ADD, SUBTRACT -> Optional.empty();
          };
      case Operands(Value.Whole(long a), Value.Amount(Measure m, long b)) ->
          operator == Operator.MULTIPLY
              ? number(operator, a, b).map(product -> new Value.Amount(m, product))
              : Optional.empty();
      case Operands _ -> Optional.empty();
    };
  }

  private static Optional<Long> number(Operator operator, long a, long b) {
    return switch (operator) {
      case ADD -> Optional.of(Math.addExact(a, b));
      case SUBTRACT -> Optional.of(Math.subtractExact(a, b));
      case MULTIPLY -> Optional.of(Math.multiplyExact(a, b));
      case DIVIDE -> b != 0 && a % b == 0 ? Optional.of(a / b) : Optional.empty();
    };
  }
}
