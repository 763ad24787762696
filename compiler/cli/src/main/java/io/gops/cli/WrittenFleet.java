package io.gops.cli;

import io.gops.compilation.Compilation;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;

/// The fleet that a command line names, read as far as the command asks for it.
record WrittenFleet(Options options, FleetFolder folder, Compilation compilation) {
  /// For a command that only looks.
  static WrittenFleet of(Options options) {
    return of(options, Optional.empty());
  }

  /// @param today which suppressions have ended; absent when none is to be asked
  static WrittenFleet of(Options options, Optional<LocalDate> today) {
    FleetFolder folder = FleetFolder.of(options.path());
    return new WrittenFleet(
        options, folder, new Compilation(folder, options.environment(), target(), today));
  }

  /// What fleets are compiled for.
  static Target target() {
    return ServiceLoader.load(Target.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no target is packaged"));
  }

  /// What people wrote, by environment.
  SortedMap<String, Fleet> fleets() {
    return compilation.fleets();
  }

  Diagnostics diagnostics() {
    return compilation.diagnostics();
  }

  /// What was found so far, and some lines about it.
  Report report(List<String> summary) {
    return new Report(
        diagnostics(), options.presentation(), options::shown, summary, Optional.empty());
  }
}
