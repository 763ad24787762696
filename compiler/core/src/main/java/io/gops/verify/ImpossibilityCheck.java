package io.gops.verify;

import io.gops.capacity.Impossibility;
import io.gops.capacity.Impossibility.Reason;
import io.gops.capacity.Machine;
import io.gops.capacity.Measure;
import io.gops.capacity.Occupant;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Re-checks a reason why a pool has no placement: counts and adds up by definition, in integers of
/// any size, and believes no number but the limits from which groups are counted.
public final class ImpossibilityCheck {
  private final Impossibility claim;
  private HostLoad load;
  private final Map<String, List<Occupant>> settled = new HashMap<>();
  private final List<Occupant> free = new ArrayList<>();
  private final List<Machine> open = new ArrayList<>();

  /// One replica of a group.
  private record Replica(String group, int ordinal) {}

  private ImpossibilityCheck(Impossibility claim) {
    this.claim = claim;
    load = new HostLoad(claim.question());
  }

  /// What is wrong with the claim; absent when no placement exists.
  public static Optional<String> flaw(Impossibility claim) {
    ImpossibilityCheck check = new ImpossibilityCheck(claim);
    return check
        .setUp()
        .or(
            () ->
                check.excludes()
                    ? Optional.empty()
                    : Optional.of(
                        "pool " + claim.question().pool() + ": the reason excludes no placement"));
  }

  private Optional<String> setUp() {
    Set<String> closed = new HashSet<>(claim.closed());
    if (!closesNoMoreThanItMay()) {
      return Optional.of("more hosts are closed than the pool keeps as spares");
    }
    Map<Replica, String> places = new HashMap<>();
    claim.settled().forEach(s -> places.put(new Replica(s.group(), s.ordinal()), s.host()));
    for (Occupant occupant : claim.question().occupants()) {
      String host = places.remove(new Replica(occupant.group(), occupant.ordinal()));
      if (host == null) {
        free.add(occupant);
      } else {
        settled.computeIfAbsent(host, _ -> new ArrayList<>()).add(occupant);
      }
    }
    if (!places.isEmpty()) {
      return Optional.of("a group is settled that the pool does not have");
    }
    return claim.lost().isPresent() ? lose() : open(closed);
  }

  /// Closed are as many hosts as the pool keeps empty, and those for which one of its spares would
  /// be too small.
  private boolean closesNoMoreThanItMay() {
    List<String> closed = claim.closed();
    Map<String, Machine> machines = new HashMap<>();
    claim.question().machines().forEach(machine -> machines.put(machine.name(), machine));
    if (!machines.keySet().containsAll(closed)) {
      return false;
    }
    int kept = Math.min(closed.size(), claim.question().kept());
    List<Machine> spares =
        closed.stream()
            .limit(Math.min(kept, claim.question().spares()))
            .flatMap(name -> Optional.ofNullable(machines.get(name)).stream())
            .toList();
    SpareCount sizes = new SpareCount(claim.question());
    return closed.subList(kept, closed.size()).stream()
        .flatMap(name -> Optional.ofNullable(machines.get(name)).stream())
        .allMatch(other -> spares.stream().anyMatch(spare -> !sizes.asLarge(spare, other)));
  }

  private Optional<String> open(Set<String> closed) {
    for (Machine machine : claim.question().machines()) {
      if (machine.state() == Host.State.ACTIVE && !closed.contains(machine.name())) {
        open.add(machine);
      }
    }
    return Optional.empty();
  }

  /// Goes on with what is known after the loss.
  private Optional<String> lose() {
    Optional<AfterLoss> after = AfterLoss.of(claim);
    if (after.isEmpty()) {
      return Optional.of("nobody asked whether that loss is survived");
    }
    AfterLoss loss = after.get();
    boolean onlyRestarted = free.isEmpty();
    free.replaceAll(loss::anywhere);
    settled
        .getOrDefault(claim.lost().orElseThrow(), List.of())
        .forEach(orphan -> free.add(loss.restarted(orphan)));
    settled.remove(claim.lost().orElseThrow());
    List<Occupant> left = new ArrayList<>(free);
    settled.values().forEach(left::addAll);
    load = new HostLoad(claim.question().withOccupants(left));
    claim.question().machines().stream()
        .filter(machine -> loss.isOpen(machine, onlyRestarted))
        .forEach(open::add);
    return Optional.empty();
  }

