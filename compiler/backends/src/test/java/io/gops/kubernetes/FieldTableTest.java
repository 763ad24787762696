package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The tables of `docs/kubernetes-fields.md` against the published definitions, the language and
/// the golden manifests. Needs Go, for its module cache.
@Tag("schema")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldTableTest {
  private static final Path ROOT = Path.of(System.getProperty("gops.root"));
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| (always|left out|`[^|]+`) \\|.*");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");

  private ManifestSchemas schemas;

  @BeforeAll
  void fetchDefinitions(@TempDir Path temporary) throws Exception {
    schemas = new ManifestSchemas(temporary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GameServerSet", "GameServer"})
  void everyFieldHasARow(String kind) throws IOException {
    Map<String, String> rows = rows(kind);
    SortedSet<String> fields = fields(kind);
    List<String> without =
        fields.stream().filter(field -> row(field, rows.keySet()).isEmpty()).toList();
    assertFalse(fields.isEmpty());
    assertEquals(List.of(), without, "no row in docs/kubernetes-fields.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GameServerSet", "GameServer"})
  void everyRowHasAField(String kind) throws IOException {
    SortedSet<String> fields = fields(kind);
    List<String> without =
        rows(kind).keySet().stream()
            .filter(row -> fields.stream().noneMatch(field -> isIn(field, row)))
            .toList();
    // The definition leaves the pod open.
    assertEquals(List.of(), without, "a row without a field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GameServerSet", "GameServer"})
  void everyWordIsOfTheLanguage(String kind) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String said : rows(kind).values()) {
      Matcher words = WORD.matcher(said);
      while (words.find()) {
        if (!isWord(words.group(1))) {
          unknown.add(words.group(1));
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GameServerSet", "GameServer"})
  void goldenManifestsHaveWhatCanBeSaidAndNothingElse(String kind) throws IOException {
    Map<String, String> rows = rows(kind);
    SortedMap<String, String> written = written(kind);
    List<String> wrong = new ArrayList<>();
    written.forEach(
        (field, file) -> {
          String row = row(field, rows.keySet());
          if ("left out".equals(rows.get(row))) {
            wrong.add(file + " has " + field);
          }
        });
    for (Map.Entry<String, String> row : rows.entrySet()) {
      boolean shown =
          written.keySet().stream()
              .anyMatch(field -> row(field, rows.keySet()).equals(row.getKey()));
      if (!shown && !row.getValue().equals("left out")) {
        wrong.add("no golden manifest has " + row.getKey());
      }
    }
    assertEquals(List.of(), wrong);
  }

  /// How each field of a table is said, by its path.
  private static Map<String, String> rows(String kind) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/kubernetes-fields.md"));
    int start = page.indexOf("\n## " + kind + "\n");
    String section = page.substring(start, page.indexOf("\n## ", start + 1));
    Map<String, String> rows = new LinkedHashMap<>();
    section
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> rows.put(row.group(1), row.group(2)));
    return rows;
  }

  /// The closest row of a field; empty when there is none.
  private static String row(String field, Iterable<String> rows) {
    String closest = "";
    for (String row : rows) {
      if (isIn(field, row) && row.length() > closest.length()) {
        closest = row;
      }
    }
    return closest;
  }

  private static boolean isIn(String field, String row) {
    return field.equals(row) || field.startsWith(row + ".") || field.startsWith(row + "[");
  }

  private SortedSet<String> fields(String kind) {
    SortedSet<String> fields = new TreeSet<>();
    JsonNode spec =
        schemas.definition("game.kruise.io/v1alpha1/" + kind).path("properties").path("spec");
    collect(spec, "", fields);
    return fields;
  }

  private static void collect(JsonNode schema, String path, SortedSet<String> fields) {
    if (schema.has("properties")) {
      schema
          .path("properties")
          .properties()
          .forEach(
              field ->
                  collect(
                      field.getValue(),
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      fields));
    } else if (schema.has("items")) {
      collect(schema.path("items"), path + "[]", fields);
    } else {
      fields.add(path);
    }
  }

  /// Fields that golden manifests have, with one that has it. What is in the pod template itself is
  /// one field.
  private static SortedMap<String, String> written(String kind) throws IOException {
    SortedMap<String, String> written = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.walk(ROOT.resolve("golden"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".approved.yaml")).toList()) {
        for (Object document : new Yaml().loadAll(Files.readString(file))) {
          JsonNode object = json.valueToTree(document);
          if (object.path("kind").asText().equals(kind)) {
            values(object.path("spec"), "", ROOT.relativize(file).toString(), written);
          }
        }
      }
    }
    return written;
  }

  private static void values(
      JsonNode value, String path, String file, SortedMap<String, String> written) {
    if (value.isObject() && !value.isEmpty()) {
      value
          .properties()
          .forEach(
              field ->
                  values(
                      field.getValue(),
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      file,
                      written));
    } else if (value.isArray() && !value.isEmpty()) {
      value.forEach(item -> values(item, path + "[]", file, written));
    } else {
      written.putIfAbsent(path, file);
    }
  }

  private static boolean isWord(String path) {
    List<String> names = List.of(path.split("\\.", -1));
    Kind kind = Schema.language().kinds().get(names.getFirst());
    for (int i = 1; kind != null && i < names.size(); i++) {
      String name = names.get(i);
      if (i + 1 == names.size() && kind.attributes().containsKey(name)) {
        return true;
      }
      kind = kind.variants().isEmpty() ? kind.nested().get(name) : kind.variants().get(name);
    }
    return kind != null;
  }
}
