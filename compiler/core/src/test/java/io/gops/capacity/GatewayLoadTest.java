package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The flagship example sends 200 × 3500 × 24 kbit/s and 8 × 400 × 64 kbit/s through its gateway,
/// and has 2 × 200 × 3500 + 8 × 400 connections while the pairs move; the second game has none.
class GatewayLoadTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");
  private static final long EGRESS = 200 * 3500 * 24_000L + 8 * 400 * 64_000L;

  private static List<Diagnostic> errors(int nodes, Amounts perNode) {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet = FleetLoader.load(EXAMPLES.resolve("wuxia"), diagnostics).orElseThrow();
    Gateway old = fleet.gateways().get("igw");
    SortedMap<String, Gateway> gateways = new TreeMap<>(fleet.gateways());
    gateways.put(
        "igw",
        new Gateway(
            old.name(),
            old.kind(),
            old.nodes().subList(0, nodes),
            perNode,
            old.addresses(),
            old.prefixes(),
            old.origins()));
    CapacityProver.prove(with(fleet, gateways), State.EMPTY, Lock.EMPTY, diagnostics);
    return diagnostics.sorted().stream().filter(d -> d.code() == Code.GOPS3028).toList();
  }

  private static Fleet with(Fleet f, SortedMap<String, Gateway> gateways) {
    return new Fleet(
        f.name(),
        f.environment(),
        f.cluster(),
        f.pools(),
        f.hosts(),
        gateways,
        f.vpcs(),
        f.services(),
        f.secrets(),
        f.games(),
        f.zoneSets(),
        f.zones(),
        f.policies(),
        f.directories(),
        f.windows(),
        f.releases(),
        f.expectations(),
        f.origins());
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "1, -1, 1", "2, 0, 0", "2, -1, 1", "3, 0, 0", "3, -2, 1"})
  void oneNodeOfSeveralMayBeLost(int nodes, long less, int errors) {
    long perNode = EGRESS / Math.max(1, nodes - 1) + less;
    assertEquals(errors, errors(nodes, Amounts.of(Resource.EGRESS, perNode)).size());
  }

  @Test
  void connectionsCountOnBothSidesWhileZonesMove() {
    long both = 2 * 200 * 3500L + 8 * 400;
    assertEquals(0, errors(2, Amounts.of(Resource.CONNECTIONS, both)).size());
    Diagnostic error = errors(2, Amounts.of(Resource.CONNECTIONS, both - 1)).getFirst();
    assertEquals(
        "gateway igw connections: short 1; 208 groups need 1403200 at the worst instant, "
            + "1 of its 2 nodes forwards 1403199",
        Catalogue.of(Language.ENGLISH).text(error.message()));
  }
}
