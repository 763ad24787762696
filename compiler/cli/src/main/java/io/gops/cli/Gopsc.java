package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Spelling;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `gopsc` command: finds the subcommand, runs it, and says how the run ended.
///
/// The options are described with picocli's programmatic model: reading its annotations costs
/// 150 ms at each start.
public final class Gopsc {
  private final Terminal terminal;
  private final List<Command> commands;

  public Gopsc(Terminal terminal) {
    this.terminal = terminal;
    this.commands =
        List.of(
            new Compile(terminal),
            new Check(terminal),
            new Lint(terminal),
            new Capacity(terminal),
            new Trace(terminal),
            new PlanCommand(terminal),
            new Diff(terminal),
            new Verify(terminal),
            new ModelCommand(terminal),
            new LockCommand(terminal),
            new Import(terminal),
            new StateCommand(terminal),
            new Fmt(terminal),
            new Test(terminal),
            new Init(terminal),
            new Explain(terminal),
            new Lsp(terminal),
            new Completion(terminal));
  }

  /// Runs one command line.
  ///
  /// @return the exit code
  public int run(String... args) {
    int exitCode = finished(args);
    terminal.out().flush();
    terminal.err().flush();
    Optional<IOException> loss = terminal.loss();
    if (loss.isEmpty() || exitCode == Failure.INTERNAL.exitCode()) {
      return exitCode;
    }
    terminal.err().println("gopsc: standard output: " + SystemReason.of(loss.get()));
    return Failure.INPUT_OUTPUT.exitCode();
  }

  private int finished(String... args) {
    CommandLine line = new CommandLine(model());
    Language language = Language.ENGLISH;
    try {
      ParseResult parsed = line.parseArgs(args);
      ParseResult command = innermost(parsed);
      language = languageOfCrash(command);
      return run(parsed, command);
    } catch (ParameterException e) {
      return wrongUsage(e);
    } catch (OutOfMemoryError e) {
      long most = Runtime.getRuntime().maxMemory() >> 20;
      terminal
          .err()
          .println(
              "gopsc: "
                  + most
                  + " MiB of memory are not enough; GOPSC_JAVA_OPTS=-Xmx8g lets it have 8 GiB");
      return Failure.INPUT_OUTPUT.exitCode();
    } catch (RuntimeException | StackOverflowError e) {
      return CrashReport.of(e, args).print(terminal.err(), Catalogue.of(language));
    }
  }

  /// Never a reason to fail: most commands do not speak at all.
  private static Language languageOfCrash(ParseResult command) {
    try {
      return Options.language(command);
    } catch (ParameterException _) {
      return Language.ENGLISH;
    }
  }

  private static ParseResult innermost(ParseResult parsed) {
    ParseResult inner = parsed;
    while (inner.hasSubcommand()) {
      inner = inner.subcommand();
    }
    return inner;
  }

  /// @param inner of `gopsc lock resolve` the `resolve`, of `gopsc check` the `check`
  private int run(ParseResult parsed, ParseResult inner) {
    CommandLine line = inner.commandSpec().commandLine();
    if (line.isUsageHelpRequested()) {
      line.usage(terminal.out(), ansi());
      return ExitCode.OK;
    }
    if (line.isVersionHelpRequested()) {
      terminal.out().println("gopsc " + Version.text());
      return ExitCode.OK;
    }
    for (Command command : commands) {
      if (parsed.hasSubcommand()
          && parsed.subcommand().commandSpec().name().equals(command.name())) {
        return command.run(inner);
      }
    }
    line.usage(terminal.err(), ansi());
    return ExitCode.USAGE;
  }

  private int wrongUsage(ParameterException e) {
    terminal.err().println("gopsc: " + e.getMessage());
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    Optional<String> meant =
        e instanceof UnmatchedArgumentException unmatched
            ? Spelling.nearest(unmatched.getUnmatched().getFirst(), namesOf(spec))
            : Optional.empty();
    terminal
        .err()
        .println(
            meant
                .map(name -> "Did you mean " + name + "?")
                .orElse("Try '" + spec.qualifiedName() + " --help'."));
    return ExitCode.USAGE;
  }

  private static Set<String> namesOf(CommandSpec spec) {
    Set<String> names = new TreeSet<>(spec.optionsMap().keySet());
    names.addAll(spec.subcommands().keySet());
    return names;
  }

  private CommandLine.Help.Ansi ansi() {
    return switch (terminal.outPalette()) {
      case PLAIN -> CommandLine.Help.Ansi.OFF;
      case COLOURED -> CommandLine.Help.Ansi.ON;
    };
  }

  private CommandSpec model() {
    CommandSpec spec = CommandSpec.create().name("gopsc");
    spec.addOption(help());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
    spec.usageMessage(
        new UsageMessageSpec()
            .description(
                "Compiles .gops files, which say what a game needs, to Kubernetes manifests,",
                "Open vSwitch flow tables, rollout plans and zone directories.")
            .width(100)
            .synopsisSubcommandLabel("COMMAND")
            .footer(
                "",
                "Exit codes: 0 done, 1 a traced packet is dropped, 2 wrong usage,",
                "3 source, lock or state is not valid,",
                "4 a rule is violated (capacity, network, plan; lint --strict), 5 out of date (--check),",
                "6 something changes (diff --exit-code), 7 something changes too much (diff --fail-on),",
                "8 files could not be read or written,",
                "9 output failed its own check, 70 bug in gopsc, 130 interrupted."));
    for (Command command : commands) {
      CommandSpec child = command.model();
      helped(child);
      child.subcommands().values().forEach(inner -> helped(inner.getCommandSpec()));
      spec.addSubcommand(command.name(), child);
    }
    return spec;
  }

  private static void helped(CommandSpec command) {
    command.addOption(help());
    command.usageMessage().width(100);
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Print this help.")
        .build();
  }
}
