package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Fleet;
import io.gops.fleet.ServerSettings;
import io.gops.fleet.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What zones say of their servers.
class ServersTest {
  private static final String ROLE =
      """
      container engine { }
      profile { base { cpu = 100mcores, memory = 64Mi } }
      replicas = 3
      probe online { players = true, exec = ["/players"] }
      """;

  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<Fleet> load(String game, String zones) {
    String text =
        """
        cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
        site hz { pool std { hosts 1..2 { name = "h${n}", underlay = 10.1.0.1..10.1.0.2, cpu = 8cores, memory = 16Gi } } }
        game go {
          %s
          version "1" { engine = "registry.example.com/go:1" }
        }
        zones main {
          game = go, ids = 1..3, run = "1", pool = hz.std
          %s
        }
        """
            .formatted(game, zones);
    return FleetLoader.load(Map.of("go.gops", text), "go.gops", diagnostics);
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  private ServerSettings settings(Optional<Fleet> fleet, int zone, String role) {
    assertEquals(List.of(), diagnostics.sorted());
    return Objects.requireNonNull(fleet.orElseThrow().zones().get(zone)).body().settings(role);
  }

  @Test
  void aZoneMayHaveOthers() {
    Optional<Fleet> fleet =
        load(
            ROLE,
            """
            autoscale cpu { min = 2, max = 4 }
            servers 0..1 { state = maintaining }
            override 2 { autoscale spare { min = 1, max = 6, keep = 2 }, servers 0..1 { network = off } }
            """);
    assertEquals(4, settings(fleet, 1, "engine").autoscale().orElseThrow().max());
    Autoscale other = settings(fleet, 2, "engine").autoscale().orElseThrow();
    assertEquals(new Autoscale.Spare(2, Optional.empty()), other.by());
    assertEquals(6, other.max());
    var told = settings(fleet, 2, "engine").servers().getLast().spec();
    assertEquals(ServerState.MAINTAINING, told.state());
    assertEquals(true, told.networkDisabled());
  }

  @Test
  void eachRoleHasItsOwn() {
    Optional<Fleet> fleet =
        load(
            "role gate {\n" + ROLE + "}\nrole lobby {\n" + ROLE + "}",
            "role gate { autoscale cpu { min = 2, max = 4 } }\nrole lobby { update { at_once = 2 } }");
    assertEquals(4, settings(fleet, 1, "gate").autoscale().orElseThrow().max());
    assertEquals(Optional.empty(), settings(fleet, 1, "lobby").autoscale());
    assertEquals(2, settings(fleet, 1, "lobby").pace().atOnce());
    assertEquals(1, settings(fleet, 1, "gate").pace().atOnce());
  }

  @ParameterizedTest
  @CsvSource({
    "'servers 0 { update_priority = -5 }', GOPS2009",
    "'servers 0 { deletion_priority = -1 }', GOPS2009",
    "'servers 0 { state = kill }', GOPS2004",
    "'servers 0..1 { }\nservers 1..2 { }', GOPS2008",
    "'servers 3 { }', GOPS2087",
    "'role engin { update { } }', GOPS2016",
    "'role engine { update { } }\nupdate { at_once = 2 }', GOPS2039",
    "'autoscale cpu { min = 0, max = 2 }', GOPS2009",
    "'update { settle = 10min }', GOPS2009",
    "'autoscale cpu { min = two, max = 1 }', GOPS2003"
  })
  void oneMistakeIsOneError(String zones, String code) {
    load(ROLE, zones);
    assertEquals(List.of(Code.valueOf(code)), codes(), () -> diagnostics.sorted().toString());
  }

  @Test
  void withSeveralRolesItMustBeSaidOfWhich() {
    load("role gate {\n" + ROLE + "}\nrole lobby {\n" + ROLE + "}", "update { at_once = 2 }");
    assertEquals(List.of(Code.GOPS2039), codes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 4 * * *", "*/15 0-6 1,15 */2 0", "59 23 31 12 6", "5-10/2 * * * *"})
  void schedulesThatCome(String schedule) {
    assertEquals(Optional.empty(), CronSchedule.mistake(schedule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 4 * * * | 60 | minute",
        "0 24 * * * | 24 | hour",
        "0 0 0 * * | 0 | day of month",
        "0 0 * 13 * | 13 | month",
        "0 0 * * 7 | 7 | day of week",
        "10-5 * * * * | 10-5 | minute",
        "*/0 * * * * | */0 | minute",
        "1,,2 * * * * | '' | minute",
        "1-2-3 * * * * | 1-2-3 | minute"
      })
  void schedulesThatDoNot(String schedule, String part, String field) {
    CronSchedule.Mistake mistake = CronSchedule.mistake(schedule).orElseThrow();
    assertEquals(part, mistake.part());
    assertEquals(field, mistake.field());
  }
}
