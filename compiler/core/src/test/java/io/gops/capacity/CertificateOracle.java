package io.gops.capacity;

import io.gops.deployment.Group;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether an answer is true, by trying every placement and every way to restart after a loss.
/// Shares no code with the prover or the check but the records.
final class CertificateOracle {
  private static final int NOWHERE = -1;

  private final PoolProblem pool;
  private final List<Occupant> items;
  private final Set<Integer> closed = new HashSet<>();
  private final int severalRacks;

  private CertificateOracle(PoolProblem pool) {
    this.pool = pool;
    items = pool.occupants();
    severalRacks = (int) pool.machines().stream().map(Machine::rack).distinct().count();
  }

  static boolean isTrue(PoolAnswer answer) {
    CertificateOracle oracle = new CertificateOracle(answer.question());
    return switch (answer) {
      case PoolAnswer.Holds holds -> oracle.holds(holds);
      case PoolAnswer.Impossible none -> oracle.excluded(none.claim());
      case PoolAnswer.Undecided _ -> true;
    };
  }

  private int index(String name) {
    return IntStream.range(0, pool.machines().size())
        .filter(i -> pool.machines().get(i).name().equals(name))
        .findFirst()
        .orElse(NOWHERE);
  }

  private Host.State state(int host) {
    return pool.machines().get(host).state();
  }

  // ---- A placement ---------------------------------------------------------------------------

  private boolean holds(PoolAnswer.Holds answer) {
    int[] hosts = new int[items.size()];
    int[] failovers = new int[items.size()];
    boolean[] restarted = new boolean[items.size()];
    boolean anyLost = false;
    for (int i = 0; i < hosts.length; i++) {
      Occupant item = items.get(i);
      Group.Placement at =
          answer.placements().getOrDefault(item.group(), List.of()).get(item.ordinal());
      int primary = index(at.primary());
      int second = at.failover().map(this::index).orElse(NOWHERE);
      restarted[i] = primary != NOWHERE && state(primary) == Host.State.FAILED;
      anyLost |= restarted[i];
      hosts[i] = restarted[i] ? second : primary;
      failovers[i] = restarted[i] ? NOWHERE : second;
      if (hosts[i] == NOWHERE || state(hosts[i]) == Host.State.FAILED) {
        return false;
      }
    }
    return stands(hosts, restarted)
        && spares(hosts) >= promised()
        && (anyLost || survives(hosts, failovers, restarted));
  }

  private boolean stands(int[] hosts, boolean[] restarted) {
    return IntStream.range(0, pool.machines().size())
        .allMatch(host -> stands(host, on(hosts, host), restarted, List.of()));
  }

  // ---- Hosts that stay empty -----------------------------------------------------------------

  private long promised() {
    int failed = 0;
    for (Machine machine : pool.machines()) {
      failed += machine.state() == Host.State.FAILED ? 1 : 0;
    }
    return Math.max(0, pool.spare() - failed);
  }

  private long spares(int[] hosts) {
    int[] used = IntStream.of(hosts).distinct().toArray();
    return IntStream.range(0, pool.machines().size())
        .filter(host -> state(host) == Host.State.ACTIVE)
        .filter(host -> IntStream.of(used).noneMatch(other -> other == host))
        .filter(host -> IntStream.of(used).allMatch(other -> covers(host, other)))
        .count();
  }

  /// Whether one host offers whatever another one does; all hosts of these pools limit the same.
  private boolean covers(int host, int other) {
    Machine large = pool.machines().get(host);
    Machine small = pool.machines().get(other);
    return Stream.of(Moment.values())
        .allMatch(
            moment ->
                large.limit(moment).resources().stream()
                    .allMatch(r -> large.limit(moment).get(r) >= small.limit(moment).get(r)));
  }

  /// Whether hosts that take nothing are the spares, or others that they could not stand in for.
  private boolean mayBeClosed(List<String> names) {
    for (int i = (int) promised(); i < names.size(); i++) {
      int other = index(names.get(i));
      if (names.subList(0, (int) promised()).stream().allMatch(s -> covers(index(s), other))) {
        return false;
      }
    }
    return true;
  }

