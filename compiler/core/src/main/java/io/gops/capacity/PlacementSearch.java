package io.gops.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds a placement for one pool: the lock's first, then largest items first, then repair; and the
/// failover hosts. Deterministic: fixed seeds, budgets in steps.
final class PlacementSearch {
  private static final int VARIANTS = 8;

  /// Hosts that the repair of one variant may look at.
  private static final long STEPS = 20_000_000;

  private final PoolModel model;
  private final Scales scales;
  private final Homes homes;
  private final SpareHosts spares;
  private final HostChoice choice;

  private PlacementSearch(PoolModel model) {
    this.model = model;
    scales = new Scales(model);
    homes = new Homes(model);
    spares = new SpareHosts(model, scales, homes);
    choice = new HostChoice(model, scales, spares.open);
  }

  /// The verdict on one pool.
  ///
  /// @throws ArithmeticException when the demands do not fit into 61 bits
  static Verdict solve(PoolProblem problem) {
    return new PlacementSearch(new PoolModel(problem)).verdict();
  }

  private Verdict verdict() {
    if (!homes.stranded.isEmpty()) {
      return new Verdict.Stranded(model, homes.stranded);
    }
    Packing start = new Packing(model);
    for (int item = 0; item < model.items; item++) {
      if (homes.fixed[item]) {
        start.place(item, homes.host[item]);
      }
    }
    List<Integer> shared = shared(start);
    if (!shared.isEmpty()) {
      return new Verdict.Shared(model, homes, start, shared);
    }
    List<Integer> broken = broken(start);
    if (!broken.isEmpty()) {
      return new Verdict.Overfull(model, start, broken, Optional.empty());
    }
    if (spares.able < model.problem.spares()) {
      return new Verdict.NotSpared(model, start, spares.able, spares.standing);
    }
    Optional<Bound> bound = Bounds.find(model, scales, start, choice.candidates());
    if (bound.isPresent()) {
      List<Integer> open = IntStream.of(choice.candidates()).boxed().toList();
      return asLocked(new Verdict.Impossible(model, bound.get(), open, closed(open)));
    }
    return search(start);
  }

  private Verdict search(Packing start) {
    @Nullable Verdict last = null;
    for (int variant = 0; variant < VARIANTS; variant++) {
      Packing packing = new Packing(start);
      List<Integer> unplaced = attempt(packing, variant);
      Verdict verdict =
          unplaced.isEmpty()
              ? Failovers.choose(model, scales, homes, packing)
              : undecided(packing, unplaced);
      if (verdict instanceof Verdict.Holds) {
        return verdict;
      }
      last = better(last, verdict);
      if (variant > 0 && last instanceof Verdict.NotSurvived) {
        break; // spread and tight both failed: shaking the order changes little
      }
      if (IntStream.range(0, model.items).allMatch(item -> homes.fixed[item])) {
        break;
      }
    }
    return asLocked(Objects.requireNonNull(last));
  }

  private Verdict undecided(Packing packing, List<Integer> unplaced) {
    int[] hosts = choice.candidates();
    return new Verdict.Undecided(
        model,
        packing,
        unplaced,
        Bounds.closest(model, scales, packing, hosts, unplaced.getFirst()));
  }

  /// Whichever came closer: a placement that survives no loss before none, then fewer leftovers.
  private static Verdict better(@Nullable Verdict a, Verdict b) {
    if (a instanceof Verdict.Undecided one && b instanceof Verdict.Undecided two) {
      return two.unplaced().size() < one.unplaced().size() ? b : a;
    }
    return a == null || (a instanceof Verdict.Undecided && b instanceof Verdict.NotSurvived)
        ? b
        : a;
  }

  /// @return the items that found no host
  private List<Integer> attempt(Packing packing, int variant) {
    List<Integer> waiting = new ArrayList<>();
    for (int item : order(variant)) {
      int home = homes.host[item];
      if (homes.fixed[item]) {
        continue;
      }
      if (variant < VARIANTS / 2 && staysAt(home) && packing.fits(item, home)) {
        packing.place(item, home);
      } else {
        waiting.add(item);
      }
    }
    HostChoice.Rule rule = variant == 0 ? HostChoice.Rule.SPREAD : HostChoice.Rule.TIGHT;
    List<Integer> unplaced = new ArrayList<>();
    for (int item : waiting) {
      int host = choice.best(packing, item, rule);
      if (host == Packing.NOWHERE) {
        unplaced.add(item);
      } else {
        packing.place(item, host);
      }
    }
    Steps steps = new Steps(STEPS);
    return new Repair(model, scales, homes, choice, steps).place(packing, unplaced);
  }

  private boolean staysAt(int home) {
    return home != Packing.NOWHERE && spares.usable[home];
  }

  /// Largest first; later variants shake the sizes by up to an eighth.
  private int[] order(int variant) {
    long[] size = new long[model.items];
    for (int item = 0; item < model.items; item++) {
      long plain = scales.size(model, item);
      size[item] = variant <= 1 ? plain : plain + (plain >> 10) * noise(item, variant);
    }
    return IntStream.range(0, model.items)
        .boxed()
        .sorted(Comparator.comparingLong((Integer item) -> -size[item]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// A fixed pseudo-random number below 128 (SplitMix64's finalizer).
  private static long noise(int item, int variant) {
    long z = item * 0x9e3779b97f4a7c15L + variant * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) & 127;
  }

  /// When there is no placement: the host of the lock that breaks says more than the pool does.
  private Verdict asLocked(Verdict elsewhere) {
    Packing locked = new Packing(model);
    for (int item = 0; item < model.items; item++) {
      if (homes.host[item] != Packing.NOWHERE) {
        locked.place(item, homes.host[item]);
      }
    }
    List<Integer> broken = broken(locked);
    return broken.isEmpty()
        ? elsewhere
        : new Verdict.Overfull(model, locked, broken, Optional.of(elsewhere));
  }

  /// Hosts with several groups although each is to have its own.
  private List<Integer> shared(Packing packing) {
    return IntStream.range(0, model.hosts)
        .filter(host -> model.exclusive && packing.count(host) > 1)
        .boxed()
        .toList();
  }

  /// Hosts that do not hold, the one with the largest relative shortage first.
  private List<Integer> broken(Packing packing) {
    return IntStream.range(0, model.hosts)
        .filter(host -> !packing.holds(host))
        .boxed()
        .sorted(Comparator.comparingLong((Integer host) -> worstRoom(packing, host)))
        .toList();
  }

  private long worstRoom(Packing packing, int host) {
    return IntStream.range(0, model.rows)
        .mapToLong(row -> scales.share(row, packing.room(host, row)))
        .min()
        .orElse(0);
  }

  /// Hosts that take no groups although they could: the spares, then those that are larger than one
  /// of them.
  private List<Integer> closed(List<Integer> open) {
    List<Integer> closed = new ArrayList<>(spares.closed);
    for (int host = 0; host < model.hosts; host++) {
      if (model.acceptsNew(host) && !open.contains(host) && !closed.contains(host)) {
        closed.add(host);
      }
    }
    return closed;
  }
}
