package io.gops.bind;

import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files of a folder on disk. Nothing outside it is read, whatever a link or `..` says.
final class FolderSources implements Sources {
  private final Path root;

  /// @param root the folder, as its real path
  FolderSources(Path root) {
    this.root = root;
  }

  @Override
  public Reading read(String path) {
    try {
      Path real = root.resolve(path).toRealPath();
      if (!real.startsWith(root)) {
        return new Reading.Outside();
      }
      return Files.isDirectory(real)
          ? new Reading.Unreadable("it is a folder")
          : new Reading.Bytes(Files.readAllBytes(real));
    } catch (NoSuchFileException _) {
      return new Reading.Missing();
    } catch (IOException e) {
      return new Reading.Unreadable(SystemReason.of(e));
    }
  }

  @Override
  public List<String> matching(String pattern) {
    if (!pattern.contains("*")) {
      return Files.exists(root.resolve(pattern), LinkOption.NOFOLLOW_LINKS)
          ? List.of(pattern)
          : List.of();
    }
    Pattern wanted = pattern(pattern);
    int depth = pattern.split("/", -1).length;
    try (Stream<Path> files = Files.walk(root, depth)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(path -> wanted.matcher(path).matches())
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  @Override
  public List<String> all() {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean foreign =
                  String.valueOf(folder.getFileName()).startsWith(".")
                      || Files.exists(folder.resolve(FleetLoader.ROOT_FILE));
              return foreign && !folder.equals(root)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && file.toString().endsWith(".gops")) {
                found.add(root.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      return List.of();
    }
    return found.stream().sorted().toList();
  }

  /// `games/*.gops` as a regular expression.
  static Pattern pattern(String glob) {
    String expression =
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
    return Pattern.compile(expression);
  }
}
