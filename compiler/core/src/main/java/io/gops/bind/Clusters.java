package io.gops.bind;

import io.gops.fleet.Cluster;
import io.gops.fleet.Uplink;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Makes the cluster.
final class Clusters {
  /// Attributes that have a field of their own; the rest become settings.
  private static final Set<String> FIELDS =
      Set.of("kubernetes", "kruise", "kruise_game", "gates", "cni", "enforce", "host_ports");

  /// Blocks that have a field of their own.
  private static final Set<String> BLOCKS = Set.of("fence", "network", "rollout", "uplink");

  private Clusters() {}

  static Cluster cluster(Attributes cluster, Problems problems) {
    Cluster.PortRange ports =
        cluster
            .numbers("host_ports")
            .map(set -> new Cluster.PortRange(set.members().getFirst(), set.members().getLast()))
            .orElse(new Cluster.PortRange(1, 1));
    return new Cluster(
        cluster.block().label(),
        cluster.text("kubernetes").orElse(""),
        cluster.text("kruise").orElse(""),
        cluster.text("kruise_game").orElse(""),
        new TreeSet<>(cluster.words("gates")),
        cluster.constant("cni", Cluster.Cni.class).orElse(Cluster.Cni.OTHER),
        cluster.constant("enforce", Cluster.Enforce.class).orElse(Cluster.Enforce.OVS),
        ports,
        networks(cluster),
        cluster.child("fence").texts("command"),
        uplink(cluster),
        RolloutBlocks.rollouts(cluster.child("rollout"), problems),
        settings(cluster.block()),
        cluster.origins());
  }

  private static Optional<Uplink> uplink(Attributes cluster) {
    if (cluster.block().child("uplink").isEmpty()) {
      return Optional.empty();
    }
    Attributes uplink = cluster.child("uplink");
    long rate = uplink.amount("rate").orElse(0L);
    SortedMap<String, Uplink.Queue> queues = new TreeMap<>();
    for (Attributes queue : uplink.children("queue")) {
      String name = queue.block().label();
      queues.put(
          name,
          new Uplink.Queue(
              name,
              queue.amount("at_least").orElse(0L),
              queue.amount("at_most").orElse(rate),
              queue.origins()));
    }
    return Optional.of(
        new Uplink(uplink.text("interface").orElse(""), rate, queues, uplink.origins()));
  }

  private static SortedMap<String, Cluster.BalancerPorts> networks(Attributes cluster) {
    SortedMap<String, Cluster.BalancerPorts> networks = new TreeMap<>();
    for (Attributes network : cluster.children("network")) {
      network
          .numbers("ports")
          .map(set -> new Cluster.PortRange(set.members().getFirst(), set.members().getLast()))
          .ifPresent(
              range ->
                  networks.put(
                      network.block().label(),
                      new Cluster.BalancerPorts(range, blocked(network), network.origins())));
    }
    return networks;
  }

  private static SortedSet<Integer> blocked(Attributes network) {
    SortedSet<Integer> blocked = new TreeSet<>();
    for (Value.Placed element : network.elements("blocked")) {
      if (element.value() instanceof Value.Whole(long number)) {
        blocked.add(Math.toIntExact(number));
      }
    }
    return blocked;
  }

  private static SortedMap<String, String> settings(Block cluster) {
    SortedMap<String, String> settings = new TreeMap<>();
    cluster
        .fields()
        .forEach(
            (name, field) -> {
              if (!FIELDS.contains(name)) {
                settings.put(name, print(field.value()));
              }
            });
    for (Block child : cluster.children()) {
      if (BLOCKS.contains(child.word())) {
        continue;
      }
      child
          .fields()
          .forEach((name, field) -> settings.put(child.word() + "." + name, print(field.value())));
    }
    return settings;
  }

  private static String print(Value value) {
    return switch (value) {
      case Value.Amount(var measure, long base) -> measure.print(base);
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Fraction(String number) -> number;
      case Value.Text _ -> Attributes.constant(value).orElse("");
      case Value.Flag(boolean flag) -> Boolean.toString(flag);
      case Value.Name(var path, _) -> path.text();
      case Value.Address(var address) -> address.toString();
      case Value.Prefix(var prefix) -> prefix.toString();
      case Value.Address6(var address) -> address.toString();
      case Value.Prefix6(var prefix) -> prefix.toString();
      case Value.Moment(var time) -> time.toString();
      case Value.Numbers(NumberSet set) -> set.text();
      case Value.AddressSpan(var first, var last) -> first + ".." + last;
      case Value.Items(var elements) ->
          elements.stream().map(e -> print(e.value())).collect(Collectors.joining(","));
      case Value.Points _, Value.Members _, Value.Other _, Value.Broken _ -> "";
    };
  }
}
