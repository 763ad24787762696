package io.gops.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Checks a fleet. Writes nothing, unless it is asked to apply the fixes of what it finds.
final class Check implements Command {
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
    Mending.describe(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    OptionalInt failure =
        new Mending(terminal, options).run(arguments, () -> check(options).diagnostics());
    if (failure.isPresent()) {
      return failure.getAsInt();
    }
    return check(options).print(terminal, name(), options.format());
  }

  private Report check(Options options) {
    Pipeline pipeline = new Pipeline(options);
    boolean passed;
    try (Progress progress = new Progress(terminal)) {
      progress.show("checking");
      passed = pipeline.check();
    }
    return new Report(
        pipeline.diagnostics(),
        options.presentation(),
        options::shown,
        passed ? pipeline.summary() : List.of(),
        Optional.empty());
  }
}
