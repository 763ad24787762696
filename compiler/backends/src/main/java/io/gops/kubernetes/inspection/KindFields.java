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
import io.gops.kubernetes.inspection.FieldRule.Without;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rules of the fields of every kind of object that is generated.
final class KindFields {
  private static final WholeOr SHARE = new WholeOr(PodFields.POSITIVE, Form.PERCENT);

  /// Priorities become values of labels: a negative one is none, and the server is never looked at
  /// again.
  private static final WholeOr PRIORITY = new WholeOr(PodFields.COUNT, Form.LABEL_VALUE);

  private KindFields() {}

  /// The rules by kind.
  static SortedMap<String, FieldRules.Table> tables() {
    SortedMap<String, FieldRules.Table> tables = new TreeMap<>();
    tables.put("ConfigMap", configMap());
    tables.put("CronJob", cronJob());
    tables.put("Fleet", fleet());
    tables.put("FleetAutoscaler", fleetAutoscaler());
    tables.put("GameServer", gameServer());
    tables.put("GameServerSet", gameServerSet());
    tables.put("HorizontalPodAutoscaler", horizontalPodAutoscaler());
    tables.put("ImagePullJob", imagePullJob());
    tables.put("Kustomization", kustomization());
    tables.put("LimitRange", limitRange());
    tables.put("Namespace", cluster("v1"));
    tables.put("NetworkAttachmentDefinition", attachment());
    tables.put("NetworkPolicy", networkPolicy());
    tables.put("Node", cluster("v1"));
    tables.put("PersistentVolumeClaim", claim(named("v1"), ""));
    tables.put("PodUnavailableBudget", budget());
    tables.put("PriorityClass", priorityClass());
    tables.put("PrometheusRule", prometheusRule());
    tables.put("ResourceQuota", named("v1").at("spec.hard.*", PodFields.QUANTITY));
    tables.put("ScaledObject", scaledObject());
    tables.put("Service", service());
    return tables;
  }

  /// The rules of an object of which nothing else is known.
  static FieldRules.Table unknown() {
    FieldRules.Table table =
        new FieldRules.Table().at("", Has.of("apiVersion", "kind", "metadata"));
    PodFields.metadata(table, "metadata");
    return table
        .at("metadata", Has.of("name"))
        .at("metadata.name", new Spelled(Form.DNS_SUBDOMAIN));
  }

  /// What belongs to no namespace.
  private static FieldRules.Table cluster(String apiVersion) {
    return unknown()
        .at("apiVersion", OneOf.of(apiVersion))
        .at("metadata", new Without("namespace"));
  }

  private static FieldRules.Table named(String apiVersion) {
    return unknown()
        .at("apiVersion", OneOf.of(apiVersion))
        .at("metadata", Has.of("namespace"))
        .at("metadata.namespace", new Spelled(Form.DNS_LABEL));
  }

  private static FieldRules.Table configMap() {
    return named("v1")
        .at("data", new Names(Form.DATA_KEY), new Total(1 << 20))
        .at("immutable", new Flag());
  }

  /// The number of servers that a set starts with, and nothing else of it.
  static FieldRules.Table start() {
    return named("game.kruise.io/v1alpha1")
        .at("spec", Has.of("replicas"))
        .at("spec.replicas", PodFields.COUNT);
  }

  /// The name of its jobs has eleven characters more.
  private static FieldRules.Table cronJob() {
    FieldRules.Table table =
        named("batch/v1")
            .at("metadata.name", new Spelled(Form.SET_NAME))
            .at("spec", Has.of("jobTemplate", "schedule"))
            .at("spec.concurrencyPolicy", OneOf.of("Allow", "Forbid", "Replace"))
            .each(
                "spec.",
                "failedJobsHistoryLimit startingDeadlineSeconds successfulJobsHistoryLimit",
                PodFields.COUNT)
            .each("spec.", "schedule timeZone", new Spelled(Form.TEXT))
            .at("spec.suspend", new Flag())
            .at("spec.jobTemplate.spec.activeDeadlineSeconds", PodFields.POSITIVE)
            .at("spec.jobTemplate.spec.backoffLimit", PodFields.COUNT)
            .at(
                "spec.jobTemplate.spec.template.spec.restartPolicy",
                OneOf.of("Never", "OnFailure"));
    PodFields.template(table, "spec.jobTemplate.spec.template");
    return table;
  }

