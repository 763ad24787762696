package io.gops.outlook;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import java.util.List;
import java.util.Optional;

/// A question whose groups stay where a proof has put them: what is added must fit beside them.
final class Settled {
  private Settled() {}

  static PoolProblem where(PoolProblem question, CapacityProof proof) {
    List<Occupant> occupants =
        question.occupants().stream().map(o -> o.at(placement(o, proof), true)).toList();
    return question.withOccupants(occupants);
  }

  /// The question when everything may be moved.
  static PoolProblem loose(PoolProblem question) {
    return question.withOccupants(
        question.occupants().stream().map(o -> o.at(Optional.empty(), false)).toList());
  }

  private static Optional<Group.Placement> placement(Occupant occupant, CapacityProof proof) {
    List<Group.Placement> list = proof.placements().get(occupant.group());
    return list == null ? Optional.empty() : Optional.of(list.get(occupant.ordinal()));
  }
}
