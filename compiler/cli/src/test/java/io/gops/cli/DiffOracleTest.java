package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changes one number or word of an example at a time, where it still compiles: `gopsc diff` tells
/// of a change exactly when a generated file is another one.
class DiffOracleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VALUE = Pattern.compile("\\b\\d+\\b|\"[^\"${}\\n]+\"");

  @TempDir Path dir;

  /// One value in one file.
  private record Edit(Path file, int start, int end, String replacement) {
    void apply(Path fleet) throws IOException {
      String text = Files.readString(fleet.resolve(file));
      Files.writeString(
          fleet.resolve(file), text.substring(0, start) + replacement + text.substring(end));
    }
  }

  @ParameterizedTest
  @CsvSource({"five-zones, 14", "web2048, 8"})
  void aChangeIsToldExactlyWhenOutputDiffers(String example, int edits) throws IOException {
    Path before = copy(example, "before");
    Map<String, String> old = outputs(copy(example, "compiled"));
    int judged = 0;
    List<Edit> candidates = edits(before);
    Collections.shuffle(candidates, new Random(8));
    for (int i = 0; i < candidates.size() && judged < edits; i++) {
      Path after = copy(example, "after" + i);
      candidates.get(i).apply(after);
      Run diff =
          Gops.run("diff", after.toString(), "--against", before.toString(), "--format", "json");
      Run check = Gops.run("check", after.toString());
      if (check.code() != 0 || diff.code() != 0) {
        continue;
      }
      judged++;
      Map<String, String> fresh = outputs(after);
      String what = candidates.get(i) + "\n" + diff.out();
      List<JsonNode> changes = changes(diff);
      assertEquals(!old.equals(fresh), !changes.isEmpty(), () -> what + differences(old, fresh));
    }
    assertTrue(judged >= edits / 2, () -> "too few edits compile");
  }

  private static List<JsonNode> changes(Run diff) throws IOException {
    List<JsonNode> changes = new ArrayList<>();
    JSON.readTree(diff.out()).get("diffs").forEach(d -> d.get("changes").forEach(changes::add));
    return changes;
  }

  private static String differences(Map<String, String> one, Map<String, String> two) {
    Map<String, String> all = new HashMap<>(one);
    all.putAll(two);
    return all.keySet().stream()
        .filter(path -> !String.valueOf(one.get(path)).equals(two.get(path)))
        .sorted()
        .toList()
        .toString();
  }

  private static List<Edit> edits(Path fleet) throws IOException {
    List<Edit> edits = new ArrayList<>();
    for (Path file : files(fleet).stream().filter(f -> f.toString().endsWith(".gops")).toList()) {
      String text = Files.readString(file);
      for (MatchResult value : VALUE.matcher(text).results().toList()) {
        String word = value.group();
        String other =
            word.startsWith("\"")
                ? word.substring(0, word.length() - 1) + "x\""
                : Long.toString(Long.parseLong(word) + 1);
        edits.add(new Edit(fleet.relativize(file), value.start(), value.end(), other));
      }
    }
    return edits;
  }

  private Path copy(String example, String name) throws IOException {
    Path from = Run.ROOT.resolve("examples").resolve(example);
    Path to = dir.resolve(name);
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return to;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// What a compile writes; the manifest has hashes of sources, which always differ.
  private Map<String, String> outputs(Path fleet) throws IOException {
    Path out = dir.resolve("out-" + fleet.getFileName());
    Run run = Gops.run("compile", fleet.toString(), "-o", out.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    Map<String, String> outputs = new TreeMap<>();
    for (Path file : files(out)) {
      String name = out.relativize(file).toString();
      if (!name.equals(".gopsc-manifest.json")) {
        outputs.put(name, Files.readString(file));
      }
    }
    return outputs;
  }
}
