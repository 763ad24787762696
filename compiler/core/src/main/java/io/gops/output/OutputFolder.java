package io.gops.output;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/// An output folder that this process alone may write, from [#open] to [#close].
///
/// Whoever opens it completes or discards what an interrupted run left.
public final class OutputFolder implements AutoCloseable {
  private static final String LOCK = ArtifactPath.RESERVED + "-lock";

  private final Path folder;
  private final List<Path> made;
  private final FileChannel channel;
  private final FileLock lock;

  private OutputFolder(Path folder, List<Path> made, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.made = made;
    this.channel = channel;
    this.lock = lock;
  }

  /// Makes the folder if there is none, waits for a process that writes it, and settles what an
  /// interrupted run left.
  ///
  /// @param path the output folder; may be a symbolic link to one
  /// @param locks the fleet's lock folder, which an interrupted run may have been about to write
  /// @param whenWaiting called once if another process holds the folder
  /// @return absent when it cannot be had; the reason is reported
  public static Optional<OutputFolder> open(
      Path path, Path locks, Runnable whenWaiting, Diagnostics diagnostics) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      diagnostics.report(Diagnostic.of(Code.GOPS6001, path).hint("hint"));
      return Optional.empty();
    }
    List<Path> made = new ArrayList<>();
    try {
      OutputFolder folder = acquire(path, made, whenWaiting);
      if (folder.settle(locks, diagnostics)) {
        return Optional.of(folder);
      }
      folder.close();
    } catch (IOException e) {
      made.reversed().forEach(Disk::removeIfEmpty);
      diagnostics.report(Diagnostic.of(Code.GOPS6002, path, SystemReason.of(e)).hint("hint"));
    }
    return Optional.empty();
  }

  /// Where it lies, links resolved.
  public Path path() {
    return folder;
  }

  /// Writes the files whose bytes changed and removes those that are no longer generated.
  ///
  /// @param generated every file
  /// @param compiler version for the manifest
  /// @param owned which paths this compile is responsible for: files of other environments stay
  /// @param locks the fleet's locks, in their folder
  /// @param threads how many files are made at once
  /// @return what changed; absent when nothing was written, and the reason is reported
  public Optional<Changes> write(
      Generated generated,
      String compiler,
      Predicate<String> owned,
      List<FleetLock> locks,
      int threads,
      Diagnostics diagnostics) {
    Staging staging = new Staging(folder);
    try {
      if (!clearOfLinks(staging.folder(), diagnostics)) {
        return Optional.empty();
      }
      Production production = new Production(folder, Optional.of(staging), threads, diagnostics);
      Optional<Production.Result> result = production.run(generated, compiler, owned, locks);
      if (result.isEmpty()) {
        staging.discard();
        return Optional.empty();
      }
      if (result.get().steps().isEmpty()) {
        staging.discard();
      } else {
        staging.decide(result.get().steps());
        new Exchange(folder, staging, lockFolder(locks)).finish(result.get().steps());
        made.clear();
      }
      return Optional.of(result.get().changes());
    } catch (IOException e) {
      Code code = giveUp(staging) ? Code.GOPS6002 : Code.GOPS6007;
      diagnostics.report(
          Diagnostic.of(code, Disk.place(e, folder), SystemReason.of(e)).hint("hint"));
      return Optional.empty();
    } catch (RuntimeException e) {
      giveUp(staging);
      throw e;
    }
  }

  /// What [#write] would change; writes nothing and needs no folder.
  public static Optional<Changes> compare(
      Path path,
      Generated generated,
      String compiler,
      Predicate<String> owned,
      List<FleetLock> locks,
      int threads,
      Diagnostics diagnostics) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      diagnostics.report(Diagnostic.of(Code.GOPS6001, path).hint("hint"));
      return Optional.empty();
    }
    try {
      Path folder = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
      return new Production(folder, Optional.empty(), threads, diagnostics)
          .run(generated, compiler, owned, locks)
          .map(Production.Result::changes);
    } catch (IOException e) {
      diagnostics.report(Diagnostic.of(Code.GOPS6002, path, SystemReason.of(e)).hint("hint"));
      return Optional.empty();
    }
  }

  /// Lets the next process in; removes the folder again if it was made for nothing.
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(folder.resolve(LOCK));
      lock.release();
    } catch (IOException e) {
      // The lock ends with the process; its empty file does no harm.
    }
    made.reversed().forEach(Disk::removeIfEmpty);
  }

  /// Before the decision, forgets what was staged; after it, leaves the record for the next run.
  ///
  /// @return whether the output is as it was before
  private static boolean giveUp(Staging staging) {
    if (Disk.exists(staging.intent()) || Disk.exists(staging.undo())) {
      return false;
    }
    try {
      staging.discard();
    } catch (IOException e) {
      // What has no intent is discarded by the next run.
    }
    return true;
  }

  private static Optional<Path> lockFolder(List<FleetLock> locks) {
    return locks.stream().findFirst().map(lock -> Exchange.above(lock.file().toAbsolutePath()));
  }

  private boolean settle(Path locks, Diagnostics diagnostics) {
    Staging staging = new Staging(folder);
    if (!Disk.exists(staging.folder())) {
      return true;
    }
    if (!clearOfLinks(staging.folder(), diagnostics)) {
      return false;
    }
    try {
      Exchange exchange = new Exchange(folder, staging, Optional.of(locks));
      if (Disk.isFile(staging.undo())) {
        exchange.takeBack(Staging.steps(staging.undo()));
      } else if (Disk.isFile(staging.intent())) {
        exchange.finish(Staging.steps(staging.intent()));
      } else {
        staging.discard();
      }
      return true;
    } catch (IOException e) {
      diagnostics.report(Diagnostic.of(Code.GOPS6007, folder, SystemReason.of(e)).hint("hint"));
      return false;
    }
  }

  private static boolean clearOfLinks(Path path, Diagnostics diagnostics) {
    if (Files.isSymbolicLink(path)) {
      diagnostics.report(Diagnostic.of(Code.GOPS6003, path).hint("hint"));
      return false;
    }
    return true;
  }

  /// The holder of the lock removes its file at the end; so who gets a lock first makes sure that
  /// its file still is the one that others see.
  private static OutputFolder acquire(Path path, List<Path> made, Runnable whenWaiting)
      throws IOException {
    boolean waiting = false;
    while (true) {
      makeFolders(path.toAbsolutePath().normalize(), made);
      Path folder = path.toRealPath();
      Path file = folder.resolve(LOCK);
      try {
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isPresent() && isSeenByOthers(channel, file)) {
          return new OutputFolder(folder, made, channel, lock.get());
        }
        channel.close();
        if (lock.isEmpty() && !waiting) {
          waiting = true;
          whenWaiting.run();
        }
      } catch (NoSuchFileException e) {
        // The holder removed the folder it had made for nothing.
      }
      pause();
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /// Whether the locked file still has its name: gives it a size that no other file has by chance,
  /// and asks for the size under the name. It must not be opened a second time: closing that would
  /// end this process's lock (POSIX, fcntl).
  private static boolean isSeenByOthers(FileChannel channel, Path file) throws IOException {
    long size = 1 + ThreadLocalRandom.current().nextLong(1L << 28);
    channel.write(ByteBuffer.allocate(1), size - 1);
    boolean seen = Disk.isFile(file) && Files.size(file) == size;
    channel.truncate(0);
    return seen;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for another gopsc", e);
    }
  }

  private static void makeFolders(Path path, List<Path> made) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      makeFolders(parent, made);
    }
    Files.createDirectory(path);
    made.add(path);
  }
}
