package io.gops.cli;

import io.gops.adoption.Manifest;
import io.gops.adoption.ManifestReader;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.syntax.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Objects of Kubernetes in the files that a person names.
final class ManifestFiles {
  private static final Path STANDARD_INPUT = Path.of("-");

  private ManifestFiles() {}

  /// The objects in the order of the paths; those of a folder by the names of its files.
  ///
  /// @param paths files, folders with all their YAML and JSON files, or `-` for standard input,
  ///     which is also read when there is no path
  static List<Manifest> read(List<Path> paths, Terminal terminal, Diagnostics diagnostics)
      throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (Path path : paths.isEmpty() ? List.of(STANDARD_INPUT) : paths) {
      if (path.equals(STANDARD_INPUT)) {
        byte[] input = GivenFile.read(terminal.in(), "standard input", GivenFile.RECORD);
        manifests.addAll(
            ManifestReader.read(
                SourceText.decode("standard input", input, diagnostics), diagnostics));
        continue;
      }
      for (Path file : Files.isDirectory(path) ? under(path) : List.of(path)) {
        // The whole path: reports add the folder of the fleet to others.
        String name = file.toAbsolutePath().normalize().toString();
        byte[] bytes = GivenFile.read(file, GivenFile.RECORD);
        SourceFile text = SourceText.decode(name, bytes, diagnostics);
        manifests.addAll(ManifestReader.read(text, diagnostics));
      }
    }
    return manifests;
  }

  private static List<Path> under(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> isManifest(file) && !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException closed) {
      throw closed.getCause();
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static boolean isHidden(Path inFolder) {
    for (Path part : inFolder) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
