package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A value tells where it came from: attribute, template, override, environment.
class EffectiveValueTest {
  private static final Path ROOT = Path.of(System.getProperty("gops.root"));

  @TempDir private Path folder;

  @BeforeEach
  void fleet() throws IOException {
    Files.copy(ROOT.resolve("docs/diagnostics/example-fleet.gops"), folder.resolve("base.gops"));
    Files.writeString(
        folder.resolve("fleet.gops"),
        """
        fleet demo {
          environment prod { cluster = hz, include = ["base.gops", "more.gops"] }
          environment staging {
            cluster = hz, include = ["base.gops", "more.gops"]
            override { zones.more.players = 300 }
          }
        }
        """);
    Files.writeString(
        folder.resolve("more.gops"),
        """
        template zones Standard {
          game = chess, run = "1.0", pool = hz.std
          players = 1000
          importance = 40
        }

        zones more from Standard {
          ids = 101..110
          players = 2 * 1500
          override 101 { importance = 1 }
        }
        """);
  }

  @Test
  void throughATemplate() {
    assertEquals(
        """
        zones more importance = 40 prod, staging
          SET 40 more.gops:4:3
          BROUGHT_IN 40 more.gops:7:17
        zones more override 101 importance = 1 prod, staging
          SET 1 more.gops:10:18
          BEFORE 40 more.gops:4:3
          BROUGHT_IN 40 more.gops:7:17
        """,
        explain("more.gops", 4));
  }

  @Test
  void throughAnEnvironment() {
    assertEquals(
        """
        zones more players = 3000 prod
          SET 3000 more.gops:9:3
          BEFORE 1000 more.gops:3:3
          BROUGHT_IN 1000 more.gops:7:17
        zones more players = 300 staging
          SET 300 fleet.gops:5:16
          BROUGHT_IN 300 fleet.gops:3:3
          BEFORE 3000 more.gops:9:3
          BEFORE 1000 more.gops:3:3
          BROUGHT_IN 1000 more.gops:7:17
        """,
        explain("more.gops", 9));
  }

  @Test
  void aTemplateOfTheExample() {
    assertEquals(
        """
        site hangzhou pool std hosts 1..20 cpu = 64cores prod
          SET 64cores sites/hangzhou.gops:4:3
          BROUGHT_IN 64cores sites/hangzhou.gops:20:23
        site hangzhou pool std hosts 21..40 cpu = 64cores prod
          SET 64cores sites/hangzhou.gops:4:3
          BROUGHT_IN 64cores sites/hangzhou.gops:21:23
        """,
        text(
            FleetLoader.explain(
                    ROOT.resolve("examples/wuxia"), "sites/hangzhou.gops", 4, new Diagnostics())
                .values()));
  }

  private String explain(String file, int line) {
    return text(FleetLoader.explain(folder, file, line, new Diagnostics()).values());
  }

  private static String text(List<EffectiveValue> values) {
    return values.stream()
        .map(
            value ->
                value.declaration()
                    + " "
                    + value.attribute()
                    + " = "
                    + value.value()
                    + " "
                    + String.join(", ", value.environments())
                    + "\n"
                    + value.steps().stream()
                        .map(s -> "  " + s.role() + " " + s.value() + " " + s.place() + "\n")
                        .collect(Collectors.joining()))
        .collect(Collectors.joining());
  }
}
