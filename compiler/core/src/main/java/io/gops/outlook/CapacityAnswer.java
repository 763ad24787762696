package io.gops.outlook;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.capacity.Machine;
import io.gops.capacity.MoreHosts;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.capacity.Remedy;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/// What is known of the capacity of one environment.
///
/// @param proof absent when the hosts do not hold
/// @param pools the outlook of each pool, when they hold
/// @param missing hosts that each pool lacks, when they do not hold
/// @param loss what the loss of the hosts that were asked for would do
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
  /// @param failed hosts whose loss at once is of interest, in order
  public record Question(int zones, Optional<SortedSet<String>> failed, boolean moves) {}

  /// A pool that does not hold.
  ///
  /// @param like the host that the missing ones would be like
  /// @param hosts fewest hosts to add while what runs stays where it is; absent when no number of
  ///     them helps
  /// @param whenMoved fewest hosts to add when everything may be placed anew
  /// @param remedies changes of which each makes it hold, the cheapest kind first
  public record Missing(
      String pool,
      Optional<Machine> like,
      OptionalInt hosts,
      OptionalInt whenMoved,
      List<String> remedies) {
    public Missing {
      remedies = List.copyOf(remedies);
    }
  }

  /// The loss of hosts, all at once.
  ///
  /// @param pools the pools that have any of them
  /// @param full those of them where not everything finds a place
  /// @param to where the groups go, in order of their names, when everything finds a place
  /// @param worst fullest host of these pools afterwards
  public record Loss(
      List<String> hosts, List<String> pools, List<String> full, List<Refuge> to, Fill worst) {
    public Loss {
      hosts = List.copyOf(hosts);
      pools = List.copyOf(pools);
      full = List.copyOf(full);
      to = List.copyOf(to);
    }

    /// Whether everything finds a place.
    public boolean holds() {
      return full.isEmpty();
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
      SortedMap<String, List<Remedy>> remedies = CapacityProver.remedies(fleet, state, lock);
      for (PoolProblem pool : CapacityProver.questions(fleet, state, lock)) {
        if (!Growth.holds(pool)) {
          missing.add(
              new Missing(
                  pool.pool(),
                  MoreHosts.model(pool),
                  Growth.hostsNeeded(pool),
                  hostsWhenMoved(Settled.loose(pool)),
                  checked(remedies.getOrDefault(pool.pool(), List.of()))));
        }
      }
    }
    return new CapacityAnswer(
        fleet.name(),
        fleet.environment(),
        proof,
        pools,
        missing,
        question.failed().flatMap(hosts -> proof.map(done -> loss(done, hosts))),
        question.moves() ? proof.map(done -> Moves.of(lock, done)) : Optional.empty());
  }

  /// Those whose placement the separate check accepts too.
  private static List<String> checked(List<Remedy> remedies) {
    return remedies.stream()
        .filter(remedy -> Growth.holds(remedy.after()))
        .map(Remedy::change)
        .toList();
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

  private static Loss loss(CapacityProof proof, SortedSet<String> failed) {
    List<String> pools = new ArrayList<>();
    List<String> full = new ArrayList<>();
    List<Refuge> to = new ArrayList<>();
    Fill worst = Fill.EMPTY;
    for (PoolProblem pool : proof.questions()) {
      if (pool.machines().stream().anyMatch(machine -> failed.contains(machine.name()))) {
        pools.add(pool.pool());
        Optional<CapacityProof> after = Growth.placement(Growth.without(pool, proof, failed));
        if (after.isEmpty()) {
          full.add(pool.pool());
        } else {
          to.addAll(refuges(proof, after.get(), failed));
          worst = worst.max(after.get().worstInstant());
        }
      }
    }
    return new Loss(List.copyOf(failed), pools, full, full.isEmpty() ? to : List.of(), worst);
  }

  private static List<Refuge> refuges(CapacityProof before, CapacityProof after, Set<String> lost) {
    List<Refuge> refuges = new ArrayList<>();
    after
        .placements()
        .forEach(
            (group, list) -> {
              List<Group.Placement> old = before.placements().getOrDefault(group, List.of());
              for (int i = 0; i < list.size(); i++) {
                if (lost.contains(old.get(i).primary())) {
                  Group.Placement now = list.get(i);
                  refuges.add(
                      new Refuge(
                          Occupant.recordName(group, i, list.size()),
                          lost.contains(now.primary())
                              ? now.failover().orElse("")
                              : now.primary()));
                }
              }
            });
    return refuges;
  }
}
