package io.gops.packets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A network namespace of the machine: interfaces, addresses and routes of its own.
///
/// A socket belongs to the namespace in which its thread was when it was made, so the tests need no
/// other program to send and receive.
final class Namespace implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      function(
          "setns",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final String name;

  private Namespace(String name) {
    this.name = name;
  }

  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(), descriptor, options);
  }

  /// A new one, with its loopback interface up.
  ///
  /// @param word what it is; the name has the process's id too, so two runs do not meet
  static Namespace create(String word) throws IOException, InterruptedException {
    Namespace made = new Namespace("gops" + ProcessHandle.current().pid() + "-" + word);
    execute(List.of("ip", "netns", "add", made.name));
    // A run that is cut short leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(new Thread(made::remove));
    made.ip("link", "set", "lo", "up");
    return made;
  }

  String name() {
    return name;
  }

  /// Words that bring a command into it.
  List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /// Runs `ip` in it.
  void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(Arrays.asList(arguments));
    execute(command);
  }

  /// Runs a command in it.
  void run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(prefix());
    words.addAll(Arrays.asList(command));
    execute(words);
  }

  /// Adds one end of a cable to it, the other end to another namespace. Checksums are computed at
  /// once: a switch in userspace does not complete what a virtual cable leaves to hardware.
  ///
  /// @param mtu of both ends
  void cable(String end, Namespace other, String otherEnd, int mtu)
      throws IOException, InterruptedException {
    String size = Integer.toString(mtu);
    ip(
        "link",
        "add",
        end,
        "mtu",
        size,
        "type",
        "veth",
        "peer",
        "name",
        otherEnd,
        "mtu",
        size,
        "netns",
        other.name);
    run("ethtool", "-K", end, "tx", "off");
    other.run("ethtool", "-K", otherEnd, "tx", "off");
    ip("link", "set", end, "up");
    other.ip("link", "set", otherEnd, "up");
  }

  /// What a task gives that runs inside of it.
  <T> T inside(Callable<T> task) throws IOException {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              enter();
              return task.call();
            });
    Thread.ofPlatform().daemon().start(future);
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException(name + ": " + e.getCause(), e.getCause());
    }
  }

  /// Moves the calling thread for good.
  private void enter() throws IOException {
    int entered = -1;
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) OPEN.invokeExact(arena.allocateFrom("/run/netns/" + name), 0);
      if (file >= 0) {
        entered = (int) SETNS.invokeExact(file, CLONE_NEWNET);
        int _ = (int) CLOSE.invokeExact(file);
      }
    } catch (Throwable e) {
      throw new IOException(e);
    }
    if (entered != 0) {
      throw new IOException("cannot enter namespace " + name);
    }
  }

  private static void execute(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  private void remove() {
    try {
      new ProcessBuilder("ip", "netns", "del", name)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException | InterruptedException _) {
      // The machine is going down; there is nobody left to tell.
    }
  }

  @Override
  public void close() {
    remove();
  }
}
