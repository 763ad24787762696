package io.gops.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The editor's TextMate grammar knows the kinds and units of the schema, and no others.
final class EditorGrammarTest {
  private static final Path GRAMMAR =
      Path.of(System.getProperty("gops.root"), "vscode-ext/syntaxes/gops.tmLanguage.json");

  private static final Pattern KIND_LIST =
      Pattern.compile("\\\\b\\(([a-z|]+\\|zones\\|[a-z|]+)\\)");

  @Test
  void knowsEveryKindOfTheTopLevel() throws IOException {
    Set<String> missing = new TreeSet<>(Schema.language().kinds().keySet());
    missing.removeAll(grammarKinds());
    assertEquals(Set.of(), missing);
  }

  @Test
  void knowsNoKindThatTheLanguageHasNot() throws IOException {
    Set<String> stale = grammarKinds();
    stale.removeAll(allKinds(Schema.language().kinds()));
    assertEquals(Set.of(), stale);
  }

  @Test
  void coloursEveryUnit() throws IOException {
    List<Pattern> quantities =
        patterns().stream()
            .filter(p -> p.startsWith("\\b(\\d+(?:\\.\\d+)?)"))
            .map(Pattern::compile)
            .toList();
    assertEquals(2, quantities.size());
    for (Measure measure : Measure.values()) {
      for (Measure.Unit unit : measure.units()) {
        String text = "5" + unit.suffix();
        assertTrue(
            quantities.stream().anyMatch(pattern -> matchesWhole(pattern, text)),
            () -> text + " is not coloured as a quantity");
      }
    }
  }

  private static boolean matchesWhole(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() && matcher.end() == text.length();
  }

  private static Set<String> grammarKinds() throws IOException {
    for (String pattern : patterns()) {
      Matcher matcher = KIND_LIST.matcher(pattern);
      if (matcher.find()) {
        Set<String> kinds = new TreeSet<>(List.of(matcher.group(1).split("\\|", -1)));
        kinds.add("release"); // has a pattern of its own: the word behind it picks the variant
        return kinds;
      }
    }
    throw new AssertionError("no list of kinds in " + GRAMMAR);
  }

  private static Set<String> allKinds(Map<String, Kind> kinds) {
    Set<String> names = new TreeSet<>(kinds.keySet());
    kinds.values().forEach(kind -> names.addAll(allKinds(kind.nested())));
    return names;
  }

  /// Every `match` and `begin` of the grammar.
  private static List<String> patterns() throws IOException {
    List<String> patterns = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(GRAMMAR.toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME
            && Set.of("match", "begin").contains(json.currentName())
            && json.nextToken() == JsonToken.VALUE_STRING) {
          patterns.add(json.getText());
        }
      }
    }
    return List.copyOf(patterns);
  }
}
