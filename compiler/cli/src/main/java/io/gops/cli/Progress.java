package io.gops.cli;

/// A line on the terminal that says what is going on; nothing when nobody watches.
final class Progress implements AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(String what) {
    if (terminal.showsProgress()) {
      terminal.err().print(CLEAR + what);
      terminal.err().flush();
    }
  }

  /// Says something that stays, also where nobody watches.
  void say(String line) {
    close();
    terminal.err().println("gopsc: " + line);
  }

  @Override
  public void close() {
    if (terminal.showsProgress()) {
      terminal.err().print(CLEAR);
      terminal.err().flush();
    }
  }
}
