package io.gops.lsp.fleet;

import io.gops.bind.Draft;
import io.gops.bind.FleetLoader;
import io.gops.bind.ParsedFiles;
import io.gops.lsp.text.Uris;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/// Where a fleet is: in a folder with `fleet.gops`, in a single file, or only in the editor.
public final class FleetPlace {
  private final Path source;
  private final Path folder;
  private final String root;
  private final boolean isOnDisk;
  private final MarkedFiles marks = new MarkedFiles();

  private FleetPlace(Path source, Path folder, String root, boolean isOnDisk) {
    this.source = source;
    this.folder = folder;
    this.root = root;
    this.isOnDisk = isOnDisk;
  }

  /// The fleet of a folder that has `fleet.gops`.
  public static FleetPlace ofFolder(Path folder) {
    Path real = real(folder);
    return new FleetPlace(real, real, FleetLoader.ROOT_FILE, true);
  }

  /// The fleet that is one file.
  public static FleetPlace ofFile(Path file) {
    Path real = real(file);
    Path parent = real.getParent();
    Path folder = parent == null ? real : parent;
    return new FleetPlace(real, folder, folder.relativize(real).toString(), true);
  }

  /// A text that was never saved.
  ///
  /// @param name of the text, as messages show it
  static FleetPlace inMemory(String name) {
    return new FleetPlace(Path.of(name), Path.of(""), name, false);
  }

  /// The path without links; the path itself while there is nothing.
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      Path parent = path.getParent();
      Path name = path.getFileName();
      return parent == null || name == null || !Files.exists(parent)
          ? path.toAbsolutePath().normalize()
          : real(parent).resolve(name);
    }
  }

  /// The nearest folder with `fleet.gops` from a file's own upwards.
  static Optional<Path> folderOf(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(FleetLoader.ROOT_FILE))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  Optional<Draft> draft(SortedMap<String, String> texts, ParsedFiles parsed) {
    return isOnDisk ? Draft.of(source, texts, parsed) : Optional.of(Draft.of(texts, root, parsed));
  }

  MarkedFiles marks() {
    return marks;
  }

  /// What a person would name on a command line.
  public Path source() {
    return source;
  }

  /// The folder that paths are relative to.
  public Path folder() {
    return folder;
  }

  /// The file to begin with.
  public String root() {
    return root;
  }

  /// Whether there is something that a command line could name.
  public boolean isOnDisk() {
    return isOnDisk;
  }

  /// The path of a file in the fleet; absent when it is elsewhere.
  Optional<String> path(Path file) {
    Path real = real(file);
    return real.startsWith(folder)
        ? Optional.of(folder.relativize(real).toString().replace('\\', '/'))
        : Optional.empty();
  }

  /// The URI of a file of the fleet or of the library.
  String uri(String path) {
    return path.startsWith("std/") && !Files.exists(folder.resolve(path))
        ? Uris.library(path)
        : Uris.of(folder.resolve(path));
  }
}
