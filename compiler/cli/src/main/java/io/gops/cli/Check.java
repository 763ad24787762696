package io.gops.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Checks a fleet and writes nothing.
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
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    Pipeline pipeline = new Pipeline(options);
    boolean passed;
    try (Progress progress = new Progress(terminal)) {
      progress.show("checking");
      passed = pipeline.prove();
    }
    return new Report(
            pipeline.diagnostics(),
            options::shown,
            passed ? pipeline.summary() : List.of(),
            Optional.empty())
        .print(terminal, options.format(), options.language());
  }
}
