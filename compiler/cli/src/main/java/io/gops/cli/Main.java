package io.gops.cli;

import java.util.concurrent.atomic.AtomicInteger;

/// Entry point of the `gopsc` command.
public final class Main {
  /// Bytes of stack: fifty thousand constants may be made from one another. Only what is used takes
  /// memory.
  private static final long STACK = 256L << 20;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    AtomicInteger exitCode = new AtomicInteger();
    Thread.ofPlatform()
        .name("gopsc")
        .stackSize(STACK)
        .start(() -> exitCode.set(new Gopsc(Terminal.ofProcess()).run(args)))
        .join();
    System.exit(exitCode.get());
  }
}
