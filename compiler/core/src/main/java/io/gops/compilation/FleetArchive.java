package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.allocate.LockReader;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.source.SourceFile;
import io.gops.state.State;
import io.gops.state.StateFile;
import io.gops.syntax.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The committed inputs of a fleet in memory, as they were at some time: source, lock and state.
///
/// @param files by path below the fleet's root
/// @param beginning the file to begin with
/// @param stem name of the single file without `.gops`; empty for a folder
public record FleetArchive(SortedMap<String, byte[]> files, String beginning, String stem) {
  private static final String SOURCE = ".gops";

  public FleetArchive {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// The archive of files that stand where those of a folder stand.
  public static FleetArchive like(FleetFolder folder, SortedMap<String, byte[]> files) {
    return new FleetArchive(files, folder.beginning(), folder.stem());
  }

  /// The source texts of a folder as they are now. Links are not followed; what cannot be read is
  /// left out, because only the lines of what was read are asked for.
  public static SortedMap<String, String> sourcesOf(FleetFolder folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.root())) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String name = folder.root().relativize(path).toString().replace('\\', '/');
        if (isSource(name)) {
          texts.put(name, Files.readString(path));
        }
      }
    } catch (IOException | java.io.UncheckedIOException _) {
      return texts;
    }
    return texts;
  }

  /// Whether a path below the root is one of a fleet's inputs.
  public static boolean isInput(String path) {
    return isSource(path)
        || (path.startsWith("lock/") && path.endsWith(".lock"))
        || (path.startsWith("state/") && path.endsWith(".jsonl"));
  }

  private static boolean isSource(String path) {
    return path.endsWith(SOURCE) && !path.startsWith(".") && !path.contains("/.");
  }

  /// Whether there is such a fleet at all.
  public boolean isThere() {
    return files.containsKey(beginning);
  }

  /// The source texts by path.
  public SortedMap<String, String> sources() {
    SortedMap<String, String> texts = new TreeMap<>();
    files.forEach(
        (path, bytes) -> {
          if (isSource(path)) {
            texts.put(path, SourceText.decode(path, bytes, new Diagnostics()).text());
          }
        });
    return texts;
  }

  /// What people wrote, by environment; empty when it cannot be read as valid.
  public SortedMap<String, Fleet> fleets(Diagnostics diagnostics) {
    return FleetLoader.loadAll(sources(), beginning, diagnostics);
  }

  /// What was assigned in an environment, nothing before the first compile.
  public Lock readLock(String environment, Diagnostics found) {
    return read(
        FleetFolder.lockName(stem, environment),
        file -> LockReader.read(file, found),
        Lock.EMPTY,
        found);
  }

  /// What runs in an environment, nothing before the first release.
  public State readState(String environment, Diagnostics found) {
    return read(
        FleetFolder.stateName(stem, environment),
        file -> StateFile.read(file, found),
        State.EMPTY,
        found);
  }

  private <T> T read(
      String path, Function<SourceFile, T> reader, T otherwise, Diagnostics diagnostics) {
    return Optional.ofNullable(files.get(path))
        .map(bytes -> reader.apply(SourceText.decode(path, bytes, diagnostics)))
        .orElse(otherwise);
  }
}
