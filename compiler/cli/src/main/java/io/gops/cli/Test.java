package io.gops.cli;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.JunitReport;
import io.gops.diagnostic.Presentation;
import io.gops.diagnostic.TextReport;
import io.gops.fleet.Expectation;
import io.gops.fleet.Fleet;
import io.gops.json.JsonDocument;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Runs the `expect` rules of a fleet and says of each whether it holds.
final class Test implements Command {
  /// How the rules fail.
  private static final Set<Code> FAILURES = Set.of(Code.GOPS3026, Code.GOPS3027, Code.GOPS4009);

  private final Terminal terminal;

  Test(Terminal terminal) {
    this.terminal = terminal;
  }

  /// One rule in one environment.
  ///
  /// @param text as it is written
  /// @param ran false when what it needs is missing: the network comes after capacity
  /// @param failure why it does not hold
  private record Outcome(
      String environment, String text, Place place, boolean ran, Optional<Diagnostic> failure) {
    boolean passed() {
      return ran && failure.isEmpty();
    }

    String word() {
      return !ran ? "skip  " : passed() ? "pass  " : "FAIL  ";
    }
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Run the expect rules of a fleet: which hold, which do not, and why.");
    Options.describe(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    Pipeline pipeline = new Pipeline(options);
    try (Progress progress = new Progress(terminal)) {
      progress.show("testing");
      pipeline.prove();
    }
    Report report =
        new Report(
            pipeline.diagnostics(),
            options.presentation(),
            options::shown,
            List.of(),
            Optional.empty());
    List<Diagnostic> found = pipeline.diagnostics().sorted();
    if (found.stream().anyMatch(Test::preventsTests)) {
      return report.print(terminal, name(), options.format());
    }
    List<Outcome> outcomes = outcomes(pipeline.fleets(), found);
    switch (options.format()) {
      case TEXT -> printText(outcomes, options);
      case JSON -> terminal.out().println(json(outcomes, options));
      case JUNIT -> terminal.out().print(junit(outcomes, options.presentation()));
      case SARIF, GITHUB, GITLAB -> report.print(terminal, name(), options.format());
    }
    return outcomes.stream().allMatch(Outcome::passed)
        ? ExitCode.OK
        : Code.GOPS4009.failure().exitCode();
  }

  /// Whether the rules could not be run: something before them is wrong. What comes after them, the
  /// plans, says nothing about them.
  private static boolean preventsTests(Diagnostic diagnostic) {
    return diagnostic.isError()
        && !FAILURES.contains(diagnostic.code())
        && !diagnostic.code().name().startsWith("GOPS5");
  }

  private static List<Outcome> outcomes(SortedMap<String, Fleet> fleets, List<Diagnostic> found) {
    List<Outcome> outcomes = new ArrayList<>();
    boolean isShort =
        found.stream().anyMatch(d -> FAILURES.contains(d.code()) && d.code() != Code.GOPS4009);
    fleets.forEach(
        (environment, fleet) -> {
          Set<Place> asked = new HashSet<>();
          for (Expectation expectation : fleet.expectations()) {
            Place place = expectation.place();
            // What is expected of the servers of each game is one rule.
            if (!asked.add(place)) {
              continue;
            }
            Optional<Diagnostic> failure =
                found.stream()
                    .filter(d -> FAILURES.contains(d.code()))
                    .filter(d -> d.place().filter(at -> isSame(at, place)).isPresent())
                    .findFirst();
            String text = place.text().strip().replaceAll("\\s+", " ");
            boolean ran = expectation instanceof Expectation.Fits || !isShort;
            outcomes.add(new Outcome(environment, text, place, ran, failure));
          }
        });
    return outcomes;
  }

  private static boolean isSame(Place one, Place two) {
    return one.file().path().equals(two.file().path()) && one.span().equals(two.span());
  }

  private void printText(List<Outcome> outcomes, Options options) {
    TextReport text =
        new TextReport(options.presentation().catalogue(), terminal.outPalette(), options::shown);
    for (Outcome outcome : outcomes) {
      terminal
          .out()
          .println(
              outcome.word()
                  + outcome.environment()
                  + "  "
                  + outcome.text()
                  + "  ("
                  + where(outcome.place(), options.shown(outcome.place().file().path()))
                  + ")");
      outcome.failure().ifPresent(failure -> terminal.out().print(text.print(List.of(failure))));
    }
    long passed = outcomes.stream().filter(Outcome::passed).count();
    terminal
        .out()
        .println(
            outcomes.isEmpty()
                ? "nothing is expected: write expect FROM -> TO in a policy"
                : passed + " of " + outcomes.size() + " expectations hold");
  }

  private static String where(Place place, String path) {
    return path + ":" + place.line();
  }

  private static String junit(List<Outcome> outcomes, Presentation presentation) {
    List<JunitReport.Case> cases = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      String path = presentation.paths().apply(outcome.place().file().path());
      String place = where(outcome.place(), path);
      cases.add(
          outcome.ran()
              ? JunitReport.of(
                  outcome.environment(), outcome.text(), place, outcome.failure(), presentation)
              : JunitReport.Case.skipped(outcome.environment(), outcome.text(), place));
    }
    return JunitReport.print("gopsc test", cases);
  }

  private static String json(List<Outcome> outcomes, Options options) {
    Presentation presentation = options.presentation();
    return JsonDocument.print(
        json -> {
          json.writeStartObject();
          json.writeStringField("gopsc", Version.text());
          json.writeNumberField("passed", outcomes.stream().filter(Outcome::passed).count());
          json.writeNumberField(
              "failed", outcomes.stream().filter(o -> o.failure().isPresent()).count());
          json.writeArrayFieldStart("expectations");
          for (Outcome outcome : outcomes) {
            json.writeStartObject();
            json.writeStringField("environment", outcome.environment());
            json.writeStringField("expectation", outcome.text());
            json.writeStringField("path", options.shown(outcome.place().file().path()));
            json.writeNumberField("line", outcome.place().line());
            json.writeBooleanField("ran", outcome.ran());
            json.writeBooleanField("passed", outcome.passed());
            if (outcome.failure().isPresent()) {
              json.writeStringField("code", outcome.failure().get().code().name());
              json.writeStringField(
                  "message", presentation.catalogue().text(outcome.failure().get().message()));
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
