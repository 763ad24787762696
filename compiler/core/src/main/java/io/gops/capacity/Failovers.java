package io.gops.capacity;

import io.gops.fleet.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// For each host that may be lost, finds a host for each of its groups.
///
/// Groups come back with one side and everybody logging in at once; the release is paused, and
/// groups that were already moving on the surviving hosts may stay at their worst instant. So a
/// surviving host must hold its own worst instant and the cold starts it receives.
final class Failovers {
  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final Packing packing;
  private final int[] failover;
  private final boolean severalRacks;

  /// What the orphans of the host in question add, by host and row.
  private final long[] received;

  /// Where the first group without a host came closest.
  private Bound.Gap gap = new Bound.Gap(Packing.NOWHERE, 0, 0);

  private final boolean wholeRack;

  /// The orphans of the loss in question, by the host that receives them.
  private final Map<Integer, List<Integer>> touched = new HashMap<>();

  /// How often each host is a failover so far.
  private final int[] chosen;

  /// Which host takes an orphan when several have room.
  private enum Rule {
    /// The one that is a failover least often, so that one host is not the failover of all others.
    SPREAD,
    /// The one that keeps most room, for the orphans after it.
    ROOMIEST
  }

  private Failovers(PoolModel model, Scales scales, Homes homes, Packing packing) {
    this.model = model;
    this.scales = scales;
    this.homes = homes;
    this.packing = packing;
    failover = new int[model.items];
    Arrays.fill(failover, Packing.NOWHERE);
    severalRacks = model.machines.stream().map(Machine::rack).distinct().count() > 1;
    wholeRack = model.problem.survive() == Pool.WHOLE_RACK;
    received = new long[model.hosts * model.rows];
    chosen = new int[model.hosts];
  }

  /// The failover host of each item, or the first host whose loss is not survived.
  static Verdict choose(PoolModel model, Scales scales, Homes homes, Packing packing) {
    Failovers search = new Failovers(model, scales, homes, packing);
    if (model.problem.survivesSeveral() && !homes.anyLost()) {
      Optional<Verdict.NotSurvived> uncovered = SpareRule.uncovered(model, scales, packing);
      if (uncovered.isPresent()) {
        return uncovered.get();
      }
    }
    if (model.problem.survive() > 0) {
      for (int[] together : search.lostTogether()) {
        List<Integer> orphans = search.lose(together, Rule.SPREAD);
        if (!orphans.isEmpty()) {
          search.forget(together);
          orphans = search.lose(together, Rule.ROOMIEST);
        }
        // While a host is lost already, the next loss is beyond what was promised.
        if (!orphans.isEmpty() && !homes.anyLost()) {
          return new Verdict.NotSurvived(model, packing, together[0], orphans, search.gap);
        }
      }
    }
    Optional<Verdict.NotSurvived> astray =
        homes.anyLost() ? Optional.empty() : search.siblings().flatMap(search::notHeld);
    return astray
        .<Verdict>map(verdict -> verdict)
        .orElseGet(
            () ->
                new Verdict.Holds(
                    model, homes, packing, Arrays.stream(search.failover).boxed().toList()));
  }

  private Optional<SiblingFailovers> siblings() {
    return SiblingFailovers.of(model, packing, failover);
  }

  private Optional<Verdict.NotSurvived> notHeld(SiblingFailovers siblings) {
    return lostTogether().stream().flatMap(lost -> siblings.overfull(lost).stream()).findFirst();
  }

