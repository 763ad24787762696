package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.gops.deployment.HotUpdateLayout;
import io.gops.deployment.Workload;
import io.gops.fleet.Container.Mount;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Port;
import io.gops.fleet.Reload;
import io.gops.fleet.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sidecar that carries scripts: it copies them into a folder that it shares with the engine,
/// and tells the engine to load them.
///
/// The shared folder hides what the engine's image has at that path, so the engine must not start
/// before the first copy. `KRUISE_CONTAINER_PRIORITY` starts the sidecar first and the engine once
/// the sidecar is ready, which it is when everything is copied. Nothing in the sidecar's start
/// waits for the engine, so the two cannot wait for each other: the postStart hook only begins to
/// call.
///
/// The scripts of the sidecar itself are in a ConfigMap and not in the pod template, so that a
/// better script does not recreate pods.
final class ScriptSidecar {
  /// Changes when the arguments of the scripts change, so that running pods keep theirs.
  private static final String CONFIG_MAP = "gops-hot-update-1";

  private static final String SCRIPTS = "scripts.sh";
  private static final String RELOAD_HTTP = "reload-http.sh";
  private static final String TOOLS_VOLUME = "gops-tools";
  private static final String TOOLS_FOLDER = "/gops/tools";

  /// Environment variable by which OpenKruise orders the start of containers.
  private static final String START_PRIORITY = "KRUISE_CONTAINER_PRIORITY";

  /// A process name as the kernel keeps it has at most 15 bytes.
  private static final int LONGEST_PROCESS_NAME = 15;

  private ScriptSidecar() {}

  static Container container(HotUpdate update, Workload workload, String image) {
    Role role = workload.role();
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(update.name())
            .withImage(image)
            .withImagePullPolicy("IfNotPresent")
            .withCommand(command(update))
            .withEnv(new EnvVar(START_PRIORITY, "1", null))
            .withResources(PodResources.ofSidecar(workload))
            .withVolumeMounts(mounts(update))
            .withReadinessProbe(
                new ProbeBuilder()
                    .withNewExec()
                    .withCommand("test", "-e", HotUpdateLayout.stateFolder(update) + "/copied")
                    .endExec()
                    .withInitialDelaySeconds(0)
                    .withPeriodSeconds(2)
                    .withTimeoutSeconds(2)
                    .withSuccessThreshold(1)
                    .withFailureThreshold(3)
                    .build())
            .withTerminationMessagePath("/dev/termination-log")
            .withTerminationMessagePolicy("FallbackToLogsOnError")
            .withSecurityContext(securityContext(update));
    postStart(update, role)
        .ifPresent(
            hook ->
                container
                    .withNewLifecycle()
                    .withNewPostStart()
                    .withNewExec()
                    .withCommand(hook)
                    .endExec()
                    .endPostStart()
                    .endLifecycle());
    return container.build();
  }

  /// Whether the pod must share its processes, so that the sidecar can signal the engine.
  static boolean needsSharedProcesses(Role role) {
    return role.hotUpdates().stream().anyMatch(u -> u.reload() instanceof Reload.Signal);
  }

  /// Where an engine container sees scripts; it only reads them.
  static List<VolumeMount> engineMounts(Role role, String container) {
    List<VolumeMount> mounts = new ArrayList<>();
    for (HotUpdate update : role.hotUpdates()) {
      for (HotUpdate.EngineMount mount : update.mounts()) {
        if (mount.container().equals(container)) {
          mounts.add(mount(new Mount(HotUpdateLayout.sharedVolume(update), mount.path(), true)));
        }
      }
    }
    return mounts;
  }

  /// The volumes of all sidecars of a role.
  static List<Volume> volumes(Role role) {
    List<Volume> volumes = new ArrayList<>();
    for (HotUpdate update : role.hotUpdates()) {
      volumes.add(emptyDir(HotUpdateLayout.sharedVolume(update)));
      volumes.add(emptyDir(HotUpdateLayout.stateVolume(update)));
    }
    if (!volumes.isEmpty()) {
      volumes.add(
          new VolumeBuilder()
              .withName(TOOLS_VOLUME)
              .withNewConfigMap()
              .withName(CONFIG_MAP)
              .withDefaultMode(TypedPod.READ_ONLY)
              .withOptional(false)
              .endConfigMap()
              .build());
    }
    return volumes;
  }

