package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.EnvValue;
import io.gops.fleet.HealthCheck;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Image;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Pool;
import io.gops.fleet.Port;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Builds the pod template of one shape from the published Kubernetes model.
///
/// Defaults of the API that matter are written out: OpenKruise has defaults of its own for some of
/// them (an absent `imagePullPolicy` becomes Always), and writing one later recreates every pod.
final class TypedPod {
  /// Time between the end of the save period and the kill, for the container runtime.
  private static final Duration GRACE = Duration.ofSeconds(10);

  /// Mode r--r--r-- of a file; JSON has no octal numbers.
  static final int READ_ONLY = 292;

  private static final Duration DEFAULT_SAVE = Duration.ofSeconds(20);

  private final Workload workload;
  private final Pool.Sharing sharing;
  private final Deployment deployment;

  TypedPod(Workload workload, Pool.Sharing sharing, Deployment deployment) {
    this.workload = workload;
    this.sharing = sharing;
    this.deployment = deployment;
  }

  PodTemplateSpec template() {
    Role role = workload.role();
    PodTemplateSpecBuilder template =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(Labels.ofPod(workload))
            .withAnnotations(Attachment.annotations(workload, deployment))
            .endMetadata()
            .withNewSpec()
            .withAffinity(Pairing.affinity(workload, sharing))
            .withAutomountServiceAccountToken(false)
            .withContainers(containers())
            .withDnsPolicy("ClusterFirst")
            .withEnableServiceLinks(false)
            .withImagePullSecrets(
                role.pullSecrets().stream()
                    .map(name -> new LocalObjectReference(secretObject(name)))
                    .toList())
            .withPriorityClassName(NamespaceObjects.priorityClass(workload.game()))
            .withRestartPolicy("Always")
            .withSchedulerName("default-scheduler")
            .withNewSecurityContext()
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withTerminationGracePeriodSeconds(
                seconds(role.saveWithin().orElse(DEFAULT_SAVE).plus(GRACE)))
            .withTolerations(Labels.ofPools())
            .withVolumes(volumes())
            .endSpec();
    if (ScriptSidecar.needsSharedProcesses(role)) {
      template.editSpec().withShareProcessNamespace(true).endSpec();
    }
    return template.build();
  }

  private List<Container> containers() {
    Role role = workload.role();
    List<Container> containers = new ArrayList<>();
    for (int index = 0; index < role.containers().size(); index++) {
      containers.add(container(role.containers().get(index), index));
    }
    for (HotUpdate update : role.hotUpdates()) {
      containers.add(ScriptSidecar.container(update, workload, image(update.name())));
    }
    return containers;
  }

  private Container container(io.gops.fleet.Container container, int index) {
    ContainerBuilder builder =
        new ContainerBuilder()
            .withName(container.name())
            .withImage(image(container.name()))
            .withImagePullPolicy("IfNotPresent")
            .withCommand(words(container, container.command()))
            .withArgs(words(container, container.args()))
            .withEnv(environment(container))
            .withPorts(container.ports().stream().map(TypedPod::port).toList())
            .withResources(PodResources.ofContainer(workload, index))
            .withVolumeMounts(mounts(container))
            .withTerminationMessagePath("/dev/termination-log")
            .withTerminationMessagePolicy("FallbackToLogsOnError")
            .withSecurityContext(
                new SecurityContextBuilder()
                    .withAllowPrivilegeEscalation(false)
                    .withPrivileged(false)
                    .withReadOnlyRootFilesystem(false)
                    .build());
    container.ready().ifPresent(check -> builder.withReadinessProbe(probe(check)));
    container.live().ifPresent(check -> builder.withLivenessProbe(probe(check)));
    container.startup().ifPresent(check -> builder.withStartupProbe(probe(check)));
    return builder.build();
  }

  private static List<String> words(
      io.gops.fleet.Container container, List<Interpolation> written) {
    return written.stream()
        .map(word -> Expansion.escape(marked(word), container.env().keySet()))
        .toList();
  }

  private String image(String container) {
    Image image = workload.images().get(container);
    return image == null ? "" : image.toString();
  }

  private List<EnvVar> environment(io.gops.fleet.Container container) {
    return container.env().entrySet().stream()
        .map(entry -> variable(entry.getKey(), entry.getValue()))
        .toList();
  }

  private EnvVar variable(String name, EnvValue value) {
    return switch (value) {
      case EnvValue.Text(Interpolation text) -> new EnvVar(name, slotted(text), null);
      case EnvValue.SecretKey(String secret, String key) ->
          new EnvVarBuilder()
              .withName(name)
              .withNewValueFrom()
              .withNewSecretKeyRef(key, secretObject(secret), false)
              .endValueFrom()
              .build();
    };
  }

