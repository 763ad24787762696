package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;

/// How fast the controller goes through the servers of a set when its template changes.
///
/// @param atOnce servers that may be away at the same time
/// @param settle time that a server must be ready before it counts
/// @param notice time between taking a server out of service and changing it
public record UpdatePace(int atOnce, Duration settle, Duration notice, Origins origins) {
  public static final UpdatePace DEFAULT =
      new UpdatePace(1, Duration.ZERO, Duration.ZERO, Origins.NONE);
}
