package io.gops.cli;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.compilation.Compilation;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.outlook.CapacityAnswer;
import io.gops.outlook.WhatIf;
import io.gops.source.SystemReason;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
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
            .description("Answer for a changed fleet: 'players +20%%' or 'players -5%%'.")
            .type(WhatIf.class)
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
            .paramLabel("HOST")
            .description("Where everything goes when this host is lost.")
            .type(String.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--explain-moves")
            .description("Why placements would differ from the lock's.")
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
    FleetFolder folder = FleetFolder.of(options.path());
    Target target =
        ServiceLoader.load(Target.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no target is packaged"));
    Compilation compilation = new Compilation(folder, options.environment(), target);
    Diagnostics diagnostics = compilation.diagnostics();
    List<CapacityAnswer> answers = new ArrayList<>();
    List<Certificate> certificates = new ArrayList<>();
    try (Progress progress = new Progress(terminal)) {
      progress.show("calculating");
      for (Fleet written : compilation.fleets().values()) {
        Optional<WhatIf> change =
            Optional.ofNullable(arguments.matchedOptionValue("--what-if", null));
        Fleet fleet = change.map(c -> c.apply(written)).orElse(written);
        Inputs inputs = inputs(folder, fleet, diagnostics);
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
                    Optional.ofNullable(arguments.matchedOptionValue("--fail", null)),
                    arguments.hasMatchedOption("--explain-moves"))));
      }
    }
    write(arguments, certificates, diagnostics);
    return print(options, diagnostics, answers);
  }

  private record Inputs(State state, Lock lock) {}

  private static Inputs inputs(FleetFolder folder, Fleet fleet, Diagnostics diagnostics) {
    return new Inputs(
        folder.readState(fleet.environment(), diagnostics),
        folder.readLock(fleet.environment(), diagnostics));
  }

  private static Certificate certificate(
      Fleet fleet, Inputs inputs, Optional<CapacityProof> proof) {
    return proof
        .map(Certificate::of)
        .orElseGet(
            () -> new Certificate(CapacityProver.answers(fleet, inputs.state(), inputs.lock())));
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

  private int print(Options options, Diagnostics diagnostics, List<CapacityAnswer> answers) {
    List<String> summary =
        options.format() == Format.TEXT
            ? answers.stream().flatMap(answer -> CapacityTable.lines(answer).stream()).toList()
            : List.of();
    return new Report(
            diagnostics, options.presentation(), options::shown, summary, Optional.empty())
        .print(terminal, name(), options.format(), json -> CapacityMembers.write(answers, json));
  }

  private static WhatIf whatIf(String text) {
    return WhatIf.parse(text)
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "'" + text + "' is not like 'players +20%'"));
  }
}
