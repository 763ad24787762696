package io.gops.kubernetes;

import io.gops.kubernetes.PatchRule.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The [PatchRule] of every field of the objects that can be patched.
final class PatchRules {
  static final PatchRule UNJUDGED = new PatchRule.Closed(Reason.UNJUDGED, "");

  /// Domains of labels and annotations that gopsc or a controller reads; below
  /// `app.kubernetes.io` only [Labels#MANAGED_BY].
  private static final Set<String> OWNED_DOMAINS =
      Set.of(
          "gops.dev",
          "kruise.io",
          "kubernetes.io",
          "k8s.io",
          "cncf.io",
          "multus-cni.io",
          "ovn.org",
          "projectcalico.org",
          "cilium.io");

  private PatchRules() {}

  /// The rules of a kind of object by path; `[]` stands for each element of a list.
  static SortedMap<String, PatchRule> of(String object) {
    SortedMap<String, PatchRule> rules = new TreeMap<>();
    rules.put("metadata.annotations", new PatchRule.OpenNames());
    rules.put("metadata.labels", new PatchRule.OpenNames());
    rules.put("metadata", closed(Reason.NAME, ""));
    switch (object) {
      case "Pod" -> pod(rules);
      case "GameServerSet" -> gameServerSet(rules);
      default -> service(rules);
    }
    return rules;
  }

  private static void pod(SortedMap<String, PatchRule> rules) {
    open(
        rules,
        "spec.",
        "dnsConfig enableServiceLinks hostAliases readinessGates"
            + " serviceAccountName setHostnameAsFQDN tolerations");
    closed(
        rules,
        Reason.PLACEMENT,
        "pool",
        "spec.",
        "affinity nodeName nodeSelector preemptionPolicy priority priorityClassName"
            + " runtimeClassName schedulerName schedulingGates topologySpreadConstraints");
    closed(rules, Reason.CAPACITY, "profile", "spec.", "overhead resourceClaims resources");
    closed(rules, Reason.ATTRIBUTE, "container", "spec.", "ephemeralContainers initContainers");
    closed(rules, Reason.NAME, "zones", "spec.", "hostname subdomain");
    closed(
        rules,
        Reason.SECURITY,
        "",
        "spec.",
        "automountServiceAccountToken hostIPC hostPID hostUsers shareProcessNamespace");
    closed(rules, Reason.NETWORK, "expose", "spec.", "dnsPolicy hostNetwork");
    closed(rules, Reason.RELEASE, "release", "spec.", "activeDeadlineSeconds restartPolicy");
    closed(rules, Reason.ATTRIBUTE, "pull_secret", "spec.", "imagePullSecrets");
    closed(rules, Reason.ATTRIBUTE, "save", "spec.", "terminationGracePeriodSeconds");
    closed(rules, Reason.UNJUDGED, "", "spec.", "os serviceAccount");
    String security = "spec.securityContext.";
    open(rules, security, "fsGroup fsGroupChangePolicy runAsGroup supplementalGroups");
    closed(rules, Reason.DROPPED, "", security, "supplementalGroupsPolicy");
    identity(rules, security);
    closed(
        rules,
        Reason.SECURITY,
        "",
        security,
        "appArmorProfile seLinuxChangePolicy seLinuxOptions seccompProfile sysctls windowsOptions");
    volumes(rules);
    containers(rules);
  }

  private static void volumes(SortedMap<String, PatchRule> rules) {
    String volume = "spec.volumes[].";
    open(rules, volume, "configMap downwardAPI name projected secret");
    closed(rules, Reason.SECURITY, "", volume, "hostPath projected.sources[].serviceAccountToken");
    closed(rules, Reason.CAPACITY, "volume scratch", volume, "emptyDir");
    closed(rules, Reason.ATTRIBUTE, "volume persistent", volume, "ephemeral persistentVolumeClaim");
  }

  private static void containers(SortedMap<String, PatchRule> rules) {
    String container = "spec.containers[].";
    open(
        rules,
        container,
        "imagePullPolicy lifecycle name stdin stdinOnce terminationMessagePath"
            + " terminationMessagePolicy tty volumeMounts workingDir");
    closed(rules, Reason.ATTRIBUTE, "args", container, "args");
    closed(rules, Reason.ATTRIBUTE, "command", container, "command");
    closed(rules, Reason.ATTRIBUTE, "env", container, "env envFrom");
    closed(rules, Reason.ATTRIBUTE, "port", container, "ports");
    closed(rules, Reason.RELEASE, "version", container, "image");
    closed(rules, Reason.CAPACITY, "profile", container, "resizePolicy resources");
    closed(rules, Reason.RELEASE, "release", container, "restartPolicy");
    closed(rules, Reason.DROPPED, "", container, "lifecycle.stopSignal");
    closed(rules, Reason.UNJUDGED, "", container, "volumeDevices");
    probe(rules, container + "livenessProbe.", "live");
    probe(rules, container + "readinessProbe.", "ready");
    probe(rules, container + "startupProbe.", "startup");
    String security = container + "securityContext.";
    open(rules, security, "capabilities.drop runAsGroup");
    rules.put(security + "readOnlyRootFilesystem", new PatchRule.OnlyTrue());
    identity(rules, security);
    closed(
        rules,
        Reason.SECURITY,
        "",
        security,
        "allowPrivilegeEscalation appArmorProfile capabilities.add privileged procMount"
            + " seLinuxOptions seccompProfile windowsOptions");
  }

