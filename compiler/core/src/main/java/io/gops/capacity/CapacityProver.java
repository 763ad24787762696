package io.gops.capacity;

import io.gops.allocate.Lock;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Expectation;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    KeptMemory.warn(fleet, found);
    if (!found.hasErrors()) {
      GatewayLoad.check(fleet, demand, found);
      CapacityReport report = new CapacityReport(fleet, demand, found);
      for (PoolProblem problem : demand.pools()) {
        Verdict verdict = PlacementSearch.solve(problem);
        if (!Standby.refused(problem, verdict, demand, found)) {
          report.explain(verdict);
        }
        if (verdict instanceof Verdict.Holds holds) {
          holding.add(holds);
        }
      }
    }
    if (!found.hasErrors()) {
      expectations(fleet, holding, found);
    }
    diagnostics.reportAll(found.sorted());
    return found.hasErrors()
        ? Optional.empty()
        : Optional.of(ProofBuilder.build(holding, demand.pods(), demand.sides()));
  }

  /// What the team expects to fit.
  private static void expectations(
      Fleet fleet, List<Verdict.Holds> holding, Diagnostics diagnostics) {
    for (Expectation expectation : fleet.expectations()) {
      switch (expectation) {
        case Expectation.Fits fits -> {
          Optional<String> flaw =
              holding.stream()
                  .flatMap(verdict -> LossCheck.flaw(verdict, fits.failedHosts()).stream())
                  .findFirst();
          if (fits.expected() && flaw.isPresent()) {
            diagnostics.report(
                Diagnostic.of(Code.GOPS3026, fits.failedHosts(), flaw.get())
                    .at(fits.place())
                    .hint("hint", fits.failedHosts()));
          } else if (!fits.expected() && flaw.isEmpty()) {
            diagnostics.report(
                Diagnostic.of(Code.GOPS3027, fits.failedHosts()).at(fits.place()).hint("hint"));
          }
        }
        case Expectation.Reachable _ -> {}
      }
    }
  }

  /// What is to be proved of a fleet, pool by pool; empty when its demands cannot be added up.
  public static List<PoolProblem> questions(Fleet fleet, State state, Lock old) {
    Diagnostics unread = new Diagnostics();
    FleetDemand demand = FleetDemand.of(fleet, state, old, unread);
    return unread.hasErrors() ? List.of() : demand.pools();
  }

  /// What is to be proved of a fleet, with the placements that the lock has.
  public static CapacityQuestion question(
      Fleet fleet, State state, Lock old, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    FleetDemand demand = FleetDemand.of(fleet, state, old, found);
    diagnostics.reportAll(found.sorted());
    List<PoolProblem> pools = found.hasErrors() ? List.of() : demand.pools();
    SortedMap<String, List<Group.Placement>> placements = new TreeMap<>();
    for (PoolProblem pool : pools) {
      for (Occupant occupant : pool.occupants()) {
        occupant
            .previous()
            .ifPresent(
                place ->
                    placements
                        .computeIfAbsent(occupant.group(), _ -> new ArrayList<>())
                        .add(place));
      }
    }
    return new CapacityQuestion(pools, new Sizing(placements, demand.sides()), demand.pods());
  }

  /// What would make each pool hold that does not, by its key.
  public static SortedMap<String, List<Remedy>> remedies(Fleet fleet, State state, Lock old) {
    Diagnostics unread = new Diagnostics();
    FleetDemand demand = FleetDemand.of(fleet, state, old, unread);
    SortedMap<String, List<Remedy>> found = new TreeMap<>();
    if (!unread.hasErrors()) {
      for (PoolProblem problem : demand.pools()) {
        Verdict verdict = PlacementSearch.solve(problem);
        found.put(problem.pool(), CapacityReport.remedies(verdict, demand));
      }
    }
    return found;
  }

  /// What was found out about each pool of a fleet, whether or not it is good news; empty when its
  /// demands cannot be added up.
  public static List<PoolAnswer> answers(Fleet fleet, State state, Lock old) {
    return questions(fleet, state, old).stream()
        .map(problem -> AnswerBuilder.build(PlacementSearch.solve(problem)))
        .toList();
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
