package io.gops.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.bind.FleetLoader;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Repair;
import io.gops.fleet.Side;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules on whole fleets, and where they must stay silent. What each finds at all, its page in
/// docs/diagnostics shows.
class LinterTest {
  private static final String MACHINES =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz { pool std { hosts 1..2 { name = "h-${n}", underlay = 10.1.0.11..10.1.0.12, cpu = 8cores, memory = 32Gi } } }
      """;
  private static final String GAME =
      """
      game go {
        container engine { port client { number = 7001 } }
        profile { base { cpu = 100mcores, memory = 256Mi } }
        version "1" { engine = "r.example.com/go:1" }
      }
      """;
  private static final String ZONES =
      "zones main { game = go, ids = 1..4, run = \"1\", pool = hz.std }\n";
  private static final String FLEET =
      """
      fleet demo {
        environment prod    { cluster = hz, include = ["base.gops", "prod.gops"] }
        environment staging { cluster = hz, include = ["base.gops", "staging.gops"] }
      }
      """;

  @TempDir Path folder;
  private final SortedMap<String, State> states = new TreeMap<>();

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Diagnostic> lint(Path what) {
    Diagnostics diagnostics = new Diagnostics();
    Survey survey =
        FleetLoader.survey(what, diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    Linter.lint(survey, states, diagnostics);
    return diagnostics.sorted();
  }

  private List<String> found() {
    return lint(folder).stream()
        .map(d -> d.code() + " " + String.join(" ", d.message().arguments()))
        .toList();
  }

  private void twoEnvironments(String base, String prod, String staging) throws IOException {
    write("fleet.gops", FLEET);
    write("base.gops", MACHINES + GAME + base);
    write("prod.gops", prod);
    write("staging.gops", staging);
  }

  @Test
  void whatOneEnvironmentUsesIsUsed() throws IOException {
    twoEnvironments(
        """
        /// Some.
        template zones Some { game = go, run = "1", pool = hz.std, required ids }
        window nightly { time_zone = "Asia/Shanghai", from = 04:00, until = 08:00 }
        """,
        "const few = 4\nimport \"base.gops\"\nzones main from Some { ids = 1..few }\n",
        """
        import "base.gops"
        zones test from Some { ids = 1..2, pair { switch = directory } }
        release ab_switch again { zones = test, to = "1", window = nightly }
        """);
    assertEquals(List.of(), found());
  }

  @Test
  void whatNoEnvironmentUsesIsUnusedOnce() throws IOException {
    twoEnvironments(
        "window nightly { time_zone = \"Asia/Shanghai\", from = 04:00, until = 08:00 }\n",
        ZONES,
        ZONES);
    assertEquals(List.of("GOPS7005 nightly"), found());
  }

  @Test
  void aVersionThatRunsIsInUse() throws IOException {
    write("fleet.gops", "fleet f { environment prod { cluster = hz, include = [\"base.gops\"] } }");
    String versions =
        GAME.replace("version \"1\"", "version \"0\" { engine = \"r:0\" }\n  version \"1\"");
    write("base.gops", MACHINES + versions + ZONES);
    assertEquals(List.of("GOPS7005 0 go"), found());
    State.SideState side = new State.SideState("0", 1, "");
    states.put(
        "prod",
        new State(
            new TreeMap<>(
                Map.of("1", new State.GroupState(Side.A, new TreeMap<>(Map.of(Side.A, side))))),
            new TreeMap<>()));
    assertEquals(List.of(), found());
  }

  @Test
  void anEnvironmentThatSetsWhatIsSoAlready() throws IOException {
    write(
        "fleet.gops",
        """
        fleet demo {
          environment prod {
            cluster = hz
            include = ["base.gops"]
            override { zones.main.players = 0, game.go.namespace = "go-prod" }
          }
        }
        """);
    write("base.gops", MACHINES + GAME + ZONES);
    assertEquals(List.of("GOPS7007 zones main players 0"), found());
  }

  /// An empty block would be left of two mends, so the block is what goes.
  @Test
  void settingsThatAreAllIdleGoWithTheirBlock() throws IOException {
    write(
        "fleet.gops",
        """
        fleet demo {
          environment prod {
            cluster = hz
            include = ["base.gops"]
            override { zones.main.players = 0, zones.main.importance = 50 }
          }
        }
        """);
    write("base.gops", MACHINES + GAME + ZONES);
    assertEquals(1, found().size(), found().toString());
  }

  @Test
  void anOverrideThatRestoresIsNotIdle() throws IOException {
    write(
        "only.gops",
        MACHINES
            + GAME
            + """
            zones main {
              game = go, ids = 1..4, run = "1", pool = hz.std, importance = 20
              override 1..4 { importance = 30 }
              override 2    { importance = 20 }
            }
            """);
    assertEquals(List.of(), lint(folder.resolve("only.gops")));
  }

  @Test
  void aLibraryAloneIsJudgedByItself() throws IOException {
    write(
        "shapes.gops", "const half = 8cores\ntemplate hosts Small { cpu = half, memory = 8Gi }\n");
    assertEquals(
        List.of(Code.GOPS7011),
        lint(folder.resolve("shapes.gops")).stream().map(Diagnostic::code).toList());
  }

  @Test
  void theLibraryIsNotJudged() throws IOException {
    write(
        "only.gops",
        "import \"std/hosts.gops\" as shape\n"
            + MACHINES.replace("hosts 1..2 {", "hosts 1..2 from shape.Cores16 {")
            + GAME
            + ZONES);
    List<Code> codes = lint(folder.resolve("only.gops")).stream().map(Diagnostic::code).toList();
    assertEquals(List.of(), codes);
  }

  @Test
  void aFolderWithAFleetOfItsOwnIsNotUnread() throws IOException {
    write("fleet.gops", "fleet f { environment prod { cluster = hz, include = [\"base.gops\"] } }");
    write("base.gops", MACHINES + GAME + ZONES);
    write("other/fleet.gops", "");
    write("other/games.gops", "");
    write(".drafts/games.gops", "");
    assertEquals(List.of(), found());
    write("games/new.gops", "");
    assertEquals(List.of("GOPS7012 games/new.gops"), found());
  }

  @Test
  void declarationsThatAnImportBringsAreAUse() throws IOException {
    write("machines.gops", MACHINES);
    write("only.gops", "import \"machines.gops\"\nimport \"machines.gops\"\n" + GAME + ZONES);
    List<Diagnostic> found = lint(folder.resolve("only.gops"));
    assertEquals(List.of(Code.GOPS7003), found.stream().map(Diagnostic::code).toList());
    assertEquals(2, found.getFirst().place().orElseThrow().line());
  }

  @Test
  void whatIsRemovedGoesWithItsDocumentationItsCommentAndItsEmptyLine() throws IOException {
    write(
        "only.gops",
        """
        const used = 4

