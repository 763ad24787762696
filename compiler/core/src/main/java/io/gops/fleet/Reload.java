package io.gops.fleet;

import java.time.Duration;
import java.util.List;

/// How a running engine learns that its scripts changed.
public sealed interface Reload {
  /// Name of the engine container that reloads.
  String container();

  /// The sidecar calls the engine after it has copied the scripts, until the engine answers 200.
  ///
  /// @param port name of a port of the engine container
  /// @param retry time between two attempts
  record Http(String container, String port, String path, Duration retry) implements Reload {}

  /// The engine watches the folder itself.
  ///
  /// @param settle time without a change after which the engine reloads
  /// @param confirm a command in the engine container that ends without an error once it has; empty
  ///     when nothing can tell
  record Inotify(String container, Duration settle, List<String> confirm) implements Reload {
    public Inotify {
      confirm = List.copyOf(confirm);
    }
  }

  /// The rollout runs a command in the engine container of each pod.
  record Exec(String container, List<String> command) implements Reload {}

  /// The sidecar sends a signal to the engine's process; needs a shared process namespace.
  ///
  /// @param signal without `SIG`, for example `HUP`
  /// @param process name of the process
  record Signal(String container, String signal, String process) implements Reload {}
}
