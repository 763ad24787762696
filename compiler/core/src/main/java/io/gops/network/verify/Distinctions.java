package io.gops.network.verify;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the flows of one node tell apart, by VPC: addresses, and services. What no flow names is
/// treated alike, so a few of it stand for all.
final class Distinctions {
  /// Addresses at both sides of each edge of a prefix.
  private final Map<Long, TreeSet<Ipv4>> edges = new HashMap<>();

  private final Map<Long, TreeSet<Service>> services = new HashMap<>();

  /// Stands for all services.
  private static final Service ANY = new Service(-1, 0);

  /// Addresses that a flow behind conntrack names alone, with the services that it names them for.
  private final Map<Long, Map<Long, Set<Service>>> single = new HashMap<>();

  private final Map<Long, Boolean> divided = new HashMap<>();

  Distinctions(NodeTables node) {
    node.flows().forEach(this::note);
  }

  private void note(Flow flow) {
    long vni = flow.match().on(Field.VPC).map(FieldMatch::value).orElse(0L);
    for (FieldMatch condition : flow.match().fields()) {
      boolean address = condition.field() == Field.IP_SRC || condition.field() == Field.IP_DST;
      if (address && condition.mask() != condition.field().all()) {
        long last = condition.value() | (~condition.mask() & 0xFFFF_FFFFL);
        TreeSet<Ipv4> found = edges.computeIfAbsent(vni, _ -> new TreeSet<>());
        found.add(new Ipv4(condition.value()));
        found.add(new Ipv4(last));
        found.add(new Ipv4(Math.max(0, condition.value() - 1)));
        found.add(new Ipv4(Math.min(0xFFFF_FFFFL, last + 1)));
      } else if (address && flow.table().number() >= FlowTable.STEER.number()) {
        single
            .computeIfAbsent(vni, _ -> new HashMap<>())
            .computeIfAbsent(condition.value(), _ -> new HashSet<>(1))
            .add(service(flow));
      } else if (condition.field() == Field.PORT_DST) {
        services.computeIfAbsent(vni, _ -> new TreeSet<>()).add(service(flow));
      }
    }
  }

  private static Service service(Flow flow) {
    Optional<FieldMatch> port = flow.match().on(Field.PORT_DST);
    long protocol = flow.match().on(Field.IP_PROTO).map(FieldMatch::value).orElse(0L);
    return port.map(at -> new Service(protocol, (int) at.value())).orElse(ANY);
  }

  /// Where prefixes of a VPC's flows begin and end.
  Set<Ipv4> edges(VpcNetwork vpc) {
    return edges.getOrDefault(vpc.vni(), new TreeSet<>());
  }

  /// The services that flows of a VPC name.
  Set<Service> services(VpcNetwork vpc) {
    return services.getOrDefault(vpc.vni(), new TreeSet<>());
  }

  /// The addresses that flows of a VPC name alone.
  Set<Long> single(VpcNetwork vpc) {
    return single.getOrDefault(vpc.vni(), Map.of()).keySet();
  }

  /// Whether flows tell an address from others of its VPC by nothing but packets to some services:
  /// then any other packet to it meets the flows that one to a nameless address meets.
  boolean nameOnlyFor(Set<Service> some, VpcNetwork vpc, Ipv4 address) {
    Set<Service> by = single.getOrDefault(vpc.vni(), Map.of()).get(address.value());
    return !divide(vpc)
        && (by == null || some.containsAll(by))
        && !single.getOrDefault(0L, Map.of()).containsKey(address.value());
  }

  /// Whether a prefix separates addresses of the VPC from others of it.
  boolean divide(VpcNetwork vpc) {
    return divided.computeIfAbsent(vpc.vni(), _ -> hasEdgeInside(vpc));
  }

  private boolean hasEdgeInside(VpcNetwork vpc) {
    Cidr cidr = vpc.vpc().cidr();
    return edges(vpc).stream()
        .anyMatch(
            edge ->
                cidr.contains(edge) && !edge.equals(cidr.network()) && !edge.equals(cidr.last()));
  }
}
