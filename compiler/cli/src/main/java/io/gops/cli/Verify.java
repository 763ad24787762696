package io.gops.cli;

import io.gops.capacity.PoolAnswer;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Recheck;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.verify.Certificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Checks what compile wrote, without the code that proved it.
final class Verify implements Command {
  private final Terminal terminal;

  Verify(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Check certificates, lock and state again with code that shares nothing with the prover.",
            "Certificates are read from the output folder.");
    Options.describe(spec);
    spec.addOption(
        OptionSpec.builder("-o", "--output")
            .paramLabel("FOLDER")
            .description("The folder that compile wrote to.")
            .type(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--certificate")
            .paramLabel("FILE")
            .description(
                "Only this certificate, which gopsc capacity wrote: whether its answer",
                "follows from its question, whatever the fleet says by now.")
            .type(Path.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    WrittenFleet fleets = WrittenFleet.of(options);
    FleetFolder folder = fleets.folder();
    Diagnostics diagnostics = fleets.diagnostics();
    List<String> summary = new ArrayList<>();
    for (Fleet fleet : fleets.fleets().values()) {
      Path named = arguments.matchedOptionValue("--certificate", null);
      Optional<Certificate> read =
          named != null
              ? Recheck.alone(folder, fleet, named, diagnostics)
              : Recheck.of(folder, fleet, certificate(arguments, fleet), diagnostics);
      read.filter(_ -> !diagnostics.hasErrors())
          .ifPresent(certificate -> summary.add(summary(fleet, certificate)));
    }
    return fleets.report(summary).print(terminal, name(), options.format());
  }

  private static Path certificate(ParseResult arguments, Fleet fleet) {
    return arguments
        .matchedOptionValue("--output", Path.of("out"))
        .resolve(fleet.environment())
        .resolve(fleet.cluster().name())
        .resolve("report/certificate.json");
  }

  private static String summary(Fleet fleet, Certificate certificate) {
    int groups = 0;
    int hosts = 0;
    int impossible = 0;
    for (PoolAnswer pool : certificate.pools()) {
      groups += pool.question().occupants().size();
      hosts += pool.question().machines().size();
      impossible += pool instanceof PoolAnswer.Impossible ? 1 : 0;
    }
    String verdict =
        impossible == 0
            ? "hold at every instant, and after the loss of any host that must be survived"
            : "have no placement: " + impossible + " pools cannot carry what they must";
    return fleet.name()
        + " "
        + fleet.environment()
        + ": "
        + groups
        + " groups on "
        + hosts
        + " hosts "
        + verdict;
  }
}
