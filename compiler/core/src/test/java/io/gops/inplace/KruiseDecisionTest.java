package io.gops.inplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random pairs of templates, judged by this compiler and by the function with which OpenKruise
/// itself decides, from its published module.
@Tag("control-plane")
class KruiseDecisionTest {
  private static final int PAIRS = 12_000;

  @Test
  void agreesWithKruise(@TempDir Path folder) throws Exception {
    List<RandomTemplates.Pair> pairs = RandomTemplates.pairs(7, PAIRS);
    List<String> decisions = kruise(folder, pairs);
    assertEquals(PAIRS, decisions.size());
    List<String> disagreements = new ArrayList<>();
    Map<String, Integer> kinds = new TreeMap<>();
    for (int i = 0; i < PAIRS; i++) {
      RandomTemplates.Pair pair = pairs.get(i);
      String ours = decision(TemplateChange.between(pair.from(), pair.to()));
      String theirs = decisions.get(i);
      kinds.merge(theirs.replaceAll(" .*", " with a restart"), 1, Integer::sum);
      if (!ours.equals(theirs)) {
        disagreements.add(
            "ours: %s, kruise: %s, because of %s%n"
                .formatted(ours, theirs, Difference.between(pair.from(), pair.to())));
      }
    }
    System.out.println(PAIRS + " pairs of templates: " + kinds);
    assertEquals(
        List.of(),
        disagreements.stream().limit(10).toList(),
        () -> disagreements.size() + " differ");
    kinds.forEach((kind, count) -> assertTrue(count > PAIRS / 20, kind + " is rare: " + count));
  }

  private static String decision(TemplateChange change) {
    return switch (change) {
      case TemplateChange.Unchanged() -> "in-place";
      case TemplateChange.InPlace(var restarts, var _) ->
          ("in-place " + String.join(" ", restarts)).strip();
      case TemplateChange.Recreate(var _) -> "recreate";
    };
  }

  private static List<String> kruise(Path folder, List<RandomTemplates.Pair> pairs)
      throws IOException, InterruptedException {
    return Kruise.answers(
        folder,
        pairs.stream()
            .map(pair -> "{\"from\":" + pair.from().print() + ",\"to\":" + pair.to().print() + "}")
            .toList());
  }
}
