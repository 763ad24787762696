package io.gops.allocate;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The versions of a lock that a merge has to bring together, as plain records: what is assigned
/// twice is exactly what [LockMerge] is about, so nothing is refused here.
///
/// @param base what both branches began with; absent when nobody knows
/// @param ours the branch that was merged into
/// @param theirs the branch that was merged
public record ConflictedLock(Optional<Lock> base, Lock ours, Lock theirs) {

  /// Reads a file in which git left its markers, with the base between them or without. A file
  /// without markers is one that git merged by itself: both branches wrote all of it.
  public static ConflictedLock of(String text) {
    Versions versions = new Versions();
    text.lines().forEach(versions::line);
    return new ConflictedLock(
        versions.hasBase ? Optional.of(new Lock(versions.base)) : Optional.empty(),
        new Lock(versions.ours),
        new Lock(versions.theirs));
  }

  /// The records of one version; what is no record is left out.
  public static Lock version(List<String> lines) {
    SortedMap<Lock.Key, String> records = new TreeMap<>();
    lines.forEach(line -> record(line, records));
    return new Lock(records);
  }

  private static void record(String line, SortedMap<Lock.Key, String> into) {
    String[] parts = line.split(" ", 4);
    if (parts.length == 4 && !parts[3].isEmpty() && !line.startsWith("#")) {
      into.put(new Lock.Key(parts[0], parts[1], parts[2]), parts[3]);
    }
  }

  private enum Part {
    COMMON,
    OURS,
    BASE,
    THEIRS
  }

  private static final class Versions {
    private final SortedMap<Lock.Key, String> base = new TreeMap<>();
    private final SortedMap<Lock.Key, String> ours = new TreeMap<>();
    private final SortedMap<Lock.Key, String> theirs = new TreeMap<>();
    private Part part = Part.COMMON;
    private boolean hasBase;

    private void line(String line) {
      if (line.startsWith("<<<<<<<")) {
        part = Part.OURS;
      } else if (line.startsWith("|||||||")) {
        part = Part.BASE;
        hasBase = true;
      } else if (line.startsWith("=======")) {
        part = Part.THEIRS;
      } else if (line.startsWith(">>>>>>>")) {
        part = Part.COMMON;
      } else {
        record(line);
      }
    }

    private void record(String line) {
      switch (part) {
        case COMMON -> {
          ConflictedLock.record(line, base);
          common(line);
        }
        case OURS -> ConflictedLock.record(line, ours);
        case BASE -> ConflictedLock.record(line, base);
        case THEIRS -> ConflictedLock.record(line, theirs);
      }
    }

    /// A key that stands twice outside the markers has one value from each branch.
    private void common(String line) {
      SortedMap<Lock.Key, String> one = new TreeMap<>();
      ConflictedLock.record(line, one);
      one.forEach((key, value) -> ours.putIfAbsent(key, value));
      theirs.putAll(one);
    }
  }
}
