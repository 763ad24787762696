package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.Pipeline;
import io.gops.state.State;
import java.util.SortedMap;

/// The overlay and tables of a sample fleet.
public record SampleOverlay(
    Deployment deployment, Overlay overlay, SortedMap<String, NodeTables> tables) {
  /// Of a new fleet, which must compile without a diagnostic.
  public static SampleOverlay of(Fleet fleet) {
    return of(fleet, new Assignments(Lock.EMPTY));
  }

  /// Of a fleet with earlier assignments.
  public static SampleOverlay of(Fleet fleet, Assignments assignments) {
    Deployment deployment = SampleDeployment.of(fleet, State.EMPTY, assignments);
    Diagnostics diagnostics = new Diagnostics();
    Overlay overlay = Overlay.of(deployment, assignments, diagnostics);
    if (!diagnostics.sorted().isEmpty()) {
      throw new AssertionError(diagnostics.sorted());
    }
    return new SampleOverlay(deployment, overlay, Pipeline.tables(overlay));
  }
}
