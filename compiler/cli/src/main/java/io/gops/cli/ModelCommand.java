package io.gops.cli;

import io.gops.model.Model;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Prints the resolved fleet and what will run, for programs that schedule from it.
final class ModelCommand implements Command {
  private final Terminal terminal;

  ModelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Print what the fleet says, with every template and override applied, and what will run",
            "where, as JSON. docs/schemas/model.schema.json describes it. Writes nothing.");
    Options.describeSource(spec);
    Options.describeWork(spec);
    spec.addOption(Options.languageOption());
    return spec;
  }

  /// Diagnostics go to the messages: the result is read by a program.
  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    WrittenFleet fleet = WrittenFleet.of(options);
    var environments = fleet.compilation().compiled();
    if (!environments.isEmpty()) {
      terminal.out().println(Model.of(environments.values()).print());
    }
    return fleet.report(List.of()).print(terminal.speakingToMessages(), name(), options.format());
  }
}
