package io.gops.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a scheduler of another platform does with the compiler, with its public types only.
class ApiExampleTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");

  /// How much memory each machine has to keep for the games, from the places that were proved.
  @Test
  void reservesMemoryOnTheHostsThatWereProved() {
    FleetSnapshot snapshot = FleetSource.of(EXAMPLES.resolve("wuxia")).compile();
    assertTrue(snapshot.isValid(), snapshot.messages().toString());
    SortedMap<String, Long> reserved = new TreeMap<>();
    for (Group group : snapshot.environment("prod").deployment().groups().values()) {
      for (Group.Placement place : group.placements()) {
        Workload live = group.live();
        reserved.merge(place.primary(), live.request().get(Resource.MEMORY), Long::sum);
      }
    }
    assertEquals(40, reserved.size() + hostsWithout(snapshot, reserved));
    reserved.forEach(
        (host, bytes) ->
            assertTrue(
                bytes
                    <= snapshot
                        .environment("prod")
                        .fleet()
                        .hosts()
                        .get(host)
                        .capacity()
                        .get(Resource.MEMORY),
                host));
  }

  private static long hostsWithout(FleetSnapshot snapshot, SortedMap<String, Long> reserved) {
    return snapshot.environment("prod").fleet().hosts().keySet().stream()
        .filter(host -> !reserved.containsKey(host))
        .count();
  }

  @Test
  void oneEnvironmentIsEnough() {
    FleetSnapshot snapshot =
        FleetSource.of(EXAMPLES.resolve("five-zones")).only("staging").compile();
    assertEquals("[staging]", snapshot.environments().keySet().toString());
    assertTrue(snapshot.json().print().startsWith("{\"apiVersion\":\"gops.dev/v1\","));
  }

  @Test
  void aMistakeIsAMessageAndNoException(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("x.gops"), "game {");
    FleetSnapshot snapshot = FleetSource.of(file).compile();
    assertFalse(snapshot.isValid());
    assertTrue(
        snapshot.messages().getFirst().startsWith("x.gops:1:"), snapshot.messages().toString());
    assertTrue(snapshot.messages().getFirst().contains(": error GOPS1"));
  }
}
