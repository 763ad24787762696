package io.gops.plan;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.deployment.Deployment;
import io.gops.deployment.Lowering;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.util.Map;
import java.util.Optional;

/// A game whose zones have several servers of a role and no second side: gates, halls, one world.
///
/// @param state what runs
public record SampleLobbies(Fleet fleet, State state, CapacityProof proof, Deployment deployment) {
  private static final String SOURCE =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz {
        pool std {
          survive = 1
          hosts 1..7 { name = "hz-${n}", underlay = 10.1.0.11..10.1.0.17, cpu = 32cores, memory = 64Gi }
        }
      }
      game go {
        role gate {
          replicas = GATES
          container gate { port client { number = 7001 } }
          probe online { players = true, exec = ["/srv/players"] }
          profile { base { cpu = 200mcores, memory = 512Mi } }
        }
        role hall {
          replicas = HALLS
          container hall { port client { number = 7002 } }
          probe online { players = true, exec = ["/srv/players"] }
          profile { base { cpu = 200mcores, memory = 512Mi } }
        }
        role world {
          container world { port game { number = 7100 } }
          profile { base { cpu = 200mcores, memory = 512Mi } }
        }
        version "1.0" {
          gate  = "registry.example.com/go/gate:1.0@sha256:DIGEST"
          hall  = "registry.example.com/go/hall:1.0@sha256:DIGEST"
          world = "registry.example.com/go/world:1.0@sha256:DIGEST"
        }
      }
      zones go-main {
        game = go, ids = 101..102, run = "1.0", pool = hz.std, players = 1000
      }
      directory go-zones { game = go, endpoints = ["http://127.0.0.1:2379"], prefix = "/go/" }
      release open_zones autumn {
        zones = go-main, soak = 1s, smoke = "log in with a listed account"
      }
      release scale number {
        zones = go-main, soak = 1s
        drain { remaining = [0min -> 100%, 1s -> 2%], kick_after = 1s, kick_budget = 5% }
      }
      """;

  /// With these numbers of servers in the source.
  ///
  /// @param state what runs
  public static SampleLobbies of(int gates, int halls, State state) {
    String source =
        SOURCE
            .replace("GATES", Integer.toString(gates))
            .replace("HALLS", Integer.toString(halls))
            .replace("DIGEST", "3d".repeat(32));
    return of(source, state);
  }

  private static SampleLobbies of(String source, State state) {
    Diagnostics diagnostics = new Diagnostics();
    Fleet fleet =
        FleetLoader.load(Map.of("lobbies.gops", source), "lobbies.gops", diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.sorted().toString()));
    CapacityProof proof =
        CapacityProver.prove(fleet, state, Lock.EMPTY, diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.sorted().toString()));
    Deployment deployment =
        Lowering.lower(fleet, state, proof.sizing(), new Assignments(Lock.EMPTY), diagnostics);
    return new SampleLobbies(fleet, state, proof, deployment);
  }

  /// The same source after the zones were opened with other numbers of servers.
  public static SampleLobbies grown(int gates, int halls, int gatesBefore, int hallsBefore) {
    SampleLobbies before = of(gatesBefore, hallsBefore, State.EMPTY);
    return of(gates, halls, before.plan("autumn", new Diagnostics()).orElseThrow().to());
  }

  /// A release of the source.
  public Release release(String name) {
    return Optional.ofNullable(fleet.releases().get(name)).orElseThrow();
  }

  /// What plans of it are made with.
  public Planner planner(Diagnostics diagnostics) {
    return new Planner(deployment, state, new SamplePods(), SamplePods.steering(), diagnostics);
  }

  /// The plan of a release, if there is something to do.
  public Optional<Plan> plan(String release, Diagnostics diagnostics) {
    return planner(diagnostics).plan(release(release));
  }
}
