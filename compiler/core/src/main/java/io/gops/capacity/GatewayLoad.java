package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Resource;
import io.gops.fleet.Vpc;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Checks gateways as if each group of nodes were one host that all zones of its VPCs share: what
/// players send and receive passes through an internet gateway, and what servers exchange with
/// services outside through a backbone gateway.
///
/// Every zone counts at its worst instant, because a drain takes hours and the waves of a release
/// overlap; connections are then counted on both sides, as connection tracking keeps them. When a
/// gateway has several nodes, one of them may be lost.
final class GatewayLoad {
  private static final List<Resource> FORWARDED =
      List.of(Resource.EGRESS, Resource.PACKETS, Resource.CONNECTIONS);

  private final Fleet fleet;
  private final Diagnostics diagnostics;
  private final SortedMap<String, Amounts> needs = new TreeMap<>();
  private final SortedMap<String, Integer> groups = new TreeMap<>();

  private GatewayLoad(Fleet fleet, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.diagnostics = diagnostics;
  }

  /// Reports each gateway and resource that is short.
  static void check(Fleet fleet, FleetDemand demand, Diagnostics diagnostics) {
    GatewayLoad load = new GatewayLoad(fleet, diagnostics);
    for (PoolProblem pool : demand.pools()) {
      for (Occupant occupant : pool.occupants()) {
        String group = occupant.group();
        Optional<Vpc> vpc = demand.zone(group).body().vpc().map(fleet::vpc);
        vpc.flatMap(Vpc::internet).ifPresent(igw -> load.add(igw, occupant.demand()));
        vpc.flatMap(Vpc::backbone).ifPresent(bgw -> load.add(bgw, demand.onBackbone(group)));
      }
    }
    load.needs.forEach(load::check);
  }

  private void add(String gateway, Demand demand) {
    Amounts need = needs.getOrDefault(gateway, Amounts.NONE);
    Amounts worst = demand.cutOver().worst();
    for (Resource resource : FORWARDED) {
      need = need.with(resource, Math.addExact(need.get(resource), worst.get(resource)));
    }
    needs.put(gateway, need);
    groups.merge(gateway, 1, Integer::sum);
  }

  private void check(String name, Amounts need) {
    Gateway gateway = fleet.gateways().get(name);
    if (gateway == null) {
      return;
    }
    int nodes = gateway.nodes().size();
    int left = nodes > 1 ? nodes - 1 : nodes;
    for (Resource resource : FORWARDED) {
      Amounts node = gateway.perNode();
      long offered = node.has(resource) ? Math.multiplyExact(node.get(resource), left) : 0;
      if (node.has(resource) && need.get(resource) > offered) {
        long shortage = need.get(resource) - offered;
        diagnostics.report(
            Diagnostic.of(
                    Code.GOPS3028,
                    name,
                    resource.word(),
                    RoundedAmount.print(resource, shortage),
                    groups.getOrDefault(name, 0),
                    RoundedAmount.print(resource, need.get(resource)),
                    left,
                    nodes,
                    RoundedAmount.print(resource, offered))
                .at(gateway.origins().of("per_node"))
                .hint("hint", Math.ceilDiv(shortage, Math.max(1, node.get(resource)))));
      }
    }
  }
}
