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

/// A real Open vSwitch in a directory of its own, without a service: with a dummy datapath, without
/// privilege and without a network device of the machine; or inside a network namespace, with the
/// userspace datapath, for packets.
public final class PrivateSwitch implements AutoCloseable {
  private final Path directory;
  private final List<String> inside;
  private final List<Process> processes = new ArrayList<>();
  private Optional<Process> daemon = Optional.empty();
  private Optional<SocketChannel> control = Optional.empty();

  private PrivateSwitch(Path directory, List<String> inside) {
    this.directory = directory;
    this.inside = List.copyOf(inside);
  }

  /// Starts a database and a switch with a dummy datapath.
  static PrivateSwitch start(Path directory) throws IOException, InterruptedException {
    return start(directory, List.of());
  }

  /// Starts a database and a switch that forwards packets.
  ///
  /// @param inside words before each command that bring it into a network namespace
  public static PrivateSwitch start(Path directory, List<String> inside)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    PrivateSwitch it = new PrivateSwitch(directory, inside);
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
    it.revive();
    return it;
  }

  private Process switchDaemon() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ovs-vswitchd", "unix:" + path("db.sock")));
    if (inside.isEmpty()) {
      command.addAll(List.of("--enable-dummy=override", "--disable-system"));
    }
    command.add("--unixctl=" + path("ovs-vswitchd.ctl"));
    command.add("--log-file=" + path("ovs-vswitchd.log"));
    command.add("-vconsole:off");
    Process started = spawn(command.toArray(String[]::new));
    await("ovs-vswitchd.ctl");
    return started;
  }

  /// Ends the switch without a warning, as a crash does; its database lives on.
  public void crash() throws IOException {
    if (control.isPresent()) {
      control.get().close();
      control = Optional.empty();
    }
    Process running = daemon.orElseThrow();
    running.destroyForcibly().onExit().join();
    processes.remove(running);
    Files.delete(directory.resolve("ovs-vswitchd.ctl"));
  }

  /// Starts the switch; after a crash, again.
  public void revive() throws IOException, InterruptedException {
    daemon = Optional.of(switchDaemon());
  }

  /// Runs a tool of Open vSwitch or a generated script; fails the test when it fails.
  public String run(String... command) throws IOException, InterruptedException {
    Result result = tryRun(command);
    if (result.code != 0) {
      throw new AssertionError(
          String.join(" ", command) + " exited " + result.code + ":\n" + result.output);
    }
    return result.output;
  }

  /// How a command ended.
  public record Result(int code, String output) {}

  /// Runs a command that may fail.
  public Result tryRun(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Process process =
        builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(Arrays.toString(command) + " does not end");
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  /// Starts a program that runs until the switch is closed, with its output in a file of its name.
  public void runInBackground(String... command) throws IOException {
    spawn(command);
  }

  /// A command of the switch's control socket, over one connection that is kept.
  public String call(String method, String... arguments) throws IOException {
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

  private Process spawn(String... command) throws IOException {
    Process process =
        builder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(command[0] + ".out").toFile())
            .start();
    processes.add(process);
    // A test that fails before it has something to close must not leave a switch behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  private ProcessBuilder builder(String... command) {
    List<String> words = new ArrayList<>(inside);
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words);
    if (!inside.isEmpty()) {
      builder.environment().put("GOPS_DATAPATH", "netdev");
    }
    builder.environment().put("GOPS_KEPT", path("kept"));
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
