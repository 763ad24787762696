package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.schema.LanguageReference;
import io.gops.schema.LanguageReference.Entry;
import io.gops.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The committed reference is what the schema says, and its examples compile.
///
/// A change of the schema is accepted with
/// `mvn -q -pl compiler/core -am test -Dtest=LanguageReferenceTest -Dgops.accept=language
/// -Dsurefire.failIfNoSpecifiedTests=false`.
class LanguageReferenceTest {
  private static final Path DOCS = Path.of(System.getProperty("gops.root"), "docs");
  private static final Path PAGES = DOCS.resolve("language");
  private static final String ACCEPT =
      "accept with: mvn -q -pl compiler/core -am test -Dtest=LanguageReferenceTest"
          + " -Dgops.accept=language -Dsurefire.failIfNoSpecifiedTests=false";

  /// A container and a version that the fragments of a game need around them.
  private static final String VERSION = "version \"1\" { engine = \"registry.example.com/x:1\" }";

  private static final String ENGINE =
      "container engine { port client { number = 7001 }, port admin { number = 3000 } }";

  /// Where the example of a nested kind stands; `%s` is the example.
  private static final Map<String, String> AROUND =
      Map.ofEntries(
          Map.entry("cluster.reserve", cluster()),
          Map.entry("site.pool.margin", "site sh { pool std { %s } }"),
          Map.entry("site.pool.reserve", "site sh { pool std { %s } }"),
          Map.entry("site.pool.hosts.reserve", "site sh { pool std { " + hosts() + " } }"),
          Map.entry("site.pool.host.reserve", "site sh { pool std { " + host() + " } }"),
          Map.entry("zones.pair", zones()),
          Map.entry("zones.disruption", zones()));

  /// The fleet file in which an example of `fleet` or of what stands in it is tried.
  private static final Map<String, String> FLEET =
      Map.of(
          "fleet",
          "%s",
          "fleet.environment.override",
          "fleet demo { environment default { cluster = hz, include = [\"cluster.gops\"], %s } }");

  private static String cluster() {
    return "cluster sh { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\", %s }";
  }

  private static String hosts() {
    return "hosts 1..2 { name = \"sh-${n}\", underlay = 10.3.0.1..10.3.0.2, cpu = 8cores,"
        + " memory = 16Gi, %s }";
  }

  private static String host() {
    return "host sh-1 { underlay = 10.3.0.1, cpu = 8cores, memory = 16Gi, %s }";
  }

  private static String zones() {
    return "zones more { game = chess, ids = 50, run = \"1.0\", pool = hz.std, %s }";
  }

  /// The fleet file that holds the example of a kind.
  private static String compilable(Entry entry) {
    String example = entry.kind().example().orElseThrow();
    if (!entry.path().contains(".") || entry.path().startsWith("release.")) {
      String outer =
          entry.path().startsWith("release.") && entry.path().split("\\.").length > 2
              ? "release ab_switch r { zones = chess-main, to = \"1.1\", %s }"
              : "%s";
      return outer.replace("%s", example);
    }
    String around = AROUND.get(entry.path());
    boolean ofContainer = entry.kind().name().equals("env");
    if (around == null && entry.path().startsWith("zones.") && !ofContainer) {
      return ofServers(entry).replace("%s", example);
    }
    return around != null ? around.replace("%s", example) : inGame(entry, example);
  }

  /// Zones without a pair, of a game whose servers can be counted.
  private static String ofServers(Entry entry) {
    String role =
        ENGINE
            + "\nprofile { base { cpu = 100mcores, memory = 64Mi } }"
            + "\nprobe online { players = true, exec = [\"/players\"] }\n";
    String body = entry.path().equals("zones.role") ? "role gate {\n" + role + "}\n" : role;
    return "game other {\n"
        + body
        + VERSION
        + "\n}\nzones more { game = other, ids = 50, run = \"1\", pool = hz.std\n%s\n}";
  }

  /// A fragment of a game, of one of its roles, of a version or of a container.
  private static String inGame(Entry entry, String example) {
    String word = entry.kind().name();
    String fragment =
        switch (word) {
          case "env", "config" -> "container engine { " + example + " }\n" + VERSION;
          case "container" -> example + "\n" + VERSION;
          case "hot_update" ->
              ENGINE
                  + "\n"
                  + example
                  + "\nversion \"1\" { engine = \"registry.example.com/x:1\","
                  + " scripts = \"registry.example.com/s:1\" }";
          case "version" ->
              ENGINE + "\nversion \"1.8.3\" { engine = \"registry.example.com/x:1\" }\n" + example;
          default -> ENGINE + "\n" + example + "\n" + VERSION;
        };
    return "secret clx-db { keys = [\"password\"] }\ngame other {\n" + fragment + "\n}\n";
  }

  static Stream<Entry> examples() {
    return new LanguageReference(Schema.language())
        .entries().stream().filter(entry -> entry.kind().example().isPresent());
  }

  @Test
  void theCommittedPagesAreThoseOfTheSchema() throws IOException {
    SortedMap<String, String> pages = new LanguageReference(Schema.language()).pages();
    if ("language".equals(System.getProperty("gops.accept"))) {
      Files.createDirectories(PAGES);
      for (String stale : committed().keySet()) {
        Files.delete(PAGES.resolve(stale));
      }
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
      }
    }
    SortedMap<String, String> committed = committed();
    assertEquals(pages.keySet(), committed.keySet(), ACCEPT);
    pages.forEach((name, text) -> assertEquals(text, committed.get(name), ACCEPT));
  }

  private static SortedMap<String, String> committed() throws IOException {
    SortedMap<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      for (Path file : files.toList()) {
        pages.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return pages;
  }

  @Test
  void everyKindOfTheTopLevelHasAnExample() {
    for (Entry entry : new LanguageReference(Schema.language()).entries()) {
      boolean shown =
          entry.path().contains(".")
              || entry.kind().example().isPresent()
              || entry.kind().variants().values().stream().allMatch(v -> v.example().isPresent());
      assertTrue(shown, entry.path());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExampleCompiles(Entry entry) throws IOException {
    String base = Files.readString(DOCS.resolve("diagnostics").resolve("example-fleet.gops"));
    Map<String, String> files = new TreeMap<>();
    String fleet = FLEET.get(entry.path());
    if (fleet != null) {
      files.put("fleet.gops", fleet.replace("%s", entry.kind().example().orElseThrow()));
      files.put("cluster.gops", base);
      files.put("games/none.gops", "");
    } else {
      files.put(
          "fleet.gops",
          "fleet demo { environment default { cluster = hz, include = [\"base.gops\","
              + " \"example.gops\"] } }");
      files.put("base.gops", base);
      files.put("example.gops", compilable(entry));
    }
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(files, "fleet.gops", diagnostics);
    List<String> found = diagnostics.sorted().stream().map(Diagnostic::toString).toList();
    assertEquals(List.of(), found, () -> entry.kind().example().orElseThrow());
  }
}
