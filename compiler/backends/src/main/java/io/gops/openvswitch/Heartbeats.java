package io.gops.openvswitch;

import io.gops.network.GatewayGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who asks whom whether it lives, by BFD (RFC 5880): each host the machines of the gateways that
/// its servers use, and these the host, because a session has two ends.
final class Heartbeats {
  private final Overlay overlay;

  /// By gateway, the hosts with servers that use it.
  private final Map<String, TreeSet<String>> hosts = new HashMap<>();

  Heartbeats(Overlay overlay) {
    this.overlay = overlay;
    for (VpcNetwork vpc : overlay.vpcs().values()) {
      TreeSet<String> here = new TreeSet<>();
      vpc.members().stream().map(Member::host).forEach(here::add);
      vpc.attachments()
          .forEach(
              a -> hosts.computeIfAbsent(a.gateway().name(), _ -> new TreeSet<>()).addAll(here));
    }
  }

  /// The sessions of a node, as `ovs.sh` takes them: name of the interface, address of the other
  /// end, and on a host the OpenFlow port that its groups watch.
  List<String> of(Node node) {
    TreeMap<String, String> sessions = new TreeMap<>();
    for (GatewayGroup gateway : overlay.gateways().values()) {
      TreeSet<String> users = hosts.getOrDefault(gateway.name(), new TreeSet<>());
      boolean isPart = node.gateway().filter(gateway.name()::equals).isPresent();
      if (gateway.failover().isPresent() && isPart) {
        for (String host : users) {
          Node other = overlay.node(host);
          sessions.put(interfaceTo(other), session(other, Optional.empty()));
        }
      } else if (node.isHost() && users.contains(node.name())) {
        for (GatewayGroup.Choice choice : gateway.choices()) {
          if (choice.watch().isPresent()) {
            sessions.put(interfaceTo(choice.node()), session(choice.node(), choice.watch()));
          }
        }
      }
    }
    return new ArrayList<>(sessions.values());
  }

  private static String session(Node other, Optional<Integer> port) {
    return interfaceTo(other) + "," + other.underlay() + "," + port.map(String::valueOf).orElse("");
  }

  /// A name that fits into the 15 bytes of an interface's and is the other end's alone.
  private static String interfaceTo(Node other) {
    return String.format(Locale.ROOT, "bfd%08x", other.underlay().value());
  }
}
