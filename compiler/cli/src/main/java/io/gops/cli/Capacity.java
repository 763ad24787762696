package io.gops.cli;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.outlook.CapacityAnswer;
import io.gops.outlook.LostHosts;
import io.gops.outlook.WhatIf;
import io.gops.outlook.WhatIfFleet;
import io.gops.outlook.WhatIfParser;
import io.gops.source.SystemReason;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Answers questions about capacity; writes nothing but the certificate that is asked for.
final class Capacity implements Command {
  private static final int MOST_ZONES = 100_000;

  private final Terminal terminal;

  Capacity(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Show how full the hosts are at the worst instant, and what more they could carry.",
            "When they cannot, also what would be needed.");
    Options.describe(spec);
    spec.addOption(
        OptionSpec.builder("--what-if")
            .paramLabel("CHANGE")
            .description(whatIfHelp())
            .type(List.class)
            .auxiliaryTypes(WhatIf.class)
            .converters(Capacity::whatIf)
            .build());
    spec.addOption(
        OptionSpec.builder("--add-zones")
            .paramLabel("N")
            .description("How many hosts N more zones need in each pool.")
            .type(Integer.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--fail")
            .paramLabel("HOST|RACK")
            .description(
                "Where everything goes when this host, or every host of this rack, is lost;",
                "several with commas, or said several times, are lost at once.")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .build());
    spec.addOption(
        OptionSpec.builder("--explain-moves")
            .description("Why placements would differ from the lock's.")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--network")
            .description(
                "What each way to give pods a network would mean for this fleet: entries in the",
                "physical routers, addresses left, what it cannot give.")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--certificate")
            .paramLabel("FILE")
            .description(
                "Write the certificate here, also one that no placement exists; gopsc verify",
                "checks it.")
            .type(Path.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Options options = Options.of(arguments);
    int zones = arguments.matchedOptionValue("--add-zones", 0);
    if (zones < 0 || zones > MOST_ZONES) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--add-zones must be 0 to " + MOST_ZONES);
    }
    WrittenFleet fleets = WrittenFleet.of(options);
    Diagnostics diagnostics = fleets.diagnostics();
    List<WhatIf> whatIfs = arguments.matchedOptionValue("--what-if", List.of());
    WhatIf change = new WhatIf(whatIfs.stream().flatMap(w -> w.changes().stream()).toList());
    List<String> failed = arguments.matchedOptionValue("--fail", List.of());
    requireKnown(arguments, fleets.fleets().values(), change, failed);
    List<CapacityAnswer> answers = new ArrayList<>();
    List<Certificate> certificates = new ArrayList<>();
    try (Progress progress = new Progress(terminal)) {
      progress.show("calculating");
      for (Fleet written : fleets.fleets().values()) {
        Fleet fleet = WhatIfFleet.of(written, change);
        Inputs inputs = inputs(fleets.folder(), written, fleet, diagnostics);
        Optional<CapacityProof> proof =
            CapacityProver.prove(fleet, inputs.state(), inputs.lock(), diagnostics);
        certificates.add(certificate(fleet, inputs, proof));
        answers.add(
            CapacityAnswer.of(
                fleet,
                inputs.state(),
                inputs.lock(),
                proof,
                new CapacityAnswer.Question(
                    zones,
                    failed.isEmpty() ? Optional.empty() : Optional.of(LostHosts.of(fleet, failed)),
                    arguments.hasMatchedOption("--explain-moves"))));
      }
    }
    write(arguments, certificates, diagnostics);
    return print(options, fleets, answers, arguments.hasMatchedOption("--network"));
  }

  private record Inputs(State state, Lock lock) {}

  private static Inputs inputs(
      FleetFolder folder, Fleet written, Fleet changed, Diagnostics diagnostics) {
    return new Inputs(
        folder.readState(written.environment(), diagnostics),
        WhatIfFleet.lock(folder.readLock(written.environment(), diagnostics), written, changed));
  }

  /// A name that no environment has is a slip; one that only some have is not.
  private static void requireKnown(
      ParseResult arguments, Collection<Fleet> fleets, WhatIf change, List<String> failed) {
    if (fleets.isEmpty()) {
      return; // what is wrong with the source is said instead
    }
    WhatIfFleet.unknown(change, fleets)
        .map(why -> "--what-if: " + why)
        .or(() -> LostHosts.unknown(fleets, failed).map(why -> "--fail: " + why))
        .ifPresent(
            why -> {
              throw new ParameterException(arguments.commandSpec().commandLine(), why);
            });
  }

  private static Certificate certificate(
      Fleet fleet, Inputs inputs, Optional<CapacityProof> proof) {
    return proof
        .map(found -> Certificate.of(found, fleet))
        .orElseGet(
            () ->
                new Certificate(
                    fleet.patches().size(),
                    CapacityProver.answers(fleet, inputs.state(), inputs.lock())));
  }

  /// Writes the certificate of the first environment, which is the only one with `--env`.
  private static void write(
      ParseResult arguments, List<Certificate> certificates, Diagnostics diagnostics) {
    Path file = arguments.matchedOptionValue("--certificate", null);
    if (file == null || certificates.isEmpty()) {
      return;
    }
    if (certificates.size() > 1) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "--certificate writes one environment: name it with --env");
    }
    try {
      Files.writeString(file, CertificateText.print(certificates.getFirst()));
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6002, file.toString(), SystemReason.of(failure)).hint("hint"));
    }
  }

  private int print(
      Options options, WrittenFleet fleets, List<CapacityAnswer> answers, boolean withNetwork) {
    List<String> summary = new ArrayList<>();
    if (options.format() == Format.TEXT) {
      answers.forEach(a -> summary.addAll(CapacityTable.lines(a, terminal.outPalette())));
      if (withNetwork) {
        fleets
            .fleets()
            .values()
            .forEach(f -> summary.addAll(NetworkTable.lines(f, terminal.outPalette())));
      }
    }
    return fleets
        .report(summary)
        .print(
            terminal,
            name(),
            options.format(),
            json -> {
              CapacityMembers.write(answers, json);
              if (withNetwork) {
                NetworkTable.write(fleets.fleets().values(), json);
              }
            });
  }

  private static WhatIf whatIf(String text) {
    return switch (WhatIfParser.parse(text)) {
      case WhatIfParser.Parsed.Changes understood -> new WhatIf(understood.changes());
      case WhatIfParser.Parsed.Wrong wrong ->
          throw new CommandLine.TypeConversionException(wrong.why());
    };
  }

  private static String[] whatIfHelp() {
    List<String> lines = new ArrayList<>();
    lines.add("Answer for a fleet that is changed in thought. CHANGE is one of");
    WhatIfParser.GRAMMAR.forEach(form -> lines.add("  " + form.replace("%", "%%")));
    lines.add("or several with commas; the option may also be said several times.");
    lines.add("Hosts are added like the pool's largest, and taken away from the last by name.");
    return lines.toArray(String[]::new);
  }
}
