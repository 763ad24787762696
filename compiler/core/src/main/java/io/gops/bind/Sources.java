package io.gops.bind;

import java.util.List;
import java.util.Optional;

/// The files of one fleet, by path relative to its folder with `/` as separator.
public interface Sources {
  /// What reading a path gives.
  sealed interface Reading {
    /// The file's bytes. Never compared, so that an array's identity does no harm.
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements Reading {}

    /// There is no such file.
    record Missing() implements Reading {}

    /// The path leads out of the folder, by `..` or by a link.
    record Outside() implements Reading {}

    /// There is one, but it cannot be read.
    ///
    /// @param reason in words
    record Unreadable(String reason) implements Reading {}
  }

  Reading read(String path);

  /// All files that a pattern names, in sorted order; `*` stands for any part of one name.
  List<String> matching(String pattern);

  /// All `.gops` files in sorted order. Hidden folders, and folders that are fleets of their own,
  /// are left out.
  List<String> all();

  /// A path of the standard library.
  static boolean isStandard(String path) {
    return path.startsWith("std/");
  }

  /// The path that `reference` means in a file of the folder; absent when it leaves the fleet.
  static Optional<String> resolve(String file, String reference) {
    if (isStandard(reference)) {
      return reference.contains("..") ? Optional.empty() : Optional.of(reference);
    }
    if (reference.startsWith("/") || reference.contains("\\") || reference.contains(":")) {
      return Optional.empty();
    }
    java.util.ArrayDeque<String> parts = new java.util.ArrayDeque<>();
    String folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
    for (String part : (folder + reference).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
