package io.gops.diff;

import io.gops.allocate.Lock;
import io.gops.compilation.FleetArchive;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Message;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A fleet as it is, compared with what it was, environment by environment.
public final class Compared {
  private final String against;
  private final FleetArchive before;
  private final FleetFolder folder;
  private final Target target;
  private final Function<Message, String> words;
  private final Diagnostics diagnostics;

  /// @param against what it is compared with, as the person said it
  /// @param folder where lock and state are
  /// @param words says what is wrong with the old revision
  /// @param diagnostics takes what is wrong with either
  public Compared(
      String against,
      FleetArchive before,
      FleetFolder folder,
      Target target,
      Function<Message, String> words,
      Diagnostics diagnostics) {
    this.against = against;
    this.before = before;
    this.folder = folder;
    this.target = target;
    this.words = words;
    this.diagnostics = diagnostics;
  }

  /// What changes in each environment that both have; the others are told by name.
  ///
  /// @param fleets as they are now
  /// @param sources their texts by path
  /// @param wanted the only environment; absent for all
  public List<FleetDiff> diffs(
      SortedMap<String, Fleet> fleets, SortedMap<String, String> sources, Optional<String> wanted) {
    List<FleetDiff> diffs = new ArrayList<>();
    Diagnostics old = new Diagnostics();
    SortedMap<String, Fleet> were = before.isThere() ? before.fleets(old) : new TreeMap<>();
    if (!isValid(old)) {
      return diffs;
    }
    for (Fleet fleet : fleets.values()) {
      Fleet was = were.get(fleet.environment());
      if (was == null) {
        diffs.add(FleetDiff.ofNew(fleet));
      } else {
        between(was, fleet, sources).ifPresent(diffs::add);
      }
    }
    for (Fleet was : were.values()) {
      boolean isGone = !fleets.containsKey(was.environment());
      if (isGone && wanted.isEmpty()) {
        diffs.add(FleetDiff.ofGone(was));
      }
    }
    return diffs;
  }

  private Optional<FleetDiff> between(Fleet was, Fleet fleet, SortedMap<String, String> sources) {
    Diagnostics ofOld = new Diagnostics();
    Diagnostics ofNew = new Diagnostics();
    String environment = fleet.environment();
    Lock oldLock = before.readLock(environment, ofOld);
    State oldState = before.readState(environment, ofOld);
    // Mostly neither has changed; both revisions then share an object, of which nothing differs.
    Lock lock =
        before.hasLockOf(folder, environment) ? oldLock : folder.readLock(environment, ofNew);
    State state =
        before.hasStateOf(folder, environment) ? oldState : folder.readState(environment, ofNew);
    Inputs old = Inputs.of(was, oldState, oldLock, before.sources(), target, ofOld);
    Inputs fresh = Inputs.of(fleet, state, lock, sources, target, ofNew);
    Optional<FleetDiff> diff =
        ofOld.hasErrors() || ofNew.hasErrors()
            ? Optional.empty()
            : FleetComparison.between(old, fresh, target, ofOld, ofNew);
    if (isValid(ofOld)) {
      diagnostics.reportAll(ofNew.sorted().stream().filter(Diagnostic::isError).toList());
    }
    return diff;
  }

  /// Whether the old revision can be compared with; what is wrong with it is told in one sentence,
  /// because its text is not what the reader has before him.
  private boolean isValid(Diagnostics old) {
    Optional<Diagnostic> first = old.sorted().stream().filter(Diagnostic::isError).findFirst();
    first.ifPresent(
        error ->
            diagnostics.report(
                Diagnostic.of(
                        Code.GOPS2915,
                        error.place().map(place -> place.file().path()).orElse(before.beginning()),
                        against,
                        words.apply(error.message()))
                    .hint("hint")));
    return first.isEmpty();
  }
}
