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
            old.limits(),
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

  private static Fleet behindBackbone(String perNode) {
    return SmallFleet.of(
        """
        site hz {
          pool std {
            host hz-1 { underlay = 10.1.0.11, cpu = 64cores, memory = 256Gi }
          }
        }
        gateway bgw {
          kind     = backbone
          prefixes = [10.200.0.0/16]
          per_node { %s }
          node bgw-1 { underlay = 10.1.1.1 }
          node bgw-2 { underlay = 10.1.1.2 }
        }
        vpc blue { cidr = 10.64.0.0/16, backbone = bgw }
        game go {
          container engine { port client { number = 7001 } }
          profile {
            base               { cpu = 100mcores, memory = 1Gi }
            keeps_after_logout { memory = 100%% }
            backbone {
              base       { connections = 20 }
              per_player { egress = 2kbps, packets = 3pps, connections = 1 }
            }
          }
          version "1" { engine = "registry.example.com/go:1@%s" }
        }
        zones go-main {
          game = go, ids = 1..10, run = "1", pool = hz.std, vpc = blue, players = 100
          pair { switch = vip }
        }
        """
            .formatted(perNode, SmallFleet.digest(1)));
  }

  /// One of two nodes may be lost. Traffic follows the players, connections stay on both sides.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          egress = 2Mbps     | ''
          egress = 1999kbps  | 10 groups need 2Mbps at the worst instant, 1 of its 2 nodes forwards 2Mbps
          packets = 3kpps    | ''
          packets = 2999pps  | 10 groups need 3kpps at the worst instant, 1 of its 2 nodes forwards 3kpps
          connections = 2400 | ''
          connections = 2399 | 10 groups need 2400 at the worst instant, 1 of its 2 nodes forwards 2399
          """)
  void backboneGatewaysCarryWhatServersExchangeWithServices(String perNode, String error) {
    List<String> errors = SmallFleet.errors(behindBackbone(perNode));
    assertEquals(error.isEmpty() ? 0 : 1, errors.size(), errors.toString());
    if (!error.isEmpty()) {
      assertEquals(error, errors.getFirst().replaceFirst(".*?; ", ""));
    }
  }
}
