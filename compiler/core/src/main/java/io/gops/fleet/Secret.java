package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// A reference to a Kubernetes Secret; its values never reach the compiler.
///
/// @param object name of the Secret object
/// @param keys keys that it is said to have
public record Secret(String name, String object, List<String> keys, Origins origins) {
  public Secret {
    keys = List.copyOf(keys);
  }
}