  private boolean excludes() {
    return switch (claim.why()) {
      case Reason.Overfull overfull -> overfull(overfull);
      case Reason.Shared shared ->
          exclusive() && settled.getOrDefault(shared.host(), List.of()).size() > 1;
      case Reason.Gone gone -> gone(gone);
      case Reason.TooLarge large -> tooLarge(large);
      case Reason.TooFewHosts few -> tooFewHosts(few);
      case Reason.TooFewSpares _ ->
          new SpareCount(claim.question()).of(settled.keySet()) < claim.question().spares();
      case Reason.TooMuch much -> tooMuch(much);
      case Reason.TooMany many -> tooMany(many);
    };
  }

  private List<Occupant> on(Machine machine) {
    return settled.getOrDefault(machine.name(), List.of());
  }

  private boolean overfull(Reason.Overfull overfull) {
    return claim.question().machines().stream()
        .anyMatch(m -> m.name().equals(overfull.host()) && !load.holds(m, on(m)));
  }

  private boolean gone(Reason.Gone gone) {
    return settled.containsKey(gone.host())
        && claim.question().machines().stream()
            .noneMatch(m -> m.name().equals(gone.host()) && m.state() != Host.State.FAILED);
  }

  private boolean tooLarge(Reason.TooLarge large) {
    return free.stream()
        .filter(o -> o.group().equals(large.group()) && o.ordinal() == large.ordinal())
        .findFirst()
        .filter(item -> open.stream().noneMatch(machine -> takes(machine, item)))
        .isPresent();
  }

  private boolean takes(Machine machine, Occupant item) {
    List<Occupant> together = new ArrayList<>(on(machine));
    boolean apart =
        together.stream().anyMatch(other -> other.group().equals(item.group()))
            || (exclusive() && !together.isEmpty());
    together.add(item);
    return !apart && load.holds(machine, together);
  }

  private boolean exclusive() {
    return claim.question().sharing() == Pool.Sharing.EXCLUSIVE;
  }

  private boolean tooFewHosts(Reason.TooFewHosts few) {
    if (few.group().isEmpty()) {
      long empty = open.stream().filter(machine -> on(machine).isEmpty()).count();
      return exclusive() && free.size() > empty;
    }
    String group = few.group().get();
    long waiting = free.stream().filter(o -> o.group().equals(group)).count();
    long without =
        open.stream()
            .filter(machine -> on(machine).stream().noneMatch(o -> o.group().equals(group)))
            .count();
    return waiting > without;
  }

  /// Each host that takes anything loses at least the smallest extra use of all.
  private boolean tooMuch(Reason.TooMuch much) {
    Measure measure = much.measure();
    if (open.stream().anyMatch(machine -> !HostLoad.limited(machine, measure))
        || free.isEmpty()
        || !load.asksFor(measure)) {
      return false;
    }
    BigInteger least =
        free.stream().map(o -> HostLoad.extra(measure, o)).min(BigInteger::compareTo).orElseThrow();
    BigInteger supply = BigInteger.ZERO;
    for (Machine machine : open) {
      BigInteger moving = load.top(measure, on(machine)).max(least);
      BigInteger room =
          HostLoad.limit(machine, measure)
              .subtract(HostLoad.steady(measure, on(machine)))
              .subtract(moving);
      supply = supply.add(room.max(BigInteger.ZERO));
    }
    return HostLoad.steady(measure, free).compareTo(supply) > 0;
  }

  /// A host in the weighted sum: what it has beside what is settled, and what may move there.
  private record Room(BigInteger base, BigInteger top) {}