  private static FieldRules.Table fleet() {
    String server = "spec.template.spec.";
    FieldRules.Table table =
        named("agones.dev/v1")
            .at("metadata.name", new Spelled(Form.SET_NAME))
            .at("spec", Has.of("strategy", "template"))
            .at("spec.replicas", PodFields.COUNT)
            .at("spec.scheduling", OneOf.of("Distributed", "Packed"))
            .at("spec.strategy.type", OneOf.of("Recreate", "RollingUpdate"))
            .at("spec.strategy.rollingUpdate.maxSurge", new WholeOr(PodFields.COUNT, Form.PERCENT))
            .at("spec.strategy.rollingUpdate.maxUnavailable", SHARE)
            .at(server + "eviction.safe", OneOf.of("Always", "Never", "OnUpgrade"))
            .each(server, "counters.*.capacity counters.*.count", new Whole(0, Long.MAX_VALUE))
            .at(server + "health.disabled", new Flag())
            .at(server + "ports", Unique.by("name"))
            .at(server + "ports[]", Has.of("container", "name", "portPolicy"))
            .at(server + "ports[].name", new Spelled(Form.PORT_NAME))
            .at(server + "ports[].portPolicy", OneOf.of("Dynamic", "None", "Passthrough", "Static"))
            .at(server + "ports[].protocol", OneOf.of("TCP", "TCPUDP", "UDP"))
            .each(server, "ports[].containerPort ports[].hostPort", PodFields.PORT);
    PodFields.metadata(table, "spec.template.metadata");
    PodFields.template(table, "spec.template.spec.template");
    return table;
  }

  private static FieldRules.Table fleetAutoscaler() {
    return named("autoscaling.agones.dev/v1")
        .at("spec", Has.of("fleetName", "policy"))
        .at("spec.policy", Has.of("buffer", "type"))
        .at("spec.policy.type", OneOf.of("Buffer"))
        .each("spec.policy.buffer.", "bufferSize maxReplicas minReplicas", PodFields.POSITIVE);
  }

  private static FieldRules.Table gameServer() {
    return told(named("game.kruise.io/v1alpha1"), "spec");
  }

  /// What a server is told: all of it, for of a priority that is left out OpenKruiseGame makes the
  /// label `<nil>`.
  private static FieldRules.Table told(FieldRules.Table table, String server) {
    return table
        .at(server, Has.of("deletionPriority", "networkDisabled", "opsState", "updatePriority"))
        .at(
            server + ".opsState",
            OneOf.of("None", "WaitToBeDeleted", "Maintaining", "Allocated", "Kill"))
        .each(server, ".deletionPriority .updatePriority", PRIORITY)
        .at(server + ".networkDisabled", new Flag());
  }

  private static FieldRules.Table horizontalPodAutoscaler() {
    return scaler(named("autoscaling/v2"), "spec.behavior")
        .at("spec", Has.of("maxReplicas", "metrics"))
        .each("spec.", "maxReplicas minReplicas", PodFields.POSITIVE)
        .at(
            "spec.metrics[].type",
            OneOf.of("ContainerResource", "External", "Object", "Pods", "Resource"))
        .at("spec.metrics[].resource.target.averageUtilization", PodFields.POSITIVE)
        .at(
            "spec.metrics[].resource.target.type",
            OneOf.of("AverageValue", "Utilization", "Value"));
  }

  private static FieldRules.Table scaledObject() {
    return scaler(named("keda.sh/v1alpha1"), "spec.advanced.horizontalPodAutoscalerConfig.behavior")
        .at("spec", Has.of("triggers"))
        .at("spec.maxReplicaCount", PodFields.POSITIVE)
        .at("spec.minReplicaCount", PodFields.COUNT)
        .at("spec.pollingInterval", PodFields.POSITIVE)
        .at("spec.triggers[]", Has.of("metadata", "type"))
        .at("spec.triggers[].type", OneOf.of("cpu", "cron", "external", "memory", "prometheus"))
        .at("spec.triggers[].metricType", OneOf.of("AverageValue", "Utilization", "Value"))
        .at("spec.triggers[].metadata.*", new Spelled(Form.TEXT));
  }

  private static FieldRules.Table scaler(FieldRules.Table table, String behavior) {
    return table
        .at("spec", Has.of("scaleTargetRef"))
        .at("spec.scaleTargetRef", Has.of("apiVersion", "kind", "name"))
        .each(
            behavior,
            ".scaleDown.selectPolicy .scaleUp.selectPolicy",
            OneOf.of("Disabled", "Max", "Min"));
  }

