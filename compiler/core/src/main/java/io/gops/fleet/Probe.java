package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A question to a running server whose answer becomes server state.
///
/// @param container where the command runs
/// @param command prints the number of players, or succeeds when the answer is yes
/// @param players whether the number is the players online
/// @param passes what becomes of a server whose command succeeds
/// @param fails what becomes of a server whose command does not
public record Probe(
    String name,
    String container,
    List<String> command,
    Duration every,
    boolean players,
    Optional<ServerSpec> passes,
    Optional<ServerSpec> fails,
    Origins origins) {
  /// Whether its answer changes what servers are told.
  public boolean acts() {
    return players || passes.isPresent() || fails.isPresent();
  }

  public Probe {
    command = List.copyOf(command);
  }
}
