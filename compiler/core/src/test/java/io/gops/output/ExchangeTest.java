package io.gops.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops a run after each single step, and lets the next run settle it.
class ExchangeTest {
  @TempDir Path dir;

  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void anInterruptedRunIsCompletedWhereverItStopped() throws IOException {
    SortedMap<String, String> after = written(2);
    Path staged = dir.resolve("staged");
    List<Step> steps = stage(staged);
    for (int done = 0; done <= steps.size(); done++) {
      Path root = copy(staged, dir.resolve("forward" + done));
      for (Step step : steps.subList(0, done)) {
        exchange(root).apply(step);
      }
      settle(root);
      assertEquals(after, Tree.of(root), "stopped after step " + done);
    }
  }

  @Test
  void anInterruptedUndoIsTakenBackWhereverItStopped() throws IOException {
    SortedMap<String, String> before = written(1);
    Path staged = dir.resolve("staged");
    List<Step> steps = stage(staged);
    for (int done = 0; done <= steps.size(); done += 3) {
      for (int undone = 0; undone <= done; undone += 5) {
        Path root = copy(staged, dir.resolve("back" + done + "-" + undone));
        Exchange exchange = exchange(root);
        for (Step step : steps.subList(0, done)) {
          exchange.apply(step);
        }
        Staging staging = new Staging(root.resolve("out"));
        Files.move(staging.intent(), staging.undo());
        for (Step step : steps.reversed().subList(0, steps.size() - done + undone)) {
          exchange.undo(step);
        }
        settle(root);
        assertEquals(before, Tree.of(root), "applied " + done + ", undone " + undone);
      }
    }
  }

  @Test
  void aRunThatHasNotDecidedIsDiscarded() throws IOException {
    SortedMap<String, String> before = written(1);
    Path root = dir.resolve("undecided");
    stage(root);
    Files.delete(new Staging(root.resolve("out")).intent());
    settle(root);
    assertEquals(before, Tree.of(root));
  }

  private SortedMap<String, String> written(int version) throws IOException {
    Path root = dir.resolve("version" + version);
    for (int i = 1; i <= version; i++) {
      SampleOutput.mustWrite(root, i);
    }
    return Tree.of(root);
  }

  /// Version 1 on disk, version 2 decided but nothing of it done.
  private List<Step> stage(Path root) throws IOException {
    SampleOutput.mustWrite(root, 1);
    Path out = root.resolve("out");
    Staging staging = new Staging(out);
    FleetLock lock =
        new FleetLock(
            root.resolve("lock/prod.lock"),
            Optional.of(SampleOutput.lock(1)),
            SampleOutput.lock(2));
    List<Step> steps =
        new Production(out, Optional.of(staging), 2, diagnostics)
            .run(SampleOutput.version(2)::forEach, "test", path -> true, List.of(lock))
            .orElseThrow()
            .steps();
    staging.decide(steps);
    return steps;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  private static Exchange exchange(Path root) {
    Path out = root.resolve("out");
    return new Exchange(out, new Staging(out), Optional.of(root.resolve("lock")));
  }

  private void settle(Path root) {
    OutputFolder.open(root.resolve("out"), root.resolve("lock"), () -> {}, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted()))
        .close();
  }
}
