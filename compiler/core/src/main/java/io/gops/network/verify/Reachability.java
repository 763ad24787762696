package io.gops.network.verify;

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
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import io.gops.work.Asker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Proves of one node that it forwards exactly what the policy allows.
///
/// A connection passes one node or two, so each half is proved on its own node: that packets of
/// local servers leave in the right direction or not at all, and that packets from the tunnel or
/// the uplink reach the right server or nobody. Policy tables are run for one peer of each class
/// ([AddressClasses]) and every service that a rule or flow names, and one that none names; outside
/// of the VPC, for the addresses at both sides of each edge of a flow's prefixes. Routes differ by
/// address, so each is run by itself, in the direction of the connection and of its replies.
final class Reachability {
  /// Login addresses that no flow names and that stand for all such.
  private static final int OTHERS = 3;

  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;
  private static final int MOST_FINDINGS = 20;

  private final Asker asker;
  private final Overlay overlay;
  private final Node node;
  private final Walk walk;
  private final AddressClasses classes;
  private final Distinctions distinctions;
  private final Map<String, VpcPeers> peers;
  private final Set<Long> revoked = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  /// By VPC and address, the ways to what is outside of it.
  private final Map<String, Map<Long, Set<Exit>>> waysOut = new HashMap<>();

  private long checks;

  Reachability(Asker asker, Overlay overlay, NodeTables tables, Map<String, VpcPeers> peers) {
    this.asker = asker;
    this.overlay = overlay;
    this.node = tables.node();
    this.walk = new Walk(tables);
    this.classes = new AddressClasses(tables);
    this.distinctions = new Distinctions(tables);
    this.peers = peers;
    overlay.revocations().forEach(rule -> revoked.add(rule.id()));
  }

  /// Number of packets that were followed.
  long checks() {
    return checks;
  }

  List<Finding> run() {
    for (VpcPeers vpc : peers.values()) {
      if (node.isHost()) {
        if (!vpc.serversOn(node.name()).isEmpty()) {
          NodePeers here = here(vpc);
          departures(here);
          arrivals(here);
          routes(here);
          logins(here);
          spoofing(here);
          overlay.revocations().forEach(rule -> revoked(here, rule.id()));
        }
      } else {
        vpc.vpc().attachments().stream()
            .filter(a -> node.gateway().filter(a.gateway().name()::equals).isPresent())
            .forEach(attachment -> gateway(here(vpc), attachment));
      }
    }
    return findings;
  }

  private NodePeers here(VpcPeers vpc) {
    return new NodePeers(vpc, node.name(), classes, distinctions);
  }

  private static Member member(Peer peer) {
    return ((Peer.Server) peer).member();
  }

  private static String host(Peer peer) {
    return member(peer).host();
  }

  /// New connections of local servers.
  private void departures(NodePeers here) {
    VpcPeers vpc = here.vpc();
    for (Peer from : here.someLocal()) {
      for (Peer to : here.someEverywhere()) {
        for (Service service : here.services()) {
          if (!to.address().equals(from.address())) {
            Set<Exit> wanted = vpc.allows(from, to, service) ? toward(vpc, to) : Set.of();
            expect(
                () -> from.name() + " -> " + to.name() + " " + service,
                wanted,
                Journey.packet(member(from), to.address(), service),
                Tracking.FIRST);
            if (!wanted.isEmpty()) {
              expect(
                  () -> "later " + from.name() + " -> " + to.name() + " " + service,
                  wanted,
                  Journey.packet(member(from), to.address(), service),
                  Tracking.LATER);
            }
          }
        }
      }
    }
  }

  /// New connections that come out of the tunnel, from whomever.
  private void arrivals(NodePeers here) {
    VpcPeers vpc = here.vpc();
    for (Peer from : here.someRemote()) {
      for (Peer to : here.someLocal()) {
        for (Service service : here.services()) {
          expect(
              () -> "from the tunnel: " + from.name() + " -> " + to.name() + " " + service,
              vpc.allows(from, to, service) ? toward(vpc, to) : Set.of(),
              tunnelled(vpc.vpc(), from.address(), to.address(), service),
              Tracking.FIRST);
        }
      }
    }
  }

