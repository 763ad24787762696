package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import io.gops.fleet.Fleet;
import io.gops.golden.GoldenCase;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked example of the documentation from its source: nine pairs fit when one moves at a
/// time, five when all do, and the tenth breaks the host from 35 %.
class WorkedExampleGoldenTest {
  private static final String CASE = "capacity-worked-example";

  private static Fleet fleet(int pairs, int perHost) throws IOException {
    Path file = GoldenCase.root().resolve(CASE).resolve("source.gops");
    String source =
        Files.readString(file)
            .replace("10001..10010", "10001.." + (10_000 + pairs))
            .replace("per_host = 1", "per_host = " + perHost);
    Diagnostics diagnostics = new Diagnostics();
    Optional<Fleet> fleet =
        FleetLoader.load(Map.of("source.gops", source), "source.gops", diagnostics);
    return fleet.orElseThrow(() -> new AssertionError(print(diagnostics)));
  }

  private static String print(Diagnostics diagnostics) {
    return new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN)
        .print(diagnostics.sorted());
  }

  private static Optional<CapacityProof> prove(Fleet fleet, Diagnostics diagnostics) {
    return CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics);
  }

  @Test
  void theTenthPairIsExplained() throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet = fleet(10, 1);
    assertTrue(CapacityProver.prove(fleet, State.EMPTY, locked(fleet), diagnostics).isEmpty());
    new GoldenCase(CASE, "diagnostics").verify(print(diagnostics));
  }

  @Test
  void withoutALockThePoolIsExplained() throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(prove(fleet(10, 1), diagnostics).isEmpty());
    new GoldenCase(CASE, "new-fleet").verify(print(diagnostics));
  }

  /// All ten are on the host that the lock names.
  private static Lock locked(Fleet fleet) {
    TreeMap<Lock.Key, String> records = new TreeMap<>();
    for (int id : fleet.zones().keySet()) {
      records.put(new Lock.Key("placement", "fleet", Integer.toString(id)), "hz-g001");
    }
    return new Lock(records);
  }

  @ParameterizedTest
  @CsvSource({"9, 1, true", "10, 1, false", "5, 5, true", "6, 6, false"})
  void asManyPairsFitAsTheFormulaSays(int pairs, int perHost, boolean fit) throws IOException {
    assertEquals(fit, prove(fleet(pairs, perHost), new Diagnostics()).isPresent());
  }
}
