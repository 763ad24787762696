package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of traps names codes that exist and have a page, and tests that exist and raise them.
class KubernetesTrapsTest {
  private static final Pattern CODE = Pattern.compile("GOPS\\d{4}");
  private static final Set<String> WAYS = Set.of("refused", "generated", "no word");

  private record Row(String id, String here, String how, List<String> heldBy) {
    List<String> codes() {
      return CODE.matcher(how).results().map(found -> found.group()).toList();
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Run.ROOT.resolve("docs/kubernetes-traps.md"))) {
      if (line.startsWith("| T")) {
        String[] cells = line.split(" *\\| *", -1);
        rows.add(new Row(cells[1], cells[3], cells[4], List.of(cells[5].split(", ", -1))));
      }
    }
    return rows;
  }

  /// Where each test is, by its name.
  private static Map<String, Path> tests() throws IOException {
    Map<String, Path> tests = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(Run.ROOT.resolve("compiler"))) {
      paths
          .filter(path -> path.toString().endsWith("Test.java"))
          .forEach(
              path -> {
                String name = String.valueOf(path.getFileName());
                tests.put(name.substring(0, name.length() - ".java".length()), path);
              });
    }
    return tests;
  }

  /// What a test approves or asserts: where its codes stand.
  private static String evidence(String test, Path source, String code) throws IOException {
    Path golden = Run.ROOT.resolve("golden");
    return Files.readString(
        switch (test) {
          case "DiagnosticPagesTest" -> golden.resolve("diagnostics/" + code + ".approved.txt");
          case "FifteenMistakesTest" -> golden.resolve("fifteen-mistakes/report.approved.txt");
          case "BadValuesTest" -> golden.resolve("bad-values/report.approved.txt");
          default -> source;
        });
  }

  @Test
  void rowsAreNumbered() throws IOException {
    List<Row> rows = rows();
    for (int i = 0; i < rows.size(); i++) {
      assertEquals("T" + (i + 1), rows.get(i).id());
    }
    assertTrue(rows.size() >= 36, rows.toString());
  }

  @Test
  void eachRowNamesWhatHoldsIt() throws IOException {
    Map<String, Path> tests = tests();
    for (Row row : rows()) {
      assertTrue(WAYS.contains(row.here()), row.toString());
      assertTrue(tests.keySet().containsAll(row.heldBy()), row.toString());
      assertTrue(!row.here().equals("refused") || !row.codes().isEmpty(), row.toString());
      for (String code : row.codes()) {
        Code.valueOf(code);
        Path page = Run.ROOT.resolve("docs/diagnostics/" + code + ".md");
        assertTrue(Files.exists(page), row + " " + page);
      }
    }
  }

  @Test
  void whatIsRefusedIsRaisedByTheTestsOfItsRow() throws IOException {
    Map<String, Path> tests = tests();
    for (Row row : rows()) {
      if (row.here().equals("refused")) {
        Set<String> raised = new TreeSet<>();
        for (String test : row.heldBy()) {
          boolean any = false;
          for (String code : row.codes()) {
            if (evidence(test, tests.getOrDefault(test, Path.of("")), code).contains(code)) {
              raised.add(code);
              any = true;
            }
          }
          assertTrue(any, row.id() + ": " + test + " raises none of " + row.codes());
        }
        assertEquals(new TreeSet<>(row.codes()), raised, row.id());
      }
    }
  }

  @Test
  void eachBadValueIsInTheTable() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Row row : rows()) {
      if (row.heldBy().contains("BadValuesTest") || row.here().equals("refused")) {
        named.addAll(row.codes());
      }
    }
    String report = evidence("BadValuesTest", Path.of(""), "");
    for (String line : report.lines().filter(line -> line.startsWith("error[")).toList()) {
      String code = line.substring("error[".length(), line.indexOf(']'));
      assertTrue(named.contains(code), line);
    }
  }
}
