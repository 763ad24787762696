package io.gops.capacity;

import java.util.List;

/// What a host carries, resource by resource.
///
/// @param occupants names of the placement records on it, in order
/// @param measures in order of resource and moment
/// @param largestSafeWave groups of this host that could move at once; their number when all could
public record HostFill(
    String host,
    String pool,
    List<String> occupants,
    List<MeasureFill> measures,
    int largestSafeWave) {
  public HostFill {
    occupants = List.copyOf(occupants);
    measures = List.copyOf(measures);
  }

  /// Fullest use at the worst instant; requests do not count.
  public Fill worstInstant() {
    return measures.stream()
        .filter(m -> m.measure().moment() != Moment.REQUESTS)
        .map(MeasureFill::fill)
        .reduce(Fill.EMPTY, Fill::max);
  }

  /// One inequality of the host with its numbers.
  ///
  /// @param steady sum of the steady uses
  /// @param worst most at any instant: `steady` and the largest extra uses
  /// @param limit what `worst` may not exceed
  /// @param allocatable what the host offers before the margin
  /// @param moving the groups whose extra uses make up the worst instant
  public record MeasureFill(
      Measure measure, long steady, long worst, long limit, long allocatable, List<String> moving) {
    public MeasureFill {
      moving = List.copyOf(moving);
    }

    /// Share of the allocatable amount at the worst instant.
    public Fill fill() {
      return allocatable > 0 ? new Fill(worst, allocatable) : new Fill(worst > 0 ? 1 : 0, 1);
    }
  }
}
