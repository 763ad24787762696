package io.gops.network.verify;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.network.Attachment;
import io.gops.network.GatewayGroup;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Proves of one node that it forwards exactly what the policy allows.
///
/// A connection passes one node or two, so each half is proved on its own node: that packets of
/// local servers leave in the right direction or not at all, and that packets from the tunnel or
/// the uplink reach the right server or nobody. Policy tables are run for one peer of each class
/// ([AddressClasses]) and every service that a rule or flow names, and one that none names; outside
/// of the VPC, for the addresses at both sides of each edge of a flow's prefixes. Routes differ by
/// address, so each is run by itself, in the direction of the connection and of its replies.
final class Reachability {
  /// Servers of a class that no flow names: one for each end of a connection, and one to spare.
  private static final int OTHERS = 3;

  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;
  private static final int MOST_FINDINGS = 20;

  private final Overlay overlay;
  private final Node node;
  private final Walk walk;
  private final AddressClasses classes;
  private final Map<String, VpcPeers> peers;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, TreeSet<Ipv4>> edges = new HashMap<>();
  private final Map<Long, TreeSet<Service>> named = new HashMap<>();
  private final Map<String, List<Peer>> outsides = new HashMap<>();
  private final Map<String, List<Service>> services = new HashMap<>();

  /// Addresses that a flow behind conntrack names alone, by VPC.
  private final Map<Long, Set<Long>> singled = new HashMap<>();
  private long checks;

  Reachability(Overlay overlay, NodeTables tables, Map<String, VpcPeers> peers) {
    this.overlay = overlay;
    this.node = tables.node();
    this.walk = new Walk(tables);
    this.classes = new AddressClasses(tables);
    this.peers = peers;
    tables.flows().forEach(this::note);
  }

