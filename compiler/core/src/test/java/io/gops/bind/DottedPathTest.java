package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Pair;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `pair.initial = b` means `pair { initial = b }`, wherever an assignment may stand.
class DottedPathTest {
  private static final Path BASE =
      Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");

  private static Optional<Fleet> load(String text, Diagnostics diagnostics) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put("base.gops", Files.readString(BASE));
    files.put(
        "fleet.gops",
        "fleet demo { environment default { cluster = hz, include = [\"base.gops\","
            + " \"more.gops\"] } }");
    files.put("more.gops", text);
    return FleetLoader.load(files, "fleet.gops", diagnostics);
  }

  private static Fleet fleet(String text) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Fleet> fleet = load(text, diagnostics);
    assertEquals(List.of(), diagnostics.sorted());
    return fleet.orElseThrow();
  }

  private static Game go(String text) throws IOException {
    return Objects.requireNonNull(
        fleet(
                "game go {\n"
                    + "container engine { port client { number = 7001 } }\n"
                    + text
                    + "\n}\n")
            .games()
            .get("go"));
  }

  private static final String ZONES =
      "zones more { game = chess, ids = 101..103, run = \"1.0\", pool = hz.std\n";

  private static Zone zone(String text, int id) throws IOException {
    return Objects.requireNonNull(fleet(ZONES + text + "\n}\n").zones().get(id));
  }

  @Test
  void insteadOfABlock() throws IOException {
    Pair pair = zone("pair.initial = b\npair.switch = directory", 101).body().pair().orElseThrow();
    assertEquals(Side.B, pair.initial());
    assertEquals(Pair.Switch.DIRECTORY, pair.switching());
  }

  @Test
  void besideABlock() throws IOException {
    for (String text :
        List.of(
            "pair.initial = b\npair { switch = directory }",
            "pair { switch = directory }\npair.initial = b")) {
      assertEquals(Side.B, zone(text, 101).body().pair().orElseThrow().initial());
    }
  }

  @Test
  void throughALabel() throws IOException {
    Game game =
        go(
            """
            container.engine.args = ["--quiet"]
            container.engine.env.MODE = "ranked"
            container.engine.port.admin.number = 3000
            """);
    var engine = game.roles().firstEntry().getValue().containers().getFirst();
    assertEquals(List.of(Interpolation.of("--quiet")), engine.args());
    assertEquals(List.of("MODE"), List.copyOf(engine.env().keySet()));
    assertEquals(3000, engine.port("admin").orElseThrow().number());
  }

  @Test
  void throughAVariant() throws IOException {
    Game game = go("container.engine.ready.tcp.port = client");
    assertEquals(
        true, game.roles().firstEntry().getValue().containers().getFirst().ready().isPresent());
  }

  @Test
  void inTemplatesOverridesAndVersions() throws IOException {
    Fleet fleet =
        fleet(
            """
            template zones Standard {
              game = chess, run = "1.0", pool = hz.std
              pair.switch = directory
            }
            zones more from Standard {
              ids = 101..103
              pair.initial = b
              override 102 { pair.initial = a }
            }
            game go {
              container engine { args = ["--zone"] }
              version "1.0" {
                engine = "registry.example.com/go:1.0"
              }
              version "1.1" from "1.0" {
                container.engine.args += ["--ranked"]
              }
            }
            """);
    assertEquals(Side.B, pair(fleet, 101).initial());
    assertEquals(Side.A, pair(fleet, 102).initial());
    assertEquals(Pair.Switch.DIRECTORY, pair(fleet, 102).switching());
    Version later =
        Objects.requireNonNull(
            Objects.requireNonNull(fleet.games().get("go")).versions().get("1.1"));
    assertEquals(
        List.of(Interpolation.of("--zone"), Interpolation.of("--ranked")),
        later.roles().firstEntry().getValue().containers().getFirst().args());
  }

  private static Pair pair(Fleet fleet, int zone) {
    return Objects.requireNonNull(fleet.zones().get(zone)).body().pair().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pair.initial = b, pair { initial = a, switch = vip } | GOPS2007 initial is set twice",
        "pear.initial = b | GOPS2002 zones has no block called pear",
        "pair.initail = b, pair.switch = vip | GOPS2005 pair has no attribute called initail",
        "players.most = 3 | GOPS2028 players is a whole number here",
        "pair = b | GOPS2028 pair is a block here",
        "pair.initial.side = b | GOPS2028 initial is one of a, b here",
      })
  void oneErrorForOneMistake(String text, String expected) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    load(ZONES + text + "\n}\n", diagnostics);
    assertEquals(
        expected,
        String.join(
            "\n",
            diagnostics.sorted().stream()
                .map(d -> d.code() + " " + Catalogue.of(Language.ENGLISH).text(d.message()))
                .toList()));
  }
}
