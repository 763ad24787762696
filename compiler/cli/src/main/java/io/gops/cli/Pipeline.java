package io.gops.cli;

import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.compilation.Backend;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.output.FleetLock;
import io.gops.policy.TeamRules;
import io.gops.source.GivenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// One compile from the fleet's folder to the files of every back end.
final class Pipeline {
  private final FleetFolder folder;
  private final Optional<String> environment;
  private final Compilation compilation;
  private final List<Backend> backends =
      ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get).toList();
  private final SortedMap<String, Optional<String>> locksBefore = new TreeMap<>();

  private final boolean isLocked;

  Pipeline(Options options) {
    this(options, false);
  }

  /// @param isLocked whether a lock that would change is an error
  Pipeline(Options options, boolean isLocked) {
    this.isLocked = isLocked;
    WrittenFleet written = WrittenFleet.of(options, Optional.of(LocalDate.now(ZoneOffset.UTC)));
    this.folder = written.folder();
    this.environment = options.environment();
    this.compilation = written.compilation();
  }

  /// Where the fleet's locks are.
  Path lockFolder() {
    return folder.root().resolve("lock");
  }

  /// What people wrote, by environment.
  SortedMap<String, Fleet> fleets() {
    return compilation.fleets();
  }

  Diagnostics diagnostics() {
    return compilation.diagnostics();
  }

  /// What was proved, by environment; nothing after an error.
  List<Compiled> compiled() {
    return List.copyOf(compilation.compiled().values());
  }

  /// Everything up to the proofs and plans.
  void prove() {
    for (String name : compilation.fleets().keySet()) {
      locksBefore.put(name, textOf(folder.lock(name)));
    }
    compilation.compiled();
    if (isLocked) {
      locks().forEach(this::keep);
    }
  }

  private void keep(FleetLock lock) {
    List<String> before = lock.before().orElse("").lines().toList();
    List<String> after = lock.text().lines().toList();
    List<String> changed = new ArrayList<>(after);
    changed.removeAll(new HashSet<>(before));
    changed.removeIf(line -> line.startsWith("#"));
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(new HashSet<>(after));
    changed.addAll(gone);
    if (!changed.isEmpty()) {
      diagnostics()
          .report(
              Diagnostic.of(
                      Code.GOPS2907,
                      folder.root().relativize(lock.file()),
                      changed.size(),
                      changed.getFirst())
                  .hint("hint"));
    }
  }

  /// Proves, and asks every back end what its target would not do; generates nothing.
  ///
  /// @return whether there is something to generate from
  boolean check() {
    prove();
    for (Compiled compiled : compilation.compiled().values()) {
      backends.forEach(backend -> backend.check(compiled, diagnostics()));
    }
    TeamRules.check(folder.root(), compilation.compiled().values(), diagnostics());
    return !compilation.compiled().isEmpty() && !diagnostics().hasErrors();
  }

  /// Lets every back end generate every environment.
  ///
  /// @param earlier what the last compile wrote
  void generate(Earlier earlier, Artifacts files) {
    for (Compiled compiled : compilation.compiled().values()) {
      for (Backend backend : backends) {
        backend.generate(compiled, earlier, files, diagnostics());
      }
    }
    compilation.reportUnusedSuppressions();
  }

  List<FleetLock> locks() {
    List<FleetLock> locks = new ArrayList<>();
    compilation
        .compiled()
        .forEach(
            (name, compiled) ->
                locks.add(
                    new FleetLock(
                        folder.lock(name),
                        locksBefore.getOrDefault(name, Optional.empty()),
                        compiled.newLock().print())));
    return locks;
  }

  /// The paths of the output folder that this compile is responsible for.
  Predicate<String> owned() {
    return environment
        .<Predicate<String>>map(name -> path -> path.startsWith(name + "/"))
        .orElse(path -> true);
  }

  /// One line for each environment.
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    for (Compiled compiled : compilation.compiled().values()) {
      Fleet fleet = compiled.fleet();
      lines.add(
          fleet.name()
              + " "
              + fleet.environment()
              + ": "
              + count(fleet.games().size(), "game")
              + ", "
              + count(fleet.zones().size(), "zone")
              + ", "
              + count(fleet.hosts().size(), "host")
              + ", "
              + count(compiled.plans().size(), "rollout plan")
              + ", fullest host "
              + compiled.capacity().worstInstant()
              + " at the worst instant"
              + unchecked(fleet));
    }
    return lines;
  }

  /// What the proofs do not cover.
  private static String unchecked(Fleet fleet) {
    int patches = fleet.patches().size();
    return patches == 0 ? "" : ", " + count(patches, "patch") + " unchecked by the proofs";
  }

  private static String count(int number, String thing) {
    String ending = number == 1 ? "" : thing.endsWith("ch") ? "es" : "s";
    return number + " " + thing + ending;
  }

  /// The text of a lock, to see whether it changes. What is wrong with it says who reads it for
  /// what it means; nothing is written then.
  private static Optional<String> textOf(Path lock) {
    try {
      byte[] bytes = GivenFile.read(lock, GivenFile.RECORD);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
