package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cidr;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Hands out the addresses of gateways: who has one keeps it while the gateway still has it.
final class PublicAddressPool {
  private static final String KIND = "public";

  private final Assignments assignments;
  private final Diagnostics diagnostics;
  private final TreeMap<String, Integer> missing = new TreeMap<>();
  private final TreeMap<String, Gateway> gateways = new TreeMap<>();

  PublicAddressPool(Assignments assignments, Diagnostics diagnostics) {
    this.assignments = assignments;
    this.diagnostics = diagnostics;
  }

  /// An address of the gateway for `name`; absent when none is left.
  Optional<Ipv4> claim(Gateway gateway, String name) {
    String space = "gateway/" + gateway.name();
    Optional<Ipv4> kept = assignments.previous(KIND, space, name).map(PublicAddressPool::address);
    List<Cidr> order = new ArrayList<>(gateway.addresses());
    kept.ifPresent(address -> order.sort((a, b) -> rank(a, address) - rank(b, address)));
    for (Cidr range : order) {
      long first = range.network().value();
      Optional<Long> found = assignments.claim(KIND, space, name, first, range.last().value());
      if (found.isPresent()) {
        return found.map(Ipv4::new);
      }
    }
    missing.merge(gateway.name(), 1, Integer::sum);
    gateways.put(gateway.name(), gateway);
    return Optional.empty();
  }

  /// The node that owns a public address: as before, else the one with the highest hash, so that a
  /// further node takes over only its share (Thaler and Ravishankar, 1998, rendezvous hashing).
  String owner(Gateway gateway, String name) {
    String space = "gateway/" + gateway.name();
    List<String> nodes = gateway.nodes().stream().map(Gateway.Node::name).toList();
    String node =
        assignments
            .previous("public-node", space, name)
            .filter(nodes::contains)
            .orElseGet(() -> heaviest(nodes, name));
    assignments.record("public-node", space, name, node);
    return node;
  }

  /// Reports each gateway that ran out, once.
  void reportMissing() {
    missing.forEach(
        (name, count) -> {
          Gateway gateway = gateways.get(name);
          if (gateway != null) {
            long size = AddressSet.of(gateway.addresses()).size();
            diagnostics.report(
                Diagnostic.of(Code.GOPS4010, name, size, size + count)
                    .at(gateway.origins().of("addresses"))
                    .hint("hint"));
          }
        });
  }

  private static int rank(Cidr range, Ipv4 address) {
    return range.contains(address) ? 0 : 1;
  }

  private static Ipv4 address(String number) {
    return new Ipv4(Long.parseLong(number));
  }

  private static String heaviest(List<String> nodes, String name) {
    String best = nodes.getFirst();
    for (String node : nodes) {
      if (Long.compareUnsigned(weight(node, name), weight(best, name)) > 0) {
        best = node;
      }
    }
    return best;
  }

  private static long weight(String node, String name) {
    return io.gops.network.flow.Declaration.of(node + " " + name, Optional.empty()).hash();
  }
}
