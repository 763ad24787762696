package io.gops.cli;

import io.gops.diagnostic.Palette;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The command inside this process, for tests that look at what it says.
final class Gops {
  private Gops() {}

  static Run run(String... arguments) {
    return run(Palette.PLAIN, arguments);
  }

  /// The same on a terminal with or without colours.
  static Run run(Palette palette, String... arguments) {
    return run(palette, new byte[0], arguments);
  }

  /// The same with something on standard input.
  static Run fed(String input, String... arguments) {
    return run(Palette.PLAIN, input.getBytes(StandardCharsets.UTF_8), arguments);
  }

  private static Run run(Palette palette, byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new Gopsc(
                new Terminal(
                    new ByteArrayInputStream(input),
                    print(out),
                    print(err),
                    palette,
                    palette,
                    false))
            .run(arguments);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /// The sources of an example in a folder of their own.
  static Path copy(String example, Path to) throws IOException {
    Path from = Run.ROOT.resolve("examples").resolve(example);
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (path.toString().endsWith(".gops")) {
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    }
    return to;
  }

  /// Everything of a folder, as it is.
  static Path copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static void replace(Path file, String text, String replacement) throws IOException {
    String before = Files.readString(file);
    String after = before.replace(text, replacement);
    if (after.equals(before)) {
      throw new AssertionError("nothing to replace: " + text);
    }
    Files.writeString(file, after);
  }
}
