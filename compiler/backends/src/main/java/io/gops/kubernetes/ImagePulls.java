package io.gops.kubernetes;

import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Image;
import io.gops.fleet.Release;
import io.gops.fleet.Version;
import io.gops.fleet.ZoneBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// ImagePullJobs of `apps.kruise.io/v1alpha1` that bring the images of a release to the machines.
///
/// They are in no kustomization: a job pulls when it is applied, and that is before its release.
final class ImagePulls {
  private static final String GATE = "ImagePullJobGate";

  private final Fleet fleet;

  ImagePulls(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Without the gate OpenKruise accepts the jobs, and nobody pulls.
  void check(Diagnostics diagnostics) {
    if (fleet.cluster().gates().contains(GATE)) {
      return;
    }
    for (Release release : fleet.releases().values()) {
      release
          .pull()
          .ifPresent(
              pull ->
                  diagnostics.report(
                      Diagnostic.of(Code.GOPS6146, release.name(), GATE)
                          .at(pull.origins().place())
                          .related(fleet.cluster().origins().place("gates"), "related")
                          .hint("hint")));
    }
  }

  /// A file for each release and game: `pull-<release>.yaml` beside the zones.
  void generate(Deployment deployment, ManifestFiles manifests, Consumer<Artifact> files) {
    for (Release release : fleet.releases().values()) {
      release
          .pull()
          .ifPresent(
              pull ->
                  hostsByGame(release)
                      .forEach(
                          (name, hosts) -> {
                            Game game = fleet.game(name);
                            files.accept(
                                manifests.file(
                                    Manifests.folder(deployment)
                                        + name
                                        + "/pull-"
                                        + release.name()
                                        + ".yaml",
                                    List.of(release.origins().declaration()),
                                    () -> jobs(release, pull, game, hosts)));
                          }));
    }
  }

  private static List<String> zoneSets(Release release) {
    return switch (release) {
      case Release.AbSwitch abSwitch -> abSwitch.zoneSets();
      case Release.HotReload hotReload -> hotReload.zoneSets();
      case Release.CanaryWaves canary -> canary.zoneSets();
      case Release.Housekeeping _ -> List.of();
    };
  }

  private static String to(Release release) {
    return switch (release) {
      case Release.AbSwitch abSwitch -> abSwitch.to();
      case Release.HotReload hotReload -> hotReload.to();
      case Release.CanaryWaves canary -> canary.to();
      case Release.Housekeeping _ -> "";
    };
  }

  /// The machines on which servers of each game may start: the active ones of its pools.
  private SortedMap<String, SortedSet<String>> hostsByGame(Release release) {
    SortedMap<String, SortedSet<String>> games = new TreeMap<>();
    fleet.zones().values().stream()
        .filter(zone -> zoneSets(release).contains(zone.set()))
        .forEach(
            zone -> {
              ZoneBody body = zone.body();
              SortedSet<String> hosts = games.computeIfAbsent(body.game(), _ -> new TreeSet<>());
              Objects.requireNonNull(fleet.pools().get(body.pool())).hosts().stream()
                  .filter(this::isActive)
                  .forEach(host -> hosts.add(host));
            });
    return games;
  }

  private boolean isActive(String host) {
    return Objects.requireNonNull(fleet.hosts().get(host)).state() == Host.State.ACTIVE;
  }

  private static List<Object> jobs(
      Release release, Release.Pull pull, Game game, SortedSet<String> hosts) {
    Version version = Objects.requireNonNull(game.versions().get(to(release)), to(release));
    List<Object> jobs = new ArrayList<>();
    SortedSet<String> seen = new TreeSet<>();
    for (Map.Entry<String, Image> image : version.images().entrySet()) {
      if (seen.add(image.getValue().toString())) {
        String name = release.name() + "-" + image.getKey();
        jobs.add(job(name, image.getValue(), pull, game, hosts));
      }
    }
    return jobs;
  }

  private static Map<String, Object> job(
      String name, Image image, Release.Pull pull, Game game, SortedSet<String> hosts) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Map.of(Labels.MANAGED_BY, "gopsc"));
    metadata.put("name", name);
    metadata.put("namespace", game.namespace());
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("backoffLimit", 3);
    policy.put("timeoutSeconds", Math.toIntExact(TypedPod.seconds(pull.timeout())));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("completionPolicy", Map.of("type", "Always"));
    spec.put("image", image.toString());
    spec.put("imagePullPolicy", "IfNotPresent");
    spec.put("parallelism", pull.atOnce());
    spec.put("pullPolicy", policy);
    spec.put("selector", Map.of("names", List.copyOf(hosts)));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "apps.kruise.io/v1alpha1");
    object.put("kind", "ImagePullJob");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }
}
