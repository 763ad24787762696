package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;

/// A question to a running server whose answer becomes server state.
///
/// @param container where the command runs
/// @param command prints a number
/// @param players whether the number is the players online
public record Probe(
    String name,
    String container,
    List<String> command,
    Duration every,
    boolean players,
    Origins origins) {
  public Probe {
    command = List.copyOf(command);
  }
}
