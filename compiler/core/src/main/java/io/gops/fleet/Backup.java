package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A job that saves what servers keep, again and again.
///
/// @param volume a persistent volume that the job reads; without one it reads a database or the
///     like over the network
/// @param schedule minute, hour, day of month, month and day of week, as cron writes them
/// @param env by variable name
/// @param cpu of a run, in thousandths of a core
/// @param memory of a run, in bytes
/// @param keep copies that the job itself should keep, told to it as `KEEP`
/// @param within time after which a run is given up
public record Backup(
    String name,
    Optional<String> volume,
    String schedule,
    ZoneId timeZone,
    Image image,
    List<Interpolation> command,
    SortedMap<String, EnvValue> env,
    int keep,
    long cpu,
    long memory,
    Duration within,
    Origins origins) {
  /// Where the job sees the volume.
  public static final String FOLDER = "/backup/source";

  /// What a run uses at most, and always asks for.
  public Amounts uses() {
    return Amounts.NONE.with(Resource.CPU, cpu).with(Resource.MEMORY, memory);
  }

  public Backup {
    command = List.copyOf(command);
  }
}