  /// Connections of a rule that is gone: what the policy allows now goes on under the mark of
  /// another rule, everything else is cut, in both directions.
  private void revoked(NodePeers here, long mark) {
    VpcPeers vpc = here.vpc();
    for (Peer other : here.someEverywhere()) {
      for (Peer own : here.someLocal()) {
        if (other.address().equals(own.address())) {
          continue;
        }
        for (Service service : verdicts(here, own, other)) {
          expect(
              () -> "revoked " + own.name() + " -> " + other.name() + " " + service,
              vpc.allows(own, other, service) ? toward(vpc, other) : Set.of(),
              Journey.packet(member(own), other.address(), service),
              Tracking.revoked(mark));
        }
        expect(
            () -> "reply of a revoked connection " + own.name() + " -> " + other.name(),
            Set.of(),
            Journey.packet(member(own), other.address(), Service.ICMP),
            Tracking.revokedReply(mark));
        if (comesByTunnel(vpc, other)) {
          for (Service service : verdicts(here, other, own)) {
            expect(
                () ->
                    "revoked, from the tunnel: "
                        + other.name()
                        + " -> "
                        + own.name()
                        + " "
                        + service,
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
  private static List<Service> verdicts(NodePeers here, Peer from, Peer to) {
    List<Service> verdicts = new ArrayList<>();
    here.services().stream()
        .filter(s -> here.vpc().allows(from, to, s))
        .findFirst()
        .ifPresent(verdicts::add);
    here.services().stream()
        .filter(s -> !here.vpc().allows(from, to, s))
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
  private void routes(NodePeers here) {
    VpcPeers vpc = here.vpc();
    List<Peer> some = here.someLocal();
    for (Peer peer : partners(vpc, some)) {
      for (Peer from : some) {
        if (peer.address().equals(from.address())) {
          continue;
        }
        Optional<Service> forward = vpc.allowed(from, peer);
        if (forward.isPresent()) {
          expect(
              () -> from.name() + " -> " + peer.name() + " " + forward.get(),
              toward(vpc, peer),
              Journey.packet(member(from), peer.address(), forward.get()),
              Tracking.FIRST);
        }
        if (vpc.allowed(peer, from).isPresent()) {
          expect(
              () -> "reply " + from.name() + " -> " + peer.name(),
              toward(vpc, peer),
              Journey.packet(member(from), peer.address(), Service.ICMP),
              Tracking.reply(0));
        }
      }
    }
    for (Peer peer : here.local()) {
      expect(
          () -> "reply from the tunnel -> " + peer.name(),
          toward(vpc, peer),
          tunnelled(vpc.vpc(), peer.address(), peer.address(), Service.ICMP),
          Tracking.reply(0));
      expect(
          () -> "never permitted -> " + peer.name(),
          Set.of(),
          tunnelled(vpc.vpc(), peer.address(), peer.address(), Service.ICMP),
          Tracking.UNPERMITTED);
    }
    Ipv4 end = overlay.nodes().values().iterator().next().underlay();
    for (Peer from : some) {
      for (Peer to : here.outside()) {
        if (vpc.allowed(to, from).isPresent()) {
          expect(
              () -> "reply " + from.name() + " -> " + to.name(),
              Set.of(Exit.tunnel(end, vpc.vpc().vni(), to.address())),
              Journey.packet(member(from), to.address(), Service.ICMP),
              Tracking.reply(end.value()));
        }
      }
    }
  }

  /// Login addresses, as local servers see them. Each that the node carries is asked for the ports
  /// that it opens. For every other port, and of those that are elsewhere, a few stand for all that
  /// flows do not tell apart.
  private void logins(NodePeers here) {
    VpcPeers vpc = here.vpc();
    Set<String> carried = new HashSet<>();
    int closed = 0;
    for (LoginGroup login : vpc.loginsOn(node.name())) {
      carried.add(login.group());
      Set<Service> open = opened(login);
      boolean special = !distinctions.nameOnlyFor(open, vpc.vpc(), login.address().address());
      login(here, login, special || closed++ < OTHERS ? here.services() : open, true);
    }
    for (LoginGroup login : elsewhere(here, carried)) {
      login(here, login, here.services().subList(0, 1), false);
    }
  }

  /// The login addresses that stand for all that the node does not carry: those that flows tell
  /// from others, and a few.
  private List<LoginGroup> elsewhere(NodePeers here, Set<String> carried) {
    VpcPeers vpc = here.vpc();
    boolean divided = distinctions.divide(vpc.vpc());
    List<LoginGroup> chosen = new ArrayList<>();
    if (!divided) {
      distinctions.single(vpc.vpc()).forEach(address -> vpc.login(address).ifPresent(chosen::add));
    }
    chosen.removeIf(login -> carried.contains(login.group()));
    Set<String> special = chosen.stream().map(LoginGroup::group).collect(Collectors.toSet());
    int others = 0;
    for (LoginGroup login : vpc.logins()) {
      if (!divided && others == OTHERS) {
        break;
      }
      if (!carried.contains(login.group()) && !special.contains(login.group())) {
        chosen.add(login);
        others++;
      }
    }
    return chosen;
  }

  private void login(
      NodePeers here, LoginGroup login, Collection<Service> services, boolean carried) {
    VpcPeers vpc = here.vpc();
    for (Service service : services) {
      List<Peer> behind =
          carried && opens(login, service)
              ? login.buckets().stream().map(b -> (Peer) new Peer.Server(b.member())).toList()
              : List.of();
      for (Peer from : here.someLocal()) {
        Set<Exit> wanted = new HashSet<>();
        for (Peer to : behind) {
          if (vpc.allows(from, to, service)) {
            wanted.addAll(toward(vpc, to));
          }
        }
        expect(
            () -> from.name() + " -> login of " + login.group() + " " + service,
            wanted,
            Journey.packet(member(from), login.address().address(), service),
            Tracking.FIRST);
      }
    }
  }

  private static boolean opens(LoginGroup login, Service service) {
    return opened(login).contains(service);
  }

  private static SortedSet<Service> opened(LoginGroup login) {
    SortedSet<Service> open = new TreeSet<>();
    login.ports().forEach(p -> open.add(Service.of(p.protocol(), p.number())));
    return open;
  }

  /// Packets with another address or hardware address than the port's own.
  private void spoofing(NodePeers here) {
    Ipv4 other = here.vpc().vpc().vpc().cidr().network();
    for (Peer peer : here.local()) {
      Member member = member(peer);
      expect(
          () -> member.id() + " with another address",
          Set.of(),
          Journey.packet(member, other, Service.ICMP).set(Field.IP_SRC, peer.address().value() ^ 1),
          Tracking.reply(0));
      expect(
          () -> member.id() + " with another hardware address",
          Set.of(),
          Journey.packet(member, other, Service.ICMP).set(Field.ETH_SRC, member.mac() ^ 1),
          Tracking.reply(0));
    }
  }

  private void gateway(NodePeers here, Attachment attachment) {
    VpcPeers vpc = here.vpc();
    List<Peer> outside =
        here.outside().stream().filter(p -> attachment.reach().contains(p.address())).toList();
    List<Peer> strangers = here.representatives(outside);
    for (Peer to : strangers) {
      for (Peer from : here.someEverywhere()) {
        if (from instanceof Peer.Server) {
          leaving(here, attachment, from, to);
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
          () -> "in, with the address of a member: " + same.getLast().name() + " -> " + one.name(),
          Set.of(),
          uplink(same.getLast().address(), one.address()),
          Tracking.FIRST);
    }
    for (PublicAddress address : overlay.publicAddresses()) {
      if (address.node().equals(node.name()) && address.vpc().equals(vpc.vpc().name())) {
        strangers.forEach(from -> entering(here, address, from));
      }
    }
  }

  /// From the tunnel to the outside. A gateway that keeps addresses leaves the verdict to hosts.
  private void leaving(NodePeers here, Attachment attachment, Peer from, Peer to) {
    VpcPeers vpc = here.vpc();
    Ipv4 source = attachment.translated().get(node.name());
    Ipv4 seen = source == null ? from.address() : source;
    Set<Exit> out = Set.of(Exit.uplink(seen, to.address()));
    for (Service service : here.services()) {
      boolean open = !attachment.isTranslated() || vpc.allows(from, to, service);
      expect(
          () -> "out: " + from.name() + " -> " + to.name() + " " + service,
          open ? out : Set.of(),
          tunnelled(vpc.vpc(), from.address(), to.address(), service),
          Tracking.FIRST);
    }
  }

  /// Replies from outside to a server, and for a gateway that keeps addresses all that comes in.
  private void returning(VpcPeers vpc, Attachment attachment, Peer from, Peer to) {
    Ipv4 source = attachment.translated().get(node.name());
    if (source != null) {
      expect(
          () -> "reply from " + from.name() + " -> " + to.name(),
          toward(vpc, to),
          uplink(from.address(), source),
          Tracking.reply(0).withDestination(to.address()));
    } else if (!attachment.isTranslated()) {
      expect(
          () -> "in: " + from.name() + " -> " + to.name(),
          toward(vpc, to),
          uplink(from.address(), to.address()),
          Tracking.FIRST);
    }
  }

  /// New connections to a public address, and the replies.
  private void entering(NodePeers here, PublicAddress address, Peer from) {
    VpcPeers vpc = here.vpc();
    LoginGroup login = overlay.loginGroups().get(address.name());
    List<Peer> behind =
        login != null
            ? login.buckets().stream().map(b -> (Peer) new Peer.Server(b.member())).toList()
            : vpc.server(address.inner().value()).stream().toList();
    for (Service service : here.services()) {
      Set<Exit> wanted = new HashSet<>();
      if (login == null || opens(login, service)) {
        behind.stream()
            .filter(to -> vpc.allows(from, to, service))
            .forEach(to -> wanted.addAll(toward(vpc, to)));
      }
      expect(
          () -> "in: " + from.name() + " -> " + address.address() + " " + service,
          wanted,
          uplink(from.address(), address.address())
              .set(Field.IP_PROTO, service.protocol())
              .set(Field.PORT_DST, service.port()),
          Tracking.FIRST);
    }
    for (Peer server : behind) {
      expect(
          () -> "reply " + server.name() + " -> " + from.name(),
          Set.of(Exit.uplink(address.address(), from.address())),
          tunnelled(vpc.vpc(), server.address(), from.address(), Service.ICMP),
          Tracking.reply(0).withSource(address.address()));
    }
  }

  /// The ways that lead to a peer from this node.
  private Set<Exit> toward(VpcPeers vpc, Peer peer) {
    return switch (peer) {
      case Peer.Server server -> {
        Member member = server.member();
        yield member.host().equals(node.name())
            ? Set.of(Exit.port(member.nic().ofport(), peer.address()))
            : vpc.waysToOther(server);
      }
      case Peer.Outside _ ->
          waysOut
              .computeIfAbsent(vpc.vpc().name(), _ -> new HashMap<>())
              .computeIfAbsent(peer.address().value(), _ -> out(vpc, peer));
    };
  }

  private static Set<Exit> out(VpcPeers vpc, Peer peer) {
    Set<Exit> ways = new HashSet<>();
    vpc.attachment(peer).map(Attachment::gateway).map(GatewayGroup::choices).stream()
        .flatMap(List::stream)
        .map(choice -> Exit.tunnel(choice.node().underlay(), vpc.vpc().vni(), peer.address()))
        .forEach(ways::add);
    return ways;
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

  /// @param what the packet is, for a finding
  private void expect(Supplier<String> what, Set<Exit> wanted, Packet packet, Tracking tracking) {
    asker.mustWait();
    checks++;
    List<Walk.End> ends = walk.run(packet, tracking);
    Set<Exit> got = exits(ends, tracking);
    if (!got.equals(wanted) && findings.size() < MOST_FINDINGS) {
      String by =
          ends.getLast()
              .last()
              .map(flow -> table(flow.table()) + ", " + flow.declaration().path())
              .orElse("no flow");
      findings.add(
          new Finding(
              node.name(),
              what.get() + ": " + words(got) + " instead of " + words(wanted) + " (" + by + ")"));
    }
  }

  private Set<Exit> exits(List<Walk.End> ends, Tracking tracking) {
    if (ends.size() == 1) {
      Walk.End only = ends.getFirst();
      return only.isDrop() ? Set.of() : Set.of(exit(only, tracking));
    }
    Set<Exit> exits = new HashSet<>();
    for (Walk.End end : ends) {
      if (!end.isDrop()) {
        exits.add(exit(end, tracking));
      }
    }
    return exits;
  }

  private Exit exit(Walk.End end, Tracking tracking) {
    boolean isStale =
        end.packet().get(Field.CT_MARK) == tracking.mark() && revoked.contains(tracking.mark());
    return Exit.of(end, !end.isRemembered() || isStale);
  }

  private static String table(FlowTable table) {
    return "table " + table.number() + " " + table.label();
  }

  private static String words(Set<Exit> ways) {
    return ways.isEmpty()
        ? "dropped"
        : ways.stream().map(Exit::toString).sorted().collect(Collectors.joining(" or "));
  }

  /// The peers of every VPC, which all nodes share.
  static Map<String, VpcPeers> peers(Overlay overlay, PolicyOracle oracle) {
    Map<String, VpcPeers> peers = new TreeMap<>();
    overlay.vpcs().forEach((name, vpc) -> peers.put(name, new VpcPeers(overlay, vpc, oracle)));
    return peers;
  }
}
