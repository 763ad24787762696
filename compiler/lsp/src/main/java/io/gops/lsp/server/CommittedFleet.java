package io.gops.lsp.server;

import io.gops.lsp.fleet.FleetPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A fleet as the last commit has it: its sources, locks and states, read from the objects of git
/// into a folder of their own. Nothing is checked out, and no hook or filter of the repository
/// runs.
final class CommittedFleet implements AutoCloseable {
  private final Path folder;
  private final Path source;

  private CommittedFleet(Path folder, Path source) {
    this.folder = folder;
    this.source = source;
  }

  /// @throws IOException when there is no git, no repository or no commit; says so
  static CommittedFleet of(FleetPlace place) throws IOException {
    Path folder = Files.createTempDirectory("gopsc-head-");
    CommittedFleet fleet =
        new CommittedFleet(
            folder, place.source().equals(place.folder()) ? folder : folder.resolve(place.root()));
    try {
      fleet.read(place.folder());
      return fleet;
    } catch (IOException failure) {
      fleet.close();
      throw failure;
    }
  }

  /// What a command line would name.
  Path source() {
    return source;
  }

  /// Regular files of the inputs; a link in the commit is left out.
  private void read(Path from) throws IOException {
    String listed =
        new String(
            git(from, "ls-tree", "-r", "-z", "--end-of-options", "HEAD", "."),
            StandardCharsets.UTF_8);
    for (String entry : listed.split("\0", -1)) {
      int tab = entry.indexOf('\t');
      String path = entry.substring(tab + 1);
      if (tab > 0 && entry.startsWith("100") && isInput(path)) {
        String object = entry.substring(0, tab).split(" ", -1)[2];
        Path target = folder.resolve(path).normalize();
        if (target.startsWith(folder)) {
          Files.createDirectories(target.getParent());
          Files.write(target, git(from, "cat-file", "blob", object));
        }
      }
    }
  }

  private static boolean isInput(String path) {
    return path.endsWith(".gops") || path.endsWith(".lock") || path.endsWith(".jsonl");
  }

  private static byte[] git(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "--no-pager"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      out.transferTo(bytes);
      if (process.waitFor() != 0) {
        throw new IOException("no commit of this fleet was found");
      }
      return bytes.toByteArray();
    } catch (InterruptedException stopped) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
