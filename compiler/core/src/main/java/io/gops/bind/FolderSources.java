package io.gops.bind;

import io.gops.source.GivenFile;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
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
      return new Reading.Bytes(GivenFile.read(real, GivenFile.SOURCE));
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
    return files(depth, _ -> true).stream().filter(path -> wanted.matcher(path).matches()).toList();
  }

  @Override
  public List<String> all() {
    return files(
            Integer.MAX_VALUE,
            folder ->
                !String.valueOf(folder.getFileName()).startsWith(".")
                    && !Files.exists(folder.resolve(FleetLoader.ROOT_FILE)))
        .stream()
        .filter(path -> path.endsWith(".gops"))
        .filter(path -> Files.isRegularFile(root.resolve(path), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /// The files below the root, sorted. What nobody may look into has none.
  ///
  /// @param enters whether to look into a folder
  private List<String> files(int depth, Predicate<Path> enters) {
    SortedSet<String> found = new TreeSet<>();
    try {
      Files.walkFileTree(
          root,
          Set.of(),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.equals(root) || enters.test(folder)
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (Files.isRegularFile(file)) {
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
    return List.copyOf(found);
  }

  /// `games/*.gops` as a regular expression.
  static Pattern pattern(String glob) {
    String expression =
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
    return Pattern.compile(expression);
  }
}
