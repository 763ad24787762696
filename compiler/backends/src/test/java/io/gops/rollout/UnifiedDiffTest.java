package io.gops.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against `git apply`, forwards and backwards.
class UnifiedDiffTest {
  private static final int FILES = 400;

  @TempDir Path folder;

  @Test
  void gitMakesOneTextOfTheOther() throws Exception {
    Random random = new Random(7);
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    StringBuilder patch = new StringBuilder();
    for (int file = 0; file < FILES; file++) {
      List<String> lines = lines(random, 1 + random.nextInt(40));
      before.add(String.join("", lines));
      after.add(String.join("", changed(random, lines)));
      write(file, before.get(file));
      patch.append(UnifiedDiff.of("f" + file, before.get(file), after.get(file)));
    }
    Files.writeString(folder.resolve("all.patch"), patch);
    git("apply", "--whitespace=nowarn", "all.patch");
    assertEquals(after, texts());
    git("apply", "--whitespace=nowarn", "-R", "all.patch");
    assertEquals(before, texts());
  }

  @Test
  void nothingIsTheDifferenceOfEqualTexts() {
    assertEquals("", UnifiedDiff.of("f", "a\nb\n", "a\nb\n"));
  }

  @Test
  void aChangeHasThreeLinesAroundIt() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertEquals(
        """
        diff --git a/f b/f
        --- a/f
        +++ b/f
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        """,
        UnifiedDiff.of("f", before, before.replace("5", "five")));
  }

  /// Few different lines, so that many are equal by chance.
  private static List<String> lines(Random random, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("line " + random.nextInt(9) + "\n");
    }
    return lines;
  }

  /// At least one line is left, because a file without lines is another matter for git.
  private static List<String> changed(Random random, List<String> lines) {
    List<String> changed = new ArrayList<>(lines);
    for (int edits = random.nextInt(6); edits > 0; edits--) {
      int at = random.nextInt(changed.size());
      switch (random.nextInt(3)) {
        case 0 -> changed.set(at, "new " + random.nextInt(3) + "\n");
        case 1 -> changed.addAll(at, lines(random, 1 + random.nextInt(4)));
        default -> {
          if (changed.size() > 1) {
            changed.remove(at);
          }
        }
      }
    }
    return changed;
  }

  private void write(int file, String text) throws IOException {
    Files.writeString(folder.resolve("f" + file), text);
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      texts.add(Files.readString(folder.resolve("f" + file)));
    }
    return texts;
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
  }
}
