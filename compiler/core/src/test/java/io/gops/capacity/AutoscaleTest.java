package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.deployment.Group;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.state.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Room is kept for the most servers that an autoscaler may start, each with the most players that
/// it may have then.
class AutoscaleTest {
  private static final String FLEET =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz {
        pool std {
          hosts 1..HOSTS {
            name = "hz-${n}", underlay = 10.1.0.1..10.1.0.HOSTS, cpu = 4cores, memory = 16Gi
          }
        }
      }
      game go {
        container engine { }
        profile { base { cpu = 100mcores, memory = 1Gi }, per_player { memory = 10Mi } }
        version "1" { engine = "registry.example.com/go:1" }
      }
      zones main {
        game = go, ids = 7, run = "1", pool = hz.std, players = 300
        autoscale cpu { min = 2, max = 6, may_stop = any SETTING }
      }
      """;

  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<CapacityProof> prove(int hosts, String setting) {
    String text = FLEET.replace("HOSTS", Integer.toString(hosts)).replace("SETTING", setting);
    Fleet fleet = FleetLoader.load(Map.of("go.gops", text), "go.gops", diagnostics).orElseThrow();
    return CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics);
  }

  private static long memory(CapacityProof proof) {
    return Objects.requireNonNull(proof.sizing().pods().get("7"))
        .firstEntry()
        .getValue()
        .limit()
        .get(Resource.MEMORY);
  }

  @Test
  void theMostServersHaveAHostEach() {
    CapacityProof proof = prove(6, "").orElseThrow();
    List<String> hosts =
        Objects.requireNonNull(proof.sizing().placements().get("7")).stream()
            .map(Group.Placement::primary)
            .distinct()
            .toList();
    assertEquals(6, hosts.size(), hosts::toString);
  }

  @Test
  void withoutRoomForTheMostThereIsNoProof() {
    assertTrue(prove(5, "").isEmpty());
    assertTrue(
        diagnostics.sorted().stream().anyMatch(Diagnostic::isError),
        () -> diagnostics.sorted().toString());
    assertTrue(diagnostics.sorted().stream().noneMatch(d -> d.code() == Code.GOPS9001));
  }

  @Test
  void theLeastServersTakeAllPlayersUnlessTheGameRefuses() {
    long mebibyte = 1024 * 1024;
    assertEquals((1024 + 10 * 150) * mebibyte, memory(prove(6, "").orElseThrow()));
    assertEquals((1024 + 10 * 50) * mebibyte, memory(prove(6, ", per_server = 50").orElseThrow()));
  }
}
