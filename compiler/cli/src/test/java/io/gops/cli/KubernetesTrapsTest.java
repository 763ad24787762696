package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of traps names codes that exist and have a page, and tests that exist.
class KubernetesTrapsTest {
  private static final Pattern CODE = Pattern.compile("GOPS\\d{4}");
  private static final Set<String> WAYS = Set.of("refused", "generated", "no word");

  private record Row(String id, String here, String how, String heldBy) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Run.ROOT.resolve("docs/kubernetes-traps.md"))) {
      if (line.startsWith("| T")) {
        String[] cells = line.split(" *\\| *", -1);
        rows.add(new Row(cells[1], cells[3], cells[4], cells[5]));
      }
    }
    return rows;
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(Run.ROOT.resolve("compiler"))) {
      paths
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith("Test.java"))
          .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
    }
    return names;
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
    Set<String> tests = tests();
    for (Row row : rows()) {
      assertTrue(WAYS.contains(row.here()), row.toString());
      assertTrue(tests.contains(row.heldBy()), row.toString());
      List<String> codes = CODE.matcher(row.how()).results().map(found -> found.group()).toList();
      assertTrue(!row.here().equals("refused") || !codes.isEmpty(), row.toString());
      for (String code : codes) {
        Code.valueOf(code);
        Path page = Run.ROOT.resolve("docs/diagnostics/" + code + ".md");
        assertTrue(Files.exists(page), row + " " + page);
      }
    }
  }
}
