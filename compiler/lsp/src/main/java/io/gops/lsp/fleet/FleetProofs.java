package io.gops.lsp.fleet;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.bind.Draft;
import io.gops.compilation.Backend;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.policy.TeamRules;
import io.gops.work.Asker;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Checks fleets as `gopsc check` does, up to the proofs, the plans, what the back ends refuse and
/// the rules of the team, and as `gopsc lint` does.
public final class FleetProofs {
  private final Target target;
  private final List<Backend> backends;

  FleetProofs() {
    this.target =
        ServiceLoader.load(Target.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no target is packaged"));
    this.backends =
        ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /// @throws java.util.concurrent.CancellationException when the thread was interrupted
  Proved prove(Snapshot snapshot) {
    Checked checked =
        check(snapshot).orElseGet(() -> new Checked(new Diagnostics(), new TreeMap<>()));
    SortedMap<String, Standing> standing = new TreeMap<>();
    checked.compiled().forEach((name, one) -> standing.put(name, Standing.of(one)));
    List<Diagnostic> found = new ArrayList<>(checked.diagnostics().sorted());
    found.addAll(snapshot.style());
    return new Proved(snapshot, found, standing);
  }

  /// A whole check of a snapshot; absent when there is no fleet on disk to have a lock and a state.
  public Optional<Checked> check(Snapshot snapshot) {
    if (!snapshot.place().isOnDisk()) {
      return Optional.empty();
    }
    return snapshot.draft().map(draft -> check(draft, snapshot.place().source()));
  }

  private Checked check(Draft draft, Path source) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    FleetFolder folder = FleetFolder.of(source);
    Compilation compilation = new Compilation(folder, target, Optional.of(today), draft);
    SortedMap<String, Compiled> compiled = compilation.compiled();
    Diagnostics diagnostics = compilation.diagnostics();
    for (Compiled one : compiled.values()) {
      for (Backend backend : backends) {
        Asker.here().mustWait();
        backend.check(one, diagnostics);
      }
    }
    TeamRules.check(folder.root(), compiled.values(), diagnostics);
    return new Checked(diagnostics, diagnostics.hasErrors() ? new TreeMap<>() : compiled);
  }

  /// What fleets are compiled for.
  public Target target() {
    return target;
  }

  /// Generates every file of what was checked.
  public void generate(Checked checked, Consumer<Artifact> made) {
    Artifacts files =
        new Artifacts() {
          @Override
          public void accept(Artifact artifact) {
            made.accept(artifact);
          }

          @Override
          public void onceMade(Runnable check) {
            // What is only shown need not be fit for the cluster.
          }
        };
    for (Compiled one : checked.compiled().values()) {
      backends.forEach(backend -> backend.generate(one, files, checked.diagnostics()));
    }
  }
}
