package io.gops.deployment;

import io.gops.fleet.HotUpdate;
import java.util.List;

/// Where a script sidecar keeps things: what its pod template says and what a release asks it.
public final class HotUpdateLayout {
  /// Seconds after which a sidecar gives up asking an engine to reload.
  public static final int RELOAD_DEADLINE_SECONDS = 300;

  private HotUpdateLayout() {}

  /// Name of the volume that the sidecar shares with the engine.
  public static String sharedVolume(HotUpdate update) {
    return "gops-" + update.name();
  }

  /// Name of the volume of the sidecar's own state.
  public static String stateVolume(HotUpdate update) {
    return "gops-" + update.name() + "-state";
  }

  /// Folder of the shared volume as the sidecar sees it.
  public static String sharedFolder(HotUpdate update) {
    return "/gops/" + update.name();
  }

  /// Folder of the sidecar's state as the sidecar sees it.
  public static String stateFolder(HotUpdate update) {
    return "/gops/" + update.name() + "-state";
  }

  /// Command that prints in the sidecar what became of the last reload: `pending`, `done` or
  /// `failed: ` with the reason. Only sidecars that reload by HTTP or signal know it.
  public static List<String> reloadStatus(HotUpdate update) {
    return List.of("cat", stateFolder(update) + "/reload");
  }
}