  private boolean tooMany(Reason.TooMany many) {
    boolean sound =
        many.weights().stream()
            .allMatch(
                w ->
                    w.factor() > 0
                        && load.asksFor(w.measure())
                        && open.stream().allMatch(m -> HostLoad.limited(m, w.measure())));
    long counted = count(many, many.size());
    if (!sound || counted == 0 || many.size().steady() <= 0 || many.size().extra() < 0) {
      return false;
    }
    List<Room> rooms = open.stream().map(machine -> room(many, machine)).toList();
    long places = 0;
    for (Room room : rooms) {
      places += places(many, room, many.size(), Optional.empty(), counted);
    }
    long lost = many.larger().map(larger -> lost(many, rooms, larger, counted)).orElse(0L);
    return counted > places - lost;
  }

  /// Places that hosts with larger groups lose, at least: as many hosts as must have one, those
  /// that lose least first.
  private long lost(
      Reason.TooMany many, List<Room> rooms, Impossibility.Size larger, long counted) {
    boolean among =
        larger.steady() >= many.size().steady() && larger.extra() >= many.size().extra();
    long wanted = among ? count(many, larger) : 0;
    long most = 0;
    List<Long> losses = new ArrayList<>();
    for (Room room : rooms) {
      long takes = places(many, room, larger, Optional.empty(), wanted);
      most = Math.max(most, takes);
      if (takes > 0) {
        long alone = places(many, room, many.size(), Optional.empty(), counted);
        long beside = places(many, room, many.size(), Optional.of(larger), counted);
        losses.add(alone - beside);
      }
    }
    Collections.sort(losses);
    long hosts = most == 0 ? 0 : Math.ceilDiv(wanted, most);
    return losses.stream().limit(hosts).mapToLong(Long::longValue).sum();
  }

  private long count(Reason.TooMany many, Impossibility.Size size) {
    BigInteger steady = BigInteger.valueOf(size.steady());
    BigInteger extra = BigInteger.valueOf(size.extra());
    return free.stream()
        .filter(
            item ->
                weighted(many, item, false).compareTo(steady) >= 0
                    && weighted(many, item, true).compareTo(extra) >= 0)
        .count();
  }

  /// The most groups of a size that a host holds when none, or one, of them is larger.
  private long places(
      Reason.TooMany many,
      Room room,
      Impossibility.Size size,
      Optional<Impossibility.Size> larger,
      long most) {
    int budget = many.weights().stream().mapToInt(w -> load.budget(w.measure())).min().orElse(1);
    BigInteger besideTop = room.base().subtract(room.top());
    BigInteger besideMoves = room.base();
    for (long k = 1; k <= most; k++) {
      Impossibility.Size next = k == 1 ? larger.orElse(size) : size;
      BigInteger steady = BigInteger.valueOf(next.steady());
      besideTop = besideTop.subtract(steady);
      besideMoves =
          besideMoves.subtract(steady).subtract(BigInteger.valueOf(k <= budget ? next.extra() : 0));
      if (besideTop.signum() < 0 || besideMoves.signum() < 0) {
        return k - 1;
      }
    }
    return most;
  }

  private Room room(Reason.TooMany many, Machine machine) {
    BigInteger base = BigInteger.ZERO;
    BigInteger top = BigInteger.ZERO;
    for (Impossibility.Weight weight : many.weights()) {
      BigInteger factor = BigInteger.valueOf(weight.factor());
      BigInteger left =
          HostLoad.limit(machine, weight.measure())
              .subtract(HostLoad.steady(weight.measure(), on(machine)));
      base = base.add(left.multiply(factor));
      top = top.add(load.top(weight.measure(), on(machine)).multiply(factor));
    }
    return new Room(base, top);
  }

  private static BigInteger weighted(Reason.TooMany many, Occupant item, boolean isExtra) {
    BigInteger sum = BigInteger.ZERO;
    for (Impossibility.Weight weight : many.weights()) {
      BigInteger amount =
          isExtra
              ? HostLoad.extra(weight.measure(), item)
              : HostLoad.steady(weight.measure(), List.of(item));
      sum = sum.add(amount.multiply(BigInteger.valueOf(weight.factor())));
    }
    return sum;
  }
}
