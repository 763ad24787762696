package io.gops.openvswitch;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real Open vSwitch with a dummy datapath in a directory of its own: no service, no privilege,
/// no network device of the machine.
final class PrivateSwitch implements AutoCloseable {
  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private Optional<SocketChannel> control = Optional.empty();

  private PrivateSwitch(Path directory) {
    this.directory = directory;
  }

  /// Starts a database and a switch.
  static PrivateSwitch start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    PrivateSwitch it = new PrivateSwitch(directory);
    it.run("ovsdb-tool", "create", it.path("conf.db"), "/usr/share/openvswitch/vswitch.ovsschema");
    it.spawn(
        "ovsdb-server",
        it.path("conf.db"),
        "--remote=punix:" + it.path("db.sock"),
        "--unixctl=" + it.path("ovsdb-server.ctl"),
        "--log-file=" + it.path("ovsdb-server.log"),
        "-vconsole:off");
    it.await("db.sock");
    it.run("ovs-vsctl", "--no-wait", "init");
    it.spawn(
        "ovs-vswitchd",
        "unix:" + it.path("db.sock"),
        "--enable-dummy=override",
        "--disable-system",
        "--unixctl=" + it.path("ovs-vswitchd.ctl"),
        "--log-file=" + it.path("ovs-vswitchd.log"),
        "-vconsole:off");
    it.await("ovs-vswitchd.ctl");
    return it;
  }

  /// Runs a tool of Open vSwitch or a generated script; fails the test when it fails.
  String run(String... command) throws IOException, InterruptedException {
    Result result = tryRun(command);
    if (result.code != 0) {
      throw new AssertionError(
          String.join(" ", command) + " exited " + result.code + ":\n" + result.output);
    }
    return result.output;
  }

  /// How a command ended.
  record Result(int code, String output) {}

  Result tryRun(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Process process =
        builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(Arrays.toString(command) + " does not end");
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  /// A command of the switch's control socket, over one connection that is kept.
  String call(String method, String... arguments) throws IOException {
    if (control.isEmpty()) {
      SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
      opened.connect(UnixDomainSocketAddress.of(path("ovs-vswitchd.ctl")));
      control = Optional.of(opened);
    }
    SocketChannel channel = control.get();
    String request = Json.request(method, arguments);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
    return Json.result(channel);
  }

  @Override
  public void close() throws IOException {
    if (control.isPresent()) {
      control.get().close();
    }
    for (Process process : processes.reversed()) {
      process.destroy();
    }
    for (Process process : processes) {
      process.onExit().join();
    }
  }

  private void spawn(String... command) throws IOException {
    Process process =
        builder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(command[0] + ".out").toFile())
            .start();
    processes.add(process);
    // A test that fails before it has something to close must not leave a switch behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OVS_RUNDIR", directory.toString());
    builder.environment().put("OVS_DBDIR", directory.toString());
    builder.environment().put("OVS_LOGDIR", directory.toString());
    builder.environment().put("OVS_SYSCONFDIR", directory.toString());
    return builder;
  }

  private void await(String file) throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (Files.exists(directory.resolve(file))) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(directory.resolve(file) + " does not appear");
  }

  private String path(String file) {
    return directory.resolve(file).toString();
  }
}
