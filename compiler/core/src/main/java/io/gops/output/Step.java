package io.gops.output;

/// One change of the disk that an intent asks for. `number` names the step's files in the staging
/// folder: `new/NUMBER` is what it puts in place, `old/NUMBER` what stood there before.
sealed interface Step {
  int number();

  /// Puts a file into the output folder.
  ///
  /// @param replaces whether a file stood there before
  record Put(int number, String path, boolean replaces) implements Step {}

  /// Takes a file out of the output folder.
  record Remove(int number, String path) implements Step {}

  /// Puts a lock into the fleet's lock folder, provided that it still is what the compile read.
  ///
  /// @param name file name in the lock folder
  /// @param before SHA-256 of the text that the compile read; empty when there was no file
  record Assign(int number, String name, String before) implements Step {}
}
