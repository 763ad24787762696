package io.gops.capacity;

import io.gops.allocate.Lock;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Proves that a fleet's hosts hold at every instant of every cut-over, or reports where they
/// break.
public final class CapacityProver {
  private CapacityProver() {}

  /// The placement of every group with its proof.
  ///
  /// @param old placements that stay as far as they can; those of live groups always
  /// @return absent when an error has been reported
  public static Optional<CapacityProof> prove(
      Fleet fleet, State state, Lock old, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    FleetDemand demand = FleetDemand.of(fleet, state, old, found);
    List<Verdict.Holds> holding = new ArrayList<>();
    if (!found.hasErrors()) {
      CapacityReport report = new CapacityReport(fleet, demand, found);
      for (PoolProblem problem : demand.pools()) {
        Verdict verdict = PlacementSearch.solve(problem);
        report.explain(verdict);
        if (verdict instanceof Verdict.Holds holds) {
          holding.add(holds);
        }
      }
    }
    diagnostics.reportAll(found.sorted());
    return found.hasErrors()
        ? Optional.empty()
        : Optional.of(ProofBuilder.build(holding, demand.pods(), demand.sides()));
  }

  /// What is to be proved of a fleet, pool by pool; empty when its demands cannot be added up.
  public static List<PoolProblem> questions(Fleet fleet, State state, Lock old) {
    Diagnostics unread = new Diagnostics();
    FleetDemand demand = FleetDemand.of(fleet, state, old, unread);
    return unread.hasErrors() ? List.of() : demand.pools();
  }

  /// Why pools of a fleet have no placement, for those of which that was proved.
  public static List<Impossibility> impossibilities(Fleet fleet, State state, Lock old) {
    List<Impossibility> found = new ArrayList<>();
    for (PoolProblem problem : questions(fleet, state, old)) {
      impossibility(PlacementSearch.solve(problem)).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Impossibility> impossibility(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Impossible impossible -> Optional.of(ImpossibilityBuilder.build(impossible));
      case Verdict.Overfull overfull ->
          overfull.elsewhere().isEmpty()
              ? Optional.of(ImpossibilityBuilder.build(overfull))
              : overfull.elsewhere().flatMap(CapacityProver::impossibility);
      case Verdict.Holds _, Verdict.Undecided _, Verdict.NotSurvived _, Verdict.Stranded _ ->
          Optional.empty();
    };
  }

  /// A placement for one pool's question, for trying what was changed in it.
  ///
  /// @return absent when none was found
  public static Optional<CapacityProof> placement(PoolProblem problem) {
    return PlacementSearch.solve(problem) instanceof Verdict.Holds holds
        ? Optional.of(ProofBuilder.build(List.of(holds), new TreeMap<>(), new TreeMap<>()))
        : Optional.empty();
  }
}
