package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Expectation;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One machine has the shape of many, and what is expected of machines takes constants.
class MachineTemplateTest {
  private static Optional<Fleet> load(String text, Diagnostics diagnostics) {
    return FleetLoader.load(
        Map.of(
            "a.gops",
            "import \"std/hosts.gops\" as shape\n"
                + "cluster hz { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\" }\n"
                + text),
        "a.gops",
        diagnostics);
  }

  private static List<String> codes(String text) {
    Diagnostics diagnostics = new Diagnostics();
    load(text, diagnostics);
    return diagnostics.sorted().stream().map(d -> d.code().name()).toList();
  }

  @Test
  void aHostTakesTheShapeOfHosts() {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        load(
                "site s { pool p { host big from shape.Cores64 { underlay = 10.0.0.1,"
                    + " memory = 512Gi } } }",
                diagnostics)
            .orElseThrow();
    assertEquals(List.of(), diagnostics.sorted());
    Host host = Objects.requireNonNull(fleet.hosts().get("big"));
    assertEquals(64_000, host.capacity().get(Resource.CPU));
    assertEquals(512L << 30, host.capacity().get(Resource.MEMORY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name = \"hz-${n}\"",
        "underlay = 10.0.0.1..10.0.0.2",
        "override 1 { cpu = 8cores }",
      })
  void aRangeIsNoHost(String said) {
    assertEquals(
        List.of("GOPS2020"),
        codes(
            "template hosts Many { cpu = 4cores, memory = 8Gi, "
                + said
                + " }\nsite s { pool p { host one from Many { underlay = 10.0.0.1 } } }"));
  }

  @Test
  void expectationsTakeConstants() {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        load("const lost = 2\nexpect fits { failed_hosts = lost }", diagnostics).orElseThrow();
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(2, ((Expectation.Fits) fleet.expectations().getFirst()).failedHosts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"two\"", "10000", "10%", "-1"})
  void expectationsTakeNothingElse(String value) {
    assertEquals(1, codes("expect fits { failed_hosts = " + value + " }").size());
  }

  @Test
  void anUnknownConstantIsSaidOnce() {
    assertEquals(List.of("GOPS2017"), codes("const lost = 2\nexpect fits { failed_hosts = lots }"));
  }
}
