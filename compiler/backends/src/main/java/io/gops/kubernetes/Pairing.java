package io.gops.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.gops.deployment.Workload;
import io.gops.fleet.Pool;
import java.util.ArrayList;
import java.util.List;

/// Scheduling terms that keep A and B of a group together, and a group on its proven hosts.
///
/// Every term is constant for the life of the group, because a changed template recreates pods.
/// Hosts are therefore never named: the proven placement is a label on the node, see [NodeLabels].
///
/// - Both sides require a pod of their own group label on the host. A pod that matches its own
///   term may be the first anywhere, so no order of creation dead-locks; A requiring B and B
///   requiring A would.
/// - One group a host (`sharing = exclusive`) needs one anti-affinity term, "any member except my
///   partner". Two terms would leave pods stuck after a drain, because the scheduler looks again
///   only when a deleted pod matched all of them (kubernetes issue 141354).
///   It looks at all namespaces: games that share a pool have one each.
/// - Several servers per side are matched by ordinal, and each host has one of them.
final class Pairing {
  static final String PRIMARY = "primary";
  static final String FAILOVER = "failover";

  private Pairing() {}

  static Affinity affinity(Workload workload, Pool.Sharing sharing) {
    AffinityBuilder affinity =
        new AffinityBuilder()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .withNodeSelectorTerms(onNodes(List.of(PRIMARY, FAILOVER)))
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .withPreferredDuringSchedulingIgnoredDuringExecution(
                new PreferredSchedulingTermBuilder()
                    .withWeight(100)
                    .withPreference(onNodes(List.of(PRIMARY)))
                    .build())
            .endNodeAffinity();
    if (workload.paired()) {
      affinity
          .withNewPodAffinity()
          .withRequiredDuringSchedulingIgnoredDuringExecution(ownGroup(workload))
          .endPodAffinity();
    }
    List<PodAffinityTerm> apart = apart(workload, sharing);
    if (!apart.isEmpty()) {
      affinity
          .withNewPodAntiAffinity()
          .withRequiredDuringSchedulingIgnoredDuringExecution(apart)
          .endPodAntiAffinity();
    }
    return affinity.build();
  }

  private static NodeSelectorTerm onNodes(List<String> values) {
    return new NodeSelectorTermBuilder()
        .withMatchExpressions(
            new NodeSelectorRequirement(Labels.NODE_GROUP + Slot.GROUP.mark(), "In", values))
        .build();
  }

  private static PodAffinityTerm ownGroup(Workload workload) {
    PodAffinityTermBuilder term =
        new PodAffinityTermBuilder()
            .withTopologyKey(Labels.HOSTNAME)
            .withLabelSelector(groupMembers());
    if (workload.wanted() > 1) {
      term.withMatchLabelKeys(Labels.POD_INDEX);
    }
    return term.build();
  }

  private static List<PodAffinityTerm> apart(Workload workload, Pool.Sharing sharing) {
    List<PodAffinityTerm> terms = new ArrayList<>();
    if (sharing == Pool.Sharing.EXCLUSIVE) {
      terms.add(
          new PodAffinityTermBuilder()
              .withTopologyKey(Labels.HOSTNAME)
              .withLabelSelector(anyMemberButThePartner(workload))
              .withNamespaceSelector(new LabelSelector())
              .build());
    }
    if (workload.wanted() > 1 && workload.paired()) {
      terms.add(
          new PodAffinityTermBuilder()
              .withTopologyKey(Labels.HOSTNAME)
              .withLabelSelector(groupMembers())
              .withMismatchLabelKeys(Labels.POD_INDEX)
              .build());
    } else if (workload.wanted() > 1 && terms.isEmpty()) {
      terms.add(
          new PodAffinityTermBuilder()
              .withTopologyKey(Labels.HOSTNAME)
              .withLabelSelector(groupMembers())
              .build());
    }
    return terms;
  }

  private static LabelSelector anyMemberButThePartner(Workload workload) {
    LabelSelectorBuilder members =
        new LabelSelectorBuilder()
            .addToMatchExpressions(
                new LabelSelectorRequirement(Labels.MEMBER, "Exists", List.of()));
    if (workload.paired()) {
      members.addToMatchExpressions(
          new LabelSelectorRequirement(Labels.MEMBER, "NotIn", List.of(Slot.PARTNER.mark())));
    }
    return members.build();
  }

  private static LabelSelector groupMembers() {
    return new LabelSelectorBuilder().addToMatchLabels(Labels.GROUP, Slot.GROUP.mark()).build();
  }
}
