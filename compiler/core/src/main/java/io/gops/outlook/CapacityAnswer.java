package io.gops.outlook;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.capacity.Machine;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is known of the capacity of one environment.
///
/// @param proof absent when the hosts do not hold
/// @param pools the outlook of each pool, when they hold
/// @param missing hosts that each pool lacks, when they do not hold
/// @param loss what the loss of the host that was asked for would do
/// @param moves placements that differ from the lock's, when that was asked
public record CapacityAnswer(
    String fleet,
    String environment,
    Optional<CapacityProof> proof,
    List<PoolOutlook> pools,
    List<Missing> missing,
    Optional<Loss> loss,
    Optional<List<Moves.Move>> moves) {
  /// Hosts in the table of the tightest.
  private static final int TIGHTEST = 10;

  public CapacityAnswer {
    pools = List.copyOf(pools);
    missing = List.copyOf(missing);
  }

  /// What is asked.
  ///
  /// @param zones zones that are wanted more, 0 when nobody asked
  /// @param failed host whose loss is of interest
  public record Question(int zones, Optional<String> failed, boolean moves) {}

  /// A pool that does not hold.
  ///
  /// @param like the host that the missing ones would be like
  /// @param hosts fewest hosts to add while what runs stays where it is; absent when no number of
  ///     them helps
  /// @param whenMoved fewest hosts to add when everything may be placed anew
  public record Missing(
      String pool, Optional<Machine> like, OptionalInt hosts, OptionalInt whenMoved) {}

  /// The loss of a host.
  ///
  /// @param known whether the fleet has a host of that name
  /// @param holds whether everything finds a place
  /// @param to where its groups go, in order of their names
  /// @param worst fullest host of the pool afterwards
  public record Loss(String host, boolean known, boolean holds, List<Refuge> to, Fill worst) {
    public Loss {
      to = List.copyOf(to);
    }
  }

  /// Where a group goes.
  public record Refuge(String group, String host) {}

  /// The answer for a fleet that may or may not have been proved.
  public static CapacityAnswer of(
      Fleet fleet, State state, Lock lock, Optional<CapacityProof> proof, Question question) {
    List<PoolOutlook> pools = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    if (proof.isPresent()) {
      for (PoolProblem pool : proof.get().questions()) {
        pools.add(PoolOutlook.of(fleet, pool, proof.get(), question.zones()));
      }
    } else {
      for (PoolProblem pool : CapacityProver.questions(fleet, state, lock)) {
        if (!Growth.holds(pool)) {
          missing.add(
              new Missing(
                  pool.pool(),
                  Growth.model(pool),
                  Growth.hostsNeeded(pool),
                  hostsWhenMoved(Settled.loose(pool))));
        }
      }
    }
    return new CapacityAnswer(
        fleet.name(),
        fleet.environment(),
        proof,
        pools,
        missing,
        question.failed().flatMap(host -> proof.map(done -> loss(done, host))),
        question.moves() ? proof.map(done -> Moves.of(lock, done)) : Optional.empty());
  }

  private static OptionalInt hostsWhenMoved(PoolProblem loose) {
    return Growth.holds(loose) ? OptionalInt.of(0) : Growth.hostsNeeded(loose);
  }

  /// The fullest hosts at the worst instant, the fullest first.
  public List<HostFill> tightest() {
    return proof.stream()
        .flatMap(done -> done.hosts().values().stream())
        .filter(host -> !host.occupants().isEmpty())
        .sorted(
            Comparator.comparing(HostFill::worstInstant).reversed().thenComparing(HostFill::host))
        .limit(TIGHTEST)
        .toList();
  }

  private static Loss loss(CapacityProof proof, String host) {
    for (PoolProblem pool : proof.questions()) {
      if (pool.machines().stream().anyMatch(machine -> machine.name().equals(host))) {
        PoolProblem after = Growth.without(pool, proof, host);
        return Growth.placement(after)
            .map(
                done -> new Loss(host, true, true, refuges(proof, done, host), done.worstInstant()))
            .orElseGet(() -> new Loss(host, true, false, List.of(), Fill.EMPTY));
      }
    }
    return new Loss(host, false, false, List.of(), Fill.EMPTY);
  }

  private static List<Refuge> refuges(CapacityProof before, CapacityProof after, String host) {
    List<Refuge> refuges = new ArrayList<>();
    after
        .placements()
        .forEach(
            (group, list) -> {
              List<Group.Placement> old = before.placements().getOrDefault(group, List.of());
              for (int i = 0; i < list.size(); i++) {
                if (old.get(i).primary().equals(host)) {
                  Group.Placement now = list.get(i);
                  refuges.add(
                      new Refuge(
                          list.size() == 1 ? group : group + "/" + i,
                          now.primary().equals(host) ? now.failover().orElse("") : now.primary()));
                }
              }
            });
    return refuges;
  }
}
