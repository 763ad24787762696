package io.gops.review;

import io.gops.diagnostic.Waiver;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.FleetDiff;
import java.util.List;
import java.util.Optional;

/// What changes in one environment, and what of it somebody answers for.
///
/// @param waivers those that count today
public record Reviewed(FleetDiff diff, List<Waiver> waivers) {
  public Reviewed {
    waivers = List.copyOf(waivers);
  }

  /// The waiver that covers a change: by its id wherever it stands, by class for what is written in
  /// the block that it stands before.
  public Optional<Waiver> waiver(Change change) {
    return waivers.stream().filter(waiver -> covers(waiver, change)).findFirst();
  }

  private static boolean covers(Waiver waiver, Change change) {
    return waiver.what().equals(change.id())
        || (waiver.what().equals(change.risk().name())
            && change.cause().flatMap(cause -> cause.place()).filter(waiver::isBefore).isPresent());
  }

  /// Changes that are this bad or worse and that nobody answers for.
  public long atLeast(ConsequenceClass risk) {
    return diff.changes().stream()
        .filter(change -> change.risk().compareTo(risk) >= 0)
        .filter(change -> waiver(change).isEmpty())
        .count();
  }

  /// Changes that somebody answers for.
  public long waived() {
    return diff.changes().stream().filter(change -> waiver(change).isPresent()).count();
  }
}
