package io.gops.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the sidecar's scripts as a container would, in every POSIX shell that is here.
class ScriptsTest {
  @TempDir Path folder;

  private Path from;
  private Path to;
  private Path state;
  private final List<Process> started = new ArrayList<>();

  static Stream<String> shells() {
    return Stream.of("sh", "dash", "busybox sh", "bash --posix").filter(ScriptsTest::isHere);
  }

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectories(folder.resolve("from"));
    to = Files.createDirectories(folder.resolve("to"));
    state = Files.createDirectories(folder.resolve("state"));
    for (String name : List.of("scripts.sh", "reload-http.sh")) {
      try (InputStream in = ScriptSidecar.class.getResourceAsStream(name)) {
        Files.write(folder.resolve(name), Objects.requireNonNull(in).readAllBytes());
      }
    }
  }

  @AfterEach
  void stopAll() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void copiesReplacesAndRemoves(String shell) throws Exception {
    write(from.resolve("same.lua"), "same");
    write(from.resolve("changed.lua"), "new");
    write(from.resolve("with space/ü 香.lua"), "odd name");
    write(from.resolve(".hidden"), "hidden");
    write(from.resolve("was-folder"), "file");
    write(from.resolve("was-file/inside"), "inside");
    Files.createDirectories(from.resolve("empty"));
    Files.createSymbolicLink(from.resolve("link"), Path.of("same.lua"));
    Path script = from.resolve("run.sh");
    write(script, "#!/bin/sh");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(to.resolve("same.lua"), "same");
    FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(to.resolve("same.lua"), before);
    write(to.resolve("changed.lua"), "old");
    write(to.resolve("stale.lua"), "stale");
    write(to.resolve("old/deep/stale.lua"), "stale");
    write(to.resolve("was-folder/inside"), "inside");
    write(to.resolve("was-file"), "file");

    scripts(shell);
    await(() -> Files.exists(state.resolve("copied")));

    assertEquals(
        List.of(
            ".gops-complete",
            ".hidden",
            "changed.lua",
            "empty",
            "link",
            "run.sh",
            "same.lua",
            "was-file",
            "was-file/inside",
            "was-folder",
            "with space",
            "with space/ü 香.lua"),
        namesBelow(to));
    assertEquals("new", Files.readString(to.resolve("changed.lua")));
    assertEquals("file", Files.readString(to.resolve("was-folder")));
    assertEquals(Path.of("same.lua"), Files.readSymbolicLink(to.resolve("link")));
    assertTrue(Files.isExecutable(to.resolve("run.sh")));
    assertEquals(before, Files.getLastModifiedTime(to.resolve("same.lua")), "was left alone");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void endsAtOnceWhenTold(String shell) throws Exception {
    write(from.resolve("a.lua"), "a");
    Process sidecar = scripts(shell);
    await(() -> Files.exists(state.resolve("copied")));
    long start = System.nanoTime();
    sidecar.destroy();
    assertTrue(sidecar.waitFor(1, TimeUnit.SECONDS), "still running a second after TERM");
    assertEquals(0, sidecar.exitValue());
    assertTrue(System.nanoTime() - start < 1_000_000_000L);
  }

  /// As in a container: the kernel gives process 1 no signal for which it has no handler.
  @ParameterizedTest
  @MethodSource("shells")
  void endsAtOnceAsProcess1(String shell) throws Exception {
    List<String> alone = List.of("unshare", "--user", "--map-root-user", "--pid", "--fork");
    assumeTrue(isHere("unshare"), "no unshare here");
    Process namespace = run(Stream.concat(alone.stream(), Stream.of("true")).toList());
    assumeTrue(namespace.waitFor() == 0, "no namespaces here");
    write(from.resolve("a.lua"), "a");
    Process sidecar = start(String.join(" ", alone) + " " + shell, "scripts.sh", from, to, state);
    await(() -> Files.exists(state.resolve("copied")));
    sidecar.children().forEach(ProcessHandle::destroy);
    assertTrue(sidecar.waitFor(1, TimeUnit.SECONDS), "still running a second after TERM");
    assertEquals(0, sidecar.exitValue());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void failsWhenTheImageHasNoSuchFolder(String shell) throws Exception {
    Files.delete(from);
    Process sidecar = scripts(shell);
    assertTrue(sidecar.waitFor(5, TimeUnit.SECONDS));
    assertEquals(1, sidecar.exitValue());
    assertFalse(Files.exists(state.resolve("copied")));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void httpReloadWaitsForTheCopyAndForTheEngineButNobodyWaitsForIt(String shell) throws Exception {
    write(from.resolve("a.lua"), "a");
    write(state.resolve("answered"), "left by the container before");
    int port = freePort();
    Process hook =
        start(
            shell, "reload-http.sh", state, "http://127.0.0.1:" + port + "/reload?x=1&y=2", 1, 60);
    assertTrue(hook.waitFor(1, TimeUnit.SECONDS), "postStart must not wait for the engine");
    assertEquals(0, hook.exitValue());
    assertEquals("pending\n", Files.readString(state.resolve("reload")));

    AtomicInteger calls = new AtomicInteger();
    AtomicInteger early = new AtomicInteger();
    HttpServer engine = HttpServer.create(new InetSocketAddress(loopback(), port), 0);
    engine.createContext(
        "/reload",
        exchange -> {
          if (!Files.exists(state.resolve("copied"))) {
            early.incrementAndGet();
          }
          // The first answer is that of an engine which is not ready yet.
          exchange.sendResponseHeaders(calls.incrementAndGet() == 1 ? 503 : 200, -1);
          exchange.close();
        });
    engine.start();
    try {
      scripts(shell, "answer");
      await(() -> text(state.resolve("reload")).equals("done\n"));
      assertEquals(2, calls.get());
      assertEquals(0, early.get(), "asked to load scripts that were not there yet");
    } finally {
      engine.stop(0);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void httpReloadGivesUpAndSaysSo(String shell) throws Exception {
    write(from.resolve("a.lua"), "a");
    scripts(shell, "answer");
    start(shell, "reload-http.sh", state, "http://127.0.0.1:" + freePort() + "/reload", 1, 2);
    await(() -> text(state.resolve("reload")).startsWith("failed: no answer 200 from http"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void signalsOnlyAProcessThatHandlesTheSignal(String shell) throws Exception {
    write(from.resolve("a.lua"), "a");
    Path engine = folder.resolve("gops-engine-" + ProcessHandle.current().pid() % 1000);
    Files.copy(Path.of("/bin/sh").toRealPath(), engine);
    Process deaf = run(List.of(engine.toString(), "-c", "while :; do sleep 1; done"));
    String name = engine.getFileName().toString();
    String kept = name.substring(0, Math.min(15, name.length()));
    scripts(shell, "signal", "USR1", "10", kept, "30");
    await(() -> Files.exists(state.resolve("reload")));
    Thread.sleep(1500);
    assertTrue(deaf.isAlive(), "a signal without a handler would have ended it");
    assertEquals("pending\n", text(state.resolve("reload")));

    Path told = folder.resolve("told");
    run(
        List.of(
            engine.toString(),
            "-c",
            "trap 'echo told > \"$0\"' USR1; while :; do sleep 1; done",
            told.toString()));
    await(() -> text(state.resolve("reload")).equals("done\n"));
    await(() -> text(told).equals("told\n"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void readyOnlyAfterTheCopyOfThisStart(String shell) throws Exception {
    write(state.resolve("copied"), "left by the container before");
    Files.delete(from);
    Process sidecar = scripts(shell);
    assertTrue(sidecar.waitFor(5, TimeUnit.SECONDS));
    assertFalse(Files.exists(state.resolve("copied")));
  }

  private Process scripts(String shell, Object... reload) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of(from, to, state));
    arguments.addAll(List.of(reload));
    return start(shell, "scripts.sh", arguments.toArray());
  }

  private Process start(String shell, String script, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    command.add(folder.resolve(script).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(command);
  }

  private Process run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + started.size()).toFile())
            .start();
    started.add(process);
    return process;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(deadline), "did not come");
      Thread.sleep(20);
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, text.getBytes(UTF_8));
  }

  private static List<String> namesBelow(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      TreeSet<String> names = new TreeSet<>();
      all.filter(path -> !path.equals(root))
          .forEach(path -> names.add(root.relativize(path).toString()));
      return List.copyOf(names);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static boolean isHere(String shell) {
    String program = shell.split(" ", -1)[0];
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
