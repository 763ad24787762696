package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.rollout.KruiseGameTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers of matches as Fleets of Agones, and what there is no Fleet for.
class AgonesTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("gops.root"), "golden", "agones-matches");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"namespace", "zone-1", "zone-11"})
  void zonesBecomeFleets(String file) throws IOException {
    SortedMap<String, String> files = CompiledFleet.of(GOLDEN.resolve("source.gops")).manifests();
    GoldenFiles.verify(
        files.getOrDefault("default/hz/kubernetes/arena/" + file + ".yaml", ""),
        "agones-matches",
        file,
        "yaml");
  }

  /// Each line stands in the source in the place of a mark, and Agones has no word for it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ZONES | pair { switch = directory } | pair",
        "ZONES | vpc = blue | vpc",
        "ZONES | disruption { at_most = 1 } | disruption",
        "ZONES | disruption { at_most = 0, against = [eviction, deletion] } | disruption",
        "ZONES | disruption { at_most = 0, against = [eviction, update] } | disruption",
        "ZONES | servers 0 { update_priority = 10 } | server",
        "ZONES | update { at_once = 2 } | update",
        "ZONES | update { settle = 10s } | update",
        "ZONES | update { notice = 10s } | update",
        "ZONES | autoscale cpu { min = 1, max = 2, target = 60%, may_stop = any } | autoscale",
        "ZONES | autoscale spare { min = 2, max = 4, keep = 2, at_most = 3 } | autoscale",
        "ZONES | backup nightly { schedule = \"30 4 * * *\", time_zone = \"Asia/Shanghai\", image ="
            + " \"registry.example.com/b:1@IMAGE\", command = [\"/b\"] } | backup",
        "TOP | site away { pool gone { hosts 1 { name = \"gone\", underlay = 10.9.0.1,"
            + " cpu = 1cores, memory = 1Gi, state = failed } } } & release replace_host lost { host = gone }"
            + " | release",
        "TOP | directory all { game = arena, endpoints = [\"https://etcd-1.example.com:2379\"],"
            + " prefix = \"/arena/\" } | directory",
        "GAME | hot_update scripts { files = \"/a\", mount engine { path = \"/b\" }, reload"
            + " inotify } | hot_update",
        "GAME | volume persistent saves { size = 1Gi } | volume",
        "GAME | probe online { players = true, exec = [\"/p\"], every = 10s } | probe",
        "GAME | patch kubernetes Service { spec.sessionAffinity = \"None\" } | patch",
        "NETWORK | Kubernetes-HostPort | network",
        "NETWORK | Static | static",
        "NETWORK | Dynamic, parameters { Fixed = \"true\" } | parameter",
      })
  void whatThereIsNoFleetFor(String mark, String line, String thing) throws IOException {
    String scripts =
        thing.equals("hot_update")
            ? ", scripts = \"registry.example.com/s:1@sha256:" + "4e".repeat(32) + "\""
            : "";
    String source =
        Files.readString(GOLDEN.resolve("source.gops"))
                .replace(
                    "network = Dynamic", "network = " + (mark.equals("NETWORK") ? line : "Dynamic"))
                .replace(
                    "  replicas = 3\n",
                    "  replicas = 1\n" + (mark.equals("GAME") ? "  " + line + "\n" : ""))
                .replace("3e3e\" }", "3e3e\"" + scripts + " }")
                .replace(
                    "pool = hz.std, players = 30 }",
                    "pool = hz.std, players = 30"
                        + (mark.equals("ZONES") ? ", " + line : "")
                        + " }")
            + "\nvpc blue { cidr = 10.64.0.0/16 }\n"
            + (mark.equals("TOP") ? line.replace(" & ", "\n") + "\n" : "");
    Files.writeString(
        folder.resolve("source.gops"), source.replace("@IMAGE", "@sha256:" + "4e".repeat(32)));
    Compilation compilation =
        new Compilation(
            FleetFolder.of(folder.resolve("source.gops")),
            Optional.empty(),
            new KruiseGameTarget());
    Diagnostics diagnostics = compilation.diagnostics();
    for (Compiled compiled : compilation.compiled().values()) {
      new KubernetesBackend().check(compiled, diagnostics);
    }
    List<Diagnostic> errors =
        diagnostics.sorted().stream().filter(Diagnostic::isError).distinct().toList();
    assertEquals(List.of(Code.GOPS6171), errors.stream().map(Diagnostic::code).distinct().toList());
    assertEquals("GOPS6171." + thing, errors.getFirst().hint().orElseThrow().key());
  }
}
