package io.gops.network.pipeline;

import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes the tables of every node.
public final class Pipeline {
  private Pipeline() {}

  /// The tables by node name. Nodes do not depend on each other, so they are made in parallel.
  public static SortedMap<String, NodeTables> tables(Overlay overlay) {
    Map<String, List<Member>> byHost =
        overlay.vpcs().values().stream()
            .flatMap(vpc -> vpc.members().stream())
            .collect(Collectors.groupingBy(Member::host));
    Partners partners = new Partners(overlay);
    SortedMap<String, NodeTables> tables = new TreeMap<>();
    overlay.nodes().values().parallelStream()
        .map(node -> tables(view(overlay, node, byHost, partners)))
        .toList()
        .forEach(t -> tables.put(t.node().name(), t));
    return tables;
  }

  private static NodeView view(
      Overlay overlay, Node node, Map<String, List<Member>> byHost, Partners partners) {
    List<Member> members = byHost.getOrDefault(node.name(), List.of());
    List<VpcNetwork> vpcs =
        overlay.vpcs().values().stream().filter(vpc -> isOn(vpc, node, members)).toList();
    return new NodeView(overlay, node, vpcs, members, partners.of(node, members), partners.rules());
  }

  private static boolean isOn(VpcNetwork vpc, Node node, List<Member> members) {
    return node.isHost()
        ? members.stream().anyMatch(m -> m.nic().vpc().equals(vpc.name()))
        : vpc.attachments().stream()
            .anyMatch(a -> node.gateway().filter(a.gateway().name()::equals).isPresent());
  }

  private static NodeTables tables(NodeView view) {
    FlowList flows = new FlowList();
    Classify.add(view, flows);
    AntiSpoof.add(view, flows);
    AntiSpoof.addArpProxy(flows);
    Conntrack.add(view, flows);
    Steering.add(view, flows);
    AccessControl.add(view, flows);
    Routing.add(view, flows);
    Conntrack.addCommit(view, flows);
    List<FlowGroup> groups = new ArrayList<>(Steering.groups(view));
    groups.addAll(Routing.groups(view));
    groups.sort(Comparator.comparingLong(FlowGroup::id));
    return new NodeTables(view.node(), flows.sorted(), groups);
  }
}
