package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Alert;
import io.gops.fleet.Fleet;
import io.gops.fleet.StopRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Alerts of a game, and the releases that name them.
class AlertsTest {
  private static final String FLEET =
      """
      import "std/alerts.gops" as alerts
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz { pool std { hosts 1..2 { name = "h${n}", underlay = 10.1.0.1..10.1.0.2, cpu = 8cores, memory = 16Gi } } }
      game go {
        container engine { }
        profile { base { cpu = 100mcores, memory = 64Mi } }
        alert engine-crash from alerts.ContainerCrash { for = 20s }
        alert silent { expr = "EXPR", summary = "SUMMARY" }
        version "1" { engine = "registry.example.com/go:1" }
        version "2" from "1" { engine = "registry.example.com/go:2" }
      }
      zones main { game = go, ids = 1..3, run = "1", pool = hz.std, pair { switch = directory } }
      release ab_switch r { zones = main, to = "2", pause { on_alert = silent }, abort { on_alert = NAMES } }
      """;

  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<Fleet> load(String expression, String summary, String names) {
    String text =
        FLEET.replace("EXPR", expression).replace("SUMMARY", summary).replace("NAMES", names);
    return FleetLoader.load(Map.of("go.gops", text), "go.gops", diagnostics);
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  @Test
  void aReleaseNamesAlertsOfItsGame() {
    Fleet fleet = load("up == 0", "down", "engine-crash").orElseThrow();
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(
        List.of(
            new StopRule("engine-crash", StopRule.Reaction.ABORT),
            new StopRule("silent", StopRule.Reaction.PAUSE)),
        fleet.releases().get("r").stopRules());
    Alert crash = fleet.game("go").alerts().get("engine-crash");
    assertEquals(20, crash.lasting().toSeconds());
    assertEquals(Alert.Severity.CRITICAL, crash.severity());
    assertTrue(crash.expression().parts().contains(Alert.Fact.NAMESPACE));
    assertTrue(crash.summary().parts().contains(new Alert.Label("pod")));
  }

  @Test
  void aMisspeltAlertIsCorrected() {
    load("up == 0", "down", "engine-crsh");
    Diagnostic found = diagnostics.sorted().getFirst();
    assertEquals(List.of(Code.GOPS2016), codes());
    assertEquals("GOPS2016.meant", found.hint().orElseThrow().key());
    assertEquals(List.of("engine-crash"), found.hint().orElseThrow().arguments());
    assertTrue(!found.fixes().isEmpty());
  }

  @Test
  void anAlertThatNobodyDeclaredIsAnError() {
    load("up == 0", "down", "database");
    assertEquals(List.of(Code.GOPS2016), codes());
  }

  @ParameterizedTest
  @CsvSource({
    "'${label.pod} at ${value}', down, GOPS2017",
    "up, '${labels.pod} is down', GOPS2017",
    "'up{zone=${zone.id}}', down, GOPS2064",
    "up, '${secret.db.password}', GOPS2065"
  })
  void onlyWhatIsKnownThereIsFilledIn(String expression, String summary, String code) {
    load(expression, summary, "silent");
    assertEquals(List.of(Code.valueOf(code)), codes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up{a='x'} == 0",
        "sum by (node) (rate(x[5m])) > on (node) y{b=~'a|b'}",
        "x{a='}'} # (",
        "x{a='\\''}",
        "`)` == 1"
      })
  void queriesThatClose(String query) {
    assertEquals(Optional.empty(), Queries.flaw(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "up{a='x' == 0 ! { is not closed",
        "sum(rate(x[5m]) ! ( is not closed",
        "up} ! } closes nothing",
        "(up] ! ] closes nothing",
        "up{a='x} ! ' is not closed",
        "\"  \" ! it is empty"
      })
  void queriesThatDoNot(String query, String flaw) {
    assertEquals(Optional.of(flaw), Queries.flaw(query), query);
  }
}
