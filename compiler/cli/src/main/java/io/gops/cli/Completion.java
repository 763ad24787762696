package io.gops.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Prints a completion script for bash and zsh.
final class Completion implements Command {
  private final Terminal terminal;

  Completion(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Print a completion script for bash and zsh: source <(gopsc completion)");
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    CommandSpec root = arguments.commandSpec().root();
    terminal.out().print(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.OK;
  }
}
