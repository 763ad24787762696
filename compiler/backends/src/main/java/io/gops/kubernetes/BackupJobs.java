package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Amounts;
import io.gops.fleet.Backup;
import io.gops.fleet.EnvValue;
import io.gops.fleet.Resource;
import io.gops.fleet.Secret;
import io.gops.fleet.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// CronJobs that save what servers keep.
///
/// A job that reads a volume is one for each server, and any job runs on a host of its group: there
/// the volume is, and there the capacity proof has kept room for it. It has no label of the group,
/// so no server keeps away from it.
final class BackupJobs {
  /// Longest name that a CronJob may have: its jobs add a time.
  static final int LONGEST_NAME = 52;

  /// What tells the job how many copies to keep.
  private static final String KEEP = "KEEP";

  private final Deployment deployment;
  private final Workload workload;

  BackupJobs(Deployment deployment, Workload workload) {
    this.deployment = deployment;
    this.workload = workload;
  }

  /// How many jobs of a set may run at the same time.
  static int count(Workload workload) {
    return backups(workload).stream()
        .mapToInt(backup -> backup.volume().isPresent() ? workload.wanted() : 1)
        .sum();
  }

  /// What all jobs of a set use at the same time.
  static Amounts uses(Workload workload) {
    Amounts sum = Amounts.NONE;
    for (Backup backup : backups(workload)) {
      sum = sum.plus(backup.uses().times(backup.volume().isPresent() ? workload.wanted() : 1));
    }
    return sum;
  }

  /// The backups that belong to a set. What is no volume of a side is saved once for both.
  private static List<Backup> backups(Workload workload) {
    return workload.zone().body().settings(workload.role().name()).backups().stream()
        .filter(backup -> backup.volume().isPresent() || workload.side() == Side.A)
        .toList();
  }

  /// The longest name of a job of a set.
  static String longestName(Workload workload, Backup backup) {
    return name(workload, backup, workload.wanted() - 1);
  }

  private static String name(Workload workload, Backup backup, int ordinal) {
    boolean several = backup.volume().isPresent() && workload.wanted() > 1;
    return workload.name() + (several ? "-" + ordinal : "") + "-" + backup.name();
  }

  List<Map<String, Object>> trees() {
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (Backup backup : backups(workload)) {
      int servers = backup.volume().isPresent() ? workload.wanted() : 1;
      IntStream.range(0, servers).forEach(ordinal -> jobs.add(tree(backup, ordinal)));
    }
    return jobs;
  }

