package io.gops.cli;

import io.gops.compilation.FleetArchive;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.Waiver;
import io.gops.diff.Compared;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.FleetDiff;
import io.gops.fleet.Fleet;
import io.gops.review.Reviewed;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Says what a change of the source does to what runs. Writes nothing but its report.
final class Diff implements Command {
  private final Terminal terminal;

  Diff(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Say what the changes of a fleet do to what runs: which pods restart, who is",
            "disconnected, what becomes reachable, which host gets tight. Equal changes of many",
            "zones are one change; the worst comes first.",
            "It is no check: gopsc check says whether the fleet compiles.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .description("The fleet: a folder with fleet.gops, or one .gops file; otherwise here.")
            .index("0")
            .arity("0..1")
            .type(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--against")
            .paramLabel("REV|DIR")
            .description(
                "A git revision, or a folder or file that has the fleet as it was; otherwise HEAD.",
                "For a pull request: --against $$(git merge-base origin/main HEAD).")
            .type(String.class)
            .build());
    Options.describeWork(spec);
    spec.addOption(Options.languageOption());
    spec.addOption(
        OptionSpec.builder("--format")
            .paramLabel("FORMAT")
            .description("Changes as " + DiffFormat.list() + "; text if not said.")
            .completionCandidates(
                Arrays.stream(DiffFormat.values()).map(DiffFormat::toString).toList())
            .type(DiffFormat.class)
            .converters(Diff::format)
            .build());
    judge(spec);
    return spec;
  }

  /// What a build server asks.
  private static void judge(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-o", "--output")
            .paramLabel("FILE")
            .description("Write the report to a file; otherwise to standard output.")
            .type(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--exit-code")
            .description("End with 6 when anything changes.")
            .arity("0")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--fail-on")
            .paramLabel("CLASS")
            .description(
                "End with 7 when a change is of this class or worse, R0 to R6, and no @waive covers it.")
            .completionCandidates(
                Arrays.stream(ConsequenceClass.values()).map(ConsequenceClass::name).toList())
            .type(ConsequenceClass.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--today")
            .paramLabel("DATE")
            .description("The day that ends waivers, as in 2027-01-31; otherwise today.")
            .type(LocalDate.class)
            .converters(Diff::day)
            .build());
  }

  private static DiffFormat format(String name) {
    for (DiffFormat format : DiffFormat.values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw new CommandLine.TypeConversionException(
        "'" + name + "' is not one of " + DiffFormat.list());
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is no day as in 2027-01-31");
    }
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = options(arguments);
    DiffFormat format = arguments.matchedOptionValue("--format", DiffFormat.TEXT);
    String against = arguments.matchedOptionValue("--against", "HEAD");
    if (against.isBlank()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--against needs a git revision or a folder");
    }
    LocalDate today = arguments.matchedOptionValue("--today", LocalDate.now(ZoneOffset.UTC));
    WrittenFleet fleet = WrittenFleet.of(options);
    Diagnostics diagnostics = fleet.diagnostics();
    List<FleetDiff> diffs = new ArrayList<>();
    try (Progress progress = new Progress(terminal)) {
      progress.show("comparing");
      SortedMap<String, Fleet> fleets = fleet.fleets();
      if (!diagnostics.hasErrors()) {
        Baseline.of(fleet.folder(), against, diagnostics)
            .map(
                before ->
                    new Compared(
                        against,
                        before,
                        fleet.folder(),
                        WrittenFleet.target(),
                        options.presentation().catalogue()::text,
                        diagnostics))
            .ifPresent(
                compared ->
                    diffs.addAll(
                        compared.diffs(
                            fleets,
                            FleetArchive.sourcesOf(fleet.folder()),
                            options.environment())));
      }
    }
    List<Waiver> waivers = waivers(diagnostics, today);
    if (diagnostics.hasErrors()) {
      return fleet.report(List.of()).print(terminal, name(), format.ofProblems());
    }
    List<Reviewed> reviewed = diffs.stream().map(diff -> new Reviewed(diff, waivers)).toList();
    int exitCode = exitCode(arguments, reviewed);
    ConsequenceClass limit = arguments.matchedOptionValue("--fail-on", ConsequenceClass.R4);
    return print(arguments, new DiffReport(options, against, reviewed, limit, exitCode), format);
  }

  /// As every command that reads a fleet has them, but for formats that only this one knows.
  private static Options options(ParseResult arguments) {
    Path path = arguments.matchedPositionalValue(0, Path.of("."));
    int threads =
        arguments.matchedOptionValue("--threads", Runtime.getRuntime().availableProcessors());
    return new Options(
        path,
        Optional.ofNullable(arguments.matchedOptionValue("--env", null)),
        threads,
        Options.language(arguments),
        Format.TEXT);
  }

  /// The waivers that count; those that ended are errors, because somebody must decide again.
  private static List<Waiver> waivers(Diagnostics diagnostics, LocalDate today) {
    List<Waiver> waivers = new ArrayList<>();
    for (Waiver waiver : diagnostics.waivers()) {
      if (waiver.isExpired(today)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS7903, waiver.what(), waiver.until(), waiver.reason())
                .at(waiver.place())
                .hint("hint"));
      } else {
        waivers.add(waiver);
      }
    }
    return waivers;
  }

  private static int exitCode(ParseResult arguments, List<Reviewed> reviewed) {
    @Nullable ConsequenceClass limit = arguments.matchedOptionValue("--fail-on", null);
    if (limit != null && reviewed.stream().anyMatch(r -> r.atLeast(limit) > 0)) {
      return ExitCode.TOO_BAD;
    }
    boolean asks = arguments.hasMatchedOption("--exit-code");
    boolean differs = reviewed.stream().anyMatch(r -> !r.diff().changes().isEmpty());
    return asks && differs ? ExitCode.DIFFERENT : ExitCode.OK;
  }

  private int print(ParseResult arguments, DiffReport report, DiffFormat format) {
    @Nullable Path output = arguments.matchedOptionValue("--output", null);
    if (output == null) {
      terminal.out().print(report.print(format, terminal.outPalette()));
      return report.exitCode();
    }
    String text = report.print(format, Palette.PLAIN);
    try {
      GopsFiles.write(output, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      terminal.err().println("gopsc: " + output + ": " + SystemReason.of(e));
      return Failure.INPUT_OUTPUT.exitCode();
    }
    return report.exitCode();
  }
}
