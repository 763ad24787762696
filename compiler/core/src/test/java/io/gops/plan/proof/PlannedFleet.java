package io.gops.plan.proof;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SampleLobbies;
import io.gops.plan.SamplePods;
import io.gops.plan.SampleReleases;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.source.Origins;
import io.gops.state.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A release of some fleet, its plan, and the planner that proves plans of it.
record PlannedFleet(
    String name, Planner planner, Release release, Plan plan, List<Mutant> mutants) {
  /// Warm pairs of two roles, a directory, and two ways to reload that the runner has to confirm.
  private static final String WARM =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz {
        pool std {
          hosts 1..4 { name = "hz-${n}", underlay = 10.1.0.11..10.1.0.14, cpu = 32cores, memory = 64Gi }
        }
      }
      game go {
        role hall {
          replicas = 2
          container hall { port client { number = 7001 } }
          hot_update scripts {
            files = "/app", mount hall { path = "/srv/go" }, reload exec { command = ["/srv/reload"] }
          }
          profile { base { cpu = 200mcores, memory = 512Mi } }
        }
        role world {
          container world { port game { number = 7100 } }
          hot_update maps {
            files = "/maps", mount world { path = "/srv/maps" }
            reload inotify { confirm = ["/srv/loaded"] }
          }
          profile { base { cpu = 200mcores, memory = 512Mi } }
        }
        version "1.0" {
          hall    = "registry.example.com/go/hall:1.0@sha256:%1$s"
          world   = "registry.example.com/go/world:1.0@sha256:%1$s"
          scripts = "registry.example.com/go/scripts:1@sha256:%1$s"
          maps    = "registry.example.com/go/maps:1@sha256:%1$s"
        }
        version "1.0-hot1" from "1.0" {
          scripts = "registry.example.com/go/scripts:2@sha256:%2$s"
          maps    = "registry.example.com/go/maps:2@sha256:%2$s"
        }
        version "1.1" from "1.0" {
          hall  = "registry.example.com/go/hall:1.1@sha256:%2$s"
          world = "registry.example.com/go/world:1.1@sha256:%2$s"
        }
      }
      zones go-main {
        game = go, ids = 101..104, run = "1.0", pool = hz.std, players = 100
        pair { switch = directory, standby = warm }
      }
      directory go-zones { game = go, endpoints = ["http://127.0.0.1:2379"], prefix = "/go/" }
      release hot_reload hot { zones = go-main, to = "1.0-hot1", soak = 1min }
      release ab_switch next {
        zones = go-main
        to    = "1.1"
        soak  = 1min
        smoke = "log in and finish one game"
        before {
          announce "Maintenance begins in 15 minutes" { at = 15min }
          confirm "billing knows version 1.1" { by = "billing" }
        }
        after { manual "tell the forum" { evidence = "link" } }
        drain { remaining = [0min -> 100%%, 1h -> 2%%], kick_after = 1h, kick_budget = 5%% }
      }
      release merge_zones join {
        into = 101, zones = 102..103
        drain { remaining = [0min -> 100%%, 1h -> 2%%], kick_after = 1h, kick_budget = 5%% }
      }
      """
          .formatted("3d".repeat(32), "5f".repeat(32));

  /// The fleets whose plans are broken on purpose.
  static List<PlannedFleet> all() {
    List<PlannedFleet> all = new ArrayList<>();
    Fleet sample = SampleFleet.of(4);
    for (Release release : sample.releases().values()) {
      all.add(sample("sample " + release.name(), sample, State.EMPTY, release));
    }
    Release ab = sample.releases().get("clx-1-8-4");
    all.add(sample("sample, aborted", sample, halfWay(all.getFirst().plan()), ab));
    all.add(lostHost());
    all.add(
        sample(
            "sample, one side",
            SampleReleases.withoutPairs(SampleFleet.of(4)),
            State.EMPTY,
            SampleReleases.canaryWaves(SampleReleases.trial(), Duration.ofMinutes(30))));
    Duration leave = Duration.ofMinutes(5);
    for (Release release :
        List.of(
            SampleReleases.drainHost(false, leave),
            SampleReleases.drainHost(true, leave),
            SampleReleases.mergeZones(SampleReleases.trial(), leave))) {
      all.add(sample("sample " + release.name(), SampleFleet.of(4), State.EMPTY, release));
    }
    all.add(lobbies("autumn", SampleLobbies.of(2, 4, State.EMPTY)));
    all.add(lobbies("number", SampleLobbies.grown(4, 2, 2, 4)));
    for (String example : List.of("wuxia", "web2048/web2048.gops")) {
      Path file = Path.of(System.getProperty("gops.root"), "examples").resolve(example);
      FleetLoader.loadAll(file, new Diagnostics())
          .forEach((environment, fleet) -> all.addAll(proved(example + " " + environment, fleet)));
    }
    Diagnostics diagnostics = new Diagnostics();
    Fleet warm =
        FleetLoader.load(Map.of("warm.gops", WARM), "warm.gops", diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.sorted().toString()));
    all.addAll(proved("warm", warm));
    return all;
  }

  private static State halfWay(Plan plan) {
    Simulation half = new Simulation(plan.from());
    for (Step step : plan.steps()) {
      if (step.id().equals("w2.drain")) {
        break;
      }
      step.tasks().forEach(task -> half.apply(task.action()));
    }
    TreeMap<String, String> templates = new TreeMap<>(plan.from().templates());
    templates.putAll(plan.to().templates());
    return new State(half.groups(), templates);
  }

  private static PlannedFleet sample(String name, Fleet fleet, State state, Release release) {
    Deployment deployment = SampleDeployment.of(fleet, state, new Assignments(Lock.EMPTY));
    return planned(name, deployment, state, release).orElseThrow();
  }

  private static Optional<PlannedFleet> planned(
      String name, Deployment deployment, State state, Release release) {
    Planner planner =
        new Planner(deployment, state, new SamplePods(), SamplePods.steering(), new Diagnostics());
    return planner
        .plan(release)
        .map(
            plan ->
                new PlannedFleet(
                    name,
                    planner,
                    release,
                    plan,
                    PlanMutants.of(
                        new Original(plan, p -> p.withReopenings(planner.reopenings(p))))));
  }

  private static PlannedFleet lobbies(String release, SampleLobbies lobbies) {
    return planned(
            "lobbies " + release, lobbies.deployment(), lobbies.state(), lobbies.release(release))
        .orElseThrow();
  }

  private static PlannedFleet lostHost() {
    Fleet fleet = SampleFleet.of(4);
    Host lost = fleet.hosts().get("hz-g001");
    Map<String, Host> hosts = fleet.hosts();
    hosts.put(
        lost.name(),
        new Host(
            lost.name(),
            lost.pool(),
            lost.underlay(),
            lost.capacity(),
            lost.reserve(),
            lost.rack(),
            Host.State.FAILED,
            Origins.NONE));
    return sample(
        "sample, lost host",
        fleet,
        State.EMPTY,
        new Release.ReplaceHost("power", lost.name(), Optional.empty(), Origins.NONE));
  }

  /// The plans of a fleet whose capacity is proved.
  private static List<PlannedFleet> proved(String name, Fleet fleet) {
    Diagnostics diagnostics = new Diagnostics();
    CapacityProof proof =
        CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.sorted().toString()));
    Deployment deployment =
        Lowering.lower(
            fleet, State.EMPTY, proof.sizing(), new Assignments(Lock.EMPTY), diagnostics);
    List<PlannedFleet> all = new ArrayList<>();
    for (Release release : fleet.releases().values()) {
      planned(name + " " + release.name(), deployment, State.EMPTY, release).ifPresent(all::add);
    }
    return all;
  }

  /// What the proof says of another plan of the same release.
  List<String> flaws(Plan other) {
    return planner.flaws(release, other);
  }

  /// Whether a proof of the plan takes milliseconds.
  boolean isLarge() {
    return plan.steps().stream().mapToInt(step -> step.tasks().size()).sum() > 300;
  }
}
