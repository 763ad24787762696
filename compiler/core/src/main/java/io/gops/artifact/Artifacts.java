package io.gops.artifact;

import java.util.function.Consumer;

/// Takes generated files.
public interface Artifacts extends Consumer<Artifact> {
  /// Lets a back end look at what all of its files say together. `check` runs after the last file
  /// is made and before any is put in place; what it throws discards them all.
  void onceMade(Runnable check);
}
