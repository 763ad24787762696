package io.gops.cli;

/// Entry point of the `gopsc` command.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new Gopsc(Terminal.ofProcess()).run(args));
  }
}
