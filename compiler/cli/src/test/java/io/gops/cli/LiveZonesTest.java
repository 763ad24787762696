package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.kubernetes.KubernetesBackend;
import io.gops.rollout.KruiseGameTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people may change while the zones of an example run, without a pod noticing; and what they
/// may not, which is an error that says what to do.
///
/// Each example is started as it stands, its text is changed, and every pod template of the new
/// manifests is compared with that of the old ones.
class LiveZonesTest {
  private static final Map<String, Started> STARTED = new TreeMap<>();
  private static final Path EXAMPLES = Run.ROOT.resolve("examples");

  @TempDir Path folder;

  /// An example that runs.
  ///
  /// @param templates pod templates by set
  private record Started(Path folder, SortedMap<String, String> templates, String labels) {}

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    for (String name : List.of("five-zones", "web2048", "wuxia")) {
      STARTED.put(name, start(name, folder.resolve(name)));
    }
  }

  @AfterAll
  static void forget() {
    STARTED.clear();
  }

  /// A change of the text of one file of an example.
  ///
  /// @param was a regular expression that occurs once
  record Change(String example, String what, String file, String was, String is) {
    @Override
    public String toString() {
      return example + ": " + what;
    }
  }

  private static Change clx(String what, String was, String is) {
    return new Change("wuxia", what, "games/clx.gops", was, is);
  }

  private static Change hangzhou(String what, String was, String is) {
    return new Change("wuxia", what, "sites/hangzhou.gops", was, is);
  }

  private static Change releases(String what, String was, String is) {
    return new Change("wuxia", what, "releases.gops", was, is);
  }

  private static Change arena(String what, String was, String is) {
    return new Change("five-zones", what, "arena.gops", was, is);
  }

  private static Change machines(String what, String was, String is) {
    return new Change("five-zones", what, "machines.gops", was, is);
  }

  private static Change web(String what, String was, String is) {
    return new Change("web2048", what, "web2048.gops", was, is);
  }

  static Stream<Change> harmless() {
    return Stream.of(
        clx("base needs more", "cpu = 500mcores, memory = 2Gi", "cpu = 600mcores, memory = 2200Mi"),
        clx("base needs less", "cpu = 500mcores, memory = 2Gi", "cpu = 400mcores, memory = 1Gi"),
        clx("a player needs more", "memory = 4Mi, egress", "memory = 4300Ki, egress"),
        clx("a player sends less", "egress = 24kbps", "egress = 20kbps"),
        clx("memory is given back", "memory = 100% }  ", "memory = 80% }  "),
        clx("logins cost more", "cpu = 8mcores, at_most", "cpu = 9mcores, at_most"),
        clx("a reload costs less", "reload +\\{ memory = 256Mi \\}", "reload { memory = 128Mi }"),
        clx("more players", "players    = 3500", "players    = 3600"),
        clx("fewer players", "players    = 3500", "players    = 2000"),
        clx("importance", "importance = 50", "importance = 70"),
        clx("other canaries", "override 10001\\.\\.10003", "override 10005..10009"),
        clx("owner", "owner   = \"sre-wuxia\"", "owner   = \"sre-other\""),
        clx("display name", "楚留香", "楚留香手游"),
        clx("who is first", "initial = a", "initial = b"),
        clx("endpoints of the directory", "etcd-2\\.hz", "etcd-3.hz"),
        clx(
            "another version",
            "version \"1.8.3-hot1\"",
            "version \"1.9\" from \"1.8.3\" { }\n  $0"),
        hangzhou("margin", "memory = 10%", "memory = 8%"),
        hangzhou("no loss is survived", "survive = 1", "survive = 0"),
        hangzhou(
            "more hosts",
            "hosts 21\\.\\.40 +from",
            "hosts 41..44 from GameHost { underlay = 10.1.0.51..10.1.0.54 }\n    $0"),
        hangzhou("a host drains", "rack = \"r2\",", "override 30 { state = draining }, $0"),
        hangzhou("another rack", "rack = \"r2\"", "rack = \"r3\""),
        hangzhou("hosts have less", "memory = 5Gi", "memory = 6Gi"),
        releases("larger waves", "per_host = 1", "per_host = 2"),
        releases("no canary", "canary = 3, then = 25%", "canary = 1, then = 100%"),
        releases("another drain", "12h -> 2%", "12h -> 1%"),
        new Change("wuxia", "another gateway", "network.gops", "node igw-4 .*", ""),
        new Change("wuxia", "another window", "releases.gops", "from      = 04:00", "from = 03:00"),
        arena("more players", "players = 500", "players = 600"),
        arena("the profile", "memory = 512Mi", "memory = 640Mi"),
        machines("margin", "survive = 1", "survive = 1\n    margin { cpu = 20% }"),
        machines("a spare host", "survive = 1", "survive = 1\n    spare = 1"),
        machines(
            "one more host drains", "override 2 ", "override 4 { state = draining }\n      $0"),
        web(
            "the profile",
            "base \\{ cpu = 100mcores, memory = 128Mi \\}",
            "base { memory = 64Mi }"),
        web("more hosts", "hosts 1\\.\\.2(.*)192\\.0\\.2\\.12", "hosts 1..3$1192.0.2.13"),
        web("a host drains", "memory = 8Gi", "memory = 8Gi, override 2 { state = draining }"),
        web("losses are survived", "pool std \\{", "$0\n    survive = 1"),
        web("a command of the runner", "\"-s\", \"reload\"", "\"-s\", \"reopen\""));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void podsDoNotNotice(Change change) throws IOException {
    List<Artifact> after = manifests(changed(change));
    assertEquals(STARTED.get(change.example()).templates(), templates(after));
  }

  static Stream<Object[]> harmful() {
    return Stream.of(
        new Object[] {Code.GOPS5513, clx("a variable", "SIDE = \"", "MORE = \"1\", SIDE = \"")},
        new Object[] {Code.GOPS5513, clx("a port", "number = 7001", "number = 7002")},
        new Object[] {Code.GOPS5513, clx("a probe", "every = 5s", "every = 6s")},
        new Object[] {Code.GOPS5513, clx("the grace", "within = 90s", "within = 120s")},
        new Object[] {Code.GOPS5513, clx("the image", "engine:1\\.8\\.3@", "engine:1.8.3b@")},
        new Object[] {Code.GOPS5513, clx("a folder", "path = \"/srv/game", "path = \"/srv/games")},
        new Object[] {Code.GOPS5513, arena("a check", "ready tcp", "live tcp")},
        new Object[] {
          Code.GOPS5513,
          new Change("wuxia", "two servers", "games/racing.gops", "owner +=", "replicas = 2\n  $0")
        },
        new Object[] {
          Code.GOPS3033, web("alone on a host", "pool std \\{", "$0\n    sharing = exclusive")
        },
        new Object[] {
          Code.GOPS5521, web("another network", "Kubernetes-HostPort", "Kubernetes-NodePort")
        });
  }

  @ParameterizedTest
  @MethodSource("harmful")
  void whatPodsWouldNoticeIsAnError(Code code, Change change) throws IOException {
    List<Diagnostic> errors = errors(compile(changed(change)));
    assertEquals(List.of(code), errors.stream().map(Diagnostic::code).distinct().toList());
    for (Diagnostic error : errors) {
      assertTrue(error.hint().isPresent(), "no way out: " + error);
    }
  }

  /// Where a group would be restarted is a label of a node; it moves when its failover host does.
  @ParameterizedTest
  @MethodSource("failovers")
  void anotherFailoverHostIsAnotherLabel(Change change) throws IOException {
    Started before = STARTED.get(change.example());
    List<Artifact> after = manifests(changed(change));
    assertNotEquals(before.labels(), labels(after));
    assertEquals(before.templates(), templates(after));
  }

  static Stream<Change> failovers() {
    return Stream.of(
        hangzhou("a host drains", "rack = \"r2\",", "override 30 { state = draining }, $0"),
        machines("a host drains", "override 2 ", "override 4 { state = draining }\n      $0"));
  }

  /// The example in a folder of its own with one change.
  private Path changed(Change change) throws IOException {
    Path example = folder.resolve(change.example());
    copy(STARTED.get(change.example()).folder(), example);
    Path file = example.resolve(change.file());
    String text = Files.readString(file);
    String changed = text.replaceFirst(change.was(), change.is());
    assertNotEquals(text, changed, "the change finds nothing to change");
    Files.writeString(file, changed);
    return example;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /// The example, started as its text says, without what it said of an earlier start.
  private static Started start(String name, Path folder) throws IOException {
    copy(EXAMPLES.resolve(name), folder);
    for (String recorded : List.of("lock", "state")) {
      for (Path file : files(folder.resolve(recorded))) {
        Files.delete(file);
      }
    }
    if (name.equals("wuxia")) {
      // On full machines a change of a few percent is refused already by the capacity proof.
      Path clx = folder.resolve("games/clx.gops");
      Files.writeString(clx, Files.readString(clx).replace("10001..10200", "10001..10080"));
    }
    StartedZones.write(folder);
    List<Artifact> manifests = manifests(folder);
    return new Started(folder, templates(manifests), labels(manifests));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Compilation compile(Path example) {
    return new Compilation(FleetFolder.of(example), Optional.empty(), new KruiseGameTarget());
  }

  private static List<Diagnostic> errors(Compilation compilation) {
    compilation.compiled();
    return compilation.diagnostics().sorted().stream().filter(Diagnostic::isError).toList();
  }

  private record Manifests(List<Artifact> made) implements Artifacts {
    @Override
    public void accept(Artifact file) {
      made.add(file);
    }

    @Override
    public void onceMade(Runnable check) {
      check.run();
    }
  }

  /// The manifests of an example without errors.
  private static List<Artifact> manifests(Path example) {
    Compilation compilation = compile(example);
    assertEquals(List.of(), errors(compilation));
    Manifests files = new Manifests(new ArrayList<>());
    for (Compiled compiled : compilation.compiled().values()) {
      new KubernetesBackend().generate(compiled, files, compilation.diagnostics());
    }
    return files.made();
  }

  /// The pod template of every set, as its lines.
  private static SortedMap<String, String> templates(List<Artifact> manifests) throws IOException {
    SortedMap<String, String> templates = new TreeMap<>();
    for (Artifact file : manifests) {
      for (String document : text(file).split("\n---\n", -1)) {
        if (document.contains("kind: \"GameServerSet\"")
            || document.contains("kind: GameServerSet")) {
          int at = document.indexOf("  gameServerTemplate:");
          String name =
              document.lines().filter(l -> l.startsWith("  name: ")).findFirst().orElseThrow();
          templates.put(file.path() + name, document.substring(at));
        }
      }
    }
    assertFalse(templates.isEmpty());
    return templates;
  }

  private static String labels(List<Artifact> manifests) throws IOException {
    StringBuilder labels = new StringBuilder();
    for (Artifact file : manifests) {
      if (file.path().endsWith("/node-labels.yaml")) {
        labels.append(text(file));
      }
    }
    assertFalse(labels.isEmpty());
    return labels.toString();
  }

  private static String text(Artifact file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.content().writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
