package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages speak the language that was asked for, and nothing else depends on it.
class SpokenLanguageTest {
  private static final String MISTAKE = "gmae clx {}\n";
  private static final String ENGLISH = "error[GOPS2001]: gmae is no kind of declaration";
  private static final String CHINESE = "错误[GOPS2001]: ";

  @TempDir Path dir;

  /// What a command prints under a locale of the machine; `ar-EG` has digits of its own.
  private Run under(String locale, String... arguments) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      return Gops.run(arguments);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theLocaleHasNoSay(Format format) throws IOException {
    Path fleet = Gops.copy("web2048", dir.resolve("fleet"));
    Files.writeString(fleet.resolve("mistake.gops"), MISTAKE);
    for (String file : new String[] {"web2048.gops", "mistake.gops"}) {
      String path = fleet.resolve(file).toString();
      String[] check = {"check", path, "--format", format.toString()};
      Run usual = under("en-US", check);
      assertEquals(usual, under("zh-CN", check));
      assertEquals(usual, under("ar-EG-u-nu-arab", check));
      assertEquals(usual, under("tr-TR", check));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "sarif", "github", "gitlab", "junit"})
  void everyFormatSpeaksChinese(String format) throws IOException {
    Path file = Files.writeString(dir.resolve("mistake.gops"), MISTAKE);
    Run run = Gops.run("check", file.toString(), "--format", format, "--lang", "zh");
    assertEquals(3, run.code());
    assertTrue(run.out().contains("没有 gmae 这种声明"), run.out());
  }

  @Test
  void whatIsGeneratedIsTheSame() throws IOException {
    SortedMap<String, String> english = generated("en");
    assertFalse(english.isEmpty());
    assertEquals(english, generated("zh"));
  }

  /// Output and locks of a first compile.
  private SortedMap<String, String> generated(String language) throws IOException {
    Path own = Gops.copy("web2048", dir.resolve("fleet-" + language));
    Path out = own.resolve("out");
    Run run = Gops.run("compile", own.toString(), "-o", out.toString(), "--lang", language);
    assertEquals(0, run.code(), run.out());
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(own)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(own.relativize(path).toString(), Files.readString(path));
      }
    }
    return files;
  }

  @Test
  @Tag("cli")
  void theVariableDecidesUnlessTheOptionDoes() throws Exception {
    Files.writeString(dir.resolve("mistake.gops"), MISTAKE);
    Map<String, String> chinese = Map.of("GOPSC_LANG", "zh");
    assertTrue(Run.gopsc(dir, chinese, "check", "mistake.gops").out().startsWith(CHINESE));
    Run overruled = Run.gopsc(dir, chinese, "check", "mistake.gops", "--lang", "en");
    assertTrue(overruled.out().startsWith(ENGLISH), overruled.out());
    Map<String, String> locale = Map.of("LC_ALL", "zh_CN.UTF-8", "LANG", "zh_CN.UTF-8");
    Run run = Run.gopsc(dir, locale, "check", "mistake.gops");
    assertTrue(run.out().startsWith(ENGLISH), run.out());
    Run unknown = Run.gopsc(dir, Map.of("GOPSC_LANG", "fr"), "check", "mistake.gops");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(unknown.err().contains("GOPSC_LANG: 'fr' is not one of en, zh"), unknown.err());
  }
}
