package io.gops.compilation;

import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.diagnostic.Diagnostics;

/// Turns what was compiled into files of one technology; found by [java.util.ServiceLoader].
public interface Backend {
  /// Stable word for messages: `kubernetes`, `openvswitch`, `rollout`, `directory`, `report`.
  String id();

  /// Reports what the target cannot do, or would do wrong. Nothing is generated after an error.
  default void check(Compiled compiled, Diagnostics diagnostics) {}

  /// Hands over every file of what was checked. Files are small enough to be held one at a time.
  ///
  /// @param diagnostics takes what shows only now; an error there discards the files
  void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics);

  /// The same for a back end with files that say what has changed since the last compile.
  default void generate(
      Compiled compiled, Earlier earlier, Artifacts files, Diagnostics diagnostics) {
    generate(compiled, files, diagnostics);
  }
}
