package io.gops.kubernetes;

import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Backup;
import io.gops.fleet.OneServer;
import io.gops.fleet.Pair;
import io.gops.fleet.Probe;
import io.gops.fleet.Role;
import io.gops.fleet.ServerSettings;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What single servers are told and OpenKruiseGame would forget or overwrite, and jobs that
/// Kubernetes would refuse.
final class ServerChecks {
  private final Diagnostics diagnostics;
  private final Set<String> seen = new HashSet<>();

  ServerChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void workload(Workload workload) {
    probes(workload.role());
    ServerSettings settings = workload.zone().body().settings(workload.role().name());
    settings.servers().stream().findFirst().ifPresent(server -> kept(workload, settings, server));
    for (Backup backup : settings.backups()) {
      String name = BackupJobs.longestName(workload, backup);
      if (name.length() > BackupJobs.LONGEST_NAME && first(backup.origins().place(), "name")) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS6153, name, name.length(), BackupJobs.LONGEST_NAME)
                .at(backup.origins().place())
                .hint("hint"));
      }
    }
  }

  /// With each answer OpenKruiseGame writes all four settings of a server, also those of which an
  /// action says nothing.
  private void probes(Role role) {
    List<Probe> acting = role.probes().stream().filter(Probe::acts).toList();
    if (acting.size() > 1 && first(acting.get(1).origins().place(), "probes")) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6151, acting.getFirst().name(), acting.get(1).name(), role.name())
              .at(acting.get(1).origins().place())
              .related(acting.getFirst().origins().place(), "related")
              .hint("hint"));
    }
  }

  /// A GameServer is deleted when its server is stopped, and a probe with actions writes all of it.
  private void kept(Workload workload, ServerSettings settings, OneServer server) {
    Optional<Pair> stopping =
        workload.zone().body().pair().filter(pair -> pair.standby() == Pair.Standby.STOPPED);
    Optional<Probe> writing = workload.role().probes().stream().filter(Probe::acts).findFirst();
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS6152, server.number(), workload.name());
    if (writing.isPresent()) {
      problem
          .related(writing.get().origins().place(), "related")
          .hint("probe", writing.get().name());
    } else if (settings.autoscale().isPresent()) {
      problem.related(settings.autoscale().get().origins().place(), "related").hint("autoscale");
    } else if (stopping.isPresent()) {
      problem.related(stopping.get().origins().place(), "related").hint("pair");
    } else {
      return;
    }
    if (first(server.origins().place(), "kept")) {
      diagnostics.report(problem.at(server.origins().place()));
    }
  }

  private boolean first(Optional<Place> place, String what) {
    return seen.add(what + " " + place.map(Place::toString).orElse(""));
  }
}
