package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Resource;
import io.gops.kubernetes.MadeFiles;
import io.gops.kubernetes.PodShapes;
import io.gops.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A runner carries a release out on real pod templates and writes the state. What it wrote is what
/// the next compile needs: nothing has changed, and what changes after that is seen.
class FinishedReleaseTest {
  private static final String FLEET =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz {
        pool std {
          hosts 1..4 { name = "hz-${n}", underlay = 10.1.0.11..10.1.0.14, cpu = 16cores, memory = 64Gi }
        }
      }
      gateway igw { kind = internet, addresses = [203.0.113.0/24], node igw-1 { underlay = 10.1.1.1 } }
      vpc blue { cidr = 10.64.0.0/16, internet = igw }
      game go {
        container engine { port client { number = 7001 } }
        hot_update scripts { files = "/app", mount engine { path = "/srv/go" }, reload inotify { } }
        profile { base { cpu = 200mcores, memory = 512Mi } }
        version "1.0" {
          engine = "registry.example.com/go:1.0@sha256:3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d"
          scripts = "registry.example.com/go/s:1@sha256:4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e"
        }
        version "1.1" from "1.0" {
          engine = "registry.example.com/go:1.1@sha256:5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"
          profile { base { cpu = 300mcores, memory = 1Gi } }
        }
        version "1.1-hot1" from "1.1" {
          scripts = "registry.example.com/go/s:2@sha256:6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a"
        }
      }
      zones go-main {
        game = go, ids = 101..102, run = "1.0", pool = hz.std, vpc = blue
        pair { switch = vip }
      }
      """;
  private static final String SWITCH =
      """
      release ab_switch next {
        zones = go-main
        to    = "1.1"
        waves { canary = 1, then = 100%, per_host = 1 }
        soak  = 1s
        drain { remaining = [0min -> 100%, 1s -> 100%], kick_after = 1s, kick_budget = 100% }
      }
      """;
  private static final String HOT =
      """
      release hot_reload hot { zones = go-main, to = "1.1-hot1", soak = 1s, waves { canary = 1, then = 100% } }
      """;

  @TempDir Path folder;
  private Path fleet;

  @BeforeEach
  void write() {
    fleet = folder.resolve("go.gops");
  }

  private Compilation compile(String text) throws IOException {
    Files.writeString(fleet, text);
    Compilation compilation =
        new Compilation(FleetFolder.of(fleet), Optional.empty(), new KruiseGameTarget());
    compilation.compiled();
    return compilation;
  }

  private Compiled compiled(String text) throws IOException {
    Compilation compilation = compile(text);
    assertEquals(
        List.of(), codes(compilation), () -> compilation.diagnostics().sorted().toString());
    return Objects.requireNonNull(compilation.compiled().get("default"));
  }

  private static List<Code> codes(Compilation compilation) {
    return compilation.diagnostics().sorted().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::code)
        .distinct()
        .toList();
  }

  /// Carries the only release of a fleet out to its end; the state is that of the fleet.
  private void release(String text) throws Exception {
    Compiled compiled = compiled(text);
    Plan plan = compiled.plans().getFirst();
    Path files = folder.resolve(plan.release());
    PodShapes pods = new PodShapes(compiled.deployment());
    try (Rollout rollout = new Rollout(files, plan, compiled.deployment(), pods)) {
      Path state = FleetFolder.of(fleet).state("default");
      Files.createDirectories(state.getParent());
      rollout.set("GOPS_STATE", state.toString());
      Rollout.Result result = rollout.run("dash", "run");
      if (result.code() == 6) {
        rollout.run("dash", "approve", "w1.approve", "--as", "li.lei");
        result = rollout.run("dash", "run");
      }
      assertEquals(0, result.code(), result.text());
      Rollout.Result finished = rollout.run("dash", "finish");
      assertEquals(0, finished.code(), finished.text());
    }
  }

  private static Workload live(Compiled compiled) {
    return compiled.deployment().group("101").live();
  }

  /// Fleets of one file share a folder, so their states have names of their own.
  @Test
  void theStateIsWrittenWhereTheNextCompileReadsIt() throws IOException {
    Compiled compiled = compiled(FLEET + SWITCH);
    assertEquals(FleetFolder.of(fleet).state("default"), folder.resolve(compiled.stateFile()));
    MadeFiles files = new MadeFiles();
    new RolloutBackend().generate(compiled, files, new Diagnostics());
    Map<String, String> texts = files.texts();
    String there = "default/hz/rollout/next/";
    assertTrue(texts.get(there + "rollout.sh").contains("\nstate='state/go.jsonl'\n"));
    assertTrue(texts.get(there + "runbook.md").contains("`state/go.jsonl`"));
  }

  @Test
  void nothingHasChangedAfterARelease() throws Exception {
    release(FLEET + SWITCH);
    Compiled after = compiled(FLEET);
    assertEquals("1.1", live(after).version());
    assertEquals(1L << 30, live(after).limit().get(Resource.MEMORY));
    release(FLEET + HOT);
    after = compiled(FLEET + HOT);
    assertEquals("1.1-hot1", live(after).version());
    assertEquals(List.of(), after.plans());
  }

  @Test
  void whatChangesAfterARelease() throws Exception {
    release(FLEET + SWITCH);
    assertEquals(
        List.of(Code.GOPS5513), codes(compile(FLEET.replace("number = 7001", "number = 7002"))));
    assertEquals(List.of(Code.GOPS5513), codes(compile(FLEET.replace("go:1.1@", "go:1.1b@"))));
    assertEquals(
        List.of(Code.GOPS5512), codes(compile((FLEET + HOT).replace("\"1.1\"", "\"1.2\""))));
    assertEquals(
        List.of(Code.GOPS5521),
        codes(
            compile(
                FLEET.replace(
                    "  profile { base { cpu = 200",
                    "  expose client { network = Kubernetes-NodePort }\n  profile { base { cpu = 200"))));
    assertEquals(
        List.of(Code.GOPS5504),
        codes(
            compile(
                (FLEET + HOT)
                    .replace(
                        "from \"1.1\" {",
                        "from \"1.1\" {\n    container engine { env { MORE = \"1\" } }"))));
    assertEquals(
        List.of(Code.GOPS5503),
        codes(
            compile(
                (FLEET + HOT)
                    .replace(
                        "from \"1.1\" {",
                        "from \"1.1\" {\n    engine = \"registry.example.com/go:1.2@sha256:"
                            + "7b".repeat(32)
                            + "\""))));
  }

  @Test
  void aProfileChangesNoPodAfterARelease() throws Exception {
    release(FLEET + SWITCH);
    Workload before = live(compiled(FLEET));
    Compiled after = compiled(FLEET.replace("memory = 1Gi", "memory = 2Gi"));
    assertEquals(before.limit(), live(after).limit());
    assertEquals(before.request(), live(after).request());
    String next =
        FLEET.replace("memory = 1Gi", "memory = 2Gi")
            + SWITCH.replace("next", "later").replace("1.1", "1.1-hot1");
    release(next);
    assertEquals(
        2L << 30,
        live(compiled(FLEET.replace("memory = 1Gi", "memory = 2Gi"))).limit().get(Resource.MEMORY));
  }
}
