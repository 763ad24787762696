package io.gops.network.verify;

import io.gops.fleet.Cidr;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.network.Attachment;
import io.gops.network.LoginGroup;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// The peers of one VPC, what the policy says of each, and what it lets two of them do. All nodes
/// share it.
final class VpcPeers {
  /// Servers of a class that no flow names: one for each end of a connection, and one to spare.
  private static final int OTHERS = 3;

  /// Classes that fit into a question about two of them and a service, see [#allows].
  private static final int FEW_CLASSES = 1 << 20;

  private final VpcNetwork vpc;
  private final PolicyOracle oracle;
  private final List<Peer> servers;
  private final Map<String, List<Peer>> byHost;
  private final List<List<Peer>> classes;
  private final Map<Long, Position> positions = new HashMap<>();
  private final List<Peer> outside;
  private final List<LoginGroup> logins;
  private final Map<String, List<LoginGroup>> loginsByCarrier = new HashMap<>();
  private final Map<Long, LoginGroup> loginsByAddress = new HashMap<>();
  private final List<Service> services;
  private final TreeSet<Service> loginServices = new TreeSet<>();

  /// By address, a number for each class of the policy.
  private final Map<Long, Integer> signatures = new ConcurrentHashMap<>();

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicInteger nextNumber = new AtomicInteger();
  private final Map<Long, Optional<Service>> allowed = new ConcurrentHashMap<>();
  private final Map<Long, Boolean> verdicts = new ConcurrentHashMap<>();

  /// Where a server is among the classes.
  ///
  /// @param ways how another node sends to it
  private record Position(Peer.Server server, int ofClass, int inClass, Set<Exit> ways) {}

  VpcPeers(Overlay overlay, VpcNetwork vpc, PolicyOracle oracle) {
    this.vpc = vpc;
    this.oracle = oracle;
    this.servers = vpc.members().stream().<Peer>map(Peer.Server::new).toList();
    this.logins =
        overlay.loginGroups().values().stream()
            .filter(login -> login.address().vpc().equals(vpc.name()))
            .toList();
    for (LoginGroup login : logins) {
      loginsByAddress.put(login.address().address().value(), login);
      for (String carrier : login.carriers()) {
        loginsByCarrier.computeIfAbsent(carrier, _ -> new ArrayList<>()).add(login);
      }
    }
    this.outside = outside(vpc, logins, oracle);
    this.services = oracle.services(vpc.name());
    for (LoginGroup login : logins) {
      login.ports().forEach(p -> loginServices.add(Service.of(p.protocol(), p.number())));
    }
    this.byHost =
        servers.stream().collect(Collectors.groupingBy(p -> ((Peer.Server) p).member().host()));
    this.classes =
        List.copyOf(
            servers.stream()
                .collect(
                    Collectors.groupingBy(
                        p -> oracle.signature(vpc.name(), p), TreeMap::new, Collectors.toList()))
                .values());
    placeServers(overlay);
    outside.forEach(this::signature);
  }

  private void placeServers(Overlay overlay) {
    for (int ofClass = 0; ofClass < classes.size(); ofClass++) {
      List<Peer> same = classes.get(ofClass);
      for (int inClass = 0; inClass < same.size(); inClass++) {
        Peer.Server server = (Peer.Server) same.get(inClass);
        Ipv4 end = overlay.node(server.member().host()).underlay();
        Set<Exit> ways = Set.of(Exit.tunnel(end, vpc.vni(), server.address()));
        positions.put(server.address().value(), new Position(server, ofClass, inClass, ways));
        signature(server);
      }
    }
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

  /// The server that has an address.
  Optional<Peer> server(long address) {
    return Optional.ofNullable(positions.get(address)).map(Position::server);
  }

  /// How a node sends to a server of another one.
  Set<Exit> waysToOther(Peer.Server server) {
    return Objects.requireNonNull(positions.get(server.address().value())).ways;
  }

  /// The servers that no rule of the policy tells apart.
  List<List<Peer>> serverClasses() {
    return classes;
  }

  /// Some servers, and of each class a few others.
  List<Peer> sample(Collection<Peer> some) {
    List<TreeSet<Integer>> special = new ArrayList<>();
    classes.forEach(_ -> special.add(new TreeSet<>()));
    for (Peer peer : some) {
      Position position = Objects.requireNonNull(positions.get(peer.address().value()));
      special.get(position.ofClass).add(position.inClass);
    }
    List<Peer> chosen = new ArrayList<>();
    for (int ofClass = 0; ofClass < classes.size(); ofClass++) {
      List<Peer> same = classes.get(ofClass);
      TreeSet<Integer> taken = special.get(ofClass);
      int others = 0;
      for (int at = 0; at < same.size() && others < OTHERS; at++) {
        if (taken.add(at)) {
          others++;
        }
      }
      taken.forEach(at -> chosen.add(same.get(at)));
    }
    return chosen;
  }

  /// First and last address of each part of the outside that a rule or gateway may treat in its own
  /// way, and an address of the VPC that nobody has.
  List<Peer> outside() {
    return outside;
  }

  /// The login addresses of this VPC.
  List<LoginGroup> logins() {
    return logins;
  }

  /// The one that has an address.
  Optional<LoginGroup> login(long address) {
    return Optional.ofNullable(loginsByAddress.get(address));
  }

  /// Those that a node carries.
  List<LoginGroup> loginsOn(String node) {
    return loginsByCarrier.getOrDefault(node, List.of());
  }

  /// Every service that a rule names, and some that none names.
  List<Service> services() {
    return services;
  }

  /// Every service that a login address has.
  Set<Service> loginServices() {
    return loginServices;
  }

  /// A number for all that the rules say of a peer.
  int signature(Peer peer) {
    return signatures.computeIfAbsent(
        peer.address().value(),
        _ ->
            numbers.computeIfAbsent(
                oracle.signature(vpc.name(), peer), _ -> nextNumber.getAndIncrement()));
  }

  boolean allows(Peer from, Peer to, Service service) {
    long one = signature(from);
    long two = signature(to);
    if (one >= FEW_CLASSES || two >= FEW_CLASSES) {
      return oracle.allows(vpc.name(), from, to, service);
    }
    return verdicts.computeIfAbsent(
        (one << 20 | two) << 24 | service.protocol() << 16 | service.port(),
        _ -> oracle.allows(vpc.name(), from, to, service));
  }

  /// A service that the policy allows between two peers, if there is one.
  Optional<Service> allowed(Peer from, Peer to) {
    return allowed.computeIfAbsent(
        (long) signature(from) << 32 | signature(to),
        _ -> services.stream().filter(s -> allows(from, to, s)).findFirst());
  }

  /// How an address outside is reached; absent when no gateway leads there.
  Optional<Attachment> attachment(Peer peer) {
    return vpc.attachments().stream().filter(a -> a.reach().contains(peer.address())).findFirst();
  }

  private static List<Peer> outside(VpcNetwork vpc, List<LoginGroup> logins, PolicyOracle oracle) {
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
    logins.forEach(login -> addresses.remove(login.address().address()));
    vpc.members().forEach(member -> addresses.remove(member.address()));
    List<Peer> peers = new ArrayList<>();
    addresses.forEach(address -> peers.add(new Peer.Outside(address)));
    return peers;
  }
}
