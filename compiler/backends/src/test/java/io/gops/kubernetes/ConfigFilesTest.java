package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.plan.PodTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The config files of containers: immutable ConfigMaps that belong to a version and a zone.
class ConfigFilesTest {
  private static final Path BASE =
      Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");
  private static final String IMAGE = "registry.example.com/go:1@sha256:" + "1f".repeat(32);
  private static final Pattern MAPS = Pattern.compile("name: (\\S+-config-\\S+)");

  @TempDir Path folder;

  /// The manifests of a game with two zones, compiled as a folder is.
  private CompiledFleet compile(String config, String newer) throws IOException {
    Files.writeString(folder.resolve("base.gops"), Files.readString(BASE));
    Files.writeString(
        folder.resolve("fleet.gops"),
        "fleet demo { environment default { cluster = hz, include = [\"base.gops\", \"go.gops\"] }"
            + " }");
    Files.writeString(
        folder.resolve("go.gops"),
        """
        const logs = "/var/log/game"
        game go {
          container engine {
            port client { number = 7001 }
            %s
          }
          profile { base { cpu = 100mcores, memory = 128Mi } }
          version "1" { engine = "%s" }
          version "2" from "1" { %s }
        }
        zones go-main {
          game = go, ids = 101..102, run = "1", pool = hz.std, players = 10
          pair { switch = directory }
        }
        """
            .formatted(config, IMAGE, newer));
    return CompiledFleet.of(folder.toRealPath());
  }

  private static String file(CompiledFleet fleet, String name) {
    return fleet.manifests().getOrDefault("default/hz/kubernetes/go/" + name + ".yaml", "");
  }

  private static List<String> maps(String text) {
    return MAPS.matcher(text).results().map(m -> m.group(1)).distinct().sorted().toList();
  }

  private static String file(String path, String line) {
    return "config \"" + path + "\" { lines = [\"" + line + "\"] }";
  }

  @Test
  void readAsTheyAreWritten() throws IOException {
    CompiledFleet fleet =
        compile(
            """
            config "/srv/game/server.conf" {
              lines = [
                "zone  = ${zone.id:06d}",
                "side  = ${side}",
                "",
                "logs  = ${logs}",
                "price = $${5} # 'yes' \\"no\\" \\\\ \\t 中文: - {x}",
              ]
            }
            config "/etc/motd" { lines = ["welcome"] }
            """,
            "");
    GoldenFiles.verify(file(fleet, "zone-101"), "kubernetes-config", "zone-101", "yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "logs = /var/log,  namespace, go-config-",
    "zone = ${zone.id}, zone-101, go-101-config-",
    "side = ${side},    zone-101, go-101-a-config-"
  })
  void whoSeesTheSameTextSharesIt(String line, String holder, String prefix) throws IOException {
    CompiledFleet fleet = compile(file("/a.conf", line), "");
    String text = file(fleet, holder);
    assertTrue(text.contains("kind: ConfigMap\nmetadata:"), text);
    assertTrue(maps(text).getFirst().startsWith(prefix), text);
    int expected = holder.equals("namespace") ? 1 : Pattern.matches(".*side.*", line) ? 2 : 1;
    assertEquals(
        expected, Pattern.compile("kind: ConfigMap").matcher(text).results().count(), text);
    for (String named : maps(file(fleet, "zone-101"))) {
      assertTrue(
          Stream.of("namespace", "zone-101").anyMatch(f -> defines(file(fleet, f), named)), named);
    }
  }

  private static boolean defines(String text, String map) {
    return Pattern.compile(
            "kind: ConfigMap\nmetadata:\n(  .*\n)*?  name: " + Pattern.quote(map) + "\n")
        .matcher(text)
        .find();
  }

  /// A release patches the template to the next version: what it mounts then is there already.
  @Test
  void everyVersionHasItsOwn() throws IOException {
    CompiledFleet fleet =
        compile(
            file("/a.conf", "zone = ${zone.id}"),
            "container engine { config \"/a.conf\" { lines += [\"more = yes\"] } }");
    String zone = file(fleet, "zone-101");
    List<String> maps = maps(zone);
    assertEquals(2, maps.size(), zone);
    maps.forEach(map -> assertTrue(defines(zone, map), map));
    assertTrue(zone.contains("more = yes"), zone);
    Matcher mounted = Pattern.compile("configMap:\n(.*\n)*?\\s+name: (\\S+)").matcher(zone);
    assertTrue(mounted.find());
    assertTrue(maps.contains(mounted.group(2)));
  }

  @Test
  void otherTextIsAnotherTemplate() throws IOException {
    String before = template(compile(file("/a.conf", "level = 1"), ""));
    assertEquals(before, template(compile(file("/a.conf", "level = 1"), "")));
    assertNotEquals(before, template(compile(file("/a.conf", "level = 2"), "")));
    assertNotEquals(before, template(compile(file("/b.conf", "level = 1"), "")));
    assertNotEquals(
        template(compile(file("/a.conf", "${zone.id}"), "")),
        template(compile(file("/a.conf", "${zone.id:03d}"), "")));
  }

  private static String template(CompiledFleet fleet) {
    var deployment = Objects.requireNonNull(fleet.compiled().get("default")).deployment();
    PodTemplates templates = new PodShapes(deployment);
    SortedMap<String, io.gops.deployment.Workload> workloads = deployment.workloads();
    String shape = templates.shape(Objects.requireNonNull(workloads.get("go-101-a"))).print();
    assertEquals(shape, templates.shape(Objects.requireNonNull(workloads.get("go-102-b"))).print());
    return shape;
  }
}
