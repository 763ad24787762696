package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.kubernetes.CompiledFleet;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real scheduler against the capacity proof: every environment of every example, and fleets
/// for what no example has.
@Tag("control-plane")
class PlacementTest {
  @Nested
  class FiveZonesProd extends PlacedExample {
    FiveZonesProd() {
      super("five-zones", Fleets.example("five-zones"), "prod");
    }
  }

  @Nested
  class FiveZonesStaging extends PlacedExample {
    FiveZonesStaging() {
      super("five-zones staging", Fleets.example("five-zones"), "staging");
    }
  }

  @Nested
  class TeahouseProd extends PlacedExample {
    TeahouseProd() {
      super("teahouse", Fleets.example("teahouse"), "prod");
    }
  }

  @Nested
  class Web2048Default extends PlacedExample {
    Web2048Default() {
      super("web2048", Fleets.example("web2048"), "default");
    }
  }

  @Nested
  class WuxiaProd extends PlacedExample {
    WuxiaProd() {
      super("wuxia", Fleets.example("wuxia"), "prod");
    }

    @Test
    void aLostHostMovesWhenItsNodeIsDeleted() throws Exception {
      loseHostAndItsNode();
    }
  }

  @Test
  void everyEnvironmentOfEveryExampleIsPlaced() throws IOException {
    SortedSet<String> expected = new TreeSet<>();
    for (String example : Fleets.examples()) {
      for (String environment : CompiledFleet.of(Fleets.example(example)).compiled().keySet()) {
        expected.add(example.replace("-", "") + environment);
      }
    }
    Set<String> placed =
        Arrays.stream(PlacementTest.class.getDeclaredClasses())
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    assertEquals(expected, new TreeSet<>(placed));
  }
}
