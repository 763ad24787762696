package io.gops.verify;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Impossibility;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was proved, in a form that can be checked without the prover: for each pool the question
/// with either a placement that holds or the reason why there is none.
///
/// It leaves out what was placed or live before, which decided which placement was chosen and not
/// whether it holds; so a second compile writes the same certificate.
public record Certificate(List<Pool> pools) {
  public Certificate {
    pools = List.copyOf(pools);
  }

  /// The answer for one pool.
  public sealed interface Pool {
    /// The question that was answered.
    PoolProblem question();

    /// A placement that holds.
    ///
    /// @param placements by group id, by ordinal
    record Holds(PoolProblem question, SortedMap<String, List<Group.Placement>> placements)
        implements Pool {
      public Holds {
        placements = Collections.unmodifiableSortedMap(new TreeMap<>(placements));
      }
    }

    /// No placement exists.
    record Impossible(Impossibility claim) implements Pool {
      @Override
      public PoolProblem question() {
        return claim.question();
      }
    }
  }

  /// The certificate of a proof.
  public static Certificate of(CapacityProof proof) {
    return new Certificate(
        proof.questions().stream().map(question -> holds(question, proof.placements())).toList());
  }

  /// The certificate of pools without a placement.
  public static Certificate ofImpossible(List<Impossibility> claims) {
    return new Certificate(
        claims.stream().map(claim -> (Pool) new Pool.Impossible(claim)).toList());
  }

  private static Pool holds(
      PoolProblem question, SortedMap<String, List<Group.Placement>> placements) {
    SortedMap<String, List<Group.Placement>> own = new TreeMap<>();
    question
        .occupants()
        .forEach(o -> own.put(o.group(), placements.getOrDefault(o.group(), List.of())));
    return new Pool.Holds(question, own);
  }

  /// What is wrong with it; empty when every pool's answer follows from its question.
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    for (Pool pool : pools) {
      switch (pool) {
        case Pool.Holds holds ->
            found.addAll(PlacementCheck.violations(holds.question(), holds.placements()));
        case Pool.Impossible none -> ImpossibilityCheck.flaw(none.claim()).ifPresent(found::add);
      }
    }
    return found;
  }
}
