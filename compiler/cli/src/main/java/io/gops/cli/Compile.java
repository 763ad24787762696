package io.gops.cli;

import io.gops.output.Changes;
import io.gops.output.LastOutput;
import io.gops.output.OutputFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Compiles a fleet into an output folder, or says what would change there.
final class Compile implements Command {
  private final Terminal terminal;

  Compile(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "compile";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Compile a fleet: write its manifests, flow tables, plans and directories, and its lock.");
    Options.describe(spec);
    spec.addOption(
        OptionSpec.builder("-o", "--output")
            .paramLabel("FOLDER")
            .description("Write to this folder; only files that changed are written.")
            .required(true)
            .type(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--check")
            .description("Write nothing; exit with 5 and list what would change if anything would.")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--locked")
            .description("Fail with 5 if the lock would change, before anything is written.")
            .type(boolean.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    Path output = arguments.matchedOptionValue("--output", Path.of("out"));
    Pipeline pipeline = new Pipeline(options, arguments.hasMatchedOption("--locked"));
    Report report;
    try (Progress progress = new Progress(terminal)) {
      report =
          arguments.hasMatchedOption("--check")
              ? compare(pipeline, options, output, progress)
              : write(pipeline, options, output, progress);
    }
    return report.print(terminal, name(), options.format());
  }

  private static Report compare(
      Pipeline pipeline, Options options, Path output, Progress progress) {
    if (!check(pipeline, progress)) {
      return failed(pipeline, options);
    }
    progress.show("comparing");
    return OutputFolder.compare(
            output,
            files -> pipeline.generate(LastOutput.in(output), files),
            Version.text(),
            pipeline.owned(),
            pipeline.locks(),
            options.threads(),
            pipeline.diagnostics())
        .map(changes -> done(pipeline, options, output, changes, true))
        .orElseGet(() -> failed(pipeline, options));
  }

  /// Takes the folder first, so that of two compiles at once the second sees the lock that the
  /// first one writes.
  private static Report write(Pipeline pipeline, Options options, Path output, Progress progress) {
    Runnable waiting = () -> progress.say("waiting for another gopsc that writes " + output);
    Optional<OutputFolder> opened =
        OutputFolder.open(output, pipeline.lockFolder(), waiting, pipeline.diagnostics());
    if (opened.isEmpty()) {
      return failed(pipeline, options);
    }
    try (OutputFolder folder = opened.get()) {
      if (!check(pipeline, progress)) {
        return failed(pipeline, options);
      }
      progress.show("writing");
      return folder
          .write(
              files -> pipeline.generate(LastOutput.in(folder.path()), files),
              Version.text(),
              pipeline.owned(),
              pipeline.locks(),
              options.threads(),
              pipeline.diagnostics())
          .map(changes -> done(pipeline, options, output, changes, false))
          .orElseGet(() -> failed(pipeline, options));
    }
  }

  private static boolean check(Pipeline pipeline, Progress progress) {
    progress.show("checking");
    return pipeline.check();
  }

  private static Report failed(Pipeline pipeline, Options options) {
    return new Report(
        pipeline.diagnostics(),
        options.presentation(),
        options::shown,
        List.of(),
        Optional.empty());
  }

  private static Report done(
      Pipeline pipeline, Options options, Path output, Changes changes, boolean isCheck) {
    return new Report(
        pipeline.diagnostics(),
        options.presentation(),
        options::shown,
        pipeline.summary(),
        Optional.of(new Report.Output(output, changes, isCheck)));
  }
}
