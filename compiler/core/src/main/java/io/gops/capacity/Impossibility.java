package io.gops.capacity;

import java.util.List;
import java.util.Optional;

/// Why a pool has no placement, in a form that can be checked without the prover: it names what to
/// add up, and whoever checks it adds up again.
///
/// @param question the pool; groups that were restarted after a loss have their cold use as demand
/// @param lost the host whose loss no placement survives; absent when there is none even before a
///     loss
/// @param settled groups that may not move
/// @param closed active hosts that take no group: as many as the pool keeps empty, then those for
///     which one of its spares is too small
public record Impossibility(
    PoolProblem question,
    Optional<String> lost,
    List<Settled> settled,
    List<String> closed,
    Reason why) {
  public Impossibility {
    settled = List.copyOf(settled);
    closed = List.copyOf(closed);
  }

  /// A group that runs and stays where it is.
  public record Settled(String group, int ordinal, String host) {}

  /// What to add up.
  public sealed interface Reason {
    /// What is settled on a host is more than it can carry.
    record Overfull(String host) implements Reason {}

    /// Several replicas are settled on a host of an exclusive pool.
    record Shared(String host) implements Reason {}

    /// What is settled on a host has lost it: the pool has no such host that runs.
    record Gone(String host) implements Reason {}

    /// One replica of a group fits on no open host, even beside nothing but what is settled.
    record TooLarge(String group, int ordinal) implements Reason {}

    /// There are fewer open hosts than must be apart.
    ///
    /// @param group the group whose replicas they are; absent for the groups of an exclusive pool
    record TooFewHosts(Optional<String> group) implements Reason {}

    /// Fewer hosts can stay empty than the pool keeps: each of the others carries what is settled,
    /// or is not as large as one that does.
    record TooFewSpares() implements Reason {}

    /// The steady uses exceed what the hosts have beside the smallest move.
    record TooMuch(Measure measure) implements Reason {}

    /// More groups of a size than places for it.
    ///
    /// @param weights the measures that are added up, each with a factor
    /// @param size lower limit of the groups that are counted
    /// @param larger lower limit of those among them that take more places, when they decide
    record TooMany(List<Weight> weights, Size size, Optional<Size> larger) implements Reason {
      public TooMany {
        weights = List.copyOf(weights);
      }
    }
  }

  /// A measure's positive factor in a sum.
  public record Weight(Measure measure, long factor) {}

  /// Lower limits of a weighted steady use and a weighted extra use.
  public record Size(long steady, long extra) {}
}
