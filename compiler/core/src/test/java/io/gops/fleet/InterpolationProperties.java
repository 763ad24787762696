package io.gops.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A text with places to fill in agrees with the formatter of the JDK.
class InterpolationProperties {
  @Property
  void aZoneIdIsPaddedAsAFormatSays(
      @ForAll @IntRange(min = 0, max = 99_999_999) int zone,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll String before,
      @ForAll String after) {
    Interpolation text =
        new Interpolation(
            List.of(
                new Interpolation.Literal(before),
                new Interpolation.ZoneId(width),
                new Interpolation.Literal(after),
                new Interpolation.SideName()));
    String number = String.format(Locale.ROOT, "%0" + width + "d", zone);
    assertEquals(before + number + after + "a", text.resolve(zone, Side.A));
    assertEquals(before + number + after + "b", text.resolve(zone, Side.B));
  }

  @Property
  void aConstantStaysAsItIs(@ForAll String text, @ForAll int zone) {
    assertEquals(text, Interpolation.of(text).resolve(zone, Side.A));
  }
}
