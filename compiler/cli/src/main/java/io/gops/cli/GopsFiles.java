package io.gops.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.SortedSet;
import java.util.TreeSet;

/// The source files of a folder, and how one of them gets another text.
final class GopsFiles {
  private GopsFiles() {}

  /// All `.gops` files under a folder, hidden folders and links left out.
  static SortedSet<Path> under(Path folder) throws IOException {
    SortedSet<Path> files = new TreeSet<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean hidden = !visited.equals(folder) && isHidden(visited);
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(".gops")) {
              files.add(file.normalize());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  /// Writes a file whole or not at all, whether it is there or not. A pipe or a terminal takes what
  /// it can.
  static void write(Path file, byte[] bytes) throws IOException {
    if (Files.isRegularFile(file)) {
      replace(file, bytes);
      return;
    }
    if (Files.exists(file)) {
      Files.write(file, bytes);
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = file.resolveSibling("." + file.getFileName() + ".gopsc-new");
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Gives a file another text, whole or not at all. Its permissions stay; a link stays a link.
  static void replace(Path file, byte[] bytes) throws IOException {
    Path target = file.toRealPath();
    Path fresh = Files.createTempFile(target.getParent(), ".gopsc-fmt-", ".tmp");
    try {
      Files.write(fresh, bytes);
      PosixFileAttributeView posix =
          Files.getFileAttributeView(target, PosixFileAttributeView.class);
      if (posix != null) {
        Files.setPosixFilePermissions(fresh, posix.readAttributes().permissions());
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
