package io.gops.network.verify;

import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Puts peers into classes that no policy flow of a node and no rule of the policy can tell apart,
/// so that one of each class stands for all.
///
/// The classes come from the flows as they are, not as they should be: an altered flow splits them.
final class AddressClasses {
  private final Map<Key, Long> exact = new HashMap<>();
  private final Map<Long, List<Prefix>> prefixes = new HashMap<>();

  private record Key(long vni, Field field, long address) {}

  private record Prefix(Field field, FieldMatch condition, long hash) {}

  AddressClasses(NodeTables node) {
    for (Flow flow : node.flows()) {
      if (flow.table() == FlowTable.ACL_EGRESS || flow.table() == FlowTable.ACL_INGRESS) {
        add(flow, Field.IP_SRC);
        add(flow, Field.IP_DST);
      }
    }
  }

  private void add(Flow flow, Field field) {
    long vni = flow.match().on(Field.VPC).map(FieldMatch::value).orElse(0L);
    flow.match()
        .on(field)
        .ifPresent(
            condition -> {
              long hash = hash(flow, field);
              if (condition.mask() == field.all()) {
                exact.merge(new Key(vni, field, condition.value()), hash, Long::sum);
              } else {
                prefixes
                    .computeIfAbsent(vni, _ -> new ArrayList<>())
                    .add(new Prefix(field, condition, hash));
              }
            });
  }

  /// A number for all that a flow says but for one field.
  private static long hash(Flow flow, Field without) {
    long hash = flow.table().number() * 31L + flow.priority();
    for (FieldMatch condition : flow.match().fields()) {
      if (condition.field() != without) {
        hash = mix(hash ^ condition.field().slot());
        hash = mix(hash ^ condition.value());
        hash = mix(hash ^ condition.mask());
      }
    }
    hash = mix(hash + (without == Field.IP_SRC ? 1 : 2));
    return mix(hash ^ flow.actions().hashCode());
  }

  /// Finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private long signature(long vni, Peer peer) {
    long address = peer.address().value();
    long sum = 0;
    for (Field field : List.of(Field.IP_SRC, Field.IP_DST)) {
      sum += exact.getOrDefault(new Key(vni, field, address), 0L);
      sum += exact.getOrDefault(new Key(0, field, address), 0L);
    }
    for (Prefix prefix : prefixes.getOrDefault(vni, List.of())) {
      if (prefix.condition.accepts(address)) {
        sum += prefix.hash;
      }
    }
    return sum;
  }

  /// The classes of some peers, each in the order given.
  ///
  /// @param policy a number for what the policy's rules say of a peer
  Collection<List<Peer>> of(long vni, List<Peer> peers, ToLongFunction<Peer> policy) {
    Map<Long, List<Peer>> classes = new LinkedHashMap<>();
    for (Peer peer : peers) {
      long key = mix(signature(vni, peer) + mix(policy.applyAsLong(peer)));
      classes.computeIfAbsent(key, _ -> new ArrayList<>()).add(peer);
    }
    return classes.values();
  }
}
