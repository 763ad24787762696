package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.bind.Draft;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// One compile of a fleet as a snapshot: each phase runs at most once, when it is first asked for,
/// and what it has to say is in [#diagnostics].
///
/// A phase that finds an error ends the compile; later phases would only repeat it.
public final class Compilation {
  private final FleetFolder folder;
  private final Function<Diagnostics, SortedMap<String, Fleet>> source;
  private final Optional<String> environment;
  private final Target target;
  private final Diagnostics diagnostics = new Diagnostics();
  private final Optional<LocalDate> today;
  private final Lazy<SortedMap<String, Fleet>> fleets;
  private final Lazy<SortedMap<String, Compiled>> compiled;

  /// A compile of the fleet in `folder` for the systems of `target`.
  ///
  /// @param environment the only environment that is wanted; absent for all
  public Compilation(FleetFolder folder, Optional<String> environment, Target target) {
    this(folder, environment, target, Optional.empty());
  }

  /// The same on a day.
  ///
  /// @param today which suppressions have ended; absent when none is to be asked
  public Compilation(
      FleetFolder folder, Optional<String> environment, Target target, Optional<LocalDate> today) {
    this(
        folder,
        environment,
        target,
        today,
        diagnostics -> FleetLoader.loadAll(folder.source(), diagnostics));
  }

  /// The same of a draft: of what an editor shows, whatever stands on disk.
  ///
  /// @param folder where lock and state are
  public Compilation(FleetFolder folder, Target target, Optional<LocalDate> today, Draft draft) {
    this(
        folder,
        Optional.empty(),
        target,
        today,
        diagnostics -> {
          draft.reportTo(diagnostics);
          return draft.fleets();
        });
  }

  /// @param source loads the fleet and reports what is wrong with it
  private Compilation(
      FleetFolder folder,
      Optional<String> environment,
      Target target,
      Optional<LocalDate> today,
      Function<Diagnostics, SortedMap<String, Fleet>> source) {
    this.source = source;
    this.today = today;
    this.folder = folder;
    this.environment = environment;
    this.target = target;
    this.fleets = new Lazy<>(this::load);
    this.compiled = new Lazy<>(this::prove);
  }

  /// What people wrote, by environment; empty when it cannot be read as valid.
  public SortedMap<String, Fleet> fleets() {
    return fleets.get();
  }

  /// Everything that output is made from, by environment; empty when a proof failed.
  public SortedMap<String, Compiled> compiled() {
    return compiled.get();
  }

  /// What has been found so far.
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  private SortedMap<String, Fleet> load() {
    SortedMap<String, Fleet> all = source.apply(diagnostics);
    today.ifPresent(day -> Suppressions.reportExpired(diagnostics, day));
    if (diagnostics.hasErrors()) {
      return new TreeMap<>();
    }
    if (environment.isEmpty()) {
      return all;
    }
    String wanted = environment.get();
    Fleet found = all.get(wanted);
    if (found == null) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS2905, wanted).hint("hint", String.join(", ", all.keySet())));
      return new TreeMap<>();
    }
    return new TreeMap<>(Map.of(wanted, found));
  }

  /// Reports suppressions that nothing needed. Only a compile of every environment that has also
  /// generated its output knows; of rules of style only `gopsc lint` does.
  public void reportUnusedSuppressions() {
    if (environment.isEmpty()) {
      Suppressions.reportUnused(diagnostics, code -> !code.isStyle());
    }
  }

  private SortedMap<String, Compiled> prove() {
    SortedMap<String, Compiled> result = new TreeMap<>();
    fleets().forEach((name, fleet) -> prove(fleet).ifPresent(done -> result.put(name, done)));
    return diagnostics.hasErrors() ? new TreeMap<>() : result;
  }

  private Optional<Compiled> prove(Fleet fleet) {
    Diagnostics found = new Diagnostics();
    Lock lock = folder.readLock(fleet.environment(), found);
    State state = folder.readState(fleet.environment(), found);
    Optional<Compiled> result =
        found.hasErrors() ? Optional.empty() : proofs(fleet, lock, state, found).run();
    diagnostics.reportAll(found.sorted());
    return result;
  }

  private Proofs proofs(Fleet fleet, Lock lock, State state, Diagnostics found) {
    String stateFile = FleetFolder.stateName(folder.stem(), fleet.environment());
    return new Proofs(fleet, lock, state, stateFile, target, found);
  }
}