  /// The hosts that are lost at the same time: each alone, or those of each rack.
  private Collection<int[]> lostTogether() {
    Map<String, List<Integer>> domains = new TreeMap<>();
    for (int host = 0; host < model.hosts; host++) {
      Machine machine = model.machines.get(host);
      domains
          .computeIfAbsent(wholeRack ? machine.rack() : machine.name(), _ -> new ArrayList<>())
          .add(host);
    }
    return domains.values().stream()
        .map(hosts -> hosts.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /// @return the groups that find no host
  private List<Integer> lose(int[] together, Rule rule) {
    List<Integer> left = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int host : together) {
      for (int orphan : packing.members(host)) {
        if (homes.lost[orphan] == Packing.NOWHERE) {
          order.add(orphan);
        }
      }
    }
    order.sort(Comparator.comparingLong(item -> -scales.size(model, item)));
    touched.clear();
    for (int orphan : order) {
      int host = packing.hostOf(orphan);
      int target = target(host, orphan, rule);
      if (target == Packing.NOWHERE) {
        gap = left.isEmpty() ? closest(host, orphan) : gap;
        left.add(orphan);
      } else {
        failover[orphan] = target;
        chosen[target]++;
        touched.computeIfAbsent(target, _ -> new ArrayList<>()).add(orphan);
        for (int row = 0; row < model.rows; row++) {
          received[target * model.rows + row] += model.cold[orphan * model.rows + row];
        }
      }
    }
    for (int target : touched.keySet()) {
      Arrays.fill(received, target * model.rows, (target + 1) * model.rows, 0);
    }
    return left;
  }

  /// Takes back what was found for the groups of some hosts.
  private void forget(int[] together) {
    for (int host : together) {
      for (int orphan : packing.members(host)) {
        if (failover[orphan] != Packing.NOWHERE) {
          chosen[failover[orphan]]--;
          failover[orphan] = Packing.NOWHERE;
        }
      }
    }
  }

  private int target(int host, int orphan, Rule rule) {
    for (int sibling : model.siblings[orphan]) {
      // The scheduler tells the failover hosts of a group apart only when there is one.
      int shared = failover[sibling];
      if (shared != Packing.NOWHERE && open(shared, host) && takes(shared, orphan)) {
        return shared;
      }
    }
    int old = homes.failover[orphan];
    if (old != Packing.NOWHERE && open(old, host) && takes(old, orphan)) {
      return old;
    }
    int best = Packing.NOWHERE;
    long bestRoom = Long.MIN_VALUE;
    for (int step = 1; step < model.hosts; step++) {
      // Equal hosts are taken in turn, so that one host is not the failover of all others.
      int other = (host + step) % model.hosts;
      boolean rarer =
          rule == Rule.SPREAD && best != Packing.NOWHERE && chosen[other] < chosen[best];
      boolean oftener =
          rule == Rule.SPREAD && best != Packing.NOWHERE && chosen[other] > chosen[best];
      if (!oftener && open(other, host) && takes(other, orphan)) {
        long room = scarcestRoom(other, orphan);
        if (rarer || room > bestRoom) {
          bestRoom = room;
          best = other;
        }
      }
    }
    return best;
  }

  private Bound.Gap closest(int lost, int orphan) {
    Bound.Gap best = new Bound.Gap(Packing.NOWHERE, 0, 0);
    long bestShare = Long.MIN_VALUE;
    for (int other = 0; other < model.hosts; other++) {
      long share = scarcestRoom(other, orphan);
      if (open(other, lost) && packing.allowed(orphan, other) && share > bestShare) {
        bestShare = share;
        best = gap(other, orphan, share);
      }
    }
    return best;
  }

  private Bound.Gap gap(int host, int orphan, long share) {
    int row = 0;
    while (scales.share(row, room(host, orphan, row)) != share) {
      row++;
    }
    return new Bound.Gap(host, row, -room(host, orphan, row));
  }

  /// Whether groups of a lost host may start on another one: in another rack, when there are any.
  private boolean open(int target, int lost) {
    return target != lost
        && model.acceptsNew(target)
        && !((severalRacks || wholeRack)
            && model.machines.get(target).rack().equals(model.machines.get(lost).rack()));
  }

  private boolean takes(int target, int orphan) {
    for (int row = 0; row < model.rows; row++) {
      if (room(target, orphan, row) < 0) {
        return false;
      }
    }
    return packing.allowed(orphan, target) && apart(target, orphan);
  }

  /// Whether what the target has received in this loss lets the orphan come, too.
  private boolean apart(int target, int orphan) {
    List<Integer> there = touched.get(target);
    return there == null
        || (!model.exclusive && IntStream.of(model.siblings[orphan]).noneMatch(there::contains));
  }

  private long scarcestRoom(int target, int orphan) {
    long least = Long.MAX_VALUE;
    for (int row = 0; row < model.rows; row++) {
      least = Math.min(least, scales.share(row, room(target, orphan, row)));
    }
    return least;
  }

  /// What is left on a host that is at its worst instant when the orphan has started there too.
  private long room(int target, int orphan, int row) {
    return packing.room(target, row)
        - received[target * model.rows + row]
        - model.cold[orphan * model.rows + row];
  }
}
