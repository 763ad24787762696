package io.gops.lsp.feature;

import io.gops.schema.Measure;
import io.gops.syntax.Expression;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Amounts in other units: `6Gi` is 6144 Mi and 6442450944 bytes.
final class Amounts {
  private Amounts() {}

  /// The same amount in every unit in which it is a short number; absent for what is no amount.
  static Optional<String> conversions(Expression value) {
    return switch (value) {
      case Expression.Quantity(_, String number, String unit) ->
          Measure.ofUnit(unit)
              .flatMap(
                  measure -> measure.unit(unit).map(found -> conversions(number, found, measure)));
      case Expression.Percent(_, String number) ->
          Optional.of(number + "% = " + plain(new BigDecimal(number).movePointLeft(2)));
      case Expression _ -> Optional.empty();
    };
  }

  private static String conversions(String number, Measure.Unit unit, Measure measure) {
    BigDecimal base = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.size()));
    List<String> others = new ArrayList<>();
    for (Measure.Unit other : measure.units()) {
      BigDecimal amount =
          base.divide(BigDecimal.valueOf(other.size()), 6, RoundingMode.HALF_EVEN)
              .stripTrailingZeros();
      boolean isExact = amount.multiply(BigDecimal.valueOf(other.size())).compareTo(base) == 0;
      if (!other.suffix().equals(unit.suffix()) && isExact && amount.scale() <= 3) {
        others.add(grouped(amount) + " " + other.suffix());
      }
    }
    String decimal = measure == Measure.MEMORY ? decimal(base) : "";
    return number
        + unit.suffix()
        + (others.isEmpty() ? "" : " = " + String.join(" = ", others))
        + decimal;
  }

  /// What a disk vendor would call it.
  private static String decimal(BigDecimal bytes) {
    BigDecimal billion = BigDecimal.valueOf(1_000_000_000);
    return bytes.compareTo(billion) < 0
        ? ""
        : " ≈ " + plain(bytes.divide(billion, 2, RoundingMode.HALF_UP)) + " GB (decimal)";
  }

  private static String grouped(BigDecimal amount) {
    return amount.scale() <= 0
        ? String.format(Locale.ROOT, "%,d", amount.toBigIntegerExact())
        : plain(amount);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
