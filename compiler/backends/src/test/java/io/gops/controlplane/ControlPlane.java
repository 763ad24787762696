package io.gops.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A real Kubernetes control plane on loopback: etcd, API server, scheduler and controllers.
///
/// There is no kubelet and no OpenKruise controller. The parts end with this object, and also when
/// this process dies in whatever way.
final class ControlPlane implements AutoCloseable {
  /// Runs a program and ends it when the standard input of this shell does.
  static final String UNTIL_INPUT_ENDS =
      """
      exec 3<&0
      "$@" 3<&- </dev/null &
      child=$!
      { cat <&3 >/dev/null; kill -KILL $child; } 2>/dev/null &
      exec 3<&-
      wait $child
      """;

  private static final String SCHEDULER = "kube-scheduler";
  private static final String CONTROLLERS = "kube-controller-manager";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Path programs;
  private final String token = UUID.randomUUID().toString();
  private final Deque<Process> processes = new ArrayDeque<>();
  private final int port;
  private final Api api;

  /// Starts every part that is there and waits for the API server.
  ///
  /// @param folder an empty folder for data, keys and logs
  static ControlPlane start(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return new ControlPlane(folder, programs());
  }

  private ControlPlane(Path folder, Path programs)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.folder = folder;
    this.programs = programs;
    this.port = freePort();
    boolean whole = false;
    try {
      String etcd = startEtcd();
      writeKeys();
      startServer(etcd);
      Path certificate = folder.resolve("certificates/apiserver.crt");
      await("the API server's certificate", () -> Files.exists(certificate));
      this.api = new Api("https://127.0.0.1:" + port, token, certificate);
      await("the API server", () -> api.isReady());
      Path kubeconfig = writeKubeconfig(certificate);
      if (hasScheduler()) {
        startScheduler(kubeconfig);
      }
      if (hasControllers()) {
        startControllers(kubeconfig);
      }
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /// The API as an administrator uses it.
  Api api() {
    return api;
  }

  /// Whether pods are bound to nodes; programs made for envtest have no scheduler.
  boolean hasScheduler() {
    return Files.isExecutable(programs.resolve(SCHEDULER));
  }

  /// With which kubectl reaches the API server.
  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /// Key and certificate of the API server.
  Path certificates() {
    return folder.resolve("certificates");
  }

  /// Whether pods are made for sets, and accounts for namespaces.
  boolean hasControllers() {
    return Files.isExecutable(programs.resolve(CONTROLLERS));
  }

  /// Where the programs are; built on first use.
  private static Path programs() throws IOException, InterruptedException {
    return Path.of(run("bin/control-plane"));
  }

  /// Where the custom resource definitions of OpenKruise are.
  static Path definitions() throws IOException, InterruptedException {
    return Path.of(run("bin/control-plane", "--crds"));
  }

  /// Where the definition of Argo Workflows is.
  static Path workflows() throws IOException, InterruptedException {
    return Path.of(run("bin/control-plane", "--workflows"));
  }

  /// Where the controllers of OpenKruise and OpenKruiseGame are; built on first use.
  static Path managers() throws IOException, InterruptedException {
    return Path.of(run("bin/control-plane", "--managers"));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("gops.root")).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return out;
  }

  private String startEtcd() throws IOException {
    String clients = "http://127.0.0.1:" + freePort();
    String peers = "http://127.0.0.1:" + freePort();
    start(
        "etcd",
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        "--unsafe-no-fsync");
    return clients;
  }

  private void startServer(String etcd) throws IOException {
    start(
        "kube-apiserver",
        "--etcd-servers=" + etcd,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + port,
        "--cert-dir=" + folder.resolve("certificates"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("accounts.pub"),
        "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
        "--service-cluster-ip-range=10.0.0.0/16",
        "--allow-privileged=true",
        "--profiling=false");
  }

  private void startScheduler(Path kubeconfig) throws IOException {
    start(
        SCHEDULER,
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000");
  }

  private void startControllers(Path kubeconfig) throws IOException {
    start(
        CONTROLLERS,
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--service-account-private-key-file=" + folder.resolve("accounts.key"),
        "--leader-elect=false",
        "--secure-port=0",
        // A pod that was refused after it was counted stays counted until the next of these.
        "--resource-quota-sync-period=2s",
        "--kube-api-qps=500",
        "--kube-api-burst=1000");
  }

  private void start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, program));
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    processes.push(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program + ".log").toFile())
            .start());
  }

  private void writeKeys() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    writePem("accounts.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
    writePem("accounts.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
  }

  private void writePem(String name, String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  private Path writeKubeconfig(Path certificate) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: test
          cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
        users:
        - name: admin
          user: {token: "%s"}
        contexts:
        - name: test
          context: {cluster: test, user: admin}
        current-context: test
        """
            .formatted(port, certificate, token));
  }

  private void await(String what, Waiting.Condition condition)
      throws IOException, InterruptedException {
    if (!Waiting.until(PATIENCE, () -> everyPartRuns() && condition.holds())) {
      throw new IOException(what + " does not come, see the logs in " + folder);
    }
  }

  private boolean everyPartRuns() throws IOException {
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IOException("a part has ended, see the logs in " + folder);
      }
    }
    return true;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Ends the parts, last started first.
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
