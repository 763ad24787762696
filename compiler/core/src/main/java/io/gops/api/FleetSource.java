package io.gops.api;

import io.gops.compilation.Compilation;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/// A fleet on disk: a folder with `fleet.gops`, or one `.gops` file; beside it its lock and state.
///
/// @param path the folder or file
/// @param environment the only one to compile; absent for all
public record FleetSource(Path path, Optional<String> environment) {

  /// All environments of a fleet.
  public static FleetSource of(Path path) {
    return new FleetSource(path, Optional.empty());
  }

  /// The same fleet, but only one of its environments.
  public FleetSource only(String name) {
    return new FleetSource(path, Optional.of(name));
  }

  /// Reads, binds and proves. Mistakes in the source are in the snapshot, never an exception.
  ///
  /// @throws IllegalStateException when no back end is on the class path
  public FleetSnapshot compile() {
    Target target =
        ServiceLoader.load(Target.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no back end is on the class path"));
    Compilation compilation = new Compilation(FleetFolder.of(path), environment, target);
    return new FleetSnapshot(compilation.compiled(), compilation.diagnostics().sorted());
  }
}
