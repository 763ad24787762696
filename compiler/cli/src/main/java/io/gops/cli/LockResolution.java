package io.gops.cli;

import io.gops.allocate.ConflictedLock;
import io.gops.allocate.Lock;
import io.gops.allocate.LockMerge;
import io.gops.allocate.LockReader;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Diagnostics;
import io.gops.output.FleetLock;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.state.RunningNames;
import io.gops.state.State;
import io.gops.syntax.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Settles the locks of a fleet after a merge and says what became of each number that both
/// branches wanted.
final class LockResolution {
  /// Lines about single names that a person is shown for each lock.
  private static final int SHOWN = 20;

  private final Options options;
  private final List<String> environments;
  private final FleetFolder folder;
  private final Diagnostics found = new Diagnostics();
  private final SortedMap<String, LockMerge> merges = new TreeMap<>();
  private final List<String> said = new ArrayList<>();

  /// @param environments those that have a lock
  LockResolution(Options options, List<String> environments) {
    this.options = options;
    this.environments = environments;
    this.folder = FleetFolder.of(options.path());
  }

  /// Merges, writes, and lets a compile in memory assign what is left.
  Report run() throws IOException {
    for (String environment : environments) {
      conflict(environment).ifPresent(conflict -> merge(environment, conflict));
    }
    if (found.hasErrors()) {
      return report(found);
    }
    if (merges.isEmpty()) {
      said.add("no lock needs to be resolved");
      return report(found);
    }
    for (Map.Entry<String, LockMerge> merge : merges.entrySet()) {
      write(folder.lock(merge.getKey()), merge.getValue().lock().print());
    }
    return assign();
  }

  /// What has to be brought together; absent for a lock that is fine.
  private Optional<ConflictedLock> conflict(String environment) throws IOException {
    Path file = folder.lock(environment);
    Optional<MergeStages> stages = MergeStages.of(file);
    if (stages.isPresent()) {
      MergeStages three = stages.get();
      return Optional.of(
          new ConflictedLock(
              three.base().map(text -> ConflictedLock.version(text.lines().toList())),
              ConflictedLock.version(three.ours().lines().toList()),
              ConflictedLock.version(three.theirs().lines().toList())));
    }
    byte[] bytes = GivenFile.read(file, GivenFile.RECORD);
    String name = folder.root().relativize(file).toString();
    SourceFile lock = SourceText.decode(name, bytes, found);
    String text = lock.text();
    Diagnostics wrong = new Diagnostics();
    LockReader.read(lock, wrong);
    return wrong.hasErrors() ? Optional.of(ConflictedLock.of(text)) : Optional.empty();
  }

  private void merge(String environment, ConflictedLock conflict) {
    State state = folder.readState(environment, found);
    merges.put(environment, LockMerge.of(conflict, new RunningNames(state)));
  }

  /// The rest is assigned as a compile would: only the source knows who needs a number.
  private Report assign() throws IOException {
    Pipeline pipeline = new Pipeline(options);
    pipeline.prove();
    SortedMap<Path, String> assigned = new TreeMap<>();
    if (!pipeline.diagnostics().hasErrors()) {
      for (FleetLock lock : pipeline.locks()) {
        assigned.put(lock.file(), lock.text());
      }
    }
    for (Map.Entry<String, LockMerge> merge : merges.entrySet()) {
      Path file = folder.lock(merge.getKey());
      Optional<String> text = Optional.ofNullable(assigned.get(file));
      if (text.isPresent()) {
        write(file, text.get());
      }
      say(merge.getKey(), merge.getValue(), text.map(LockResolution::read));
    }
    return report(pipeline.diagnostics());
  }

  private static Lock read(String text) {
    return ConflictedLock.version(text.lines().toList());
  }

  private void say(String environment, LockMerge merge, Optional<Lock> assigned) {
    said.add(
        shown(environment)
            + ": "
            + merge.kept()
            + " records are the same in both branches, "
            + merge.taken()
            + " are of one branch, "
            + merge.settled().size()
            + " have two values, "
            + merge.dropped().size()
            + " lost a number that was given twice");
    List<String> lines = new ArrayList<>();
    for (LockMerge.Settled settled : merge.settled()) {
      String why = settled.isRunning() ? " stays, it runs, not " : " stays, not ";
      lines.add(line(settled.key(), settled.value() + why + settled.other()));
    }
    for (LockMerge.Dropped dropped : merge.dropped()) {
      String why = dropped.isRunning() ? ", which runs; " : "; ";
      String holder = dropped.value() + " belongs to " + dropped.holder().name();
      lines.add(line(dropped.key(), holder + why + next(dropped.key(), assigned)));
    }
    said.addAll(lines.subList(0, Math.min(SHOWN, lines.size())));
    if (lines.size() > SHOWN) {
      said.add("  and " + (lines.size() - SHOWN) + " more");
    }
    said.add(
        assigned.isPresent()
            ? "next: gopsc compile, then git add " + shown(environment)
            : "next: correct what is reported, then gopsc compile: it assigns what is left");
  }

  private static String next(Lock.Key key, Optional<Lock> assigned) {
    return assigned
        .map(
            lock ->
                Optional.ofNullable(lock.records().get(key))
                    .map(value -> "now " + value)
                    .orElse("nobody needs one any more"))
        .orElse("the next compile gives it another");
  }

  private static String line(Lock.Key key, String what) {
    return "  " + key.kind() + " of " + key.name() + ": " + what;
  }

  private String shown(String environment) {
    return options.shown("lock/" + folder.lock(environment).getFileName());
  }

  private static void write(Path file, String text) throws IOException {
    GopsFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private Report report(Diagnostics diagnostics) {
    return new Report(diagnostics, options.presentation(), options::shown, said, Optional.empty());
  }
}
