package io.gops.fleet;

import java.util.List;
import java.util.stream.Collectors;

/// A text with places that depend on the zone it is used in; everything else is already resolved.
///
/// @param parts in order
public record Interpolation(List<Part> parts) {
  public Interpolation {
    parts = List.copyOf(parts);
  }

  /// A piece of an interpolation.
  public sealed interface Part {}

  public record Literal(String text) implements Part {}

  /// The id of the zone, padded with zeros to `width` digits.
  public record ZoneId(int width) implements Part {}

  /// The side of the pod, `a` or `b`.
  public record SideName() implements Part {}

  public static Interpolation of(String text) {
    return new Interpolation(List.of(new Literal(text)));
  }

  /// Whether the text is the same in each zone and on each side.
  public boolean isConstant() {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  /// The text for one zone and side.
  public String resolve(int zone, Side side) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal(String text) -> text;
                  case ZoneId(int width) -> pad(Integer.toString(zone), width);
                  case SideName() -> side.label();
                })
        .collect(Collectors.joining());
  }

  private static String pad(String digits, int width) {
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