  private static FieldRules.Table gameServerSet() {
    FieldRules.Table table =
        named("game.kruise.io/v1alpha1")
            .at("metadata.name", new Spelled(Form.SET_NAME))
            .at("spec", Has.of("gameServerTemplate", "updateStrategy"))
            .at("spec.replicas", PodFields.COUNT)
            .at("spec.serviceName", new Spelled(Form.SERVICE_NAME))
            .at("spec.network", Has.of("networkConf", "networkType"))
            .at("spec.network.networkType", new Spelled(Form.TEXT))
            .at("spec.network.networkConf[]", Has.of("name", "value"))
            .each("spec.network.networkConf[].", "name value", new Spelled(Form.TEXT))
            .at("spec.scaleStrategy.maxUnavailable", SHARE)
            .at("spec.scaleStrategy.scaleDownStrategyType", OneOf.of("General", "ReserveIds"))
            .each(
                "spec.persistentVolumeClaimRetentionPolicy.",
                "whenDeleted whenScaled",
                OneOf.of("Retain", "Delete"))
            .at("spec.gameServerTemplate.reclaimPolicy", OneOf.of("Cascade", "Delete"))
            .at("spec.gameServerTemplate.spec.restartPolicy", OneOf.of("Always"))
            .at("spec.gameServerTemplate.spec", new Without("activeDeadlineSeconds"))
            .at("spec.gameServerTemplate.volumeClaimTemplates[]", Has.of("metadata", "spec"))
            .at(
                "spec.gameServerTemplate.volumeClaimTemplates[].metadata.name",
                new Spelled(Form.DNS_LABEL));
    updates(table);
    qualities(table);
    claim(table, "spec.gameServerTemplate.volumeClaimTemplates[].");
    PodFields.template(table, "spec.gameServerTemplate");
    return table;
  }

  private static void updates(FieldRules.Table table) {
    String rolling = "spec.updateStrategy.rollingUpdate.";
    table
        .at("spec.updateStrategy", Has.of("rollingUpdate", "type"))
        .at("spec.updateStrategy.type", OneOf.of("RollingUpdate"))
        .at("spec.updateStrategy.rollingUpdate", Has.of("podUpdatePolicy"))
        .at(rolling + "podUpdatePolicy", OneOf.of("InPlaceIfPossible"))
        .at(rolling + "partition", PodFields.COUNT)
        .at(rolling + "maxUnavailable", SHARE)
        .at(rolling + "minReadySeconds", new Whole(0, 300))
        .at(rolling + "paused", new Flag())
        .at(rolling + "inPlaceUpdateStrategy.gracePeriodSeconds", PodFields.COUNT);
  }

  private static void qualities(FieldRules.Table table) {
    String quality = "spec.serviceQualities[]";
    String action = quality + ".serviceQualityAction[]";
    PodFields.probe(table, quality);
    table
        .at("spec.serviceQualities", Unique.by("name"))
        .at(quality, Has.of("name", "containerName", "permanent"), new Without("grpc"))
        .at(quality + ".name", new Spelled(Form.QUALITY_NAME))
        .at(quality + ".httpGet", new Without("host"))
        .at(quality + ".permanent", new Flag())
        .at(action, Has.of("state"), new Without("containers"))
        .at(action + ".state", new Flag());
    told(table, action);
  }