  /// Notes the edges of a flow's prefixes and the service that it names: what it tells apart.
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
        singled.computeIfAbsent(vni, _ -> new HashSet<>()).add(condition.value());
      } else if (condition.field() == Field.PORT_DST) {
        long protocol = flow.match().on(Field.IP_PROTO).map(FieldMatch::value).orElse(0L);
        named
            .computeIfAbsent(vni, _ -> new TreeSet<>())
            .add(new Service(protocol, (int) condition.value()));
      }
    }
  }

  /// The addresses outside that stand for all others, see [#note].
  private List<Peer> outside(VpcPeers vpc) {
    return outsides.computeIfAbsent(
        vpc.vpc().name(),
        _ -> {
          TreeMap<Ipv4, Peer> all = new TreeMap<>();
          vpc.outside().forEach(peer -> all.put(peer.address(), peer));
          for (Ipv4 edge : edges.getOrDefault(vpc.vpc().vni(), new TreeSet<>())) {
            if (!vpc.vpc().vpc().cidr().contains(edge)) {
              all.putIfAbsent(edge, new Peer.Outside(edge));
            }
          }
          return List.copyOf(all.values());
        });
  }

  private List<Service> services(VpcPeers vpc) {
    return services.computeIfAbsent(vpc.vpc().name(), _ -> allServices(vpc));
  }

  private List<Service> allServices(VpcPeers vpc) {
    TreeSet<Service> all = new TreeSet<>(vpc.services());
    all.addAll(named.getOrDefault(vpc.vpc().vni(), new TreeSet<>()));
    for (LoginGroup login : overlay.loginGroups().values()) {
      if (login.address().vpc().equals(vpc.vpc().name())) {
        login.ports().forEach(port -> all.add(Service.of(port.protocol(), port.number())));
      }
    }
    return List.copyOf(all);
  }

  /// Number of packets that were followed.
  long checks() {
    return checks;
  }

  List<Finding> run() {
    for (VpcPeers vpc : peers.values()) {
      if (node.isHost()) {
        List<Peer> local = local(vpc);
        if (!local.isEmpty()) {
          departures(vpc, local);
          arrivals(vpc, local);
          routes(vpc, local);
          logins(vpc, local);
          spoofing(vpc, local);
          overlay.revocations().forEach(revoked -> revoked(vpc, local, revoked.id()));
        }
      } else {
        vpc.vpc().attachments().stream()
            .filter(a -> node.gateway().filter(a.gateway().name()::equals).isPresent())
            .forEach(attachment -> gateway(vpc, attachment));
      }
    }
    return findings;
  }

  private List<Peer> local(VpcPeers vpc) {
    return vpc.serversOn(node.name());
  }

  private static Member member(Peer peer) {
    return ((Peer.Server) peer).member();
  }

  private static String host(Peer peer) {
    return member(peer).host();
  }

  /// One peer of each class, and a second one where there is: a connection needs two ends.
  private List<Peer> representatives(VpcPeers vpc, List<Peer> all) {
    List<Peer> chosen = new ArrayList<>();
    for (List<Peer> same : classes.of(vpc.vpc().vni(), all, p -> signature(vpc, p))) {
      chosen.add(same.getFirst());
      if (same.size() > 1) {
        chosen.add(same.getLast());
      }
    }
    return chosen;
  }

  /// The servers that stand for all others on this node: those that a flow names, those that a
  /// prefix inside the VPC may single out, and of each class of the policy a few others.
  private List<Peer> candidates(VpcPeers vpc) {
    long vni = vpc.vpc().vni();
    Cidr cidr = vpc.vpc().vpc().cidr();
    boolean divided =
        edges.getOrDefault(vni, new TreeSet<>()).stream()
            .anyMatch(
                edge ->
                    cidr.contains(edge)
                        && !edge.equals(cidr.network())
                        && !edge.equals(cidr.last()));
    if (divided) {
      return vpc.servers();
    }
    Set<Long> named = singled.getOrDefault(vni, Set.of());
    List<Peer> chosen = new ArrayList<>();
    for (List<Peer> same : vpc.serverClasses()) {
      int others = 0;
      for (Peer peer : same) {
        boolean special = host(peer).equals(node.name()) || named.contains(peer.address().value());
        if (special || others++ < OTHERS) {
          chosen.add(peer);
        }
      }
    }
    return chosen;
  }

  /// What the policy says of a peer, and whether it is here: a local peer meets both policy tables.
  private String signature(VpcPeers vpc, Peer peer) {
    boolean here = peer instanceof Peer.Server && host(peer).equals(node.name());
    return vpc.signature(peer) + here;
  }

  /// New connections of local servers.
  private void departures(VpcPeers vpc, List<Peer> local) {
    List<Peer> everyone = new ArrayList<>(candidates(vpc));
    everyone.addAll(outside(vpc));
    List<Peer> to = representatives(vpc, everyone);
    for (Peer from : representatives(vpc, local)) {
      for (Peer target : to) {
        for (Service service : services(vpc)) {
          if (!target.address().equals(from.address())) {
            Set<String> wanted = vpc.allows(from, target, service) ? toward(vpc, target) : Set.of();
            expect(
                from.name() + " -> " + target.name() + " " + service,
                wanted,
                Journey.packet(member(from), target.address(), service),
                Tracking.FIRST);
            if (!wanted.isEmpty()) {
              expect(
                  "later " + from.name() + " -> " + target.name() + " " + service,
                  wanted,
                  Journey.packet(member(from), target.address(), service),
                  Tracking.LATER);
            }
          }
        }
      }
    }
  }

  /// New connections that come out of the tunnel, from whomever.
  private void arrivals(VpcPeers vpc, List<Peer> local) {
    List<Peer> remote =
        new ArrayList<>(
            candidates(vpc).stream().filter(p -> !host(p).equals(node.name())).toList());
    // No packet carries an address of the VPC that nobody has: hosts and gateways see to that.
    Cidr cidr = vpc.vpc().vpc().cidr();
    outside(vpc).stream().filter(peer -> !cidr.contains(peer.address())).forEach(remote::add);
    for (Peer from : representatives(vpc, remote)) {
      for (Peer to : representatives(vpc, local)) {
        for (Service service : services(vpc)) {
          expect(
              "from the tunnel: " + from.name() + " -> " + to.name() + " " + service,
              vpc.allows(from, to, service) ? toward(vpc, to) : Set.of(),
              tunnelled(vpc.vpc(), from.address(), to.address(), service),
              Tracking.FIRST);
        }
      }
    }
  }

  /// Connections of a rule that is gone: what the policy allows now goes on under the mark of
  /// another rule, everything else is cut, in both directions.
  private void revoked(VpcPeers vpc, List<Peer> local, long mark) {
    List<Peer> everyone = new ArrayList<>(candidates(vpc));
    everyone.addAll(outside(vpc));
    List<Peer> some = representatives(vpc, local);
    for (Peer other : representatives(vpc, everyone)) {
      for (Peer own : some) {
        if (other.address().equals(own.address())) {
          continue;
        }
        for (Service service : verdicts(vpc, own, other)) {
          expect(
              "revoked " + own.name() + " -> " + other.name() + " " + service,
              vpc.allows(own, other, service) ? toward(vpc, other) : Set.of(),
              Journey.packet(member(own), other.address(), service),
              Tracking.revoked(mark));
        }
        expect(
            "reply of a revoked connection " + own.name() + " -> " + other.name(),
            Set.of(),
            Journey.packet(member(own), other.address(), Service.ICMP),
            Tracking.revokedReply(mark));
        if (comesByTunnel(vpc, other)) {
          for (Service service : verdicts(vpc, other, own)) {
            expect(
                "revoked, from the tunnel: " + other.name() + " -> " + own.name() + " " + service,
                vpc.allows(other, own, service) ? toward(vpc, own) : Set.of(),
                tunnelled(vpc.vpc(), other.address(), own.address(), service),
                Tracking.revoked(mark));
          }
        }
      }
    }
  }

  private boolean comesByTunnel(VpcPeers vpc, Peer peer) {
    return peer instanceof Peer.Server
        ? !host(peer).equals(node.name())
        : !vpc.vpc().vpc().cidr().contains(peer.address());
  }

  /// A service that the policy allows between two peers and one that it does not, as far as there
  /// are such.
  private List<Service> verdicts(VpcPeers vpc, Peer from, Peer to) {
    List<Service> verdicts = new ArrayList<>();
    services(vpc).stream()
        .filter(s -> vpc.allows(from, to, s))
        .findFirst()
        .ifPresent(verdicts::add);
    services(vpc).stream()
        .filter(s -> !vpc.allows(from, to, s))
        .findFirst()
        .ifPresent(verdicts::add);
    return verdicts;
  }

  /// Servers of the classes that somebody may talk with, or be talked to by.
  private static List<Peer> partners(VpcPeers vpc, List<Peer> some) {
    return vpc.serverClasses().stream()
        .filter(
            same ->
                some.stream()
                    .anyMatch(
                        from ->
                            vpc.allowed(from, same.getFirst()).isPresent()
                                || vpc.allowed(same.getFirst(), from).isPresent()))
        .flatMap(List::stream)
        .toList();
  }

  /// Each route by itself.
  private void routes(VpcPeers vpc, List<Peer> local) {
    List<Peer> some = representatives(vpc, local);
    for (Peer peer : partners(vpc, some)) {
      for (Peer from : some) {
        if (peer.address().equals(from.address())) {
          continue;
        }
        Optional<Service> forward = vpc.allowed(from, peer);
        if (forward.isPresent()) {
          expect(
              from.name() + " -> " + peer.name() + " " + forward.get(),
              toward(vpc, peer),
              Journey.packet(member(from), peer.address(), forward.get()),
              Tracking.FIRST);
        }
        if (vpc.allowed(peer, from).isPresent()) {
          expect(
              "reply " + from.name() + " -> " + peer.name(),
              toward(vpc, peer),
              Journey.packet(member(from), peer.address(), Service.ICMP),
              Tracking.reply(0));
        }
      }
    }
    for (Peer peer : local) {
      expect(
          "reply from the tunnel -> " + peer.name(),
          toward(vpc, peer),
          tunnelled(vpc.vpc(), peer.address(), peer.address(), Service.ICMP),
          Tracking.reply(0));
      expect(
          "never permitted -> " + peer.name(),
          Set.of(),
          tunnelled(vpc.vpc(), peer.address(), peer.address(), Service.ICMP),
          Tracking.UNPERMITTED);
    }
    for (Peer from : some) {
      for (Peer to : outside(vpc)) {
        if (vpc.allowed(to, from).isPresent()) {
          Ipv4 end = overlay.nodes().values().iterator().next().underlay();
          expect(
              "reply " + from.name() + " -> " + to.name(),
              Set.of(tunnel(vpc.vpc(), end, to.address())),
              Journey.packet(member(from), to.address(), Service.ICMP),
              Tracking.reply(end.value()));
        }
      }
    }
  }

  /// Login addresses, as local servers see them.
  private void logins(VpcPeers vpc, List<Peer> local) {
    List<Peer> some = representatives(vpc, local);
    Set<Long> named = singled.getOrDefault(vpc.vpc().vni(), Set.of());
    int others = 0;
    for (LoginGroup login : overlay.loginGroups().values()) {
      if (!login.address().vpc().equals(vpc.vpc().name())) {
        continue;
      }
      boolean carried = login.carriers().contains(node.name());
      if (!carried && !named.contains(login.address().address().value()) && others++ >= OTHERS) {
        continue;
      }
      for (Peer from : some) {
        for (Service service : carried ? services(vpc) : services(vpc).subList(0, 1)) {
          Set<String> wanted = new TreeSet<>();
          if (carried && opens(login, service)) {
            login.buckets().stream()
                .map(bucket -> (Peer) new Peer.Server(bucket.member()))
                .filter(to -> vpc.allows(from, to, service))
                .forEach(to -> wanted.addAll(toward(vpc, to)));
          }
          expect(
              from.name() + " -> login of " + login.group() + " " + service,
              wanted,
              Journey.packet(member(from), login.address().address(), service),
              Tracking.FIRST);
        }
      }
    }
  }

  private static boolean opens(LoginGroup login, Service service) {
    return login.ports().stream()
        .anyMatch(p -> Service.of(p.protocol(), p.number()).equals(service));
  }

  /// Packets with another address or hardware address than the port's own.
  private void spoofing(VpcPeers vpc, List<Peer> local) {
    for (Peer peer : local) {
      Member member = member(peer);
      Ipv4 other = vpc.vpc().vpc().cidr().network();
      Packet packet = Journey.packet(member, other, Service.ICMP);
      expect(
          member.id() + " with another address",
          Set.of(),
          packet.copy().set(Field.IP_SRC, peer.address().value() ^ 1),
          Tracking.reply(0));
      expect(
          member.id() + " with another hardware address",
          Set.of(),
          packet.copy().set(Field.ETH_SRC, member.mac() ^ 1),
          Tracking.reply(0));
    }
  }

  private void gateway(VpcPeers vpc, Attachment attachment) {
    List<Peer> outside =
        outside(vpc).stream().filter(p -> attachment.reach().contains(p.address())).toList();
    List<Peer> everyone = new ArrayList<>(candidates(vpc));
    everyone.addAll(outside(vpc));
    List<Peer> senders = representatives(vpc, everyone);
    List<Peer> strangers = representatives(vpc, outside);
    for (Peer to : strangers) {
      for (Peer from : senders) {
        if (from instanceof Peer.Server) {
          leaving(vpc, attachment, from, to);
        }
      }
    }
    for (List<Peer> same : vpc.serverClasses()) {
      Peer one = same.getFirst();
      outside.stream()
          .filter(
              o ->
                  vpc.allowed(one, o).isPresent()
                      || (!attachment.isTranslated() && vpc.allowed(o, one).isPresent()))
          .findFirst()
          .ifPresent(from -> same.forEach(to -> returning(vpc, attachment, from, to)));
      expect(
          "in, with the address of a member: " + same.getLast().name() + " -> " + one.name(),
          Set.of(),
          uplink(same.getLast().address(), one.address()),
          Tracking.FIRST);
    }
    for (PublicAddress address : overlay.publicAddresses()) {
      if (address.node().equals(node.name()) && address.vpc().equals(vpc.vpc().name())) {
        strangers.forEach(from -> entering(vpc, address, from));
      }
    }
  }

  /// From the tunnel to the outside. A gateway that keeps addresses leaves the verdict to hosts.
  private void leaving(VpcPeers vpc, Attachment attachment, Peer from, Peer to) {
    Ipv4 source = attachment.translated().get(node.name());
    for (Service service : services(vpc)) {
      boolean open = !attachment.isTranslated() || vpc.allows(from, to, service);
      Ipv4 seen = source == null ? from.address() : source;
      expect(
          "out: " + from.name() + " -> " + to.name() + " " + service,
          open ? Set.of("uplink " + seen + " -> " + to.address()) : Set.of(),
          tunnelled(vpc.vpc(), from.address(), to.address(), service),
          Tracking.FIRST);
    }
  }

  /// Replies from outside to a server, and for a gateway that keeps addresses all that comes in.
  private void returning(VpcPeers vpc, Attachment attachment, Peer from, Peer to) {
    Ipv4 source = attachment.translated().get(node.name());
    if (source != null) {
      expect(
          "reply from " + from.name() + " -> " + to.name(),
          toward(vpc, to),
          uplink(from.address(), source),
          Tracking.reply(0).withDestination(to.address()));
    } else if (!attachment.isTranslated()) {
      expect(
          "in: " + from.name() + " -> " + to.name(),
          toward(vpc, to),
          uplink(from.address(), to.address()),
          Tracking.FIRST);
    }
  }

  /// New connections to a public address, and the replies.
  private void entering(VpcPeers vpc, PublicAddress address, Peer from) {
    LoginGroup login = overlay.loginGroups().get(address.name());
    List<Peer> behind =
        login != null
            ? login.buckets().stream().map(b -> (Peer) new Peer.Server(b.member())).toList()
            : vpc.servers().stream().filter(p -> p.address().equals(address.inner())).toList();
    for (Service service : services(vpc)) {
      Set<String> wanted = new TreeSet<>();
      if (login == null || opens(login, service)) {
        behind.stream()
            .filter(to -> vpc.allows(from, to, service))
            .forEach(to -> wanted.addAll(toward(vpc, to)));
      }
      expect(
          "in: " + from.name() + " -> " + address.address() + " " + service,
          wanted,
          uplink(from.address(), address.address())
              .set(Field.IP_PROTO, service.protocol())
              .set(Field.PORT_DST, service.port()),
          Tracking.FIRST);
    }
    for (Peer server : behind) {
      expect(
          "reply " + server.name() + " -> " + from.name(),
          Set.of("uplink " + address.address() + " -> " + from.address()),
          tunnelled(vpc.vpc(), server.address(), from.address(), Service.ICMP),
          Tracking.reply(0).withSource(address.address()));
    }
  }

  /// The ways that lead to a peer from this node.
  private Set<String> toward(VpcPeers vpc, Peer peer) {
    if (peer instanceof Peer.Server server) {
      Member member = server.member();
      return Set.of(
          member.host().equals(node.name())
              ? "port " + member.nic().ofport() + " " + peer.address()
              : tunnel(vpc.vpc(), overlay.node(member.host()).underlay(), peer.address()));
    }
    Set<String> ways = new TreeSet<>();
    vpc.attachment(peer).map(Attachment::gateway).map(GatewayGroup::choices).stream()
        .flatMap(List::stream)
        .forEach(c -> ways.add(tunnel(vpc.vpc(), c.node().underlay(), peer.address())));
    return ways;
  }

  private static String tunnel(VpcNetwork vpc, Ipv4 end, Ipv4 destination) {
    return "tunnel " + end + " vni " + vpc.vni() + " " + destination;
  }

  private static Packet tunnelled(VpcNetwork vpc, Ipv4 from, Ipv4 to, Service service) {
    return Journey.ip(from, to, service)
        .set(Field.IN_PORT, TUNNEL_PORT)
        .set(Field.TUN_ID, vpc.vni())
        .set(Field.TUN_SRC, 1);
  }

  private static Packet uplink(Ipv4 from, Ipv4 to) {
    return Journey.ip(from, to, Service.ICMP).set(Field.IN_PORT, UPLINK_PORT);
  }

  private void expect(String what, Set<String> wanted, Packet packet, Tracking tracking) {
    checks++;
    Set<String> got = new TreeSet<>();
    Optional<Flow> last = Optional.empty();
    for (Walk.End end : walk.run(packet, tracking)) {
      if (!end.isDrop()) {
        boolean isStale = isRevoked(tracking) && end.packet().get(Field.CT_MARK) == tracking.mark();
        got.add(
            describe(end) + (end.isRemembered() && !isStale ? "" : " without being remembered"));
      }
      last = end.last();
    }
    if (!got.equals(wanted) && findings.size() < MOST_FINDINGS) {
      String by =
          last.map(flow -> table(flow.table()) + ", " + flow.declaration().path())
              .orElse("no flow");
      findings.add(
          new Finding(
              node.name(),
              what + ": " + words(got) + " instead of " + words(wanted) + " (" + by + ")"));
    }
  }

  private boolean isRevoked(Tracking tracking) {
    return overlay.revocations().stream().anyMatch(r -> r.id() == tracking.mark());
  }

  private static String table(FlowTable table) {
    return "table " + table.number() + " " + table.label();
  }

  private static String words(Set<String> ways) {
    return ways.isEmpty() ? "dropped" : String.join(" or ", ways);
  }

  private static String describe(Walk.End end) {
    Packet packet = end.packet();
    Ipv4 destination = new Ipv4(packet.get(Field.IP_DST));
    return switch (end.port()) {
      case TUNNEL_PORT ->
          "tunnel "
              + new Ipv4(packet.get(Field.TUN_DST))
              + " vni "
              + packet.get(Field.TUN_ID)
              + " "
              + destination;
      case UPLINK_PORT -> "uplink " + new Ipv4(packet.get(Field.IP_SRC)) + " -> " + destination;
      default -> "port " + end.port() + " " + destination;
    };
  }

  /// The peers of every VPC, which all nodes share.
  static Map<String, VpcPeers> peers(Overlay overlay, PolicyOracle oracle) {
    Map<String, VpcPeers> peers = new TreeMap<>();
    overlay.vpcs().forEach((name, vpc) -> peers.put(name, new VpcPeers(overlay, vpc, oracle)));
    return peers;
  }
}
