package io.gops.adoption;

import io.gops.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A quantity as Kubernetes writes it: `500m`, `2`, `1.5`, `512Mi`, `1G`.
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(m|[KMGT]i?|k)?");

  private static final Map<String, Long> FACTORS =
      Map.of(
          "k", 1_000L,
          "K", 1_000L,
          "M", 1_000_000L,
          "G", 1_000_000_000L,
          "T", 1_000_000_000_000L,
          "Ki", 1L << 10,
          "Mi", 1L << 20,
          "Gi", 1L << 30,
          "Ti", 1L << 40);

  private Quantity() {}

  /// The amount in base units, rounded up: thousandths of a core, or bytes.
  static Optional<Long> of(Json value, String resource) {
    String text =
        switch (value) {
          case Json.Num(String digits) -> digits;
          case Json.Text(String words) -> words;
          case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> "";
        };
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String unit = form.group(2) == null ? "" : form.group(2);
    boolean isCpu = resource.equals("cpu");
    BigDecimal amount =
        new BigDecimal(form.group(1))
            .multiply(BigDecimal.valueOf(FACTORS.getOrDefault(unit, 1L)))
            .multiply(BigDecimal.valueOf(isCpu ? 1000 : 1));
    BigDecimal exact = unit.equals("m") ? amount.movePointLeft(3) : amount;
    return Optional.of(exact.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /// Bytes as a source writes them.
  static String memory(long bytes) {
    for (String[] unit : new String[][] {{"Gi", "30"}, {"Mi", "20"}, {"Ki", "10"}}) {
      long size = 1L << Integer.parseInt(unit[1]);
      if (bytes % size == 0) {
        return bytes / size + unit[0];
      }
    }
    return bytes + "B";
  }
}
