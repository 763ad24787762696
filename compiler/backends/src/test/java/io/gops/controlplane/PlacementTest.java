package io.gops.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real scheduler against the capacity proof of each example.
@Tag("control-plane")
class PlacementTest {
  @Nested
  class FiveZones extends PlacedExample {
    FiveZones() {
      super("five-zones");
    }
  }

  @Nested
  class Web2048 extends PlacedExample {
    Web2048() {
      super("web2048");
    }
  }

  @Nested
  class Wuxia extends PlacedExample {
    Wuxia() {
      super("wuxia");
    }

    @Test
    void aLostHostMovesWhenItsNodeIsDeleted() throws Exception {
      loseHostAndItsNode();
    }
  }

  @Test
  void everyExampleIsPlaced() throws IOException {
    List<String> placed =
        Arrays.stream(PlacementTest.class.getDeclaredClasses())
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
            .sorted()
            .toList();
    assertEquals(Fleets.examples().stream().map(name -> name.replace("-", "")).toList(), placed);
  }
}
