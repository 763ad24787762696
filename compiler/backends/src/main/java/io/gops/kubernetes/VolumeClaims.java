package io.gops.kubernetes;

import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Volume;
import io.gops.plan.PodTemplates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The claims from which each server of a set gets its persistent volumes.
///
/// They stand beside the pod template and are frozen with it: OpenKruise lets them change, but the
/// volumes that exist keep their size and class.
final class VolumeClaims {
  private VolumeClaims() {}

  /// The persistent volumes of a role by name.
  static SortedMap<String, Volume.Persistent> volumes(Role role) {
    SortedMap<String, Volume.Persistent> found = new TreeMap<>();
    for (Volume volume : role.volumes()) {
      if (volume.kind() instanceof Volume.Persistent persistent) {
        found.put(volume.name(), persistent);
      }
    }
    return found;
  }

  /// Adds the claims of a role to the tree of its pod template.
  static Map<String, Object> beside(Map<String, Object> template, Role role) {
    List<Object> claims = new ArrayList<>();
    volumes(role).forEach((name, volume) -> claims.add(claim(name, volume)));
    if (claims.isEmpty()) {
      return template;
    }
    Map<String, Object> both = new LinkedHashMap<>(template);
    both.put(PodTemplates.CLAIMS, claims);
    return both;
  }

  private static Map<String, Object> claim(String name, Volume.Persistent volume) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("accessModes", List.of("ReadWriteOnce"));
    String size = PodResources.quantity(Resource.DISK, volume.size()).toString();
    spec.put("resources", Map.of("requests", Map.of("storage", size)));
    if (!volume.storageClass().isEmpty()) {
      spec.put("storageClassName", volume.storageClass());
    }
    spec.put("volumeMode", "Filesystem");
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("apiVersion", "v1");
    claim.put("kind", "PersistentVolumeClaim");
    claim.put("metadata", Map.of("name", name));
    claim.put("spec", spec);
    return claim;
  }
}
