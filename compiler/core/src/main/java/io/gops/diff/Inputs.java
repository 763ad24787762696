package io.gops.diff;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.CapacityQuestion;
import io.gops.compilation.Target;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one environment of a fleet is made from at one time. Everything that a compile writes
/// follows from it, so equal inputs have equal outputs.
///
/// @param sources texts by path, to find the lines that a change comes from
/// @param question what is to be proved of its hosts
public record Inputs(
    Fleet fleet,
    State state,
    Lock lock,
    SortedMap<String, String> sources,
    CapacityQuestion question) {
  public Inputs {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /// @param diagnostics what the target cannot do, and demands that cannot be added up
  public static Inputs of(
      Fleet fleet,
      State state,
      Lock lock,
      SortedMap<String, String> sources,
      Target target,
      Diagnostics diagnostics) {
    target.checkGames(fleet.games().values(), diagnostics);
    CapacityQuestion question = CapacityProver.question(fleet, state, lock, diagnostics);
    return new Inputs(fleet, state, lock, sources, question);
  }
}
