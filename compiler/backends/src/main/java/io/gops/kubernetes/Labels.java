package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.gops.deployment.Workload;
import java.util.Map;
import java.util.TreeMap;

/// Labels that generated objects carry and select by. Their values are strings that stay the same
/// for the life of a zone: a label that changed would make its pod unready for a moment.
final class Labels {
  static final String GAME = "gops.dev/game";
  static final String ROLE = "gops.dev/role";
  static final String ZONES = "gops.dev/zones";
  static final String ZONE = "gops.dev/zone";
  static final String GROUP = "gops.dev/group";
  static final String SIDE = "gops.dev/side";
  static final String MEMBER = "gops.dev/member";
  static final String VPC = "gops.dev/vpc";
  /// Key of the taint that keeps other pods off the machines of a pool.
  static final String POOL = "gops.dev/pool";

  /// Which backup a job makes.
  static final String BACKUP = "gops.dev/backup";

  static final String OVERFLOW = "gops.dev/overflow";
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String POD_INDEX = "apps.kubernetes.io/pod-index";
  static final String OWNER_SET = "game.kruise.io/owner-gss";
  static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
  static final String HOSTNAME = "kubernetes.io/hostname";

  /// Node labels with this prefix cannot be set by a kubelet for itself.
  static final String NODE_GROUP = "node-restriction.kubernetes.io/gops-";

  private Labels() {}

  /// Labels of a pod of the shape of `workload`, with places for what differs by zone and side.
  static Map<String, String> ofPod(Workload workload) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(GAME, workload.game().name());
    labels.put(ROLE, workload.role().name());
    labels.put(ZONES, Slot.ZONES.mark());
    labels.put(ZONE, Slot.ZONE.mark());
    labels.put(GROUP, Slot.GROUP.mark());
    labels.put(MEMBER, Slot.MEMBER.mark());
    if (workload.paired()) {
      labels.put(SIDE, Slot.SIDE.mark());
    }
    workload.zone().body().vpc().ifPresent(vpc -> labels.put(VPC, vpc));
    return labels;
  }

  /// What every pod tolerates from the first release on: a taint of its pool, whatever its value
  /// and effect. A toleration that came later would recreate the pods.
  static Toleration ofPools() {
    return new TolerationBuilder().withKey(POOL).withOperator("Exists").build();
  }

  /// Labels of the other objects of one workload.
  static Map<String, String> ofObject(Workload workload) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(MANAGED_BY, "gopsc");
    labels.put(GAME, workload.game().name());
    labels.put(ZONE, Integer.toString(workload.zone().id()));
    labels.put(GROUP, workload.group());
    return labels;
  }

  /// Value of the member label: the group and side of a workload.
  static String member(Workload workload) {
    return workload.paired() ? workload.group() + "-" + workload.side().label() : workload.group();
  }

  /// Value of the member label of the other side; the own one when there is no other side.
  static String partner(Workload workload) {
    return workload.paired()
        ? workload.group() + "-" + workload.side().other().label()
        : workload.group();
  }
}