  private Map<String, Object> tree(Backup backup, int ordinal) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("activeDeadlineSeconds", TypedPod.seconds(backup.within()));
    job.put("backoffLimit", 0);
    job.put("template", template(backup, ordinal));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("concurrencyPolicy", "Forbid");
    spec.put("failedJobsHistoryLimit", 3);
    spec.put("jobTemplate", Map.of("spec", job));
    spec.put("schedule", backup.schedule());
    spec.put("startingDeadlineSeconds", 600);
    spec.put("successfulJobsHistoryLimit", 1);
    spec.put("suspend", false);
    spec.put("timeZone", backup.timeZone().getId());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Labels.ofObject(workload));
    metadata.put("name", name(workload, backup, ordinal));
    metadata.put("namespace", workload.game().namespace());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "batch/v1");
    object.put("kind", "CronJob");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private Map<String, Object> template(Backup backup, int ordinal) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Labels.MANAGED_BY, "gopsc");
    labels.put(Labels.GAME, workload.game().name());
    labels.put(Labels.ZONE, Integer.toString(workload.zone().id()));
    labels.put(Labels.BACKUP, backup.name());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("affinity", besideTheServer(backup, ordinal));
    spec.put("automountServiceAccountToken", false);
    spec.put("containers", List.of(container(backup)));
    spec.put("enableServiceLinks", false);
    if (!workload.role().pullSecrets().isEmpty()) {
      spec.put(
          "imagePullSecrets",
          workload.role().pullSecrets().stream()
              .map(name -> Map.of("name", secret(name).object()))
              .toList());
    }
    spec.put("restartPolicy", "Never");
    spec.put("securityContext", Map.of("seccompProfile", Map.of("type", "RuntimeDefault")));
    Map<String, Object> toleration = new LinkedHashMap<>();
    toleration.put("key", Labels.POOL);
    toleration.put("operator", "Exists");
    spec.put("tolerations", List.of(toleration));
    backup.volume().ifPresent(volume -> spec.put("volumes", List.of(claim(volume, ordinal))));
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("metadata", Map.of("labels", labels));
    template.put("spec", spec);
    return template;
  }

  /// The other side of a server stands on the same host, so it will do when one is stopped.
  private Map<String, Object> besideTheServer(Backup backup, int ordinal) {
    Map<String, String> members = new TreeMap<>();
    members.put(Labels.GROUP, workload.group());
    if (backup.volume().isPresent() && workload.wanted() > 1) {
      members.put(Labels.POD_INDEX, Integer.toString(ordinal));
    }
    Map<String, Object> term = new LinkedHashMap<>();
    term.put("labelSelector", Map.of("matchLabels", members));
    term.put("topologyKey", Labels.HOSTNAME);
    return Map.of(
        "podAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term)));
  }

  private Map<String, Object> claim(String volume, int ordinal) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("name", "source");
    source.put(
        "persistentVolumeClaim",
        Map.of("claimName", volume + "-" + workload.name() + "-" + ordinal));
    return source;
  }

  private Map<String, Object> container(Backup backup) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("command", command(backup));
    container.put("env", environment(backup));
    container.put("image", backup.image().toString());
    container.put("imagePullPolicy", "IfNotPresent");
    container.put("name", "backup");
    container.put("resources", resources(backup));
    Map<String, Object> security = new LinkedHashMap<>();
    security.put("allowPrivilegeEscalation", false);
    security.put("privileged", false);
    container.put("securityContext", security);
    container.put("terminationMessagePolicy", "FallbackToLogsOnError");
    if (backup.volume().isPresent()) {
      Map<String, Object> mount = new LinkedHashMap<>();
      mount.put("mountPath", Backup.FOLDER);
      mount.put("name", "source");
      mount.put("readOnly", true);
      container.put("volumeMounts", List.of(mount));
    }
    return container;
  }

  private List<String> command(Backup backup) {
    return backup.command().stream()
        .map(word -> word.resolve(workload.zone().id(), workload.side()))
        .map(word -> Expansion.escape(word, backup.env().keySet()))
        .toList();
  }

  private List<Object> environment(Backup backup) {
    SortedMap<String, Object> variables = new TreeMap<>();
    variables.put(KEEP, variable(KEEP, "value", Integer.toString(backup.keep())));
    backup.env().forEach((name, value) -> variables.put(name, variable(name, value)));
    return List.copyOf(variables.values());
  }

  private Map<String, Object> variable(String name, EnvValue value) {
    return switch (value) {
      case EnvValue.Text(var text) ->
          variable(
              name, "value", Expansion.escape(text.resolve(workload.zone().id(), workload.side())));
      case EnvValue.SecretKey(String secret, String key) -> {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("key", key);
        reference.put("name", secret(secret).object());
        reference.put("optional", false);
        yield variable(name, "valueFrom", Map.of("secretKeyRef", reference));
      }
    };
  }

  private static Map<String, Object> variable(String name, String field, Object value) {
    Map<String, Object> variable = new LinkedHashMap<>();
    variable.put("name", name);
    variable.put(field, value);
    return variable;
  }

  private Secret secret(String name) {
    return Objects.requireNonNull(deployment.secrets().get(name), name);
  }

  /// Requests are limits: what the proof has kept free is all there is.
  private static Map<String, Object> resources(Backup backup) {
    Map<String, Object> amounts = new LinkedHashMap<>();
    amounts.put("cpu", PodResources.quantity(Resource.CPU, backup.cpu()).toString());
    amounts.put("memory", PodResources.quantity(Resource.MEMORY, backup.memory()).toString());
    Map<String, Object> resources = new LinkedHashMap<>();
    resources.put("limits", amounts);
    resources.put("requests", amounts);
    return resources;
  }
}
