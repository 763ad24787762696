package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;

/// How Kubernetes asks a container for its health.
///
/// @param every time between two questions
/// @param timeout time to wait for an answer
/// @param failures failed answers in a row that count
public record HealthCheck(
    Handler handler, Duration every, Duration timeout, int failures, Origins origins) {
  /// What is asked.
  public sealed interface Handler {}

  /// An HTTP GET that must answer 200 to 399.
  ///
  /// @param port name of a port of the same container
  public record Http(String port, String path) implements Handler {}

  /// A connection that must be accepted.
  public record Tcp(String port) implements Handler {}

  /// A command that must exit 0.
  public record Exec(List<String> command) implements Handler {}
}
