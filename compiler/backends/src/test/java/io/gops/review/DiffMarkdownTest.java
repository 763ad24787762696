package io.gops.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diff.Cause;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import io.gops.diff.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A comment is never too large, and nothing that a person wrote becomes markup in it.
class DiffMarkdownTest {
  private static final String NASTY =
      "</details> <!-- --> ```\n# @everyone | [x](http://a.example) ![i](//b) <img src=x> 楚留香 ";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 300, 10_000})
  void fitsTheBudgetHoweverManyZonesChange(int zones) {
    String comment = comment(zones, "value " + "楚".repeat(200));
    assertTrue(
        comment.getBytes(StandardCharsets.UTF_8).length <= DiffMarkdown.BUDGET,
        () -> "too long for " + zones);
    assertTrue(comment.startsWith("<!-- gopsc:diff:fleet-_ -->\n"), comment);
    assertEquals(0, comment.lines().filter(line -> line.startsWith("```")).count() % 2);
  }

  @Test
  void nothingOfAValueIsMarkup() {
    String comment = comment(3, NASTY).substring("<!-- gopsc:diff:fleet-_ -->".length());
    assertFalse(comment.contains("<"), comment);
    assertFalse(comment.contains("@"), comment);
    assertFalse(comment.contains("://"), comment);
    assertFalse(comment.matches("(?s).*[^\\\\]\\[x.*"), comment);
    comment.lines().forEach(line -> assertFalse(line.startsWith("#"), line));
  }

  /// A change for each zone, each unlike the others.
  private static String comment(int zones, String value) {
    List<Change> changes = new ArrayList<>();
    TreeSet<Integer> ids = new TreeSet<>();
    for (int zone = 1; zone <= zones; zone++) {
      ids.add(zone);
      changes.add(
          new Change(
              String.format("%012x", zone),
              Kind.ZONES,
              ConsequenceClass.R4,
              Optional.of(new Cause("games/" + value, zone, value, false, Optional.empty())),
              List.of(
                  new Edit(
                      "engine.env." + value,
                      Optional.of(value + zone),
                      Optional.of(value),
                      ConsequenceClass.R4)),
              List.of(),
              new TreeSet<>(List.of(zone)),
              List.of(value),
              Optional.empty()));
    }
    FleetDiff diff = new FleetDiff("fleet->", "prod", "hz", ids, changes, List.of(value));
    return new DiffMarkdown(UnaryOperator.identity())
        .print(List.of(new Reviewed(diff, List.of())), "HEAD");
  }
}
