package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// Storage that containers of a role share.
public record Volume(String name, Kind kind, Origins origins) {
  /// Where the bytes live.
  public sealed interface Kind {}

  /// Lives as long as the pod.
  ///
  /// @param limit bytes, 0 for none
  public record Scratch(long limit) implements Kind {}

  /// Shared memory between containers.
  ///
  /// @param limit bytes
  public record SharedMemory(long limit) implements Kind {}

  /// Keys of a Kubernetes Secret, a file for each.
  ///
  /// @param secret name of a [Secret] of the fleet
  /// @param keys the keys that become files; all when empty
  public record SecretFiles(String secret, List<String> keys) implements Kind {
    public SecretFiles {
      keys = List.copyOf(keys);
    }
  }

  /// Survives the pod.
  ///
  /// @param size bytes
  /// @param storageClass empty for the cluster's default
  /// @param path folder inside the volume, beginning with a slash; empty for all of it
  /// @param whenStopped what becomes of it when its server is no longer wanted
  /// @param whenDeleted what becomes of it when its set of servers is taken away
  public record Persistent(
      long size, String storageClass, String path, Retention whenStopped, Retention whenDeleted)
      implements Kind {}

  /// What becomes of a volume that no server uses.
  public enum Retention {
    KEEP,
    DELETE
  }
}
