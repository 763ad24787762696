package io.gops.cli;

import io.gops.lsp.server.Library;
import io.gops.lsp.server.TrainingSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Runs every part of the compiler, and the language server; the build keeps the classes that were
/// loaded. Nothing is written, and what is found does not matter.
final class Training {
  private Training() {}

  /// @param arguments the folder of the examples
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path examples = Path.of(arguments[0]);
    Path small = examples.resolve("five-zones");
    Path large = examples.resolve("wuxia");
    Gopsc gopsc = new Gopsc(Terminal.ofProcess());
    for (Path fleet : List.of(small, large)) {
      gopsc.run("compile", "--check", "--output=none", fleet.toString());
    }
    // Two fleets that have nothing in common: everything differs.
    for (DiffFormat format : DiffFormat.values()) {
      gopsc.run("diff", large.toString(), "--against=" + small, "--format=" + format);
    }
    TrainingSession.play(small.resolve("arena.gops"), new Library(Explain::markdown));
    System.exit(ExitCode.OK);
  }
}
