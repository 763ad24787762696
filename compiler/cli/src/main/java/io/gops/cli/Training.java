package io.gops.cli;

import io.gops.lsp.server.Library;
import io.gops.lsp.server.TrainingSession;
import java.io.IOException;
import java.nio.file.Path;

/// Runs every part of the compiler once, and the language server; the build keeps the classes that
/// were loaded. Nothing is written, and what is found does not matter.
final class Training {
  private Training() {}

  /// @param arguments a fleet, and one of its files
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Gopsc(Terminal.ofProcess())
        .run(new String[] {"compile", "--check", "--output=none", arguments[0]});
    TrainingSession.play(Path.of(arguments[1]), new Library(Explain::markdown));
    System.exit(ExitCode.OK);
  }
}
