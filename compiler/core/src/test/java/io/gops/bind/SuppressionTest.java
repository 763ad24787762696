package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Suppression;
import io.gops.fleet.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A suppression covers one warning in what it stands before, and nothing else.
class SuppressionTest {
  private final Diagnostics diagnostics = new Diagnostics();
  private Fleet fleet;

  @BeforeEach
  void load() throws IOException {
    Path base =
        Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");
    String more =
        """
        @suppress("GOPS6102", reason = "built here", until = "2027-01-31")
        vpc green { cidr = 10.80.0.0/16 }
        vpc red {
          @suppress("GOPS6102", reason = "for a test")
          cidr = 10.90.0.0/16
        }
        """;
    Optional<Fleet> loaded =
        FleetLoader.load(
            Map.of(
                "fleet.gops",
                "fleet f { environment e { cluster = hz, include = [\"base.gops\","
                    + " \"more.gops\"] } }",
                "base.gops",
                Files.readString(base),
                "more.gops",
                more),
            "fleet.gops",
            diagnostics);
    fleet = loaded.orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
  }

  /// Those of this test; the fleet of the pages has some of its own.
  private List<Suppression> written() {
    return diagnostics.suppressions().stream()
        .filter(suppression -> suppression.place().file().path().equals("more.gops"))
        .toList();
  }

  @Test
  void leavesOutAWarningInItsDeclaration() {
    diagnostics.report(
        Diagnostic.of(Code.GOPS6102).at(fleet.vpcs().get("green").origins().of("cidr")));
    assertEquals(List.of(), diagnostics.sorted());
    assertEquals(1, diagnostics.suppressed());
    assertTrue(diagnostics.isUsed(written().getFirst()));
    assertFalse(diagnostics.isUsed(written().getLast()));
  }

  @Test
  void reachesNoFurtherThanTheAttributeItStandsBefore() {
    diagnostics.report(
        Diagnostic.of(Code.GOPS6102).at(fleet.vpcs().get("red").origins().of("cidr")));
    diagnostics.report(Diagnostic.of(Code.GOPS6102).at(fleet.vpcs().get("red").origins().place()));
    assertEquals(1, diagnostics.sorted().size());
    assertEquals(1, diagnostics.suppressed());
  }

  @Test
  void coversNoOtherCodeAndNoError() {
    diagnostics.report(
        Diagnostic.of(Code.GOPS3006).at(fleet.vpcs().get("green").origins().of("cidr")));
    assertEquals(1, diagnostics.sorted().size());
    assertEquals(0, diagnostics.suppressed());
  }

  @Test
  void endsAfterItsLastDay() {
    Suppression dated = written().getFirst();
    assertFalse(dated.isExpired(LocalDate.of(2027, 1, 31)));
    assertTrue(dated.isExpired(LocalDate.of(2027, 2, 1)));
    assertFalse(written().getLast().isExpired(LocalDate.of(2999, 1, 1)));
  }
}
