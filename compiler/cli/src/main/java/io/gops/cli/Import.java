package io.gops.cli;

import io.gops.adoption.FleetImport;
import io.gops.adoption.ImportReport;
import io.gops.adoption.Manifest;
import io.gops.adoption.ManifestReader;
import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Presentation;
import io.gops.source.SourceFile;
import io.gops.syntax.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Writes a source for objects that a cluster has, compiles it in memory, and says what did not
/// come back.
final class Import implements Command {
  private static final int SHOWN = 200;

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
            .description("Objects as YAML or JSON; without one they are read from the input.")
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
    Path file = folder.resolve("imported.gops");
    Options options = Options.of(arguments, file);
    Diagnostics diagnostics = new Diagnostics();
    try {
      List<Manifest> manifests = manifests(arguments, diagnostics);
      FleetImport.Result result = FleetImport.of(manifests);
      if (diagnostics.hasErrors()) {
        return report(diagnostics, options, List.of()).print(terminal, name(), options.format());
      }
      if (result.text().isEmpty() || Files.exists(file)) {
        terminal
            .err()
            .println(
                result.text().isEmpty()
                    ? "gopsc: there is no set of servers among " + manifests.size() + " objects"
                    : "gopsc: " + file + " exists; nothing was written");
        return Failure.INPUT_OUTPUT.exitCode();
      }
      GopsFiles.write(file, result.text().getBytes(StandardCharsets.UTF_8));
      return compare(manifests, result, options, file);
    } catch (IOException e) {
      terminal.err().println("gopsc: cannot read or write: " + e.getMessage());
      return Failure.INPUT_OUTPUT.exitCode();
    }
  }

  private int compare(
      List<Manifest> manifests, FleetImport.Result result, Options options, Path file) {
    Pipeline pipeline = new Pipeline(options);
    List<String> said = new ArrayList<>();
    said.add("wrote " + file + ": " + result.names().size() + " sets of servers");
    if (pipeline.check()) {
      List<Manifest> compiled = compiled(pipeline);
      List<String> lost = ImportReport.of(manifests, result.names(), compiled);
      said.add(
          lost.isEmpty()
              ? "everything comes back when it is compiled"
              : lost.size() + " values do not come back when it is compiled:");
      lost.stream().limit(SHOWN).map(line -> "  " + line).forEach(said::add);
      if (lost.size() > SHOWN) {
        said.add("  and " + (lost.size() - SHOWN) + " more");
      }
    } else {
      said.add("it does not compile yet; what stands above is what it lacks");
    }
    return report(pipeline.diagnostics(), options, said).print(terminal, name(), options.format());
  }

  /// The objects that the source compiles to; nothing is written.
  private static List<Manifest> compiled(Pipeline pipeline) {
    List<Artifact> files = Collections.synchronizedList(new ArrayList<>());
    pipeline.generate(
        Earlier.NOTHING,
        new Artifacts() {
          @Override
          public void onceMade(Runnable check) {
            // What is not written is not looked at as a whole.
          }

          @Override
          public void accept(Artifact artifact) {
            files.add(artifact);
          }
        });
    List<Manifest> manifests = new ArrayList<>();
    for (Artifact artifact : files) {
      if (artifact.path().contains("/kubernetes/") && artifact.path().endsWith(".yaml")) {
        manifests.addAll(
            ManifestReader.read(
                new SourceFile(artifact.path(), text(artifact)), new Diagnostics()));
      }
    }
    return manifests;
  }

  private static String text(Artifact artifact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      artifact.content().writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Report report(Diagnostics diagnostics, Options options, List<String> said) {
    Presentation presentation =
        new Presentation(
            Catalogue.of(options.language()), options::fromHere, options.path().toString());
    return new Report(diagnostics, presentation, options::shown, said, Optional.empty());
  }

  private List<Manifest> manifests(ParseResult arguments, Diagnostics diagnostics)
      throws IOException {
    List<Path> files = arguments.matchedPositionalValue(0, List.of());
    List<Manifest> manifests = new ArrayList<>();
    if (files.isEmpty()) {
      byte[] input = terminal.in().readAllBytes();
      return ManifestReader.read(SourceText.decode("input", input, diagnostics), diagnostics);
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      SourceFile read = SourceText.decode(file.toString(), bytes, diagnostics);
      manifests.addAll(ManifestReader.read(read, diagnostics));
    }
    return manifests;
  }
}
