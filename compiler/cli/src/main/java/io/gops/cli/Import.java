package io.gops.cli;

import io.gops.adoption.ClusterFields;
import io.gops.adoption.FleetImport;
import io.gops.adoption.ImportReport;
import io.gops.adoption.Manifest;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Presentation;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Writes a source for objects that a cluster has, compiles it in memory, and says what did not
/// come back.
final class Import implements Command {
  private static final int SHOWN = 200;
  private static final String SOURCE = "imported.gops";
  private static final String REPORT = "import-report.txt";

  private final Terminal terminal;

  Import(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "import";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Write a fleet for what a cluster runs: GameServerSets, StatefulSets, Fleets of Agones and",
            "their Services. Then compile it in memory and list every value that did not come back.",
            "Contacts no cluster: kubectl get gameserversets,services -A -o yaml | gopsc import -o fleet");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .description(
                "Objects as YAML or JSON: files, folders with all their .yaml, .yml and .json"
                    + " files, or - for standard input, which is read, too, when nothing is named.")
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("-o", "--output")
            .paramLabel("FOLDER")
            .description("Write imported.gops there; a file that is there is never overwritten.")
            .required(true)
            .type(Path.class)
            .build());
    Options.describeReport(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Path folder = arguments.matchedOptionValue("--output", Path.of("fleet"));
    Path file = folder.resolve(SOURCE);
    Options options = Options.of(arguments, file);
    Diagnostics diagnostics = new Diagnostics();
    try {
      List<Path> paths = arguments.matchedPositionalValue(0, List.of());
      List<Manifest> read = ManifestFiles.read(paths, terminal, diagnostics);
      ClusterFields written = new ClusterFields();
      List<Manifest> manifests = read.stream().map(written::without).toList();
      FleetImport imports = FleetImport.of(manifests);
      if (diagnostics.hasErrors()) {
        return report(diagnostics, options, List.of()).print(terminal, name(), options.format());
      }
      if (imports.count() == 0 || Files.exists(file)) {
        terminal
            .err()
            .println(
                imports.count() == 0
                    ? "gopsc: there is no set of servers among " + manifests.size() + " objects"
                    : "gopsc: " + file + " exists; nothing was written");
        return Failure.INPUT_OUTPUT.exitCode();
      }
      Path lock = folder.resolve("lock/imported.lock");
      Optional<String> assigned = imports.lock().filter(_ -> !Files.exists(lock));
      if (assigned.isPresent()) {
        GopsFiles.write(lock, assigned.get().getBytes(StandardCharsets.UTF_8));
      }
      GopsFiles.write(file, source(imports, manifests, arguments).getBytes(StandardCharsets.UTF_8));
      return compare(manifests, imports, written, options, file);
    } catch (IOException e) {
      terminal.err().println("gopsc: " + SystemReason.named(e));
      return Failure.INPUT_OUTPUT.exitCode();
    }
  }

  /// The source: first without patches, to see what these must say.
  private static String source(FleetImport imports, List<Manifest> manifests, ParseResult arguments)
      throws IOException {
    try (ImportTrial trial =
        new ImportTrial(draft -> Options.of(arguments, draft), imports.lock())) {
      ImportTrial.Result plain = trial.run(imports.draft(Map.of()));
      if (plain.objects().isEmpty()) {
        return FleetImport.formatted(plain.text());
      }
      ImportReport report = ImportReport.of(manifests, imports, plain.objects().get());
      ImportTrial.Result patched = trial.run(imports.draft(report.lost()));
      return FleetImport.formatted(patched.objects().isPresent() ? patched.text() : plain.text());
    }
  }

  private int compare(
      List<Manifest> manifests,
      FleetImport imports,
      ClusterFields written,
      Options options,
      Path file)
      throws IOException {
    Pipeline pipeline = new Pipeline(options);
    List<String> said = new ArrayList<>();
    said.add("wrote " + file + ": " + imports.count() + " sets of servers");
    imports.notes().forEach(note -> said.add("  " + note));
    written.notes().forEach(note -> said.add("  " + note));
    if (pipeline.check()) {
      ImportReport report = ImportReport.of(manifests, imports, ImportTrial.compiled(pipeline));
      Path full = file.resolveSibling(REPORT);
      GopsFiles.write(full, text(report).getBytes(StandardCharsets.UTF_8));
      List<String> lost = report.summary();
      said.add(
          report.lines().isEmpty()
              ? "everything comes back when it is compiled"
              : report.lines().size()
                  + " values do not come back when it is compiled ("
                  + full
                  + " has each):");
      lost.stream().limit(SHOWN).map(line -> "  " + line).forEach(said::add);
      if (lost.size() > SHOWN) {
        said.add("  and " + (lost.size() - SHOWN) + " more");
      }
      if (!report.additions().isEmpty()) {
        said.add(report.additions().size() + " values are new in what it compiles to, see " + full);
      }
    } else {
      said.add("it does not compile yet; what stands above is what it lacks");
    }
    return report(pipeline.diagnostics(), options, said).print(terminal, name(), options.format());
  }

  /// Every line, none put together with another.
  private static String text(ImportReport report) {
    StringBuilder text =
        new StringBuilder("What does not come back when the source is compiled:\n");
    report.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    text.append(report.lines().isEmpty() ? "  nothing\n" : "");
    text.append("\nWhat the compiler adds to sets of servers:\n");
    report.additions().forEach(line -> text.append("  ").append(line).append('\n'));
    text.append(report.additions().isEmpty() ? "  nothing\n" : "");
    return text.toString();
  }

  private static Report report(Diagnostics diagnostics, Options options, List<String> said) {
    Presentation presentation =
        new Presentation(
            Catalogue.of(options.language()), options::fromHere, options.path().toString());
    return new Report(diagnostics, presentation, options::shown, said, Optional.empty());
  }
}
