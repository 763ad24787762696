package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import io.gops.golden.GoldenCase;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossCheckTest {
  /// Hosts of 100, groups of 30 that need 30 after a restart too.
  private static Verdict.Holds pool(int hosts, int groups) {
    List<Machine> machines = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      Amounts limit = Amounts.of(Resource.MEMORY, 100);
      machines.add(new Machine("h" + host, "r" + host, limit, limit, Host.State.ACTIVE));
    }
    List<Occupant> occupants = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      Amounts need = Amounts.of(Resource.MEMORY, 30);
      occupants.add(
          new Occupant(
              Integer.toString(group), 0, Demand.ofCutOver(need, need), Optional.empty(), false));
    }
    PoolProblem problem =
        new PoolProblem("lab.std", Pool.Sharing.PACKED, 0, 0, 1, 1, machines, occupants);
    return (Verdict.Holds) PlacementSearch.solve(problem);
  }

  /// Three groups fit on a host: `n` groups survive `k` losses of `m` hosts when `n ≤ 3(m − k)`.
  @ParameterizedTest
  @CsvSource({
    "4, 9, 1, true",
    "4, 10, 1, false",
    "4, 6, 2, true",
    "4, 7, 2, false",
    "5, 6, 3, true",
    "5, 7, 3, false",
    "3, 1, 2, true",
    "3, 1, 3, false",
    "2, 6, 0, true"
  })
  void lossesAreSurvivedAsLongAsPlacesAreLeft(int hosts, int groups, int lost, boolean survived) {
    assertEquals(survived, LossCheck.flaw(pool(hosts, groups), lost).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"expect fits, GOPS3026", "expect not fits, GOPS3027"})
  void anExpectationThatIsNotMetIsReported(String words, Code code) throws IOException {
    String source =
        Files.readString(GoldenCase.root().resolve("capacity-worked-example/source.gops"))
                .replace("10001..10010", "10001..10009")
            + "\n"
            + words
            + " { failed_hosts = "
            + (code == Code.GOPS3026 ? 1 : 0)
            + " }\n";
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        FleetLoader.load(Map.of("source.gops", source), "source.gops", diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
    assertTrue(CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics).isEmpty());
    assertEquals(
        List.of(code),
        diagnostics.sorted().stream().map(Diagnostic::code).filter(c -> c == code).toList());
  }
}
