package io.gops.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Fleets as somebody writes them who has only seen an example: they load as written, and say what
/// a first guess says.
class NewcomerGoldenTest {
  @Test
  void oneContainerWithoutSides() {
    verify("newcomer-single-container", "chess.gops");
  }

  @Test
  void twoEnvironmentsWithSides() {
    verify("newcomer-two-environments", "");
  }

  @Test
  void twoHostShapesAndAFailedHost() {
    verify("newcomer-failed-host", "site.gops");
  }

  @Test
  void wavesThatAreWritten() {
    verify("newcomer-written-waves", "chess.gops");
  }

  private static void verify(String name, String file) {
    Diagnostics diagnostics = new Diagnostics();
    SortedMap<String, Fleet> fleets =
        FleetLoader.loadAll(GoldenCase.root().resolve(name).resolve(file), diagnostics);
    TextReport report = new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN);
    assertEquals("", report.print(diagnostics.sorted()));
    StringBuilder meaning = new StringBuilder();
    fleets.values().forEach(fleet -> describe(fleet, meaning));
    new GoldenCase(name, "meaning").verify(meaning.toString());
  }

  private static void describe(Fleet fleet, StringBuilder text) {
    text.append("environment ").append(fleet.environment());
    text.append(" on cluster ").append(fleet.cluster().name()).append('\n');
    for (Host host : fleet.hosts().values()) {
      text.append(
          "  host %s %s, %s, %s\n"
              .formatted(host.name(), host.underlay(), host.capacity(), host.state()));
    }
    for (Game game : fleet.games().values()) {
      text.append(
          "  game %s in namespace %s, versions %s\n"
              .formatted(game.name(), game.namespace(), game.versions().keySet()));
    }
    for (Zone zone : new TreeMap<>(fleet.zones()).values()) {
      text.append(
          "  zone %d of %s: version %s, %d players, pool %s, %s\n"
              .formatted(
                  zone.id(),
                  zone.set(),
                  zone.body().run(),
                  zone.body().players(),
                  zone.body().pool(),
                  zone.body()
                      .pair()
                      .map(p -> "sides, logins move by " + p.switching())
                      .orElse("no sides")));
    }
    fleet
        .releases()
        .values()
        .forEach(
            release -> {
              text.append("  release %s\n".formatted(release.name()));
              if (release instanceof Release.AbSwitch ab) {
                ab.waves()
                    .named()
                    .forEach(
                        wave ->
                            text.append("    wave %s: %s\n".formatted(wave.name(), wave.zones())));
              }
            });
  }
}
