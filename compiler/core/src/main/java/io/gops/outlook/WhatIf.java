package io.gops.outlook;

import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import java.util.List;
import java.util.Optional;

/// Changes that are tried together and not made: `players of clx-main +20%, hosts of hz.std +2`.
public record WhatIf(List<Change> changes) {
  public WhatIf {
    changes = List.copyOf(changes);
  }

  /// One change.
  ///
  /// Percentages of a relative change are what the number becomes, in percent of what it is.
  public sealed interface Change {
    /// @param of a `zones` declaration, a game, a pool or a zone's number; absent for all zones
    record Players(Optional<String> of, long percent) implements Change {}

    /// @param of the game; absent for all games
    record PerPlayer(Resource resource, Optional<String> of, long percent) implements Change {}

    /// How much memory stays after logout.
    ///
    /// @param of the game; absent for all games
    record KeepsAfterLogout(Optional<String> of, Percent share) implements Change {}

    /// @param more hosts like the pool's largest that are added; below 0, the last ones by name
    ///     that are taken away
    record Hosts(String of, int more) implements Change {}

    /// @param of the release whose waves change; absent for all releases
    record PerHost(Optional<String> of, int groups) implements Change {}

    /// @param of the pool; absent for all pools
    record Margin(Resource resource, Optional<String> of, Percent share) implements Change {}
  }
}
