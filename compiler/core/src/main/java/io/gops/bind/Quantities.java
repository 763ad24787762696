package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Measure;
import io.gops.source.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns a number with a unit into an exact amount, or says what is wrong with it.
final class Quantities {
  /// Spellings that other tools use, each with the readings that people have of it.
  private static final Map<String, List<String>> AMBIGUOUS =
      Map.ofEntries(
          Map.entry("m", List.of("min", "mcores")),
          Map.entry("k", List.of("Ki", "kbps", "kpps")),
          Map.entry("K", List.of("Ki", "kbps", "kpps")),
          Map.entry("M", List.of("Mi", "Mbps", "Mpps")),
          Map.entry("G", List.of("Gi", "Gbps")),
          Map.entry("T", List.of("Ti", "Tbps")),
          Map.entry("Kb", List.of("Ki", "kbps")),
          Map.entry("kb", List.of("Ki", "kbps")),
          Map.entry("Mb", List.of("Mi", "Mbps")),
          Map.entry("mb", List.of("Mi", "Mbps")),
          Map.entry("Gb", List.of("Gi", "Gbps")),
          Map.entry("gb", List.of("Gi", "Gbps")),
          Map.entry("Tb", List.of("Ti", "Tbps")),
          Map.entry("KB", List.of("Ki")),
          Map.entry("kB", List.of("Ki")),
          Map.entry("MB", List.of("Mi")),
          Map.entry("GB", List.of("Gi")),
          Map.entry("TB", List.of("Ti")));

  /// Powers of ten that a memory unit means outside computing.
  private static final Map<String, Long> DECIMAL =
      Map.of("Ki", 1000L, "Mi", 1_000_000L, "Gi", 1_000_000_000L, "Ti", 1_000_000_000_000L);

  /// Spellings that can only mean one unit.
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("core", "cores"),
          Map.entry("cpu", "cores"),
          Map.entry("cpus", "cores"),
          Map.entry("c", "cores"),
          Map.entry("mcore", "mcores"),
          Map.entry("millicores", "mcores"),
          Map.entry("KiB", "Ki"),
          Map.entry("MiB", "Mi"),
          Map.entry("GiB", "Gi"),
          Map.entry("TiB", "Ti"),
          Map.entry("g", "Gi"),
          Map.entry("bytes", "B"),
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("seconds", "s"),
          Map.entry("mins", "min"),
          Map.entry("minutes", "min"),
          Map.entry("minute", "min"),
          Map.entry("hr", "h"),
          Map.entry("hours", "h"),
          Map.entry("hour", "h"),
          Map.entry("days", "d"),
          Map.entry("day", "d"),
          Map.entry("Mbit", "Mbps"),
          Map.entry("Gbit", "Gbps"));

  private final Problems problems;

  Quantities(Problems problems) {
    this.problems = problems;
  }

  /// The amount that `number` and `unit` say.
  ///
  /// @param wanted what the attribute measures, to offer only readings that fit
  Value read(String number, String unit, Place place, Optional<Measure> wanted) {
    Optional<Measure> measure = Measure.ofUnit(unit);
    if (measure.isPresent()) {
      Measure found = measure.get();
      return exact(number, found, found.unit(unit).orElseThrow(), place);
    }
    List<String> readings = AMBIGUOUS.getOrDefault(unit, List.of());
    if (readings.isEmpty()) {
      unknown(number, unit, place, wanted);
    } else {
      ambiguous(number, unit, readings, place, wanted);
    }
    return new Value.Broken();
  }

  private Value exact(String number, Measure measure, Measure.Unit unit, Place place) {
    BigDecimal amount = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.size()));
    if (amount.stripTrailingZeros().scale() > 0) {
      String smallest = measure.units().getFirst().suffix();
      problems.report(
          Diagnostic.of(Code.GOPS2014, number + unit.suffix(), smallest).at(place).hint("hint"));
      return new Value.Broken();
    }
    if (amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      problems.report(
          Diagnostic.of(Code.GOPS2015, number + unit.suffix(), measure.print(Long.MAX_VALUE))
              .at(place));
      return new Value.Broken();
    }
    return new Value.Amount(measure, amount.longValueExact());
  }

  private void ambiguous(
      String number, String unit, List<String> readings, Place place, Optional<Measure> wanted) {
    List<String> spelled = new ArrayList<>();
    readings.forEach(reading -> spelled.add(number + reading));
    boolean memory = readings.stream().anyMatch(DECIMAL::containsKey);
    if (memory) {
      decimalBytes(number, readings.getFirst()).ifPresent(spelled::add);
    }
    List<String> fitting = fitting(spelled, wanted);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2012, number + unit, String.join(", ", fitting)).at(place);
    fitting.forEach(text -> problem.fix(place, text, "fix", text));
    problems.report(problem);
  }

  /// The number of bytes when the unit is read as a power of ten.
  private static Optional<String> decimalBytes(String number, String reading) {
    BigDecimal bytes =
        new BigDecimal(number).multiply(BigDecimal.valueOf(DECIMAL.getOrDefault(reading, 1L)));
    return bytes.stripTrailingZeros().scale() > 0
        ? Optional.empty()
        : Optional.of(bytes.toBigInteger() + "B");
  }

  /// The readings that the attribute can hold; all of them when it is not known or none fits.
  private static List<String> fitting(List<String> spelled, Optional<Measure> wanted) {
    List<String> fit =
        spelled.stream()
            .filter(text -> wanted.isEmpty() || measureOf(text).equals(wanted))
            .toList();
    return fit.isEmpty() ? spelled : fit;
  }

  private static Optional<Measure> measureOf(String quantity) {
    int letters = 0;
    while (letters < quantity.length() && "0123456789.".indexOf(quantity.charAt(letters)) >= 0) {
      letters++;
    }
    return Measure.ofUnit(quantity.substring(letters));
  }

  private void unknown(String number, String unit, Place place, Optional<Measure> wanted) {
    List<String> units =
        wanted.map(measure -> List.of(measure)).orElse(Arrays.asList(Measure.values())).stream()
            .flatMap(measure -> measure.units().stream().map(Measure.Unit::suffix))
            .toList();
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2011, number + unit, unit)
            .at(place)
            .hint("hint", units.stream().collect(Collectors.joining(", ")));
    meant(unit, units)
        .ifPresent(meant -> problem.fix(place, number + meant, "fix", number + meant));
    problems.report(problem);
  }

  private static Optional<String> meant(String unit, List<String> units) {
    Optional<String> synonym =
        Optional.ofNullable(SYNONYMS.get(unit))
            .or(() -> Optional.ofNullable(SYNONYMS.get(unit.toLowerCase(Locale.ROOT))))
            .filter(units::contains);
    Optional<String> otherCase =
        units.stream().filter(known -> known.equalsIgnoreCase(unit)).findFirst();
    return otherCase.or(() -> synonym).or(() -> Spelling.nearest(unit, units));
  }
}
