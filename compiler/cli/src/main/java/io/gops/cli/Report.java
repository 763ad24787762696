package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.GitHubReport;
import io.gops.diagnostic.GitLabReport;
import io.gops.diagnostic.JsonReport;
import io.gops.diagnostic.JunitReport;
import io.gops.diagnostic.Presentation;
import io.gops.diagnostic.SarifReport;
import io.gops.diagnostic.Severity;
import io.gops.diagnostic.TextReport;
import io.gops.json.JsonDocument;
import io.gops.output.Changes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one run has to say, and the exit code that follows from it.
///
/// @param presentation how another program is told
/// @param paths makes of a path in the fleet's folder the one that the reader can open
/// @param summary lines about what was compiled
/// @param output what changed on disk, or would change
/// @param isStrict whether a warning fails the run
/// @param otherwise the exit code when nothing is wrong
record Report(
    Diagnostics diagnostics,
    Presentation presentation,
    UnaryOperator<String> paths,
    List<String> summary,
    Optional<Output> output,
    boolean isStrict,
    int otherwise) {
  /// Diagnostics and paths that a person is shown at most; a program gets all.
  private static final int SHOWN = 50;

  /// Members that a command adds to the JSON of its report.
  interface Details {
    Details NONE = json -> {};

    void write(JsonGenerator json) throws IOException;
  }

  /// @param isCheck whether nothing was written
  record Output(Path folder, Changes changes, boolean isCheck) {}

  Report {
    summary = List.copyOf(summary);
  }

  Report(
      Diagnostics diagnostics,
      Presentation presentation,
      UnaryOperator<String> paths,
      List<String> summary,
      Optional<Output> output) {
    this(diagnostics, presentation, paths, summary, output, false, ExitCode.OK);
  }

  /// The same, but a warning fails the run.
  Report strict() {
    return new Report(diagnostics, presentation, paths, summary, output, true, otherwise);
  }

  /// The same with these lines about what was found.
  Report saying(List<String> lines) {
    return new Report(diagnostics, presentation, paths, lines, output, isStrict, otherwise);
  }

  /// The same, but a run without a problem ends with this code.
  Report ending(int code) {
    return new Report(diagnostics, presentation, paths, summary, output, isStrict, code);
  }

  int exitCode() {
    Optional<Failure> failure = diagnostics.failure();
    if (failure.isPresent()) {
      return failure.get().exitCode();
    }
    if (isStrict && diagnostics.sorted().stream().anyMatch(d -> d.severity() == Severity.WARNING)) {
      return Failure.RULE.exitCode();
    }
    boolean isStale = output.filter(o -> o.isCheck() && !o.changes().isEmpty()).isPresent();
    return isStale ? ExitCode.OUT_OF_DATE : otherwise;
  }

  /// @return the exit code
  int print(Terminal terminal, String command, Format format) {
    return print(terminal, command, format, Details.NONE);
  }

  /// @return the exit code
  int print(Terminal terminal, String command, Format format, Details details) {
    Catalogue catalogue = presentation.catalogue();
    List<Diagnostic> all = diagnostics.sorted();
    PrintStream out = terminal.out();
    switch (format) {
      case TEXT -> printText(terminal, catalogue);
      case JSON -> out.println(json(catalogue, details));
      case SARIF ->
          out.println(new SarifReport(presentation, Version.text(), Explain::markdown).print(all));
      case GITHUB -> out.print(new GitHubReport(presentation).print(all));
      case GITLAB -> out.println(new GitLabReport(presentation).print(all));
      case JUNIT ->
          out.print(
              JunitReport.print("gopsc " + command, JunitReport.cases(command, all, presentation)));
    }
    return exitCode();
  }

  private void printText(Terminal terminal, Catalogue catalogue) {
    List<Diagnostic> all = diagnostics.sorted();
    TextReport text = new TextReport(catalogue, terminal.outPalette(), paths);
    terminal.out().print(text.print(all.stream().limit(SHOWN).toList()));
    summary.forEach(terminal.out()::println);
    output.ifPresent(o -> printOutput(o, terminal));
    String counts =
        new TextReport(catalogue, terminal.errPalette(), paths)
            .summary(all, diagnostics.suppressed());
    if (!counts.isEmpty()) {
      String more = all.size() > SHOWN ? "; " + SHOWN + " are shown, --format json shows all" : "";
      terminal.out().flush();
      terminal.err().println("gopsc: " + counts + more);
    }
  }

  private static void printOutput(Output output, Terminal terminal) {
    Changes changes = output.changes();
    if (output.isCheck()) {
      if (changes.isEmpty()) {
        terminal.out().println(output.folder() + " is up to date");
        return;
      }
      terminal.out().println(output.folder() + " is out of date:");
      printPaths("would write ", changes.written(), terminal);
      printPaths("would remove ", changes.removed(), terminal);
      printPaths("not generated, delete or move: ", changes.extra(), terminal);
      return;
    }
    terminal
        .out()
        .println(
            output.folder()
                + ": "
                + changes.written().size()
                + (changes.written().size() == 1 ? " file" : " files")
                + " written, "
                + changes.removed().size()
                + " removed, "
                + changes.unchanged()
                + " unchanged");
  }

  private static void printPaths(String what, List<String> paths, Terminal terminal) {
    paths.stream().limit(SHOWN).forEach(path -> terminal.out().println("  " + what + path));
    if (paths.size() > SHOWN) {
      terminal.out().println("  " + what + (paths.size() - SHOWN) + " more");
    }
  }

  private String json(Catalogue catalogue, Details details) {
    List<Diagnostic> all = diagnostics.sorted();
    return JsonDocument.print(
        json -> {
          json.writeStartObject();
          json.writeStringField("gopsc", Version.text());
          json.writeNumberField("exitCode", exitCode());
          json.writeNumberField("errors", count(all, Severity.ERROR));
          json.writeNumberField("warnings", count(all, Severity.WARNING));
          json.writeNumberField("suppressed", diagnostics.suppressed());
          new JsonReport(catalogue, paths).write(all, json);
          JsonDocument.strings("summary", summary, json);
          details.write(json);
          if (output.isPresent()) {
            Changes changes = output.get().changes();
            json.writeObjectFieldStart("output");
            json.writeStringField("folder", output.get().folder().toString());
            json.writeBooleanField("written", !output.get().isCheck());
            JsonDocument.strings("changed", changes.written(), json);
            JsonDocument.strings("removed", changes.removed(), json);
            JsonDocument.strings("extra", changes.extra(), json);
            json.writeNumberField("unchanged", changes.unchanged());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static long count(List<Diagnostic> diagnostics, Severity severity) {
    return diagnostics.stream().filter(d -> d.severity() == severity).count();
  }
}
