package io.gops.cli;

import io.gops.compilation.Compiled;
import io.gops.diagnostic.InvalidOutput;
import io.gops.diagnostic.Spelling;
import io.gops.plan.Plan;
import io.gops.rehearsal.Ending;
import io.gops.rehearsal.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Shows the rollout plans of a fleet, and plays them. Writes nothing.
final class PlanCommand implements Command {
  private static final int MOST_PLAYS = 1_000_000;

  private final Terminal terminal;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Show what releases would do: waves, hours, players, risks. Nothing is written;",
            "compile writes the plan, its runbook and its runner.");
    Options.describe(spec);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("RELEASE")
            .description("Only these releases; otherwise all that are not done.")
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--simulate")
            .paramLabel("N")
            .description(
                "Play each plan N times against a model of the cluster in which hosts are lost,",
                "checks fail, steps take too long and the runner is killed, and say where it ended.")
            .type(Integer.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--seed")
            .paramLabel("S")
            .description("Other mishaps than those of seed 1; the same seed gives the same plays.")
            .type(Long.class)
            .build());
    return spec;
  }

  /// What is said of one plan.
  ///
  /// @param rehearsal where its plays ended, if it was played
  record Shown(Plan plan, Optional<Rehearsal> rehearsal) {}

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    int plays = arguments.matchedOptionValue("--simulate", 0);
    if (plays < 0 || plays > MOST_PLAYS) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--simulate must be 0 to " + MOST_PLAYS);
    }
    long seed = arguments.matchedOptionValue("--seed", 1L);
    List<String> names = arguments.matchedPositionalValue(1, List.of());
    Pipeline pipeline = new Pipeline(options);
    List<Shown> shown = new ArrayList<>();
    try (Progress progress = new Progress(terminal)) {
      progress.show("planning");
      if (pipeline.check()) {
        requireKnown(arguments, pipeline, names);
        for (Compiled compiled : pipeline.compiled()) {
          for (Plan plan : compiled.plans()) {
            if (names.isEmpty() || names.contains(plan.release())) {
              progress.show("playing " + plan.release());
              shown.add(new Shown(plan, rehearsal(plan, compiled, plays, seed)));
            }
          }
        }
      }
    }
    return print(options, pipeline, shown);
  }

  private static Optional<Rehearsal> rehearsal(Plan plan, Compiled compiled, int plays, long seed) {
    if (plays == 0) {
      return Optional.empty();
    }
    Rehearsal rehearsal = Rehearsal.of(plan, compiled.deployment(), plays, seed);
    rehearsal.endings().keySet().stream()
        .filter(ending -> ending.kind() == Ending.Kind.BROKEN)
        .findFirst()
        .ifPresent(
            broken -> {
              throw new InvalidOutput("a play of " + plan.release() + " broke: " + broken.why());
            });
    return Optional.of(rehearsal);
  }

  private static void requireKnown(ParseResult arguments, Pipeline pipeline, List<String> names) {
    SortedSet<String> known = new TreeSet<>();
    pipeline.fleets().values().forEach(fleet -> known.addAll(fleet.releases().keySet()));
    for (String name : names) {
      if (!known.contains(name)) {
        String meant =
            Spelling.nearest(name, known).map(near -> "; did you mean " + near + "?").orElse("");
        throw new ParameterException(
            arguments.commandSpec().commandLine(), "there is no release called " + name + meant);
      }
    }
  }

  private int print(Options options, Pipeline pipeline, List<Shown> shown) {
    List<String> summary = new ArrayList<>();
    boolean isSound = !pipeline.diagnostics().hasErrors();
    if (options.format() == Format.TEXT && isSound) {
      shown.forEach(plan -> summary.addAll(PlanTable.lines(plan, terminal.outPalette())));
      if (shown.isEmpty()) {
        summary.add("nothing to do: no release is left that changes anything");
      }
    }
    Report report =
        new Report(
            pipeline.diagnostics(),
            options.presentation(),
            options::shown,
            summary,
            Optional.empty());
    return report.print(terminal, name(), options.format(), json -> PlanMembers.write(shown, json));
  }
}
