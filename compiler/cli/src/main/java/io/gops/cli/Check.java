package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Repair;
import io.gops.source.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Checks a fleet. Writes nothing, unless it is asked to apply the fixes of what it finds.
final class Check implements Command {
  /// A fix may uncover what another mistake hid; no real file needs more than a few rounds.
  private static final int ROUNDS = 10;

  private final Terminal terminal;

  Check(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Check a fleet: everything that compile checks, nothing written.");
    Options.describe(spec);
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
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    boolean isDry = arguments.hasMatchedOption("--dry-run");
    if (isDry && !arguments.hasMatchedOption("--fix")) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--dry-run goes with --fix");
    }
    int rounds = !arguments.hasMatchedOption("--fix") ? 0 : isDry ? 1 : ROUNDS;
    for (int round = 0; round < rounds; round++) {
      Repair repair = Repair.of(check(options).diagnostics().sorted());
      if (repair.isEmpty()) {
        break;
      }
      try {
        if (!isDry && !write(repair, options)) {
          break;
        }
      } catch (IOException e) {
        terminal.err().println("gopsc: cannot write: " + e.getMessage());
        return Failure.INPUT_OUTPUT.exitCode();
      }
      say(repair, isDry ? "would fix " : "fixed ", options);
    }
    return check(options).print(terminal, name(), options.format());
  }

  private Report check(Options options) {
    Pipeline pipeline = new Pipeline(options);
    boolean passed;
    try (Progress progress = new Progress(terminal)) {
      progress.show("checking");
      passed = pipeline.prove();
    }
    return new Report(
        pipeline.diagnostics(),
        options.presentation(),
        options::shown,
        passed ? pipeline.summary() : List.of(),
        Optional.empty());
  }

  /// @return whether every file was written
  private boolean write(Repair repair, Options options) throws IOException {
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
  private void say(Repair repair, String what, Options options) {
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
