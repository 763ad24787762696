package io.gops.verify;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.PoolAnswer;
import io.gops.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;

/// What was found out, in a form that can be checked without the prover: for each pool the question
/// with a placement that holds, or the reason why there is none, or what was tried in vain.
///
/// It leaves out what was placed or live before, which decided which placement was chosen and not
/// whether it holds; so a second compile writes the same certificate.
///
/// @param patches number of patches of the fleet, which no proof covers
public record Certificate(int patches, List<PoolAnswer> pools) {
  public Certificate {
    pools = List.copyOf(pools);
  }

  /// The certificate of a proof.
  public static Certificate of(CapacityProof proof, Fleet fleet) {
    return new Certificate(
        fleet.patches().size(),
        proof.questions().stream()
            .map(question -> (PoolAnswer) PoolAnswer.Holds.of(question, proof.placements()))
            .toList());
  }

  /// What is wrong with it; empty when every pool's answer follows from its question. That nobody
  /// knows the answer never follows.
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    for (PoolAnswer pool : pools) {
      switch (pool) {
        case PoolAnswer.Holds holds ->
            found.addAll(PlacementCheck.violations(holds.question(), holds.placements()));
        case PoolAnswer.Impossible none ->
            ImpossibilityCheck.flaw(none.claim()).ifPresent(found::add);
        case PoolAnswer.Undecided undecided ->
            found.addAll(AttemptCheck.violations(undecided.attempt()));
      }
    }
    return found;
  }
}
