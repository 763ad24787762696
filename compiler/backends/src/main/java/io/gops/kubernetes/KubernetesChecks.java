package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cluster;
import io.gops.fleet.Container;
import io.gops.fleet.EnvValue;
import io.gops.fleet.Game;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Image;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Port;
import io.gops.fleet.Reload;
import io.gops.fleet.Role;
import io.gops.fleet.Version;
import io.gops.source.Origins;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// What Kubernetes, OpenKruise or OpenKruiseGame would refuse late, silently ignore, or accept and
/// do wrong. Each thing is said once, however many zones it concerns.
final class KubernetesChecks {
  /// Pods get `-<ordinal>` and a revision hash behind the name of their set, in a label of 63.
  private static final int LONGEST_SET_NAME = 52;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern PORT_NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
  private static final int LONGEST_PORT_NAME = 15;

  private final Deployment deployment;
  private final Diagnostics diagnostics;
  private final ExposureChecks exposures;

  KubernetesChecks(
      Deployment deployment, SortedMap<String, NetworkPlugin> plugins, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.diagnostics = diagnostics;
    this.exposures = new ExposureChecks(deployment, plugins, diagnostics);
  }

  void run() {
    deployment.games().values().forEach(this::game);
    Set<String> rolesSeen = new HashSet<>();
    Set<String> setsSeen = new HashSet<>();
    for (Group group : deployment.groups().values()) {
      for (Workload workload : group.workloads()) {
        setName(workload, setsSeen);
        String shape =
            workload.game().name() + "/" + workload.role().name() + "/" + workload.version();
        if (rolesSeen.add(shape)) {
          role(workload);
        }
        placement(workload, setsSeen);
        interfaces(workload, setsSeen);
      }
    }
    exposures.hostPorts();
  }

  private void game(Game game) {
    name(game.name(), "game", game.origins());
    if (!game.namespace().equals(game.name())) {
      name(game.namespace(), "namespace", game.origins());
    }
    for (Version version : game.versions().values()) {
      for (var entry : version.images().entrySet()) {
        Image image = entry.getValue();
        if (image.digest().isEmpty()) {
          diagnostics.report(
              Diagnostic.of(Code.GOPS6102, image, entry.getKey(), version.name())
                  .at(version.origins().of(entry.getKey()))
                  .hint("hint"));
        }
      }
    }
  }

  private void setName(Workload workload, Set<String> seen) {
    if (workload.name().length() > LONGEST_SET_NAME
        && seen.add("name/" + workload.game().name() + "/" + workload.role().name())) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6101, workload.name(), workload.name().length(), LONGEST_SET_NAME)
              .at(workload.game().origins().name())
              .related(workload.zone().body().origins().place(), "related", workload.zone().id())
              .hint("hint", workload.name().length() - LONGEST_SET_NAME));
    }
  }

  private void role(Workload workload) {
    Role role = workload.role();
    if (!role.implicit()) {
      name(role.name(), "role", role.origins());
    }
    role.containers().forEach(this::container);
    role.volumes().forEach(volume -> name(volume.name(), "volume", volume.origins()));
    for (HotUpdate update : role.hotUpdates()) {
      name(update.name(), "hot_update", update.origins());
      if (update.reload() instanceof Reload.Signal(String _, String signal, String _)
          && SignalNumber.of(signal).isEmpty()) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS5104, signal).at(update.origins().of("reload")).hint("hint"));
      }
    }
    exposures.role(workload);
  }

  private void container(Container container) {
    name(container.name(), "container", container.origins());
    for (Port port : container.ports()) {
      if (port.name().length() > LONGEST_PORT_NAME || !PORT_NAME.matcher(port.name()).matches()) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS6104, port.name()).at(port.origins().name()).hint("hint"));
      }
    }
    container
        .env()
        .forEach(
            (name, value) -> {
              boolean broken =
                  value instanceof EnvValue.Text(Interpolation text) && holdsMark(text);
              if (broken || !VARIABLE.matcher(name).matches()) {
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6105, name.replace('\0', '?'))
                        .at(container.origins().of("env." + name))
                        .hint("hint"));
              }
            });
    List<Interpolation> words = new ArrayList<>(container.command());
    words.addAll(container.args());
    if (words.stream().anyMatch(KubernetesChecks::holdsMark)) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6105, container.name())
              .at(container.origins().of("command"))
              .hint("hint"));
    }
  }

  /// Whether a text holds what marks a [Slot].
  private static boolean holdsMark(Interpolation text) {
    return text.parts().stream()
        .anyMatch(
            part ->
                part instanceof Interpolation.Literal(String literal) && SlottedText.isIn(literal));
  }

  /// Names that become names of objects, or parts of them.
  private void name(String name, String kind, Origins origins) {
    if (!DNS_LABEL.matcher(name).matches()) {
      diagnostics.report(Diagnostic.of(Code.GOPS6103, kind, name).at(origins.name()).hint("hint"));
    }
  }

  private void placement(Workload workload, Set<String> seen) {
    if (workload.wanted() <= 1) {
      return;
    }
    String role = workload.game().name() + "/" + workload.role().name();
    if (workload.paired() && before(1, 31) && seen.add("index/" + role)) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS5105, deployment.cluster().kubernetes(), workload.wanted())
              .at(workload.role().origins().of("replicas"))
              .related(deployment.cluster().origins().place("kubernetes"), "related")
              .hint("hint"));
    }
    if (workload.nics().size() > 1 && seen.add("nics/" + role)) {
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS6106,
                  workload.wanted(),
                  workload.role().name(),
                  workload.nics().getFirst().vpc())
              .at(workload.role().origins().of("replicas"))
              .hint("hint"));
    }
  }

  /// Flow tables guard the interface in the VPC; another one needs policies of Kubernetes.
  private void interfaces(Workload workload, Set<String> seen) {
    Cluster cluster = deployment.cluster();
    if (cluster.cni() == Cluster.Cni.OVS || cluster.enforce() != Cluster.Enforce.OVS) {
      return;
    }
    workload
        .zone()
        .body()
        .vpc()
        .filter(vpc -> seen.add("interfaces/" + vpc))
        .ifPresent(
            vpc ->
                diagnostics.report(
                    Diagnostic.of(Code.GOPS6107, workload.game().name(), vpc)
                        .at(workload.zone().body().origins().of("vpc"))
                        .related(cluster.origins().place("enforce"), "related")
                        .hint("hint")));
  }

  private boolean before(int major, int minor) {
    Cluster cluster = deployment.cluster();
    return Release.parse(cluster.kubernetes()).compareTo(new Release(major, minor, 0)) < 0;
  }
}