  /// The ConfigMap with the sidecars' scripts, one for each namespace.
  static ConfigMap tools(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(CONFIG_MAP)
        .withNamespace(namespace)
        .withLabels(Map.of(Labels.MANAGED_BY, "gopsc"))
        .endMetadata()
        .addToData(RELOAD_HTTP, resource(RELOAD_HTTP))
        .addToData(SCRIPTS, resource(SCRIPTS))
        .build();
  }

  static VolumeMount mount(Mount mount) {
    return new VolumeMountBuilder()
        .withName(mount.volume())
        .withMountPath(mount.path())
        .withReadOnly(mount.readOnly())
        .build();
  }

  private static List<String> command(HotUpdate update) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                TOOLS_FOLDER + "/" + SCRIPTS,
                Expansion.escape(update.files()),
                HotUpdateLayout.sharedFolder(update),
                HotUpdateLayout.stateFolder(update)));
    switch (update.reload()) {
      case Reload.Http _ -> command.add("answer");
      case Reload.Signal signal -> {
        command.add("signal");
        command.add(signal.signal());
        command.add(Integer.toString(SignalNumber.of(signal.signal())));
        command.add(Expansion.escape(kernelName(signal.process())));
        command.add(Integer.toString(HotUpdateLayout.RELOAD_DEADLINE_SECONDS));
      }
      case Reload.Inotify _, Reload.Exec _ -> {}
    }
    return command;
  }

  private static Optional<List<String>> postStart(HotUpdate update, Role role) {
    return switch (update.reload()) {
      case Reload.Http http -> {
        long seconds = Math.max(1, Math.ceilDiv(http.retry().toMillis(), 1000));
        long attempts = Math.ceilDiv(HotUpdateLayout.RELOAD_DEADLINE_SECONDS, seconds);
        int port =
            role.container(http.container())
                .flatMap(c -> c.port(http.port()))
                .map(Port::number)
                .orElse(0);
        yield Optional.of(
            List.of(
                "/bin/sh",
                TOOLS_FOLDER + "/" + RELOAD_HTTP,
                HotUpdateLayout.stateFolder(update),
                "http://127.0.0.1:" + port + http.path(),
                Long.toString(seconds),
                Long.toString(attempts)));
      }
      case Reload.Signal _, Reload.Inotify _, Reload.Exec _ -> Optional.empty();
    };
  }

  private static List<VolumeMount> mounts(HotUpdate update) {
    return List.of(
        mount(new Mount(TOOLS_VOLUME, TOOLS_FOLDER, true)),
        mount(
            new Mount(
                HotUpdateLayout.sharedVolume(update), HotUpdateLayout.sharedFolder(update), false)),
        mount(
            new Mount(
                HotUpdateLayout.stateVolume(update), HotUpdateLayout.stateFolder(update), false)));
  }

  private static SecurityContext securityContext(HotUpdate update) {
    SecurityContextBuilder context =
        new SecurityContextBuilder()
            .withAllowPrivilegeEscalation(false)
            .withPrivileged(false)
            .withReadOnlyRootFilesystem(true);
    return update.reload() instanceof Reload.Signal
        ? context.withNewCapabilities().withAdd("KILL").withDrop("ALL").endCapabilities().build()
        : context.withNewCapabilities().withDrop("ALL").endCapabilities().build();
  }

  private static Volume emptyDir(String name) {
    return new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
  }

  private static String kernelName(String process) {
    return process.length() <= LONGEST_PROCESS_NAME
        ? process
        : process.substring(0, LONGEST_PROCESS_NAME);
  }

  private static String resource(String name) {
    try (InputStream in = ScriptSidecar.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
