package io.gops.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The folder inside the output folder where a run prepares what it will put in place.
///
/// `new/N` and `old/N` are the files of step N; `folders` names the folders that were made ahead of
/// the files; `intent` says what is to be done, `undo` that it must be taken back.
record Staging(Path output) {
  static final String NAME = ArtifactPath.RESERVED + "-staging";

  Path folder() {
    return output.resolve(NAME);
  }

  Path fresh(int number) {
    return folder().resolve("new").resolve(Integer.toString(number));
  }

  Path old(int number) {
    return folder().resolve("old").resolve(Integer.toString(number));
  }

  Path intent() {
    return folder().resolve("intent");
  }

  Path undo() {
    return folder().resolve("undo");
  }

  void create() throws IOException {
    Files.createDirectories(folder().resolve("new"));
    Files.createDirectories(folder().resolve("old"));
  }

  OutputStream write(int number) throws IOException {
    create();
    return Files.newOutputStream(
        fresh(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Makes a folder for new files; a discarded run removes it again.
  void makeFolder(Path path) throws IOException {
    Files.writeString(
        folder().resolve("folders"),
        output.relativize(path) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.createDirectory(path);
  }

  /// The moment of decision: what is recorded here will be done.
  void decide(List<Step> steps) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append(
          switch (step) {
            case Step.Put put ->
                (put.replaces() ? "replace\t" : "add\t") + put.number() + "\t" + put.path();
            case Step.Remove remove -> "remove\t" + remove.number() + "\t" + remove.path();
            case Step.Assign assign ->
                "assign\t" + assign.number() + "\t" + assign.name() + "\t" + assign.before();
          });
      text.append('\n');
    }
    Path prepared = folder().resolve("intent.new");
    Disk.writeDurably(prepared, text.toString().getBytes(StandardCharsets.UTF_8));
    Disk.force(folder().resolve("new"));
    Files.move(prepared, intent(), StandardCopyOption.ATOMIC_MOVE);
    Disk.force(folder());
  }

  /// The steps of `intent` or `undo`.
  ///
  /// @throws IOException also when the record asks for something that no compile asks for
  static List<Step> steps(Path record) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(record)) {
      String[] field = line.split("\t", -1);
      if (field.length < 3 || !(ArtifactPath.isSafe(field[2]) || field[2].equals(Manifest.NAME))) {
        throw new IOException("not an intent: " + line);
      }
      steps.add(step(field, line));
    }
    return steps;
  }

  private static Step step(String[] field, String line) throws IOException {
    int number = Integer.parseInt(field[1]);
    boolean isLock = field.length == 4 && field[2].indexOf('/') < 0;
    return switch (field[0]) {
      case "add" -> new Step.Put(number, field[2], false);
      case "replace" -> new Step.Put(number, field[2], true);
      case "remove" -> new Step.Remove(number, field[2]);
      case "assign" -> {
        if (!isLock) {
          throw new IOException("not an intent: " + line);
        }
        yield new Step.Assign(number, field[2], field[3]);
      }
      default -> throw new IOException("not an intent: " + line);
    };
  }

  /// Forgets what was staged, and the folders that were made for it if they are empty.
  void discard() throws IOException {
    Path folders = folder().resolve("folders");
    if (Disk.isFile(folders)) {
      for (String name : Files.readAllLines(folders).reversed()) {
        if (ArtifactPath.isSafe(name)) {
          Disk.removeIfEmpty(output.resolve(name));
        }
      }
    }
    Disk.removeTree(folder());
  }
}
