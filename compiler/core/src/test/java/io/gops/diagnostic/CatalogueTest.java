package io.gops.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every code has words in every language and a page that explains it.
class CatalogueTest {
  private static final Path PAGES = Path.of(System.getProperty("gops.root"), "docs", "diagnostics");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d\\}");

  private final Catalogue english = Catalogue.of(Language.ENGLISH);

  @Test
  void fillsArgumentsAndLeavesEverythingElse() {
    assertEquals(
        "the lock assigns {1} of it's twice", english.text(Message.of("GOPS2903", "{1}", "it's")));
  }

  @Test
  void takesTheWordThatGoesWithTheNumber() {
    assertEquals("at least 1 more host", english.text(Message.of("GOPS3005.hint", 1)));
    assertEquals("at least 12 more hosts", english.text(Message.of("GOPS3005.hint", 12)));
  }

  @Test
  void speaksOfAMessageInGeneral() {
    assertEquals("there is no … called …", english.outline("GOPS2016"));
  }

  /// The texts of one language, without what another one fills in.
  private static SortedMap<String, String> texts(Language language) throws IOException {
    String name = "messages." + language.tag() + ".properties";
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      SortedMap<String, String> texts = new TreeMap<>();
      properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
      return texts;
    }
  }

  @Test
  void everyLanguageHasTheSameKeys() throws IOException {
    assertEquals(
        String.join("\n", texts(Language.ENGLISH).keySet()),
        String.join("\n", texts(Language.CHINESE).keySet()));
  }

  @Test
  void everyLanguageHasTheSamePlaceholders() throws IOException {
    assertEquals(placeholders(Language.ENGLISH), placeholders(Language.CHINESE));
  }

  /// One line for each text, so that a difference is easy to find.
  private static String placeholders(Language language) throws IOException {
    return texts(language).entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + " "
                    + PLACEHOLDER
                        .matcher(entry.getValue())
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theChineseTextsAreChinese() throws IOException {
    Set<String> same = new TreeSet<>();
    SortedMap<String, String> chinese = texts(Language.CHINESE);
    texts(Language.ENGLISH)
        .forEach(
            (key, text) -> {
              if (text.equals(chinese.get(key))) {
                same.add(key);
              }
            });
    assertEquals(Set.of(), same);
  }

  @Test
  void noTextIsAboutACodeThatDoesNotExist() throws IOException {
    Set<String> codes = Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());
    List<String> orphans =
        texts(Language.ENGLISH).keySet().stream()
            .filter(key -> key.startsWith("GOPS"))
            .filter(key -> !codes.contains(key.replaceFirst("[.].*", "")))
            .toList();
    assertEquals(List.of(), orphans);
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void hasAMessageAndAPage(Code code) throws IOException {
    assertTrue(english.has(code.name()), "message");
    String page = Files.readString(PAGES.resolve(code + ".md"));
    assertTrue(page.startsWith("# " + code + ": "), "title");
    // Bugs of the compiler have no example.
    if (code.failure() != Failure.INTERNAL) {
      List<String> sections = page.lines().filter(line -> line.startsWith("## ")).toList();
      assertTrue(sections.contains("## Fails"), "section Fails: " + sections);
      assertTrue(sections.contains("## Passes"), "section Passes: " + sections);
    }
  }

  @Test
  void noPageIsAboutACodeThatDoesNotExist() throws IOException {
    Set<String> codes = Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        String name = page.getFileName().toString().replaceFirst("[.]md$", "");
        assertFalse(name.startsWith("GOPS") && !codes.contains(name), name);
      }
    }
  }
}