  private boolean survives(int[] hosts, int[] failovers, boolean[] restarted) {
    if (pool.survive() == 0) {
      return true;
    }
    for (int lost = 0; lost < pool.machines().size(); lost++) {
      Map<Integer, List<Integer>> cold = new HashMap<>();
      for (int item : on(hosts, lost)) {
        if (failovers[item] == NOWHERE || !refuge(lost, failovers[item])) {
          return false;
        }
        for (int host : landings(hosts, failovers, item)) {
          cold.computeIfAbsent(host, _ -> new ArrayList<>()).add(item);
        }
      }
      for (Map.Entry<Integer, List<Integer>> started : cold.entrySet()) {
        int host = started.getKey();
        if (!stands(host, on(hosts, host), restarted, started.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  /// Its own failover host, and those of its siblings that have no sibling at home.
  private Set<Integer> landings(int[] hosts, int[] failovers, int item) {
    List<Integer> siblings =
        IntStream.range(0, hosts.length)
            .filter(other -> items.get(other).group().equals(items.get(item).group()))
            .boxed()
            .toList();
    Set<Integer> landings = new HashSet<>(siblings.stream().map(s -> failovers[s]).toList());
    landings.removeIf(host -> host == NOWHERE || siblings.stream().anyMatch(s -> hosts[s] == host));
    landings.add(failovers[item]);
    return landings;
  }

  private boolean refuge(int lost, int host) {
    Machine machine = pool.machines().get(host);
    return host != lost
        && machine.state() == Host.State.ACTIVE
        && (severalRacks == 1 || !machine.rack().equals(pool.machines().get(lost).rack()));
  }

  private static List<Integer> on(int[] hosts, int host) {
    return IntStream.range(0, hosts.length).filter(i -> hosts[i] == host).boxed().toList();
  }

  private boolean stands(int host, List<Integer> there, boolean[] restarted, List<Integer> cold) {
    Set<String> groups = new HashSet<>();
    boolean apart =
        there.stream().allMatch(i -> groups.add(items.get(i).group()))
            && cold.stream().allMatch(i -> groups.add(items.get(i).group()));
    boolean shared = pool.sharing() == Pool.Sharing.EXCLUSIVE && there.size() + cold.size() > 1;
    List<Demand> running =
        there.stream()
            .map(i -> restarted[i] ? items.get(i).demand().afterRestart() : items.get(i).demand())
            .toList();
    List<Demand> started = cold.stream().map(i -> items.get(i).demand()).toList();
    return apart && !shared && BruteForce.holds(pool, pool.machines().get(host), running, started);
  }

  // ---- No placement --------------------------------------------------------------------------

  private boolean excluded(Impossibility claim) {
    closed.clear();
    claim.closed().forEach(name -> closed.add(index(name)));
    int lost = claim.lost().map(this::index).orElse(NOWHERE);
    if (!mayBeClosed(claim.closed()) || (claim.lost().isPresent() && lost == NOWHERE)) {
      return false;
    }
    int[] hosts = new int[items.size()];
    Set<Integer> settled = new HashSet<>();
    for (Impossibility.Settled s : claim.settled()) {
      for (int i = 0; i < hosts.length; i++) {
        if (items.get(i).group().equals(s.group()) && items.get(i).ordinal() == s.ordinal()) {
          settled.add(i);
          hosts[i] = index(s.host());
          if (hosts[i] == NOWHERE || state(hosts[i]) == Host.State.FAILED) {
            return true;
          }
        }
      }
    }
    return !someHolds(hosts, settled, 0, lost);
  }

  /// Whether some placement holds, and survives the loss when one was named.
  private boolean someHolds(int[] hosts, Set<Integer> settled, int item, int lost) {
    boolean[] nobody = new boolean[hosts.length];
    if (item == hosts.length) {
      return stands(hosts, nobody)
          && spares(hosts) >= promised()
          && (lost == NOWHERE || restarts(hosts, on(hosts, lost), new ArrayList<>(), lost));
    }
    if (settled.contains(item)) {
      return someHolds(hosts, settled, item + 1, lost);
    }
    for (int host = 0; host < pool.machines().size(); host++) {
      if (state(host) == Host.State.ACTIVE && !closed.contains(host)) {
        hosts[item] = host;
        if (someHolds(hosts, settled, item + 1, lost)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the orphans find hosts, the first of them on the given ones.
  private boolean restarts(int[] hosts, List<Integer> orphans, List<Integer> on, int lost) {
    if (on.size() == orphans.size()) {
      for (int host : on) {
        List<Integer> cold =
            IntStream.range(0, on.size())
                .filter(i -> on.get(i) == host)
                .mapToObj(orphans::get)
                .toList();
        if (!stands(host, on(hosts, host), new boolean[hosts.length], cold)) {
          return false;
        }
      }
      return true;
    }
    for (int host = 0; host < pool.machines().size(); host++) {
      if (refuge(lost, host)) {
        on.addLast(host);
        boolean found = restarts(hosts, orphans, on, lost);
        on.removeLast();
        if (found) {
          return true;
        }
      }
    }
    return false;
  }
}
