package io.gops.kubernetes.inspection;

import io.gops.kubernetes.inspection.FieldRule.ExactlyOne;
import io.gops.kubernetes.inspection.FieldRule.Flag;
import io.gops.kubernetes.inspection.FieldRule.Has;
import io.gops.kubernetes.inspection.FieldRule.Names;
import io.gops.kubernetes.inspection.FieldRule.OneOf;
import io.gops.kubernetes.inspection.FieldRule.Spelled;
import io.gops.kubernetes.inspection.FieldRule.Total;
import io.gops.kubernetes.inspection.FieldRule.Unique;
import io.gops.kubernetes.inspection.FieldRule.Whole;
import io.gops.kubernetes.inspection.FieldRule.WholeOr;

/// The rules of the fields of a pod template, wherever it stands.
final class PodFields {
  static final Whole PORT = new Whole(1, 65_535);
  static final Whole COUNT = new Whole(0, Integer.MAX_VALUE);
  static final Whole POSITIVE = new Whole(1, Integer.MAX_VALUE);
  static final OneOf PROTOCOL = OneOf.of("TCP", "UDP", "SCTP");
  static final Spelled QUANTITY = new Spelled(Form.QUANTITY);

  /// Mode of a file: nine bits.
  private static final Whole MODE = new Whole(0, 511);

  /// What all annotations of an object may be together.
  private static final Total ANNOTATIONS = new Total(256 << 10);

  private PodFields() {}

  /// Labels and annotations of any object.
  static void metadata(FieldRules.Table table, String metadata) {
    table
        .at(metadata + ".labels", new Names(Form.LABEL_KEY))
        .at(metadata + ".labels.*", new Spelled(Form.LABEL_VALUE))
        .at(metadata + ".annotations", new Names(Form.LABEL_KEY), ANNOTATIONS);
  }

