package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an environment sets inside a block of a declaration, by its dotted path.
class NestedSettingTest {
  private static final Path BASE =
      Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");

  private static Optional<Fleet> load(String setting, Diagnostics diagnostics) throws IOException {
    return FleetLoader.load(
        Map.of(
            "base.gops",
            Files.readString(BASE),
            "fleet.gops",
            "fleet demo { environment staging { cluster = hz, include = \"base.gops\","
                + " override { "
                + setting
                + " } } }"),
        "fleet.gops",
        diagnostics);
  }

  @Test
  void reachesIntoABlock() throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet = load("zones.chess-main.pair.standby = warm", diagnostics).orElseThrow();
    assertEquals(List.of(), diagnostics.sorted());
    Pair pair = Objects.requireNonNull(fleet.zones().get(1)).body().pair().orElseThrow();
    assertEquals(Pair.Standby.WARM, pair.standby());
    assertEquals(Pair.Switch.VIP, pair.switching());
  }

  @Test
  void saysWhatMayBeSetInBlocks() throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    load("zones.chess-main.pair.switch = directory", diagnostics);
    Diagnostic found = diagnostics.sorted().getFirst();
    assertEquals("GOPS2057", found.code().name());
    assertEquals(
        List.of("players, importance, pair.standby"), found.hint().orElseThrow().arguments());
  }
}
