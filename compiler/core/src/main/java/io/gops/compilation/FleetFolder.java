package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.allocate.LockReader;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.source.SystemReason;
import io.gops.state.State;
import io.gops.state.StateFile;
import io.gops.syntax.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the three committed inputs of a fleet are: source, lock and state.
///
/// @param source what was named: a folder with `fleet.gops`, or one `.gops` file
/// @param root folder that imports may not leave
/// @param stem name of the single file without `.gops`; empty for a folder
public record FleetFolder(Path source, Path root, String stem) {
  private static final String SUFFIX = ".gops";

  /// The folder of a fleet that a person named by its folder, its `fleet.gops` or a single file. A
  /// folder without `fleet.gops` and with one `.gops` file means that file.
  public static FleetFolder of(Path named) {
    Path path = named.toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      return onlyFile(path).map(FleetFolder::of).orElseGet(() -> new FleetFolder(path, path, ""));
    }
    Path root = path.getParent() == null ? path : path.getParent();
    Path name = path.getFileName();
    String text = name == null ? "" : name.toString();
    if (text.equals("fleet.gops")) {
      return new FleetFolder(root, root, "");
    }
    String stem = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
    return new FleetFolder(path, root, stem);
  }

  private static Optional<Path> onlyFile(Path folder) {
    if (Files.exists(folder.resolve("fleet.gops"))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
              .toList();
      return sources.size() == 1 ? Optional.of(sources.getFirst()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// What was assigned in an environment.
  public Path lock(String environment) {
    return root.resolve(lockName(stem, environment));
  }

  /// What runs in an environment.
  public Path state(String environment) {
    return root.resolve(stateName(stem, environment));
  }

  /// Where the lock of an environment is, below the root.
  static String lockName(String stem, String environment) {
    return "lock/" + fileName(stem, environment) + ".lock";
  }

  /// Where the state of an environment is, below the root.
  static String stateName(String stem, String environment) {
    return "state/" + fileName(stem, environment) + ".jsonl";
  }

  /// Single-file fleets share a folder, so their files carry the name of the source.
  private static String fileName(String stem, String environment) {
    return stem.isEmpty() ? environment : stem;
  }

  /// The file to begin with, below the root.
  public String beginning() {
    return stem.isEmpty() ? FleetLoader.ROOT_FILE : stem + SUFFIX;
  }

  /// What was assigned in an environment, nothing before the first compile.
  public Lock readLock(String environment, Diagnostics found) {
    return input(lock(environment), found)
        .map(file -> LockReader.read(file, found))
        .orElse(Lock.EMPTY);
  }

  /// What runs in an environment, nothing before the first release.
  public State readState(String environment, Diagnostics found) {
    return input(state(environment), found)
        .map(file -> StateFile.read(file, found))
        .orElse(State.EMPTY);
  }

  /// A committed input; absent when there is none yet.
  private Optional<SourceFile> input(Path path, Diagnostics found) {
    String name = root.relativize(path).toString().replace('\\', '/');
    try {
      return Optional.of(SourceText.decode(name, GivenFile.read(path, GivenFile.RECORD), found));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failure) {
      found.report(Diagnostic.of(Code.GOPS2906, name, SystemReason.of(failure)).hint("hint"));
      return Optional.empty();
    }
  }
}
