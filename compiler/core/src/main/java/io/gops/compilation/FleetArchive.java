package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.allocate.LockReader;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.state.State;
import io.gops.state.StateFile;
import io.gops.syntax.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

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

  /// The inputs of a folder as they are now.
  ///
  /// @throws IOException when one cannot be read
  public static FleetArchive of(FleetFolder folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, Path> input : inputs(folder.root()).entrySet()) {
      files.put(input.getKey(), GivenFile.read(input.getValue(), GivenFile.RECORD));
    }
    return like(folder, files);
  }

  /// The source texts of a folder as they are now. What cannot be read is left out, because only
  /// the lines of what was read are asked for.
  public static SortedMap<String, String> sourcesOf(FleetFolder folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    inputs(folder.root())
        .forEach(
            (name, path) -> {
              if (isSource(name)) {
                text(path).ifPresent(text -> texts.put(name, text));
              }
            });
    return texts;
  }

  private static Optional<String> text(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The inputs below a folder by path; links to folders are not followed, and folders that nobody
  /// may look into have none.
  private static SortedMap<String, Path> inputs(Path root) {
    SortedMap<String, Path> inputs = new TreeMap<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean hidden = String.valueOf(folder.getFileName()).startsWith(".");
              return hidden && !folder.equals(root)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = root.relativize(file).toString().replace('\\', '/');
              if (isInput(name) && Files.isRegularFile(file)) {
                inputs.put(name, file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return inputs;
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
    return read(FleetFolder.lockName(stem, environment), LockReader::read, Lock.EMPTY, found);
  }

  /// What runs in an environment, nothing before the first release.
  public State readState(String environment, Diagnostics found) {
    return read(FleetFolder.stateName(stem, environment), StateFile::read, State.EMPTY, found);
  }

  /// Whether the lock of an environment has the same bytes in a folder, so that reading one is
  /// reading both.
  public boolean hasLockOf(FleetFolder folder, String environment) {
    return isAt(FleetFolder.lockName(stem, environment), folder.lock(environment));
  }

  /// The same of the state.
  public boolean hasStateOf(FleetFolder folder, String environment) {
    return isAt(FleetFolder.stateName(stem, environment), folder.state(environment));
  }

  private boolean isAt(String path, Path file) {
    byte[] known = files.get(path);
    try {
      return known != null && Arrays.equals(known, Files.readAllBytes(file));
    } catch (IOException _) {
      return false;
    }
  }

  private <T> T read(
      String path,
      BiFunction<SourceFile, Diagnostics, T> reader,
      T otherwise,
      Diagnostics diagnostics) {
    return Optional.ofNullable(files.get(path))
        .map(bytes -> reader.apply(SourceText.decode(path, bytes, diagnostics), diagnostics))
        .orElse(otherwise);
  }
}
