package io.gops.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One subcommand.
interface Command {
  String name();

  /// Its options and parameters, without `--help`.
  CommandSpec model();

  /// @return the exit code
  int run(ParseResult arguments);
}
