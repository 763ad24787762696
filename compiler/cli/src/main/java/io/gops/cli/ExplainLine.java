package io.gops.cli;

import io.gops.bind.EffectiveValue;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    List<EffectiveValue> values =
        folder.map(root -> values(root, root, file, line)).orElse(List.of());
    Path alone = folder.orElse(parent(file));
    if (values.isEmpty()) {
      alone = parent(file);
      values = values(file, alone, file, line);
    }
    if (values.isEmpty()) {
      terminal
          .out()
          .println("No value of " + line.file() + ":" + line.number() + " reaches the fleet.");
      return ExitCode.OK;
    }
    Path shown = alone;
    values.forEach(value -> print(value, shown, line.file()));
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

  private static List<EffectiveValue> values(Path fleet, Path root, Path file, SourceLine line) {
    String path = root.relativize(file).toString().replace('\\', '/');
    return FleetLoader.explain(fleet, path, line.number(), new Diagnostics());
  }

  private void print(EffectiveValue value, Path root, Path asTyped) {
    terminal
        .out()
        .println(
            value.declaration()
                + ": "
                + value.attribute()
                + " = "
                + value.value()
                + "   ("
                + String.join(", ", value.environments())
                + ")");
    for (EffectiveValue.Step step : value.steps()) {
      String what =
          switch (step.role()) {
            case SET -> "set at     ";
            case BROUGHT_IN -> "through    ";
            case BEFORE -> "instead of ";
          };
      String path = shown(step.place().file().path(), root, asTyped);
      String text = step.place().text().lines().findFirst().orElse("").strip();
      terminal
          .out()
          .println(
              "  "
                  + what
                  + path
                  + ":"
                  + step.place().line()
                  + ":"
                  + step.place().column()
                  + "  "
                  + text);
    }
    terminal.out().println();
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
