package io.gops.network.verify;

import io.gops.fleet.Cidr;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.network.Attachment;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The peers of one VPC, what the policy says of each, and what it lets two of them do.
final class VpcPeers {
  private final VpcNetwork vpc;
  private final PolicyOracle oracle;
  private final List<Peer> servers;
  private final Map<String, List<Peer>> byHost;
  private final SortedMap<String, List<Peer>> classes;
  private final List<Peer> outside;
  private final List<Service> services;
  private final Map<Ipv4, String> signatures = new ConcurrentHashMap<>();
  private final Map<String, Optional<Service>> allowed = new ConcurrentHashMap<>();

  VpcPeers(Overlay overlay, VpcNetwork vpc, PolicyOracle oracle) {
    this.vpc = vpc;
    this.oracle = oracle;
    this.servers = vpc.members().stream().<Peer>map(Peer.Server::new).toList();
    this.outside = outside(overlay, vpc, oracle);
    this.services = oracle.services(vpc.name());
    this.byHost =
        servers.stream().collect(Collectors.groupingBy(p -> ((Peer.Server) p).member().host()));
    this.classes =
        servers.stream()
            .collect(Collectors.groupingBy(this::signature, TreeMap::new, Collectors.toList()));
    outside.forEach(this::signature);
  }

  VpcNetwork vpc() {
    return vpc;
  }

  List<Peer> servers() {
    return servers;
  }

  /// The servers on one host.
  List<Peer> serversOn(String host) {
    return byHost.getOrDefault(host, List.of());
  }

  /// The servers that no rule of the policy tells apart.
  Collection<List<Peer>> serverClasses() {
    return classes.values();
  }

  /// First and last address of each part of the outside that a rule or gateway may treat in its own
  /// way, and an address of the VPC that nobody has.
  List<Peer> outside() {
    return outside;
  }

  List<Service> services() {
    return services;
  }

  String signature(Peer peer) {
    return signatures.computeIfAbsent(peer.address(), _ -> oracle.signature(vpc.name(), peer));
  }

  boolean allows(Peer from, Peer to, Service service) {
    return oracle.allows(vpc.name(), from, to, service);
  }

  /// A service that the policy allows between two peers, if there is one.
  Optional<Service> allowed(Peer from, Peer to) {
    return allowed.computeIfAbsent(
        signature(from) + " " + signature(to),
        _ -> services.stream().filter(s -> allows(from, to, s)).findFirst());
  }

  /// How an address outside is reached; absent when no gateway leads there.
  Optional<Attachment> attachment(Peer peer) {
    return vpc.attachments().stream().filter(a -> a.reach().contains(peer.address())).findFirst();
  }

  private static List<Peer> outside(Overlay overlay, VpcNetwork vpc, PolicyOracle oracle) {
    TreeSet<Ipv4> addresses = new TreeSet<>();
    for (Attachment attachment : vpc.attachments()) {
      if (!attachment.reach().isEmpty()) {
        addresses.add(attachment.reach().first());
        addresses.add(attachment.reach().at(attachment.reach().size() - 1));
      }
    }
    for (Policy.Rule rule : oracle.rules(vpc.name())) {
      for (Endpoint endpoint : List.of(rule.from(), rule.to())) {
        for (Cidr prefix : oracle.prefixes(endpoint)) {
          addresses.add(prefix.network());
          addresses.add(prefix.last());
        }
      }
    }
    addresses.add(vpc.vpc().cidr().network());
    for (LoginGroup login : overlay.loginGroups().values()) {
      if (login.address().vpc().equals(vpc.name())) {
        addresses.remove(login.address().address());
      }
    }
    List<Peer> peers = new ArrayList<>();
    addresses.forEach(address -> peers.add(new Peer.Outside(address)));
    for (Member member : vpc.members()) {
      peers.removeIf(peer -> peer.address().equals(member.address()));
    }
    return peers;
  }
}
