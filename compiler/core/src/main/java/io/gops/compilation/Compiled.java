package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.deployment.Deployment;
import io.gops.fleet.Fleet;
import io.gops.network.Overlay;
import io.gops.network.pipeline.FlowTables;
import io.gops.network.verify.Verification;
import io.gops.plan.Plan;
import io.gops.state.State;
import java.util.List;

/// Everything that a successful compile of one environment knows.
///
/// @param deployment what runs now, as the state says
/// @param capacity why its hosts hold
/// @param overlay its network
/// @param tables the flow tables of every node
/// @param verification what was proved of the tables
/// @param plans of the releases that are not yet done, by name
/// @param oldLock what was assigned before
/// @param newLock what is assigned now; written after the output
/// @param state what runs
/// @param stateFile where that is written when a release is done, from the folder of the fleet
public record Compiled(
    Fleet fleet,
    Deployment deployment,
    CapacityProof capacity,
    Overlay overlay,
    FlowTables tables,
    Verification verification,
    List<Plan> plans,
    Lock oldLock,
    Lock newLock,
    State state,
    String stateFile) {
  public Compiled {
    plans = List.copyOf(plans);
  }
}
