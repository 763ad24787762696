package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that ask for more work than their length would suggest end soon, with one error.
@Timeout(300)
class BoundedWorkTest {
  private static final String FLEET =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz { pool std {
        hosts 1..2 { name = "hz-${n}", underlay = 10.1.0.1..10.1.0.2, cpu = 8cores, memory = 8Gi }
      } }
      game go {
        container engine { port client { number = 7001 } }
        profile { base { cpu = 1cores, memory = 1Gi } }
        version "1" { engine = "registry.example.com/go:1" }
      }
      """;

  private static List<String> codes(String text) {
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(Map.of("a.gops", FLEET + text), "a.gops", diagnostics);
    return diagnostics.sorted().stream().map(d -> d.code().name()).toList();
  }

  private static String repeat(int times, String form) {
    return IntStream.rangeClosed(1, times)
        .mapToObj(i -> form.replace("#", Integer.toString(i)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void manyRangesInText() {
    assertEquals(
        List.of("GOPS2067"),
        codes(
            repeat(
                2000,
                "zones z# { game = go, ids = 1..200000, run = \"1\", pool = hz.std, players = 1 }")));
  }

  @Test
  void oneRangeInManyDeclarations() {
    assertEquals(
        List.of("GOPS2067"),
        codes(
            "const ids = 1..200000\ntemplate zones T { game = go, ids = ids, run = \"1\","
                + " pool = hz.std, players = 1 }\n"
                + repeat(20_000, "zones z# from T {}")));
  }

  @Test
  void manyOverridesOfOneRange() {
    assertEquals(
        List.of("GOPS2067"),
        codes(
            "const all = 1..200000\nzones z { game = go, ids = all, run = \"1\", pool = hz.std,"
                + " players = 1\n"
                + repeat(20, "override 1..200000 { importance = 8 }")
                + "\n}"));
  }

  /// Each override of one zone must not look at all zones, nor each zone at all overrides.
  @Test
  void manySmallOverridesAreAllowed() {
    assertEquals(
        List.of(),
        codes(
            "zones z { game = go, ids = 1..199999, run = \"1\", pool = hz.std, players = 1\n"
                + repeat(20_000, "override # { importance = 8 }")
                + "\noverride 20001..199999 { importance = 7 }\n}"));
  }

  @Test
  void constantsThatDouble() {
    String doubling =
        IntStream.range(1, 60)
            .mapToObj(i -> "const c" + i + " = \"${c" + (i - 1) + "}${c" + (i - 1) + "}\"")
            .collect(Collectors.joining("\n"));
    assertEquals(List.of("GOPS2068"), codes("const c0 = \"abcdefgh\"\n" + doubling));
  }
}
