package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// A sidecar whose image carries scripts; replacing the image in place updates them without
/// touching the engine.
///
/// @param name name of the sidecar container
/// @param files folder of the scripts in the sidecar's image
/// @param mounts where the engine containers see the scripts
/// @param reload how a running engine is told
public record HotUpdate(
    String name, String files, List<EngineMount> mounts, Reload reload, Origins origins) {
  /// Where one engine container sees the scripts.
  public record EngineMount(String container, String path) {}

  public HotUpdate {
    mounts = List.copyOf(mounts);
  }
}
