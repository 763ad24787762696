package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Policy;
import io.gops.fleet.Release;
import io.gops.fleet.Reload;
import io.gops.fleet.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandardLibraryTest {
  private static final Path STD = Path.of(System.getProperty("gops.root"), "stdlib", "std");

  @Test
  void everyFileBinds() throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(STD)) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    String imports =
        IntStream.range(0, names.size())
            .mapToObj(i -> "import \"std/" + names.get(i) + "\" as library" + i + "\n")
            .collect(Collectors.joining());
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(
        Map.of(
            "all.gops",
            imports
                + "cluster hz { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0\" }"),
        "all.gops",
        diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
  }

  @Test
  void itsTemplatesAreUsedByTheirPath() {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        FleetLoader.load(
                Map.of(
                    "game.gops",
                    """
                    import "std/reload.gops" as reload
                    import "std/drain.gops" as drain
                    import "std/hosts.gops" as shape
                    cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0" }
                    site hz {
                      pool std {
                        hosts 1..2 from shape.Cores64 {
                          name = "g${n}", underlay = 10.0.0.1..10.0.0.2
                        }
                      }
                    }
                    game clx {
                      container engine { port admin { number = 3000 } }
                      hot_update scripts {
                        files = "/app"
                        mount engine { path = "/srv" }
                        reload http from reload.Call { port = engine.admin, retry = 2s }
                      }
                      version "1" { engine = "r.example.com/e:1", scripts = "r.example.com/s:1" }
                    }
                    zones main { game = clx, ids = 1..3, run = "1", pool = hz.std, pair { switch = vip } }
                    release ab_switch r { zones = main, to = "1", drain from drain.Rounds {} }
                    """),
                "game.gops",
                diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    assertEquals(64_000, fleet.hosts().get("g2").capacity().get(Resource.CPU));
    assertEquals(500_000 * 2, fleet.hosts().get("g2").capacity().get(Resource.CONNECTIONS));
    assertEquals(
        new Reload.Http("engine", "admin", "/reload", Duration.ofSeconds(2)),
        fleet.game("clx").roles().get("engine").hotUpdates().getFirst().reload());
    Release.AbSwitch release = (Release.AbSwitch) fleet.releases().get("r");
    assertEquals(Duration.ofHours(2), release.drain().kickAfter());
  }

  @Test
  void gatewaysAndPoliciesMeanWhatTheySay() {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        FleetLoader.load(
                Map.of(
                    "game.gops",
                    """
                    import "std/gateways.gops" as gateways
                    import "std/policies.gops" as policies
                    cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0", cni = ovs }
                    site hz {
                      pool std {
                        hosts 1..2 { name = "g${n}", underlay = 10.0.0.1..10.0.0.2, cpu = 8cores, memory = 32Gi }
                      }
                    }
                    gateway igw from gateways.Internet25 {
                      addresses = 203.0.113.0/24
                      node igw-1 { underlay = 10.0.1.1 }
                    }
                    gateway bgw from gateways.Backbone10 {
                      prefixes = 10.200.0.0/16
                      node bgw-1 { underlay = 10.0.1.2 }
                    }
                    vpc world { cidr = 10.64.0.0/16, internet = igw, backbone = bgw }
                    game chess {
                      container engine { port client { number = 7001 }, port admin { number = 3000 } }
                      version "1" { engine = "r.example.com/e:1" }
                    }
                    game go {
                      container board { port client { number = 7002, protocol = udp } }
                      version "1" { board = "r.example.com/b:1" }
                    }
                    template zones Main { run = "1", pool = hz.std, vpc = world, pair { switch = vip } }
                    zones chess-main from Main { game = chess, ids = 1..3 }
                    zones go-main from Main { game = go, ids = 11..13 }
                    policy world-traffic from policies.Paired { vpc = world }
                    """),
                "game.gops",
                diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    assertEquals(Gateway.Kind.INTERNET, fleet.gateways().get("igw").kind());
    assertEquals(4_000_000, fleet.gateways().get("igw").perNode().get(Resource.PACKETS));
    assertEquals(Gateway.Kind.BACKBONE, fleet.gateways().get("bgw").kind());
    assertEquals(800_000, fleet.gateways().get("bgw").perNode().get(Resource.PACKETS));
    assertEquals(
        List.of(
            "allow internet -> chess 7001/TCP",
            "allow internet -> go 7002/UDP",
            "deny chess.a -> chess.b",
            "deny chess.b -> chess.a",
            "deny go.a -> go.b",
            "deny go.b -> go.a"),
        fleet.policies().get("world-traffic").rules().stream()
            .map(StandardLibraryTest::of)
            .toList());
    assertEquals(6, fleet.expectations().size());
  }

  private static String of(Policy.Rule rule) {
    String ports =
        rule.ports().ports().stream()
            .map(match -> " " + match.number() + "/" + match.protocol())
            .collect(Collectors.joining());
    return (rule.allow() ? "allow " : "deny ")
        + rule.from().text()
        + " -> "
        + rule.to().text()
        + ports;
  }
}
