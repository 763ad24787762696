package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changes one place of an example at a time, where it still compiles, and holds what `gopsc diff`
/// tells against both compiles.
///
/// There is a change exactly when a generated file is another one. Each such file is touched by a
/// change, and each change touches one. Pods fare as the in-place classifier says of the manifests.
/// Who reaches whom is what packets find in the flow tables.
///
/// `-Dgops.edits=500` tries more edits of each example, `-Dgops.seed=N` others.
class DiffOracleTest {
  private static final long SEED = Long.getLong("gops.seed", 8);

  @TempDir Path dir;
  private int differingFiles;
  private int changesTold;

  @ParameterizedTest
  @CsvSource({
    "five-zones, true, 12",
    "five-zones, false, 12",
    "web2048, true, 15",
    "wuxia, true, 16",
    "wuxia, false, 8"
  })
  void whatIsToldIsWhatDiffers(String example, boolean hasState, int edits) throws IOException {
    Path before = copy(example, "before", hasState);
    CompiledRevision old = CompiledRevision.of(before).orElseThrow();
    int most = Integer.getInteger("gops.edits", edits);
    int judged = 0;
    List<String> wrong = new ArrayList<>();
    for (TextEdit edit : TextEdit.shuffled(before, new Random(SEED))) {
      if (judged == most) {
        break;
      }
      Path after = copy(example, "after", hasState);
      edit.apply(after);
      Optional<CompiledRevision> fresh = CompiledRevision.of(after);
      if (fresh.isPresent()) {
        judged++;
        judge(before, old, after, fresh.get())
            .forEach(sentence -> wrong.add(edit + "\n    " + sentence));
      }
      delete(after);
    }
    if (Integer.getInteger("gops.edits") != null) {
      System.out.printf(
          Locale.ROOT,
          "%s%s: %d edits, %d differing files, %d changes, %d disagreements%n",
          example,
          hasState ? "" : " without its state",
          judged,
          differingFiles,
          changesTold,
          wrong.size());
    }
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    assertTrue(judged >= edits, "too few edits compile: " + judged);
  }

  private List<String> judge(Path before, CompiledRevision old, Path after, CompiledRevision fresh)
      throws IOException {
    Run diff =
        Gops.run("diff", after.toString(), "--against", before.toString(), "--format", "json");
    if (diff.code() != 0) {
      return List.of("no diff: " + diff.out() + diff.err());
    }
    List<ToldChange> told = ToldChange.all(diff.out());
    SortedSet<String> changed = old.changed(fresh);
    differingFiles += changed.size();
    changesTold += told.size();
    List<String> wrong = new ArrayList<>();
    if (told.isEmpty() != changed.isEmpty()) {
      wrong.add("told: " + told + ", changed: " + changed);
    }
    changed.stream()
        .filter(path -> told.stream().noneMatch(change -> change.touches(path)))
        .forEach(path -> wrong.add("no change explains " + path + ": " + told));
    told.stream()
        .filter(change -> changed.stream().noneMatch(change::touches))
        .forEach(change -> wrong.add("touches no file: " + change + "; changed: " + changed));
    wrong.addAll(new PodOracle(old, fresh, told).disagreements(changed));
    for (Compiled compiled : fresh.compiled().values()) {
      Compiled other = old.compiled().get(compiled.fleet().environment());
      if (other != null) {
        wrong.addAll(new ReachabilityOracle(other, compiled).disagreements(told));
      }
    }
    return wrong;
  }

  private Path copy(String example, String name, boolean hasState) throws IOException {
    Path from = Run.ROOT.resolve("examples").resolve(example);
    Path to = dir.resolve(name);
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
        Path relative = from.relativize(file);
        if (hasState || !relative.startsWith("state")) {
          Files.createDirectories(to.resolve(relative.toString()).getParent());
          Files.copy(file, to.resolve(relative.toString()));
        }
      }
    }
    return to;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
