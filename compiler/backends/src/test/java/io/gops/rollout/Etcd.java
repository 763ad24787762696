package io.gops.rollout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real etcd with one member, on loopback.
final class Etcd implements AutoCloseable {
  private final String endpoint;
  private final Process server;

  Etcd(Path folder) throws IOException, InterruptedException {
    int client = freePort();
    endpoint = "http://127.0.0.1:" + client;
    String peer = "http://127.0.0.1:" + freePort();
    server =
        new ProcessBuilder(
                "etcd",
                "--name=test",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + endpoint,
                "--advertise-client-urls=" + endpoint,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=test=" + peer)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("etcd.log").toFile())
            .start();
    for (int attempt = 0; ; attempt++) {
      if (etcdctl("endpoint", "health").waitFor() == 0) {
        return;
      }
      if (attempt == 100 || !server.isAlive()) {
        throw new IOException("etcd does not start, see " + folder.resolve("etcd.log"));
      }
      Thread.sleep(100);
    }
  }

  String endpoint() {
    return endpoint;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// A client; its output is read by whoever started it.
  Process etcdctl(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ETCDCTL_API", "3");
    builder.redirectErrorStream(true);
    return builder.start();
  }

  String value(String key) throws IOException, InterruptedException {
    Process get = etcdctl("get", key, "--print-value-only");
    String text = new String(get.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    get.waitFor();
    return text.strip();
  }

  @Override
  public void close() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(10, TimeUnit.SECONDS)) {
      server.destroyForcibly().waitFor();
    }
  }
}
