package io.gops.cli;

import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Failure;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What is done with locks beside writing them: `gopsc lock resolve`.
final class LockCommand implements Command {
  private static final String RESOLVE = "resolve";

  private final Terminal terminal;

  LockCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public CommandSpec model() {
    CommandSpec resolve = CommandSpec.create();
    resolve
        .usageMessage()
        .description(
            "Settle a lock that git could not merge, or merged into one that gives a number twice.",
            "What both branches have alike stays, and so does what runs; what is left is assigned",
            "again as compile would do it.");
    Options.describe(resolve);
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Settle what two branches assigned.")
        .synopsisSubcommandLabel("COMMAND");
    spec.addSubcommand(RESOLVE, resolve);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    if (!arguments.commandSpec().name().equals(RESOLVE)) {
      arguments.commandSpec().commandLine().usage(terminal.err());
      return ExitCode.USAGE;
    }
    Options options = Options.of(arguments);
    try {
      return new LockResolution(options, locks(options))
          .run()
          .print(terminal, name(), options.format());
    } catch (IOException e) {
      terminal.err().println("gopsc: " + SystemReason.named(e));
      return Failure.INPUT_OUTPUT.exitCode();
    }
  }

  /// The environments whose lock is there, sorted; of a single file its own.
  private static List<String> locks(Options options) throws IOException {
    FleetFolder folder = FleetFolder.of(options.path());
    Path locks = folder.root().resolve("lock");
    if (!Files.isDirectory(locks)) {
      return List.of();
    }
    Optional<String> only =
        folder.stem().isEmpty() ? options.environment() : Optional.of(folder.stem());
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(locks)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".lock"))
          .map(name -> name.substring(0, name.length() - ".lock".length()))
          .filter(name -> only.isEmpty() || only.get().equals(name))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