  /// @param template path of the template
  static void template(FieldRules.Table table, String template) {
    table.at(template, Has.of("metadata", "spec"));
    metadata(table, template + ".metadata");
    String spec = template + ".spec.";
    table
        .at(template + ".spec", Has.of("containers"))
        .at(spec + "automountServiceAccountToken", new Flag())
        .at(
            spec + "dnsPolicy",
            OneOf.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"))
        .at(spec + "hostAliases[]", Has.of("ip"))
        .at(spec + "hostAliases[].ip", new Spelled(Form.ADDRESS))
        .at(spec + "hostAliases[].hostnames[]", new Spelled(Form.DNS_SUBDOMAIN))
        .at(spec + "imagePullSecrets[].name", new Spelled(Form.DNS_SUBDOMAIN))
        .at(spec + "nodeSelector", new Names(Form.LABEL_KEY))
        .at(spec + "nodeSelector.*", new Spelled(Form.LABEL_VALUE))
        .each(
            spec,
            "priorityClassName schedulerName serviceAccountName",
            new Spelled(Form.DNS_SUBDOMAIN))
        .at(
            spec + "securityContext.seccompProfile.type",
            OneOf.of("RuntimeDefault", "Localhost", "Unconfined"))
        .at(spec + "securityContext.fsGroupChangePolicy", OneOf.of("Always", "OnRootMismatch"))
        .each(spec + "securityContext.", "fsGroup runAsGroup runAsUser", COUNT)
        .at(spec + "terminationGracePeriodSeconds", COUNT)
        .at(spec + "tolerations[].effect", OneOf.of("NoSchedule", "PreferNoSchedule", "NoExecute"))
        .at(spec + "tolerations[].key", new Spelled(Form.LABEL_KEY))
        .at(spec + "tolerations[].operator", OneOf.of("Exists", "Equal"))
        .at(
            spec + "tolerations[].tolerationSeconds",
            new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
    container(table, spec + "containers");
    container(table, spec + "initContainers");
    volumes(table, spec + "volumes");
    table.often(spec + "containers", spec + "containers[]", spec + "volumes");
    affinity(table, spec + "affinity.");
  }

  private static void container(FieldRules.Table table, String list) {
    String container = list + "[].";
    table
        .at(list, Unique.by("name"))
        .at(list + "[]", Has.of("name", "image"))
        .at(container + "name", new Spelled(Form.DNS_LABEL))
        .at(container + "image", new Spelled(Form.IMAGE))
        .at(container + "imagePullPolicy", OneOf.of("Always", "IfNotPresent", "Never"))
        .at(container + "terminationMessagePath", new Spelled(Form.ABSOLUTE_PATH))
        .at(container + "terminationMessagePolicy", OneOf.of("File", "FallbackToLogsOnError"))
        .at(container + "ports", Unique.by("name"), Unique.by("containerPort", "protocol"))
        .at(container + "ports[]", Has.of("name", "containerPort", "protocol"))
        .each(container + "ports[].", "containerPort hostPort", PORT)
        .at(container + "ports[].name", new Spelled(Form.PORT_NAME))
        .at(container + "ports[].protocol", PROTOCOL)
        .at(container + "env", Unique.by("name"))
        .at(container + "env[].name", new Spelled(Form.VARIABLE))
        .at(
            container + "env[].valueFrom",
            ExactlyOne.of("configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef"))
        .each(
            container + "env[].valueFrom.",
            "configMapKeyRef.key secretKeyRef.key",
            new Spelled(Form.DATA_KEY))
        .each(container + "resources.", "limits.* requests.*", QUANTITY)
        .each(
            container + "securityContext.",
            "allowPrivilegeEscalation privileged readOnlyRootFilesystem runAsNonRoot",
            new Flag())
        .each(container + "securityContext.", "runAsGroup runAsUser", COUNT)
        .at(container + "volumeMounts", Unique.by("mountPath"))
        .at(container + "volumeMounts[]", Has.of("name", "mountPath"))
        .at(container + "volumeMounts[].mountPath", new Spelled(Form.ABSOLUTE_PATH))
        .at(container + "volumeMounts[].subPath", new Spelled(Form.INNER_PATH))
        .at(
            container + "volumeMounts[].mountPropagation",
            OneOf.of("None", "HostToContainer", "Bidirectional"))
        .each(
            container + "lifecycle.",
            "postStart preStop",
            ExactlyOne.of("exec", "httpGet", "sleep", "tcpSocket"))
        .at(container + "lifecycle.preStop.sleep.seconds", COUNT);
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      probe(table, container + probe);
    }
    table.each(
        container, "livenessProbe.successThreshold startupProbe.successThreshold", new Whole(1, 1));
  }

  /// What probes of containers, and qualities of services, have in common.
  static void probe(FieldRules.Table table, String probe) {
    WholeOr port = new WholeOr(PORT, Form.PORT_NAME);
    table
        .at(probe, ExactlyOne.of("exec", "grpc", "httpGet", "tcpSocket"))
        .at(probe + ".exec", Has.of("command"))
        .at(probe + ".httpGet", Has.of("path", "port"))
        .at(probe + ".httpGet.path", new Spelled(Form.TEXT))
        .at(probe + ".httpGet.scheme", OneOf.of("HTTP", "HTTPS"))
        .each(probe, ".httpGet.port .tcpSocket.port", port)
        .at(probe + ".initialDelaySeconds", COUNT)
        .each(
            probe, ".failureThreshold .periodSeconds .successThreshold .timeoutSeconds", POSITIVE);
  }

  private static void volumes(FieldRules.Table table, String list) {
    String volume = list + "[].";
    table
        .at(list, Unique.by("name"))
        .at(list + "[]", Has.of("name"))
        .at(volume + "name", new Spelled(Form.DNS_LABEL))
        .at(volume + "emptyDir.medium", OneOf.of("", "Memory"))
        .at(volume + "emptyDir.sizeLimit", QUANTITY)
        .each(volume, "configMap.defaultMode secret.defaultMode", MODE)
        .each(
            volume,
            "configMap.name secret.secretName persistentVolumeClaim.claimName",
            new Spelled(Form.DNS_SUBDOMAIN))
        .each(volume, "configMap.items[].key secret.items[].key", new Spelled(Form.DATA_KEY))
        .each(volume, "configMap.items[].path secret.items[].path", new Spelled(Form.INNER_PATH));
  }

  private static void affinity(FieldRules.Table table, String affinity) {
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    String node = affinity + "nodeAffinity.";
    expressions(table, node + required + ".nodeSelectorTerms[].matchExpressions");
    expressions(table, node + preferred + "[].preference.matchExpressions");
    table.at(node + preferred + "[].weight", new Whole(1, 100));
    for (String kind : new String[] {"podAffinity.", "podAntiAffinity."}) {
      podTerm(table, affinity + kind + required + "[]");
      podTerm(table, affinity + kind + preferred + "[].podAffinityTerm");
      table.at(affinity + kind + preferred + "[].weight", new Whole(1, 100));
    }
  }

  private static void podTerm(FieldRules.Table table, String term) {
    table
        .at(term, Has.of("labelSelector", "topologyKey"))
        .at(term + ".topologyKey", new Spelled(Form.LABEL_KEY))
        .each(term, ".matchLabelKeys[] .mismatchLabelKeys[]", new Spelled(Form.LABEL_KEY));
    selector(table, term + ".labelSelector");
  }

  static void selector(FieldRules.Table table, String selector) {
    table
        .at(selector + ".matchLabels", new Names(Form.LABEL_KEY))
        .at(selector + ".matchLabels.*", new Spelled(Form.LABEL_VALUE));
    expressions(table, selector + ".matchExpressions");
  }

  private static void expressions(FieldRules.Table table, String list) {
    table
        .at(list + "[]", Has.of("key", "operator"))
        .at(list + "[].key", new Spelled(Form.LABEL_KEY))
        .at(list + "[].operator", OneOf.of("In", "NotIn", "Exists", "DoesNotExist"))
        .at(list + "[].values[]", new Spelled(Form.LABEL_VALUE));
  }
}
