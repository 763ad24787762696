package io.gops.cli;

import io.gops.adoption.RunningSets;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Failure;
import io.gops.fleet.Side;
import io.gops.source.SystemReason;
import io.gops.state.State;
import io.gops.state.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// What is done with the state beside releases: `gopsc state import`.
final class StateCommand implements Command {
  private static final String IMPORT = "import";

  private final Terminal terminal;

  StateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "state";
  }

  @Override
  public CommandSpec model() {
    CommandSpec imports = CommandSpec.create();
    imports
        .usageMessage()
        .description(
            "Write the state of an environment from the GameServerSets that its cluster holds.",
            "Contacts no cluster: it reads what kubectl printed, from files or from its input:",
            "kubectl get gameserversets -A -o yaml | gopsc state import FLEET --env prod");
    Options.describe(imports);
    imports.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .description("Objects as YAML or JSON; without one they are read from the input.")
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .build());
    imports.addOption(
        OptionSpec.builder("--live")
            .paramLabel("GROUP=SIDE")
            .description("The side of a group that takes logins, where both run.")
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    imports.addOption(
        OptionSpec.builder("--print")
            .description("Print the state; write nothing.")
            .type(boolean.class)
            .build());
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description("Take over what runs.").synopsisSubcommandLabel("COMMAND");
    spec.addSubcommand(IMPORT, imports);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    if (!arguments.commandSpec().name().equals(IMPORT)) {
      arguments.commandSpec().commandLine().usage(terminal.err());
      return ExitCode.USAGE;
    }
    Options options = Options.of(arguments);
    Map<String, Side> told = told(arguments);
    WrittenFleet fleet = WrittenFleet.of(options);
    if (fleet.fleets().size() > 1) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "say whose state it is with --env: the fleet has "
              + String.join(", ", fleet.fleets().keySet()));
    }
    List<String> said = new ArrayList<>();
    try {
      for (Compiled compiled : fleet.compilation().compiled().values()) {
        write(compiled, fleet, told, arguments, said);
      }
    } catch (IOException e) {
      terminal.err().println("gopsc: " + SystemReason.named(e));
      return Failure.INPUT_OUTPUT.exitCode();
    }
    return fleet.report(said).print(terminal, name(), options.format());
  }

  private void write(
      Compiled compiled,
      WrittenFleet fleet,
      Map<String, Side> told,
      ParseResult arguments,
      List<String> said)
      throws IOException {
    Target target = ServiceLoader.load(Target.class).findFirst().orElseThrow();
    Diagnostics diagnostics = fleet.diagnostics();
    RunningSets sets =
        new RunningSets(
            compiled.deployment(),
            target.podTemplates(compiled.deployment()),
            compiled.state(),
            told,
            diagnostics);
    State state =
        sets.read(
            ManifestFiles.read(
                arguments.matchedPositionalValue(1, List.of()), terminal, diagnostics));
    if (diagnostics.hasErrors()) {
      return;
    }
    String text = StateFile.print(state);
    if (arguments.hasMatchedOption("--print")) {
      terminal.out().print(text);
      sets.notes().forEach(terminal.err()::println);
      return;
    }
    FleetFolder folder = fleet.folder();
    Path file = folder.state(compiled.fleet().environment());
    GopsFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    said.add(
        fleet.options().shown(folder.root().relativize(file).toString())
            + ": "
            + state.groups().size()
            + " groups run, "
            + state.templates().size()
            + " pod templates");
    sets.notes().forEach(note -> said.add("  " + note));
  }

  private static Map<String, Side> told(ParseResult arguments) {
    Map<String, Side> told = new TreeMap<>();
    List<String> words = arguments.matchedOptionValue("--live", List.of());
    for (String word : words) {
      String[] parts = word.split("=", -1);
      if (parts.length != 2 || !(parts[1].equals("a") || parts[1].equals("b"))) {
        throw new ParameterException(
            arguments.commandSpec().commandLine(), "--live takes GROUP=a or GROUP=b, not " + word);
      }
      told.put(parts[0], parts[1].equals("a") ? Side.A : Side.B);
    }
    return told;
  }
}
