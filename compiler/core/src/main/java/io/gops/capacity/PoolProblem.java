package io.gops.capacity;

import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import java.util.List;

/// The question for one pool. Pools share no host and a group belongs to one pool, so each pool is
/// a question of its own, and a bound over several pools says no more than the bounds of each.
///
/// @param pool key of the pool, `site.pool`
/// @param spare hosts that stay empty as long as none has failed
/// @param survive hosts that may fail at the same time, or [Pool#WHOLE_RACK]
/// @param perHost groups of one host that may be moving at once
/// @param reloadsPerHost groups of one host that may be reloading at once
/// @param machines in order of their names
/// @param occupants in any order
/// @param orders releases whose waves have a fixed order, by their names
public record PoolProblem(
    String pool,
    Pool.Sharing sharing,
    int spare,
    int survive,
    int perHost,
    int reloadsPerHost,
    List<Machine> machines,
    List<Occupant> occupants,
    List<FixedOrder> orders) {
  public PoolProblem {
    machines = List.copyOf(machines);
    occupants = List.copyOf(occupants);
    orders = List.copyOf(orders);
  }

  /// The question for a pool without releases that have a fixed order.
  public PoolProblem(
      String pool,
      Pool.Sharing sharing,
      int spare,
      int survive,
      int perHost,
      int reloadsPerHost,
      List<Machine> machines,
      List<Occupant> occupants) {
    this(pool, sharing, spare, survive, perHost, reloadsPerHost, machines, occupants, List.of());
  }

  /// How many groups of one host may be away from their steady use at this kind of moment.
  public int budget(Moment moment) {
    return switch (moment) {
      case CUT_OVER, REQUESTS -> perHost;
      case RELOAD -> reloadsPerHost;
    };
  }

  /// The same pool with other hosts.
  public PoolProblem withMachines(List<Machine> others) {
    return new PoolProblem(
        pool, sharing, spare, survive, perHost, reloadsPerHost, others, occupants, orders);
  }

  /// The same pool when another number of groups of one host may reload at once.
  public PoolProblem withReloadsPerHost(int groups) {
    return new PoolProblem(
        pool, sharing, spare, survive, perHost, groups, machines, occupants, orders);
  }

  /// The same pool when another number of groups of one host may move at once.
  public PoolProblem withPerHost(int groups) {
    return new PoolProblem(
        pool, sharing, spare, survive, groups, reloadsPerHost, machines, occupants, orders);
  }

  /// Empty hosts that there must be: what the pool keeps, less those that stand in for hosts that
  /// have failed.
  public int spares() {
    long failed = machines.stream().filter(m -> m.state() == Host.State.FAILED).count();
    return (int) Math.max(0, spare - failed);
  }

  /// Hosts that stay empty: the spares, and as many as may be lost together when that is more than
  /// one host. Which of them are lost does not matter then.
  public int kept() {
    return survivesSeveral() ? Math.max(spares(), survive) : spares();
  }

  /// Whether any two or more hosts may be lost together.
  public boolean survivesSeveral() {
    return survive > 1 && survive != Pool.WHOLE_RACK;
  }

  /// The same pool in which other hosts must be survivable or stay empty.
  public PoolProblem withLosses(int spares, int losses) {
    return new PoolProblem(
        pool, sharing, spares, losses, perHost, reloadsPerHost, machines, occupants, orders);
  }

  /// The same pool with other groups.
  public PoolProblem withOccupants(List<Occupant> others) {
    return new PoolProblem(
        pool, sharing, spare, survive, perHost, reloadsPerHost, machines, others, orders);
  }
}