  private String secretObject(String name) {
    Secret secret = Objects.requireNonNull(deployment.secrets().get(name), name);
    return secret.object();
  }

  /// A text of a field in which Kubernetes replaces `$(NAME)`. No slot can complete such a name:
  /// what fills them are digits and letters.
  private static String slotted(Interpolation text) {
    return Expansion.escape(marked(text));
  }

  /// A text of a field in which Kubernetes replaces nothing.
  static String marked(Interpolation text) {
    return text.parts().stream()
        .map(
            part ->
                switch (part) {
                  case Interpolation.Literal(String literal) -> literal;
                  case Interpolation.ZoneId(int width) -> Slot.ZONE.mark(width);
                  case Interpolation.SideName() -> Slot.SIDE.mark();
                })
        .collect(Collectors.joining());
  }

  private static ContainerPort port(Port port) {
    return new ContainerPortBuilder()
        .withName(port.name())
        .withContainerPort(port.number())
        .withProtocol(port.protocol().name())
        .build();
  }

  private List<VolumeMount> mounts(io.gops.fleet.Container container) {
    List<VolumeMount> mounts = new ArrayList<>();
    var persistent = VolumeClaims.volumes(workload.role());
    for (io.gops.fleet.Container.Mount mount : container.mounts()) {
      VolumeMount typed = ScriptSidecar.mount(mount);
      io.gops.fleet.Volume.Persistent volume = persistent.get(mount.volume());
      if (volume != null && !volume.path().isEmpty()) {
        typed.setSubPath(volume.path().substring(1));
      }
      mounts.add(typed);
    }
    mounts.addAll(ConfigFiles.mounts(container));
    mounts.addAll(ScriptSidecar.engineMounts(workload.role(), container.name()));
    return mounts;
  }

  private static Probe probe(HealthCheck check) {
    ProbeBuilder probe =
        new ProbeBuilder()
            .withInitialDelaySeconds(0)
            .withPeriodSeconds(Math.toIntExact(seconds(check.every())))
            .withTimeoutSeconds(Math.toIntExact(seconds(check.timeout())))
            .withSuccessThreshold(1)
            .withFailureThreshold(check.failures());
    return switch (check.handler()) {
      case HealthCheck.Http(String port, String path) ->
          probe
              .withNewHttpGet()
              .withPath(path)
              .withPort(new IntOrString(port))
              .withScheme("HTTP")
              .endHttpGet()
              .build();
      case HealthCheck.Tcp(String port) ->
          probe.withNewTcpSocket().withPort(new IntOrString(port)).endTcpSocket().build();
      case HealthCheck.Exec(List<String> command) ->
          probe.withNewExec().withCommand(escaped(command)).endExec().build();
    };
  }

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    for (io.gops.fleet.Volume volume : workload.role().volumes()) {
      switch (volume.kind()) {
        case io.gops.fleet.Volume.Scratch(long limit) ->
            volumes.add(
                new VolumeBuilder()
                    .withName(volume.name())
                    .withNewEmptyDir()
                    .withSizeLimit(limit == 0 ? null : PodResources.quantity(Resource.DISK, limit))
                    .endEmptyDir()
                    .build());
        case io.gops.fleet.Volume.SharedMemory(long limit) ->
            volumes.add(
                new VolumeBuilder()
                    .withName(volume.name())
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .withSizeLimit(PodResources.quantity(Resource.MEMORY, limit))
                    .endEmptyDir()
                    .build());
        case io.gops.fleet.Volume.SecretFiles(String secret, List<String> keys) ->
            volumes.add(
                new VolumeBuilder()
                    .withName(volume.name())
                    .withNewSecret()
                    .withSecretName(secretObject(secret))
                    .withItems(keys.stream().map(key -> new KeyToPath(key, null, key)).toList())
                    .withDefaultMode(READ_ONLY)
                    .withOptional(false)
                    .endSecret()
                    .build());
        // A claim of the set: the controller adds the volume to the pod by its name.
        case io.gops.fleet.Volume.Persistent _ -> {}
      }
    }
    volumes.addAll(ConfigFiles.volumes(workload.game(), workload.role()));
    volumes.addAll(ScriptSidecar.volumes(workload.role()));
    return volumes;
  }

  private static List<String> escaped(List<String> words) {
    return words.stream().map(Expansion::escape).toList();
  }

  /// Whole seconds, at least one: Kubernetes has no smaller unit here.
  static long seconds(Duration duration) {
    return Math.max(1, Math.ceilDiv(duration.toMillis(), 1000));
  }
}
