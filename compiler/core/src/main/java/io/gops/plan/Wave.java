package io.gops.plan;

import java.util.List;
import java.util.Optional;

/// Zones that change at the same time.
///
/// @param number from 1
/// @param name the one it is written with; absent when waves follow from rules
/// @param canary whether it is there to find out
/// @param zones ids, in the order in which the waves were filled
public record Wave(
    int number, Optional<String> name, boolean canary, List<Integer> zones, Players players) {
  public Wave {
    zones = List.copyOf(zones);
  }
}
