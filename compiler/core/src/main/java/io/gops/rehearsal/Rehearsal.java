package io.gops.rehearsal;

import io.gops.deployment.Deployment;
import io.gops.plan.Plan;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A plan played many times with mishaps at random: where it ended, and how often.
///
/// @param endings how many plays ended where
public record Rehearsal(SortedMap<Ending, Integer> endings) {
  /// Plays a plan; the same seed gives the same endings.
  public static Rehearsal of(Plan plan, Deployment deployment, int times, long seed) {
    SortedMap<Ending, Integer> endings = new TreeMap<>();
    for (int play = 0; play < times; play++) {
      endings.merge(
          Play.of(plan, id -> deployment.group(id).placements(), seed + play), 1, Integer::sum);
    }
    return new Rehearsal(endings);
  }

  /// How many plays ended so.
  public int count(Ending.Kind kind) {
    return endings.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
