package io.gops.output;

import io.gops.artifact.Artifacts;

/// Every generated file, handed over one after the other: all of them at once need not fit in
/// memory.
@FunctionalInterface
public interface Generated {
  /// Calls `files` with each file, in any order, from any thread, and returns after the last. An
  /// error among the diagnostics of the run discards them all.
  void handOver(Artifacts files);
}
