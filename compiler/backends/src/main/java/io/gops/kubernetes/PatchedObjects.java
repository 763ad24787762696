package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects that can be patched, and how their lists merge.
final class PatchedObjects {
  /// Kinds of objects of a server that can be patched.
  private static final SortedMap<String, ObjectType> OBJECTS =
      new TreeMap<>(
          Map.of(
              "Pod", new ObjectType.Model(PodTemplateSpec.class),
              "GameServerSet", gameServerSet(),
              "Service", new ObjectType.Model(Service.class)));

  /// What is told apart in a list, as Kubernetes' own merge does it; lists that are not here are
  /// replaced as a whole.
  private static final Map<String, String> LIST_KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("env", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"));

  /// Fields that are strings in the types and words in truth. Their names mean one thing wherever
  /// they stand in an object that can be patched.
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("effect", List.of("NoSchedule", "PreferNoSchedule", "NoExecute")),
          Map.entry("fsGroupChangePolicy", List.of("Always", "OnRootMismatch")),
          Map.entry("imagePullPolicy", List.of("Always", "IfNotPresent", "Never")),
          Map.entry("internalTrafficPolicy", List.of("Cluster", "Local")),
          Map.entry("mountPropagation", List.of("None", "HostToContainer", "Bidirectional")),
          Map.entry("scheme", List.of("HTTP", "HTTPS")),
          Map.entry("sessionAffinity", List.of("None", "ClientIP")),
          Map.entry("terminationMessagePolicy", List.of("File", "FallbackToLogsOnError")),
          Map.entry("whenDeleted", List.of("Retain", "Delete")),
          Map.entry("whenScaled", List.of("Retain", "Delete")));

  /// The part of the published definition of version 1.0.0 that a person may write; no Java model
  /// of it is published.
  private static ObjectType gameServerSet() {
    ObjectType scale =
        fields(
            Map.of(
                "maxUnavailable",
                new ObjectType.WholeOrText(),
                "scaleDownStrategyType",
                new ObjectType.Text()));
    ObjectType claims =
        fields(Map.of("whenDeleted", new ObjectType.Text(), "whenScaled", new ObjectType.Text()));
    ObjectType any = fields(Map.of());
    ObjectType spec =
        fields(
            Map.of(
                "gameServerTemplate", any,
                "lifecycle", any,
                "network", any,
                "persistentVolumeClaimRetentionPolicy", claims,
                "replicas", new ObjectType.Whole(),
                "reserveGameServerIds", new ObjectType.Elements(new ObjectType.WholeOrText()),
                "scaleStrategy", scale,
                "serviceName", new ObjectType.Text(),
                "serviceQualities", new ObjectType.Elements(any),
                "updateStrategy", any));
    return fields(Map.of("metadata", new ObjectType.Model(ObjectMeta.class), "spec", spec));
  }

  private static ObjectType fields(Map<String, ObjectType> fields) {
    return new ObjectType.Fields(new TreeMap<>(fields));
  }

  private PatchedObjects() {}

  /// The type of a kind of object; absent when it cannot be patched.
  static Optional<ObjectType> type(String kind) {
    return Optional.ofNullable(OBJECTS.get(kind));
  }

  static Set<String> kinds() {
    return OBJECTS.keySet();
  }

  /// The words that a field may hold; absent when others are right, too.
  static Optional<List<String>> values(String field) {
    return Optional.ofNullable(VALUES.get(field));
  }

  /// The elements of a list without a merge key that a patch leaves there: without its own
  /// toleration no pod would start in a tainted pool.
  static List<Object> kept(String field, @Nullable Object before) {
    return field.equals("tolerations") && before instanceof List<?> list
        ? List.copyOf(list)
        : List.of();
  }

  /// The merge key of a list field; absent for lists that are replaced.
  static Optional<String> listKey(String field) {
    return Optional.ofNullable(LIST_KEYS.get(field));
  }
}
