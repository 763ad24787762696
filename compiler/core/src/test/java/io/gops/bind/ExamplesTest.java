package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The examples load without a complaint, and mean what their text says.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");

  private static Fleet load(String example) {
    Diagnostics diagnostics = new Diagnostics();
    var fleet = FleetLoader.load(EXAMPLES.resolve(example), diagnostics);
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    String said =
        diagnostics.sorted().stream()
            .map(d -> line(d, catalogue))
            .collect(Collectors.joining("\n"));
    assertEquals("", said);
    return fleet.orElseThrow();
  }

  private static String line(Diagnostic diagnostic, Catalogue catalogue) {
    return diagnostic.place().map(Object::toString).orElse("")
        + " "
        + diagnostic.code()
        + " "
        + catalogue.text(diagnostic.message());
  }

  @Test
  void wuxia() {
    Fleet fleet = load("wuxia");
    assertEquals(208, fleet.zones().size());
    assertEquals(40, fleet.hosts().size());
    assertEquals("10.1.0.31", fleet.hosts().get("hz-g021").underlay().toString());
    assertEquals(1, fleet.zones().get(10002).body().importance());
    assertEquals(50, fleet.zones().get(10004).body().importance());
    assertEquals(2, fleet.releases().size());
    assertEquals(6, fleet.expectations().size());
  }

  @Test
  void web2048() {
    Fleet fleet = load("web2048/web2048.gops");
    assertEquals(12, fleet.zones().size());
    assertEquals("web2048", fleet.name());
  }

  @Test
  void fiveZones() {
    Fleet fleet = load("five-zones");
    assertEquals(5, fleet.zones().size());
    assertEquals("FAILED", fleet.hosts().get("m2").state().name());
  }

  @Test
  void stagingOfFiveZonesIsTheSameGameOnOtherMachines() {
    SortedMap<String, Fleet> fleets =
        FleetLoader.loadAll(EXAMPLES.resolve("five-zones"), new Diagnostics());
    Fleet prod = fleets.get("prod");
    Fleet staging = fleets.get("staging");
    assertEquals(prod.games().keySet(), staging.games().keySet());
    assertEquals(prod.zones().keySet(), staging.zones().keySet());
    assertEquals(Set.of("desk-1", "desk-2"), staging.hosts().keySet());
    assertEquals(500, prod.zones().get(1).body().players());
    assertEquals(20, staging.zones().get(1).body().players());
    assertEquals(Set.of(), staging.releases().keySet());
  }
}
