package io.gops.network.pipeline;

import io.gops.network.HostUplink;
import io.gops.network.Meters;
import io.gops.network.Overlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.FlowQueue;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the tables of every node.
public final class Pipeline {
  private Pipeline() {}

  /// The tables by node name, all at once; [FlowTables] gives them one by one.
  public static SortedMap<String, NodeTables> tables(Overlay overlay) {
    return new FlowTables(overlay).all();
  }

  static NodeTables tables(NodeView view) {
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
    // Those that choose among groups come after these.
    groups.sort(Comparator.comparing(FlowGroup::kind).thenComparingLong(FlowGroup::id));
    List<Flow> sorted = flows.sorted();
    List<FlowQueue> queues =
        view.overlay()
            .uplink()
            .filter(_ -> view.node().isHost())
            .map(HostUplink::inOrder)
            .orElse(List.of());
    return new NodeTables(view.node(), sorted, groups, meters(view, sorted), queues);
  }

  /// The meters that some flow of the node passes, by id.
  private static List<FlowMeter> meters(NodeView view, List<Flow> flows) {
    Meters all = view.overlay().meters();
    String gateway = view.node().gateway().orElse("");
    Stream<@Nullable FlowMeter> here =
        Stream.concat(
            view.members().stream()
                .flatMap(
                    member ->
                        Stream.of(
                            all.servers().get(member.id()),
                            all.zones().get(member.workload().group()))),
            Stream.of(all.egress().get(gateway), all.ingress().get(gateway)));
    Map<Long, FlowMeter> known = new TreeMap<>();
    here.filter(Objects::nonNull).forEach(meter -> known.put(meter.id(), meter));
    Set<Long> passed = new HashSet<>();
    for (Flow flow : flows) {
      flow.actions().stream()
          .filter(Action.Meter.class::isInstance)
          .forEach(action -> passed.add(((Action.Meter) action).id()));
    }
    known.keySet().retainAll(passed);
    return List.copyOf(known.values());
  }
}
