package io.gops.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real controllers of OpenKruise and OpenKruiseGame, with OpenKruise's admission webhooks, on
/// a control plane. They end with this object, and when this process dies.
final class KruiseManagers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NAMESPACE = "kruise-system";

  private final Cluster cluster;
  private final Path folder;
  private final Path programs;
  private final Deque<Process> processes = new ArrayDeque<>();

  private KruiseManagers(Cluster cluster, Path folder, Path programs) {
    this.cluster = cluster;
    this.folder = folder;
    this.programs = programs;
  }

  /// @param folder an empty folder for keys and logs
  static KruiseManagers start(Cluster cluster, Path folder)
      throws IOException, InterruptedException {
    KruiseManagers managers = new KruiseManagers(cluster, folder, ControlPlane.managers());
    boolean whole = false;
    try {
      managers.startKruise();
      managers.startKruiseGame();
      whole = true;
    } finally {
      if (!whole) {
        managers.close();
      }
    }
    return managers;
  }

  /// Its manager fills in keys and addresses of the webhooks that it finds.
  private void startKruise() throws IOException, InterruptedException {
    cluster.createNamespace(NAMESPACE);
    for (JsonNode hooks :
        Api.documents(Files.readString(programs.resolve("kruise-webhooks.yaml")))) {
      ObjectNode metadata = (ObjectNode) hooks.path("metadata");
      metadata.put("name", "kruise-" + metadata.path("name").asText());
      cluster.api().apply(hooks, "kruise").orThrow();
    }
    Path keys = Files.createDirectories(folder.resolve("kruise-keys"));
    start(
        "kruise",
        Map.of(
            "POD_NAMESPACE",
            NAMESPACE,
            "WEBHOOK_HOST",
            "127.0.0.1",
            "WEBHOOK_PORT",
            Integer.toString(freePort()),
            "WEBHOOK_CERT_DIR",
            keys.toString()),
        "--enable-leader-election=false",
        "--metrics-addr=127.0.0.1:" + freePort(),
        "--health-probe-addr=127.0.0.1:" + freePort(),
        "--enable-pprof=false");
    await("kruise");
  }

  /// Without its webhooks: they are called by the name of a service, which nothing serves here.
  private void startKruiseGame() throws IOException, InterruptedException {
    Path keys = Files.createDirectories(folder.resolve("kruise-game-keys"));
    for (String file : List.of("tls.crt", "tls.key")) {
      Path source = cluster.certificates().resolve("apiserver" + file.substring(3));
      Files.copy(source, keys.resolve(file));
    }
    start(
        "kruise-game",
        Map.of("POD_NAMESPACE", NAMESPACE),
        "--metrics-bind-address=127.0.0.1:" + freePort(),
        "--health-probe-bind-address=127.0.0.1:" + freePort(),
        "--scale-server-bind-address=127.0.0.1:" + freePort(),
        "--webhook-port=" + freePort(),
        "--webhook-server-certs-dir=" + keys,
        "--enable-cert-generation=false",
        "--provider-config=" + programs.resolve("config.toml"),
        "--api-server-qps=100",
        "--api-server-qps-burst=200");
    await("kruise-game");
  }

  private void start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", ControlPlane.UNTIL_INPUT_ENDS, name));
    command.add(programs.resolve(name + "-manager").toString());
    command.add("--kubeconfig=" + cluster.kubeconfig());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    processes.push(builder.start());
  }

  /// The workers are the last that a manager starts.
  private void await(String name) throws IOException, InterruptedException {
    Path log = folder.resolve(name + ".log");
    Process process = processes.element();
    boolean started =
        Waiting.until(
            PATIENCE,
            () -> !process.isAlive() || Files.readString(log).contains("Starting workers"));
    if (!started || !process.isAlive()) {
      throw new IOException(name + " does not start: " + Files.readString(log));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Process process : processes) {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
