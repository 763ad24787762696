package io.gops.report;

import io.gops.capacity.HostFill;
import io.gops.capacity.Moment;
import java.util.Comparator;

/// The inequality of a host that has the least room at the worst instant.
final class Tightest {
  private Tightest() {}

  /// @param host carries something
  static HostFill.MeasureFill of(HostFill host) {
    return host.measures().stream()
        .filter(m -> m.measure().moment() != Moment.REQUESTS)
        .max(Comparator.comparing(HostFill.MeasureFill::fill))
        .orElseThrow();
  }
}
