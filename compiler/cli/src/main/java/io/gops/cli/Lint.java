package io.gops.cli;

import io.gops.bind.FleetLoader;
import io.gops.bind.Survey;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Suppressions;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostics;
import io.gops.lint.Linter;
import io.gops.state.State;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Judges how the sources of a fleet are written. What is wrong in them, `check` says.
final class Lint implements Command {
  private final Terminal terminal;

  Lint(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "lint";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Judge how a fleet is written, in all environments: what is not used, says the same",
            "twice, has no effect, or is tested by nothing. The rules are GOPS7001 and up.");
    Options.describeSource(spec);
    Options.describeReport(spec);
    Mending.describe(spec);
    spec.addOption(
        OptionSpec.builder("--strict")
            .description("End with exit code 4 when there is a warning.")
            .type(boolean.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    OptionalInt failure =
        new Mending(terminal, options).run(arguments, () -> lint(options).diagnostics());
    if (failure.isPresent()) {
      return failure.getAsInt();
    }
    Report report = lint(options);
    return (arguments.hasMatchedOption("--strict") ? report.strict() : report)
        .print(terminal, name(), options.format());
  }

  /// What there is to say about a fleet.
  static Report lint(Options options) {
    Diagnostics diagnostics = new Diagnostics();
    FleetFolder folder = FleetFolder.of(options.path());
    Optional<Survey> survey = FleetLoader.survey(folder.source(), diagnostics);
    Suppressions.reportExpired(diagnostics, LocalDate.now(ZoneOffset.UTC));
    survey.ifPresent(
        found -> {
          Linter.lint(found, states(found, folder, diagnostics), diagnostics);
          Suppressions.reportUnused(diagnostics, Code::isStyle);
        });
    return new Report(
        diagnostics,
        options.presentation(),
        options::shown,
        survey.map(Lint::summary).orElse(List.of()),
        Optional.empty());
  }

  private static SortedMap<String, State> states(
      Survey survey, FleetFolder folder, Diagnostics diagnostics) {
    SortedMap<String, State> states = new TreeMap<>();
    for (Survey.Environment environment : survey.environments()) {
      states.put(environment.name(), folder.readState(environment.name(), diagnostics));
    }
    return states;
  }

  private static List<String> summary(Survey survey) {
    long files = survey.files().values().stream().filter(file -> !file.isStandard()).count();
    return List.of(files + (files == 1 ? " file" : " files") + ", " + Linter.rules() + " rules");
  }
}