  private static void identity(SortedMap<String, PatchRule> rules, String security) {
    rules.put(security + "runAsNonRoot", new PatchRule.OnlyTrue());
    rules.put(security + "runAsUser", new PatchRule.NotRoot());
  }

  private static void probe(SortedMap<String, PatchRule> rules, String probe, String attribute) {
    open(
        rules,
        probe,
        "grpc httpGet.httpHeaders httpGet.scheme initialDelaySeconds successThreshold");
    // A probe's own grace would cut short the time that a server needs to save.
    closed(rules, Reason.ATTRIBUTE, "save", probe, "terminationGracePeriodSeconds");
    closed(
        rules,
        Reason.ATTRIBUTE,
        attribute,
        probe,
        "exec failureThreshold httpGet.host httpGet.path httpGet.port periodSeconds tcpSocket"
            + " timeoutSeconds");
  }

  private static void gameServerSet(SortedMap<String, PatchRule> rules) {
    open(rules, "spec.", "scaleStrategy");
    closed(
        rules,
        Reason.ATTRIBUTE,
        "volume persistent",
        "spec.",
        "persistentVolumeClaimRetentionPolicy");
    // With ReserveIds a side that stops and starts again gets other ordinals than its partner.
    closed(rules, Reason.RELEASE, "replicas", "spec.", "scaleStrategy.scaleDownStrategyType");
    closed(rules, Reason.ATTRIBUTE, "patch kubernetes Pod", "spec.", "gameServerTemplate");
    closed(rules, Reason.ATTRIBUTE, "probe", "spec.", "serviceQualities");
    closed(rules, Reason.CAPACITY, "replicas", "spec.", "replicas");
    closed(rules, Reason.NETWORK, "expose", "spec.", "network");
    closed(rules, Reason.NAME, "zones", "spec.", "reserveGameServerIds serviceName");
    closed(rules, Reason.RELEASE, "release", "spec.", "lifecycle updateStrategy");
  }

  private static void service(SortedMap<String, PatchRule> rules) {
    open(
        rules,
        "spec.",
        "internalTrafficPolicy sessionAffinity sessionAffinityConfig trafficDistribution");
    closed(rules, Reason.ATTRIBUTE, "port", "spec.", "ports");
    closed(rules, Reason.NAME, "", "spec.", "selector");
    closed(rules, Reason.NAME, "", "", "apiVersion kind");
    rules.put("spec", closed(Reason.NETWORK, "expose"));
    rules.put("status", UNJUDGED);
  }

  private static void open(SortedMap<String, PatchRule> rules, String prefix, String names) {
    for (String name : names.split(" ", -1)) {
      rules.put(prefix + name, new PatchRule.Open());
    }
  }

  private static void closed(
      SortedMap<String, PatchRule> rules,
      Reason reason,
      String instead,
      String prefix,
      String names) {
    for (String name : names.split(" ", -1)) {
      rules.put(prefix + name, closed(reason, instead));
    }
  }

  private static PatchRule closed(Reason reason, String instead) {
    return new PatchRule.Closed(reason, instead);
  }

  /// The rule for a field: its own, or that of what it is in.
  ///
  /// @param around the rule for what the field is in
  static PatchRule at(String path, SortedMap<String, PatchRule> rules, PatchRule around) {
    return Optional.ofNullable(rules.get(path)).orElse(around);
  }

  /// Whether parts of a field have rules of their own.
  static boolean goesDeeper(String path, SortedMap<String, PatchRule> rules) {
    return rules.keySet().stream()
        .anyMatch(other -> other.startsWith(path + ".") || other.startsWith(path + "["));
  }

  /// Whether gopsc or a controller owns a label or annotation.
  static boolean isOwned(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String domain = name.substring(0, slash);
    boolean free =
        domain.equals("app.kubernetes.io") || domain.equals("cluster-autoscaler.kubernetes.io");
    return free
        ? name.equals(Labels.MANAGED_BY)
        : OWNED_DOMAINS.stream()
            .anyMatch(owned -> domain.equals(owned) || domain.endsWith("." + owned));
  }
}
