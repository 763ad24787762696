package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a cut-over is proved with a guess, and when nobody needs to hear of it.
class KeptMemoryTest {
  private static final String PAIR = "pair { switch = vip }";
  private static final String RELEASE =
      """
      release ab_switch two {
        zones = arena, to = "2"
        drain { remaining = [0min -> 100%, 6h -> 2%], kick_after = 6h, kick_budget = 5% }
      }
      """;

  private static String text(String profile, String zones, String release) {
    return """
        cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
        site hz { pool std { hosts 1..4 {
          name = "m${n}", underlay = 10.2.0.11..10.2.0.14, cpu = 64cores, memory = 512Gi
        } } }
        game arena {
          container engine { port client { number = 7001 } }
          PROFILE
          version "1" { engine = "registry.example.com/arena:1@DIGEST" }
          version "2" from "1" { engine = "registry.example.com/arena:2@DIGEST" }
        }
        zones arena { game = arena, ids = 1..5, run = "1", pool = hz.std, players = 500, ZONES }
        RELEASE
        """
        .replace("DIGEST", SmallFleet.digest(1))
        .replace("PROFILE", profile)
        .replace("ZONES", zones)
        .replace("RELEASE", release);
  }

  private static String profile(String more) {
    return "profile { base { memory = 1Gi }, per_player { memory = 2Mi }, " + more + " }";
  }

  private static List<Diagnostic> warnings(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Fleet> fleet =
        FleetLoader.load(Map.of("fleet.gops", text), "fleet.gops", diagnostics)
            .filter(_ -> !diagnostics.hasErrors());
    CapacityProver.prove(
        fleet.orElseThrow(() -> new AssertionError(diagnostics.sorted())),
        State.EMPTY,
        Lock.EMPTY,
        diagnostics);
    return diagnostics.sorted().stream().filter(d -> d.code() == Code.GOPS3009).toList();
  }

  @Test
  void whatNobodyMeasuredIsSaidOnceForAllZones() {
    List<Diagnostic> found = warnings(text(profile(""), PAIR, RELEASE));
    assertEquals(1, found.size());
    assertEquals(
        "memory that servers of game arena keep after logout is not measured: 100% is assumed",
        Catalogue.of(Language.ENGLISH).text(found.getFirst().message()));
    assertEquals(
        "memory = 2Mi",
        found.getFirst().place().map(place -> place.file().text(place.span())).orElse(""));
  }

  @Test
  void anyWrittenShareSilencesItAlsoAllOfIt() {
    for (String share : List.of("0%", "60%", "100%")) {
      String profile = profile("keeps_after_logout { memory = " + share + " }");
      assertEquals(List.of(), warnings(text(profile, PAIR, RELEASE)), share);
    }
    assertEquals(
        1,
        warnings(text(profile("keeps_after_logout { connections = 50% }"), PAIR, RELEASE)).size());
  }

  @Test
  void whatIsAssumedIsWhatIsProvedForAllOfIt() {
    String measured = profile("keeps_after_logout { memory = 100% }");
    assertEquals(
        CapacityProver.questions(fleet(text(measured, PAIR, RELEASE)), State.EMPTY, Lock.EMPTY),
        CapacityProver.questions(fleet(text(profile(""), PAIR, RELEASE)), State.EMPTY, Lock.EMPTY));
  }

  private static Fleet fleet(String text) {
    return FleetLoader.load(Map.of("fleet.gops", text), "fleet.gops", new Diagnostics())
        .orElseThrow();
  }

  @Test
  void serversThatNoReleaseMovesNeedNone() {
    assertEquals(List.of(), warnings(text(profile(""), PAIR, "")));
    assertEquals(List.of(), warnings(text("profile { base { memory = 1Gi } }", PAIR, RELEASE)));
    assertEquals(
        List.of(),
        warnings(
            text(
                "profile { base { memory = 1Gi }, per_player { cpu = 1mcores } }", PAIR, RELEASE)));
  }

  @Test
  void measuredPointsNeedItToo() {
    String points = "profile { by_players { memory = [0 -> 1Gi, 500 -> 3Gi] } }";
    assertEquals(1, warnings(text(points, PAIR, RELEASE)).size());
  }

  @Test
  void aReasonSuppressesIt() {
    String suppressed = "@suppress(\"GOPS3009\", reason = \"measured next week\") " + profile("");
    assertEquals(List.of(), warnings(text(suppressed, PAIR, RELEASE)));
  }

  @Test
  void eachRoleIsSaidByName() {
    String roles =
        """
        role gate { container gate { }, profile { per_player { memory = 1Mi } } }
        """;
    String text =
        text(profile(""), PAIR, RELEASE)
            .replace("container engine { port client { number = 7001 } }", roles)
            .replace(profile(""), "")
            .replace("{ engine =", "{ gate =");
    assertEquals(
        "memory that servers of game arena, role gate, keep after logout is not measured:"
            + " 100% is assumed",
        Catalogue.of(Language.ENGLISH).text(warnings(text).getFirst().message()));
  }
}
