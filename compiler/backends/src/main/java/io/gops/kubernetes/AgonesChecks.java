package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Disruption;
import io.gops.fleet.Exposure;
import io.gops.fleet.Fleet;
import io.gops.fleet.Pool;
import io.gops.fleet.Probe;
import io.gops.fleet.Role;
import io.gops.fleet.ServerSettings;
import io.gops.fleet.UpdatePace;
import io.gops.fleet.Volume;
import io.gops.fleet.ZoneBody;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What a fleet says that Agones has no word for. Each thing is said once.
final class AgonesChecks {
  private final Fleet fleet;
  private final Deployment deployment;
  private final Diagnostics diagnostics;
  private final Set<Said> said = new HashSet<>();

  AgonesChecks(Fleet fleet, Deployment deployment, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.deployment = deployment;
    this.diagnostics = diagnostics;
  }

  private record Said(String thing, Optional<Place> place) {}

  void run() {
    fleet.releases().values().forEach(r -> refuse("release", r.name(), r.origins().place()));
    fleet.directories().values().forEach(d -> refuse("directory", d.name(), d.origins().place()));
    for (Workload workload : deployment.workloads().values()) {
      zone(workload.zone().body(), workload.zone().set());
      role(workload);
      servers(workload);
    }
  }

  private void zone(ZoneBody body, String zones) {
    body.pair().ifPresent(pair -> refuse("pair", zones, pair.origins().place()));
    body.vpc().ifPresent(vpc -> refuse("vpc", vpc, body.origins().place("vpc")));
    body.disruption()
        .filter(
            d ->
                d.atMost() != 0
                    || d.against().stream().anyMatch(o -> o != Disruption.Operation.EVICTION))
        .ifPresent(d -> refuse("disruption", zones, d.origins().place()));
  }

  private void role(Workload workload) {
    Role role = workload.role();
    role.hotUpdates().forEach(u -> refuse("hot_update", u.name(), u.origins().place()));
    for (Volume volume : role.volumes()) {
      if (volume.kind() instanceof Volume.Persistent) {
        refuse("volume", volume.name(), volume.origins().place());
      }
    }
    role.probes().stream()
        .filter(Probe::acts)
        .forEach(probe -> refuse("probe", probe.name(), probe.origins().place()));
    role.patches().stream()
        .filter(patch -> !patch.object().equals("Pod"))
        .forEach(patch -> refuse("patch", patch.object(), patch.origins().place()));
    role.exposures().forEach(exposure -> exposure(exposure, workload));
  }

  private void exposure(Exposure exposure, Workload workload) {
    Optional<Place> network = exposure.origins().place("network");
    if (!AgonesFleet.PORT_POLICIES.contains(exposure.network())) {
      refuse("network", exposure.network(), network);
    } else if (exposure.network().equals("Static")
        && Objects.requireNonNull(deployment.pools().get(workload.zone().body().pool())).sharing()
            == Pool.Sharing.PACKED) {
      refuse("static", exposure.port(), network);
    }
    exposure
        .parameters()
        .keySet()
        .forEach(name -> refuse("parameter", name, exposure.origins().place("parameters." + name)));
  }

  private void servers(Workload workload) {
    ServerSettings settings = workload.zone().body().settings(workload.role().name());
    settings.backups().forEach(b -> refuse("backup", b.name(), b.origins().place()));
    settings
        .servers()
        .forEach(s -> refuse("server", Integer.toString(s.number()), s.origins().place()));
    UpdatePace pace = settings.pace();
    if (!pace.equals(UpdatePace.DEFAULT)) {
      refuse("update", workload.role().name(), pace.origins().place());
    }
    settings
        .autoscale()
        .filter(autoscale -> !isBuffer(autoscale))
        .ifPresent(
            autoscale -> refuse("autoscale", workload.role().name(), autoscale.origins().place()));
  }

  /// Agones stops servers without players, down to those that are to be kept.
  private static boolean isBuffer(Autoscale autoscale) {
    return autoscale.by() instanceof Autoscale.Spare(int keep, Optional<Integer> atMost)
        && atMost.filter(most -> most == keep).isPresent()
        && autoscale.mayStop() != Autoscale.MayStop.NONE;
  }

  private void refuse(String thing, String name, Optional<Place> place) {
    if (said.add(new Said(thing, place))) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6171, thing.replace('_', ' '), name).at(place).hint(thing));
    }
  }
}
