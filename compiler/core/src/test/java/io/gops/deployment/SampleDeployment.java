package io.gops.deployment;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.fleet.Side;
import io.gops.fleet.Zone;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// [SampleFleet] lowered with a round-robin placement instead of the capacity proof.
public final class SampleDeployment {
  private SampleDeployment() {}

  /// The deployment of a new fleet with this many zones of each game.
  public static Deployment of(int zonesPerGame) {
    return of(SampleFleet.of(zonesPerGame), State.EMPTY, new Assignments(Lock.EMPTY));
  }

  /// The deployment of any fleet whose hosts are all alike.
  public static Deployment of(Fleet fleet, State state, Assignments assignments) {
    Diagnostics diagnostics = new Diagnostics();
    Deployment deployment =
        Lowering.lower(fleet, state, roundRobin(fleet), assignments, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.sorted().toString());
    }
    return deployment;
  }

  private static Sizing roundRobin(Fleet fleet) {
    List<String> hosts = new ArrayList<>(fleet.hosts().keySet());
    SortedMap<String, List<Group.Placement>> placements = new TreeMap<>();
    SortedMap<String, SortedMap<Side, Sizing.PodSize>> pods = new TreeMap<>();
    int next = 0;
    for (Zone zone : fleet.zones().values()) {
      String group = Integer.toString(zone.id());
      String primary = hosts.get(next % hosts.size());
      String failover = hosts.get((next + 1) % hosts.size());
      placements.put(group, List.of(new Group.Placement(primary, Optional.of(failover))));
      pods.put(group, new TreeMap<>(Map.of(Side.A, size(), Side.B, size())));
      next++;
    }
    return new Sizing(placements, pods);
  }

  private static Sizing.PodSize size() {
    Amounts request = new Amounts(Map.of(Resource.CPU, 6_500L, Resource.MEMORY, 26L << 30));
    return new Sizing.PodSize(request, request.with(Resource.CPU, 8_100));
  }
}
