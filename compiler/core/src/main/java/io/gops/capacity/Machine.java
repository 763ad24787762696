package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Host;

/// A host as the prover sees it.
///
/// @param rack failure domain; the host's own name when none is declared
/// @param allocatable what the kubelet offers to pods; a resource that is not named is unlimited
/// @param usable what pods may use at the worst instant: `allocatable` less the margin
/// @param state what may happen on it
public record Machine(
    String name, String rack, Amounts allocatable, Amounts usable, Host.State state) {

  /// The amount that a moment is measured against: requests ignore the margin, use does not.
  public Amounts limit(Moment moment) {
    return switch (moment) {
      case CUT_OVER, RELOAD -> usable;
      case REQUESTS -> allocatable;
    };
  }
}
