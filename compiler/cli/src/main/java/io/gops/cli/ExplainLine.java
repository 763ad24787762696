package io.gops.cli;

import io.gops.bind.EffectiveValue;
import io.gops.bind.FleetLoader;
import io.gops.bind.LineExplanation;
import io.gops.diagnostic.Credentials;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Harmless;
import io.gops.source.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Prints the effective values that a line of a source has a part in, each with the places that
/// made it so.
final class ExplainLine {
  private final Terminal terminal;

  ExplainLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /// @return the exit code
  int run(SourceLine line) {
    Path file = line.file().toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      terminal.err().println("gopsc: there is no file " + line.file());
      return ExitCode.USAGE;
    }
    Optional<Path> folder = fleetFolder(file);
    Optional<LineExplanation> inFleet =
        folder.map(root -> explanation(root, root, file, line)).filter(found -> !found.isEmpty());
    Path root = inFleet.isPresent() ? folder.orElseThrow() : parent(file);
    LineExplanation found = inFleet.orElseGet(() -> explanation(file, root, file, line));
    if (found.isEmpty()) {
      terminal
          .out()
          .println("Nothing of " + line.file() + ":" + line.number() + " reaches a fleet.");
      return ExitCode.OK;
    }
    found.facts().forEach(fact -> print(fact, root, line.file()));
    found.values().forEach(value -> print(value, root, line.file()));
    return ExitCode.OK;
  }

  /// The nearest folder with `fleet.gops`, from the file's own upwards.
  private static Optional<Path> fleetFolder(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(FleetLoader.ROOT_FILE))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static LineExplanation explanation(Path fleet, Path root, Path file, SourceLine line) {
    String path = root.relativize(file).toString().replace('\\', '/');
    return FleetLoader.explain(fleet, path, line.number(), new Diagnostics());
  }

  private void print(EffectiveValue value, Path root, Path asTyped) {
    terminal
        .out()
        .println(
            shown(
                value.declaration()
                    + ": "
                    + value.attribute()
                    + " = "
                    + value.value()
                    + "   ("
                    + String.join(", ", value.environments())
                    + ")"));
    for (EffectiveValue.Step step : value.steps()) {
      String what =
          switch (step.role()) {
            case SET -> "set at     ";
            case BROUGHT_IN -> "through    ";
            case CONSTANT -> "with       ";
            case BEFORE -> "instead of ";
          };
      print(what, step.place(), root, asTyped);
    }
    terminal.out().println();
  }

  private void print(LineExplanation.Fact fact, Path root, Path asTyped) {
    terminal.out().println(shown(fact.sentence()));
    int width = fact.links().stream().mapToInt(link -> link.role().length()).max().orElse(0);
    for (LineExplanation.Link link : fact.links()) {
      String role = link.role() + " ".repeat(Math.max(10, width) - link.role().length() + 1);
      print(role, link.place(), root, asTyped);
    }
    terminal.out().println();
  }

  /// A place with the first line of its text.
  private void print(String what, Place place, Path root, Path asTyped) {
    String text = shown(place.text().lines().findFirst().orElse("").strip());
    terminal
        .out()
        .println(
            "  "
                + what
                + shown(place.file().path(), root, asTyped)
                + ":"
                + place.line()
                + ":"
                + place.column()
                + "  "
                + text);
  }

  /// Text of a source as it may be shown.
  private static String shown(String text) {
    return Harmless.text(Credentials.conceal(text));
  }

  /// The path as the person can open it who typed another one; that of the standard library, which
  /// is in no folder, as it is imported.
  private static String shown(String inFleet, Path root, Path asTyped) {
    Path file = root.resolve(inFleet);
    if (!Files.exists(file)) {
      return inFleet;
    }
    return asTyped.isAbsolute()
        ? file.toString()
        : Path.of("").toAbsolutePath().relativize(file).toString();
  }
}
