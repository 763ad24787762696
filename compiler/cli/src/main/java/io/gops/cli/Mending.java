package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Repair;
import io.gops.source.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `--fix`: applies the fixes of what a command finds, and looks again.
final class Mending {
  /// A fix may uncover what another mistake hid; no real file needs more than a few rounds.
  private static final int ROUNDS = 10;

  private final Terminal terminal;
  private final Options options;

  Mending(Terminal terminal, Options options) {
    this.terminal = terminal;
    this.options = options;
  }

  static void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--fix")
            .description(
                "Apply the fixes of what is found, where there is one to choose; check again.")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--dry-run")
            .description("With --fix: say what would be changed and change nothing.")
            .type(boolean.class)
            .build());
  }

  /// Mends, if it was asked for.
  ///
  /// @param look finds what there is to mend, in the files as they are
  /// @return the exit code when files could not be written
  OptionalInt run(ParseResult arguments, Supplier<Diagnostics> look) {
    boolean isDry = arguments.hasMatchedOption("--dry-run");
    if (isDry && !arguments.hasMatchedOption("--fix")) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--dry-run goes with --fix");
    }
    int rounds = !arguments.hasMatchedOption("--fix") ? 0 : isDry ? 1 : ROUNDS;
    for (int round = 0; round < rounds; round++) {
      Repair repair = Repair.of(look.get().sorted());
      if (repair.isEmpty()) {
        break;
      }
      try {
        if (!isDry && !write(repair)) {
          break;
        }
      } catch (IOException e) {
        terminal.err().println("gopsc: cannot write: " + e.getMessage());
        return OptionalInt.of(Failure.INPUT_OUTPUT.exitCode());
      }
      say(repair, isDry ? "would fix " : "fixed ");
    }
    return OptionalInt.empty();
  }

  /// @return whether every file was written
  private boolean write(Repair repair) throws IOException {
    boolean all = true;
    for (Map.Entry<String, Repair.Change> file : repair.texts().entrySet()) {
      Path path = Path.of(options.shown(file.getKey()));
      if (!SourceWriter.replace(path, file.getValue().before(), file.getValue().after())) {
        terminal.err().println("gopsc: " + path + " changed meanwhile; it was left alone");
        all = false;
      }
    }
    return all;
  }

  /// One line for each fix. A program reads results only, so it is not told in between.
  private void say(Repair repair, String what) {
    PrintStream to = options.format() == Format.TEXT ? terminal.out() : terminal.err();
    Catalogue catalogue = Catalogue.of(options.language());
    for (Diagnostic diagnostic : repair.repaired()) {
      Place place = diagnostic.fixes().getFirst().edits().getFirst().place();
      to.println(
          what
              + options.shown(place.file().path())
              + ":"
              + place.line()
              + ":"
              + place.column()
              + " "
              + diagnostic.code()
              + ": "
              + catalogue.text(diagnostic.fixes().getFirst().title()));
    }
  }
}
