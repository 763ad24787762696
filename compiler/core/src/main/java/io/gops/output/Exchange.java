package io.gops.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Carries out the steps of an intent, or takes them back. Each step can be repeated: a run that
/// was killed in the middle is continued by going through all steps again.
///
/// @param locks the fleet's lock folder; absent when locks are not written
record Exchange(Path output, Staging staging, Optional<Path> locks) {

  /// Does what a decided intent says. When the system refuses in the middle, takes back what was
  /// done and throws.
  void finish(List<Step> steps) throws IOException {
    try {
      for (Step step : steps) {
        apply(step);
      }
    } catch (IOException e) {
      Files.move(staging.intent(), staging.undo(), StandardCopyOption.ATOMIC_MOVE);
      takeBack(steps);
      throw e;
    }
    foldersOf(steps).forEach(Disk::force);
    Files.delete(staging.intent());
    Disk.removeTree(staging.folder());
    removeEmptyFolders(steps);
  }

  /// Restores what stood there before.
  void takeBack(List<Step> steps) throws IOException {
    for (Step step : steps.reversed()) {
      undo(step);
    }
    Files.delete(staging.undo());
    staging.discard();
  }

  void apply(Step step) throws IOException {
    switch (step) {
      case Step.Put put -> put(put);
      case Step.Remove remove -> {
        Path target = target(remove.path());
        if (Disk.exists(target) && !Disk.exists(staging.old(remove.number()))) {
          Files.move(target, staging.old(remove.number()), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      case Step.Assign assign -> assign(assign);
    }
  }

  private void put(Step.Put put) throws IOException {
    Path fresh = staging.fresh(put.number());
    if (!Disk.exists(fresh)) {
      return;
    }
    Path target = target(put.path());
    if (put.replaces() && Disk.exists(target) && !Disk.exists(staging.old(put.number()))) {
      keep(target, staging.old(put.number()));
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Keeps the old file under a second name, so that its place is never empty.
  private static void keep(Path target, Path old) throws IOException {
    try {
      Files.createLink(old, target);
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without hard links.
      Files.copy(target, old, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private void assign(Step.Assign assign) throws IOException {
    if (locks.isEmpty()) {
      return;
    }
    Path lock = locks.get().toAbsolutePath().resolve(assign.name());
    if (hash(lock).equals(assign.before())) {
      if (Disk.isFile(lock) && !Disk.exists(staging.old(assign.number()))) {
        Files.copy(lock, staging.old(assign.number()));
      }
      replace(lock, Files.readAllBytes(staging.fresh(assign.number())));
    }
  }

  private static void replace(Path file, byte[] text) throws IOException {
    Path prepared = file.resolveSibling("." + file.getFileName() + ".gopsc-new");
    Files.createDirectories(above(file));
    try {
      Files.deleteIfExists(prepared);
      Disk.writeDurably(prepared, text);
      Files.move(
          prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(prepared);
    }
    Disk.force(above(file));
  }

  void undo(Step step) throws IOException {
    Path old = staging.old(step.number());
    switch (step) {
      case Step.Put put -> {
        Path target = target(put.path());
        if (put.replaces()) {
          if (Disk.exists(old)) {
            Files.move(
                old, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          }
        } else if (!Disk.exists(staging.fresh(put.number()))) {
          Files.deleteIfExists(target);
        }
      }
      case Step.Remove remove -> {
        if (Disk.exists(old)) {
          Files.move(old, target(remove.path()), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      case Step.Assign assign -> takeBack(assign);
    }
  }

  private void takeBack(Step.Assign assign) throws IOException {
    if (locks.isEmpty()) {
      return;
    }
    Path lock = locks.get().toAbsolutePath().resolve(assign.name());
    if (!hash(lock).equals(hash(staging.fresh(assign.number())))) {
      return;
    }
    if (Disk.exists(staging.old(assign.number()))) {
      replace(lock, Files.readAllBytes(staging.old(assign.number())));
    } else {
      Files.deleteIfExists(lock);
    }
  }

  /// Where a path lies, if no link leads out of the folder on the way.
  private Path target(String path) throws IOException {
    Path at = output;
    for (Path name : output.relativize(output.resolve(path))) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        throw new IOException(at + " is a symbolic link");
      }
    }
    return at;
  }

  private SortedSet<Path> foldersOf(List<Step> steps) {
    SortedSet<Path> folders = new TreeSet<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Put put -> folders.add(parent(put.path()));
        case Step.Remove remove -> folders.add(parent(remove.path()));
        case Step.Assign assign -> {
          // The lock's folder is made durable when the lock is replaced.
        }
      }
    }
    return folders;
  }

  private void removeEmptyFolders(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Remove remove) {
        Path folder = parent(remove.path());
        while (!folder.equals(output) && Disk.removeIfEmpty(folder)) {
          folder = above(folder);
        }
      }
    }
  }

  private Path parent(String path) {
    return above(output.resolve(path));
  }

  /// The folder of a file.
  static Path above(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /// SHA-256 of a lock's text; empty when there is none.
  static String hash(Path lock) throws IOException {
    return Disk.exists(lock) ? Rendering.hashOf(lock) : "";
  }

  static String hash(Optional<String> text) throws IOException {
    if (text.isEmpty()) {
      return "";
    }
    Rendering rendering = new Rendering(Rendering.Spill.NOWHERE);
    try (rendering) {
      rendering.write(text.get().getBytes(StandardCharsets.UTF_8));
    }
    return rendering.hash();
  }
}
