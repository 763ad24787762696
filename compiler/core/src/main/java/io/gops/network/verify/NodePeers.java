package io.gops.network.verify;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The peers of one VPC as one node sees them: who is here, and the few who stand for all others.
final class NodePeers {
  private final VpcPeers vpc;
  private final String node;
  private final AddressClasses classes;
  private final Distinctions distinctions;
  private final List<Peer> local;
  private final List<Peer> outside;
  private final List<Service> services;
  private final List<Peer> someLocal;
  private final List<Peer> someEverywhere;
  private final List<Peer> someRemote;

  NodePeers(VpcPeers vpc, String node, AddressClasses classes, Distinctions distinctions) {
    this.vpc = vpc;
    this.node = node;
    this.classes = classes;
    this.distinctions = distinctions;
    this.local = vpc.serversOn(node);
    this.outside = allOutside();
    this.services = allServices();
    this.someLocal = representatives(local);
    List<Peer> candidates = candidates();
    List<Peer> everyone = new ArrayList<>(candidates);
    everyone.addAll(outside);
    this.someEverywhere = representatives(everyone);
    List<Peer> remote = new ArrayList<>(candidates);
    remote.removeIf(this::isHere);
    // No packet carries an address of the VPC that nobody has: hosts and gateways see to that.
    Cidr cidr = vpc.vpc().vpc().cidr();
    outside.stream().filter(peer -> !cidr.contains(peer.address())).forEach(remote::add);
    this.someRemote = representatives(remote);
  }

  VpcPeers vpc() {
    return vpc;
  }

  /// The servers on this node.
  List<Peer> local() {
    return local;
  }

  /// The addresses outside that stand for all others: those of the policy, and those at both sides
  /// of each edge of a flow's prefixes.
  List<Peer> outside() {
    return outside;
  }

  /// Every service that a rule, a flow or a login address names, and some that none names.
  List<Service> services() {
    return services;
  }

  /// Of each class of the servers on this node, one or two.
  List<Peer> someLocal() {
    return someLocal;
  }

  /// Of each class of all peers, one or two.
  List<Peer> someEverywhere() {
    return someEverywhere;
  }

  /// Of each class of the peers that are not on this node, one or two.
  List<Peer> someRemote() {
    return someRemote;
  }

  /// One peer of each class, and a second one where there is: a connection needs two ends.
  List<Peer> representatives(List<Peer> all) {
    List<Peer> chosen = new ArrayList<>();
    Collection<List<Peer>> found =
        // A local peer meets both policy tables, so it is no other's equal.
        classes.of(vpc.vpc().vni(), all, p -> 2L * vpc.signature(p) + (isHere(p) ? 1 : 0));
    for (List<Peer> same : found) {
      chosen.add(same.getFirst());
      if (same.size() > 1) {
        chosen.add(same.getLast());
      }
    }
    return chosen;
  }

  private boolean isHere(Peer peer) {
    return peer instanceof Peer.Server server && server.member().host().equals(node);
  }

  /// The servers that stand for all others on this node: those that a flow names, those that a
  /// prefix inside the VPC may single out, and of each class of the policy a few others.
  private List<Peer> candidates() {
    if (distinctions.divide(vpc.vpc())) {
      return vpc.servers();
    }
    List<Peer> special = new ArrayList<>(local);
    for (long address : distinctions.single(vpc.vpc())) {
      vpc.server(address).ifPresent(special::add);
    }
    return vpc.sample(special);
  }

  private List<Peer> allOutside() {
    TreeMap<Ipv4, Peer> all = new TreeMap<>();
    vpc.outside().forEach(peer -> all.put(peer.address(), peer));
    for (Ipv4 edge : distinctions.edges(vpc.vpc())) {
      if (!vpc.vpc().vpc().cidr().contains(edge)) {
        all.putIfAbsent(edge, new Peer.Outside(edge));
      }
    }
    return List.copyOf(all.values());
  }

  private List<Service> allServices() {
    TreeSet<Service> all = new TreeSet<>(vpc.services());
    all.addAll(vpc.loginServices());
    all.addAll(distinctions.services(vpc.vpc()));
    return List.copyOf(all);
  }
}
