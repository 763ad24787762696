package io.gops.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class YamlWriterTest {
  @Test
  void writesBlocksInTheOrderOfTheTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("kind", "Service");
    tree.put("spec", Map.of("ports", List.of(Map.of("port", 7001), Map.of("port", 3000L))));
    tree.put("args", List.of("-c", "trap 'exit 0' TERM\nsleep 1 & wait $!\n"));
    tree.put("none", List.of());
    tree.put("nothing", Map.of());
    tree.put("absent", null);
    tree.put("nested", List.of(List.of("a", true), List.of()));
    assertEquals(
        """
        kind: Service
        spec:
          ports:
          - port: 7001
          - port: 3000
        args:
        - "-c"
        - |
          trap 'exit 0' TERM
          sleep 1 & wait $!
        none: []
        nothing: {}
        absent: null
        nested:
        - - a
          - true
        - []
        """,
        YamlWriter.print(tree));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "y",
        "Y",
        "no",
        "NO",
        "on",
        "Off",
        "true",
        "False",
        "null",
        "Null",
        "~",
        "1",
        "-1",
        "+1",
        "1_0",
        "0x1F",
        "0o7",
        "017",
        "0b1",
        "1:30",
        "1e3",
        "1.5",
        ".5",
        ".inf",
        "-.Inf",
        ".NaN",
        "nan",
        "inf",
        "2026-11-21",
        "2026-11-21T22:00:00Z",
        "10001",
        "1.8.3",
        "5s",
        "<<",
        "=",
        "a: b",
        "a #b",
        "a:",
        "- a",
        "-",
        "?",
        "? a",
        ": a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a'",
        "\"a\"",
        "[a]",
        "{a}",
        "a,b c",
        " a",
        "a ",
        "a\tb",
        "\t",
        "#a",
        "---",
        "...",
        "a\rb",
        "\u0000",
        "\u0007",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "\u007F",
        "楚留香",
        "\uD83C\uDFAE",
        "\uD800",
        "a\\b",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n",
        "a \nb",
        " a\nb",
        "a\n\tb",
        "a\n \nb",
        "a\n\nb\n",
        "\n",
        "a\n---\nb",
        "a\n# b\n",
        "\u202Ea"
      })
  void quotesWhateverAReaderCouldTakeForSomethingElse(String text) {
    Map<String, Object> tree = Map.of("value", text, "list", List.of(text));
    assertEquals(tree, read(YamlWriter.print(tree)));
    assertEquals(Map.of(text, List.of(1)), read(YamlWriter.print(Map.of(text, List.of(1)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clx-10001-a",
        "registry.example.com/clx/engine:1.8.3@sha256:5f70bf",
        "/srv/game/scripts",
        "kubernetes.io/hostname",
        "RollingUpdate",
        "None",
        "engine:7777/UDP",
        "_x"
      })
  void leavesOrdinaryWordsPlain(String text) {
    assertEquals("value: " + text + "\n", YamlWriter.print(Map.of("value", text)));
    assertEquals(Map.of("value", text), read(YamlWriter.print(Map.of("value", text))));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void readsBackWhatWasWritten(@ForAll("trees") Object tree) {
    String text = YamlWriter.print(tree);
    assertEquals(tree, read(text), text);
    String encoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(text, encoded);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void writesJacksonTreesLikeJavaTrees(@ForAll("trees") Object tree) {
    assertEquals(YamlWriter.print(tree), YamlWriter.print(new ObjectMapper().valueToTree(tree)));
  }

  @Test
  void refusesWhatHasNoOneSpelling() {
    assertThrows(IllegalArgumentException.class, () -> YamlWriter.print(List.of(1.5)));
    assertThrows(IllegalArgumentException.class, () -> YamlWriter.print(List.of(BigDecimal.ONE)));
    assertThrows(IllegalArgumentException.class, () -> YamlWriter.print(Map.of(1, "a")));
    assertThrows(
        IllegalArgumentException.class, () -> YamlWriter.print(Map.of("k".repeat(1001), "a")));
  }

  @Provide
  Arbitrary<Object> trees() {
    return trees(3);
  }

  private Arbitrary<Object> trees(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Object> inner = trees(depth - 1);
    return Arbitraries.oneOf(
        leaves(),
        inner.list().ofMaxSize(3).map(list -> list),
        Arbitraries.maps(texts(), inner).ofMaxSize(4).map(LinkedHashMap::new));
  }

  private Arbitrary<Object> leaves() {
    return Arbitraries.oneOf(
        texts().map(t -> t),
        Arbitraries.integers().map(i -> i),
        Arbitraries.longs().map(YamlWriterTest::smallest),
        Arbitraries.bigIntegers().map(b -> smallest(b)),
        Arbitraries.of(true, false));
  }

  /// Characters that break naive writers come up as often as letters.
  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.strings()
            .withChars("ab01 \n\t:#-'\"\\~{[,&*!|>%@`?=\r\u0085\u2028香")
            .ofMaxLength(10),
        Arbitraries.strings().withChars("0123456789_.:+-xoebTZ").ofMaxLength(8),
        Arbitraries.of("yes", "No", "NULL", "y", "~", "on", "0o7", "1:30", "2001-01-01"));
  }

  /// The reader gives the smallest type that holds a number.
  private static Object smallest(Number number) {
    BigInteger value = new BigInteger(number.toString());
    if (value.bitLength() < 32) {
      return value.intValue();
    }
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private static Object read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(options).load(text);
  }
}