        /// Nobody reads this.
        const idle = 5    // nor this

        const registry = "registry.example.com" // here

        """
            + MACHINES
            + GAME.replace("r.example.com", "registry.example.com")
            + "zones main { game = go, ids = 1..used, run = \"1\", pool = hz.std }\n");
    List<Diagnostic> first = lint(folder.resolve("only.gops"));
    assertEquals(
        List.of(Code.GOPS7001, Code.GOPS7001, Code.GOPS7009),
        first.stream().map(Diagnostic::code).toList());
    String after =
        Repair.of(List.of(first.getFirst())).texts().get("only.gops").after().substring(0, 69);
    assertEquals(
        "const used = 4\n\nconst registry = \"registry.example.com\" // here\n\nclus", after);
  }

  @Test
  void insideALineTheCommaGoesToo() throws IOException {
    String template =
        "/// Some.\ntemplate zones Some { game = go, run = \"1\", players = 12, importance = 20 }\n";
    write(
        "only.gops",
        MACHINES
            + GAME
            + template
            + "zones main from Some { players = 12, ids = 1..4, pool = hz.std, importance = 20 }\n");
    List<Diagnostic> found = lint(folder.resolve("only.gops"));
    String after = Repair.of(found).texts().get("only.gops").after();
    assertEquals(
        "zones main from Some { ids = 1..4, pool = hz.std }", after.lines().toList().getLast());
  }
}
