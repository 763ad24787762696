package io.gops.capacity;

import java.util.List;
import java.util.Optional;

/// A reason why no placement exists, small enough to be read and checked by a person.
sealed interface Bound {
  /// One item is too large for every host, even alone.
  ///
  /// @param gap where it comes closest
  record Item(int item, Gap gap) implements Bound {}

  /// More must be kept apart than there are hosts: replicas of a group, or the groups of an
  /// exclusive pool.
  record Apart(String what, int wanted, int hosts) implements Bound {}

  /// The steady uses, and the smallest move on each host, exceed what the hosts have.
  ///
  /// @param demand sum of the steady uses
  /// @param supply what the hosts have for them
  /// @param most what the host with most of it has
  record Sum(int row, int items, long demand, long supply, long most, int hosts) implements Bound {}

  /// More items of some size than the hosts have places for.
  ///
  /// @param weights what was added up: one row, or several rows with integer weights
  /// @param size every counted item has at least this steady use and extra use
  /// @param larger some of them are larger and take places from the others
  /// @param places places for such items on all hosts together
  /// @param most places on the host that has most of them
  record Count(
      List<Weight> weights,
      Size size,
      int items,
      Optional<Larger> larger,
      long places,
      long most,
      int hosts)
      implements Bound {
    public Count {
      weights = List.copyOf(weights);
    }
  }

  /// A row's factor in a sum of rows.
  record Weight(int row, long factor) {}

  /// Lower limits of a steady use and of an extra use.
  record Size(long steady, long extra) {}

  /// Larger items among those counted.
  ///
  /// @param lost places that they take from the others, at least
  record Larger(Size size, int items, long lost) {}

  /// The row of a host in which an item fails, and by how much.
  ///
  /// @param host [Packing#NOWHERE] when there is no host at all
  record Gap(int host, int row, long shortage) {}
}
