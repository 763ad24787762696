package io.gops.output;

import io.gops.artifact.Artifact;
import java.util.function.Consumer;

/// Every generated file, handed over one after the other: all of them at once need not fit in
/// memory.
@FunctionalInterface
public interface Generated {
  /// Calls `files` with each file, in any order, from any thread, and returns after the last. An
  /// error among the diagnostics of the run discards them all.
  void handOver(Consumer<Artifact> files);
}
