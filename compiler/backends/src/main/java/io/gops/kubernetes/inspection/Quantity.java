package io.gops.kubernetes.inspection;

import java.math.BigDecimal;
import java.util.Optional;

/// Reads amounts such as `500m` and `2Gi`.
final class Quantity {
  private static final String DECIMAL = "kMGTPE";
  private static final String BINARY = "KMGTPE";
  private static final String SMALL = "mun";

  private Quantity() {}

  /// The amount; empty for a text that is none.
  static Optional<BigDecimal> parse(String text) {
    if (!Form.QUANTITY.fits(text)) {
      return Optional.empty();
    }
    int end = text.length();
    if (text.endsWith("i")) {
      int power = BINARY.indexOf(text.charAt(end - 2)) + 1;
      return Optional.of(
          new BigDecimal(text.substring(0, end - 2))
              .multiply(BigDecimal.valueOf(1L << (10 * power))));
    }
    char last = text.charAt(end - 1);
    if (Character.isDigit(last)) {
      return Optional.of(new BigDecimal(text));
    }
    int power = DECIMAL.indexOf(last) >= 0 ? DECIMAL.indexOf(last) + 1 : -SMALL.indexOf(last) - 1;
    return Optional.of(new BigDecimal(text.substring(0, end - 1)).scaleByPowerOfTen(3 * power));
  }
}
