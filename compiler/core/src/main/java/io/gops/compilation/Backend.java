package io.gops.compilation;

import io.gops.artifact.Artifact;
import io.gops.diagnostic.Diagnostics;
import java.util.function.Consumer;

/// Turns what was compiled into files of one technology; found by [java.util.ServiceLoader].
public interface Backend {
  /// Stable word for messages: `kubernetes`, `openvswitch`, `rollout`, `directory`, `report`.
  String id();

  /// Hands over every file. Files are small enough to be held one at a time.
  ///
  /// @param diagnostics takes what the target cannot do; an error there discards the files
  void generate(Compiled compiled, Consumer<Artifact> files, Diagnostics diagnostics);
}