  private static FieldRules.Table claim(FieldRules.Table table, String claim) {
    return table
        .at(claim + "spec", Has.of("accessModes", "resources"))
        .at(
            claim + "spec.accessModes[]",
            OneOf.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"))
        .at(claim + "spec.resources.requests", Has.of("storage"))
        .at(claim + "spec.resources.requests.*", PodFields.QUANTITY)
        .at(claim + "spec.storageClassName", new Spelled(Form.DNS_SUBDOMAIN))
        .at(claim + "spec.volumeMode", OneOf.of("Filesystem", "Block"));
  }

  private static FieldRules.Table imagePullJob() {
    return named("apps.kruise.io/v1alpha1")
        .at("spec", Has.of("completionPolicy", "image"))
        .at("spec.completionPolicy.type", OneOf.of("Always", "Never"))
        .at("spec.image", new Spelled(Form.IMAGE))
        .at("spec.imagePullPolicy", OneOf.of("Always", "IfNotPresent"))
        .at("spec.parallelism", SHARE)
        .at("spec.pullPolicy.backoffLimit", PodFields.COUNT)
        .at("spec.pullPolicy.timeoutSeconds", PodFields.POSITIVE)
        .at("spec.selector.names[]", new Spelled(Form.DNS_SUBDOMAIN));
  }

  private static FieldRules.Table kustomization() {
    return new FieldRules.Table()
        .at("", Has.of("apiVersion", "kind", "resources"))
        .at("apiVersion", OneOf.of("kustomize.config.k8s.io/v1beta1"))
        .at("resources[]", new Spelled(Form.INNER_PATH));
  }

  private static FieldRules.Table limitRange() {
    return named("v1")
        .at("spec.limits[]", Has.of("type"))
        .at("spec.limits[].type", OneOf.of("Container", "PersistentVolumeClaim", "Pod"))
        .each(
            "spec.limits[].",
            "default.* defaultRequest.* max.* maxLimitRequestRatio.* min.*",
            PodFields.QUANTITY);
  }

  private static FieldRules.Table attachment() {
    return named("k8s.cni.cncf.io/v1")
        .at("spec", Has.of("config"))
        .at("spec.config", new Spelled(Form.JSON));
  }

  private static FieldRules.Table networkPolicy() {
    FieldRules.Table table =
        named("networking.k8s.io/v1")
            .at("spec", Has.of("podSelector", "policyTypes"))
            .at("spec.policyTypes[]", OneOf.of("Ingress", "Egress"));
    PodFields.selector(table, "spec.podSelector");
    for (String side : new String[] {"spec.ingress[].", "spec.egress[]."}) {
      String peer = side + (side.contains("ingress") ? "from[]." : "to[].");
      PodFields.selector(table, peer + "namespaceSelector");
      PodFields.selector(table, peer + "podSelector");
      table
          .at(peer + "ipBlock", Has.of("cidr"))
          .each(peer + "ipBlock.", "cidr except[]", new Spelled(Form.CIDR))
          .each(side + "ports[].", "port endPort", PodFields.PORT)
          .at(side + "ports[].protocol", PodFields.PROTOCOL);
    }
    return table;
  }

  private static FieldRules.Table budget() {
    FieldRules.Table table =
        named("policy.kruise.io/v1alpha1")
            .at(
                "spec",
                ExactlyOne.of("maxUnavailable", "minAvailable"),
                ExactlyOne.of("selector", "targetRef"))
            .each(
                "spec.", "maxUnavailable minAvailable", new WholeOr(PodFields.COUNT, Form.PERCENT));
    PodFields.selector(table, "spec.selector");
    return table;
  }

  /// Higher values are those of the system.
  private static FieldRules.Table priorityClass() {
    return cluster("scheduling.k8s.io/v1")
        .at("", Has.of("value"))
        .at("value", new Whole(Integer.MIN_VALUE, 1_000_000_000))
        .at("globalDefault", new Flag())
        .at("preemptionPolicy", OneOf.of("Never", "PreemptLowerPriority"));
  }

  /// A rule that cannot be read takes all rules of its object with it.
  private static FieldRules.Table prometheusRule() {
    return named("monitoring.coreos.com/v1")
        .at("spec", Has.of("groups"))
        .at("spec.groups", Unique.by("name"))
        .at("spec.groups[]", Has.of("name", "rules"))
        .at("spec.groups[].name", new Spelled(Form.TEXT))
        .at("spec.groups[].rules[]", Has.of("expr"), ExactlyOne.of("alert", "record"))
        .each("spec.groups[].rules[].", "alert expr record", new Spelled(Form.TEXT))
        .at("spec.groups[].rules[].for", new Spelled(Form.DURATION))
        .at("spec.groups[].rules[].labels.severity", OneOf.of("critical", "info", "warning"))
        .each("spec.groups[].rules[].", "annotations.* labels.*", new Spelled(Form.TEXT));
  }

  private static FieldRules.Table service() {
    return named("v1")
        .at("metadata.name", new Spelled(Form.SERVICE_NAME))
        .at("spec.clusterIP", OneOf.of("None"))
        .at("spec.externalTrafficPolicy", OneOf.of("Cluster", "Local"))
        .at("spec.internalTrafficPolicy", OneOf.of("Cluster", "Local"))
        .at("spec.ports", Unique.by("name"), Unique.by("port", "protocol"))
        .at("spec.ports[]", Has.of("name", "port", "protocol"))
        .at("spec.ports[].name", new Spelled(Form.DNS_LABEL))
        .each("spec.ports[].", "nodePort port", PodFields.PORT)
        .at("spec.ports[].protocol", PodFields.PROTOCOL)
        .at("spec.ports[].targetPort", new WholeOr(PodFields.PORT, Form.PORT_NAME))
        .at("spec.publishNotReadyAddresses", new Flag())
        .at("spec.selector", new Names(Form.LABEL_KEY))
        .at("spec.selector.*", new Spelled(Form.LABEL_VALUE))
        .at("spec.sessionAffinity", OneOf.of("ClientIP", "None"))
        .at("spec.trafficDistribution", OneOf.of("PreferClose", "PreferSameNode", "PreferSameZone"))
        .at("spec.type", OneOf.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort"));
  }
}
