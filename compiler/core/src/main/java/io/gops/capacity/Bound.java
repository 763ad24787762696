package io.gops.capacity;

/// A reason why no placement exists, small enough to be read and checked by a person.
sealed interface Bound {
  /// One item is too large for every host, even alone.
  ///
  /// @param host the host that comes closest
  /// @param row the row in which it fails there
  /// @param shortage how much is missing
  record Item(int item, int host, int row, long shortage) implements Bound {}

  /// More must be kept apart than there are hosts: replicas of a group, or groups of an exclusive
  /// pool.
  record Apart(String group, int wanted, int hosts) implements Bound {}

  /// The steady uses alone exceed the pool.
  ///
  /// @param demand sum of the steady uses
  /// @param supply what is left for them, less one smallest move on each host that is used
  record Sum(int row, long demand, long supply) implements Bound {}
}
