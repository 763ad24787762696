package io.gops.report;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.network.AddressSet;
import io.gops.network.Attachment;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who may talk to whom, by VPC: servers that no rule tells apart are one peer.
final class NetworkMap {
  /// An address for documents (RFC 5737), which stands for anybody on the internet.
  private static final Ipv4 ANYBODY = Ipv4.parse("198.51.100.7");

  private final Deployment deployment;
  private final PolicyOracle oracle;

  private NetworkMap(Deployment deployment) {
    this.deployment = deployment;
    this.oracle = new PolicyOracle(deployment);
  }

  /// What a node of the picture is.
  enum Kind {
    SERVERS,
    INTERNET,
    SERVICE
  }

  /// Somebody who may talk.
  ///
  /// @param gateway name of the gateway it is behind; empty for servers
  /// @param zones numbers of the zones that its servers are of
  record Party(
      String label, Kind kind, int servers, String gateway, Set<String> zones, Peer example) {}

  /// What one party may ask of another.
  ///
  /// @param open services that are allowed, with the rule that allows them
  /// @param denies a rule that denies something of it
  record Cell(Map<String, Policy.Rule> open, Optional<Policy.Rule> denies) {}

  /// One VPC. `cells` holds, for each party, what it may ask of each party.
  record Part(VpcNetwork vpc, List<String> gateways, List<Party> parties, List<List<Cell>> cells) {}

  static List<Part> of(Deployment deployment, Overlay overlay) {
    NetworkMap map = new NetworkMap(deployment);
    return overlay.vpcs().values().stream().map(map::part).toList();
  }

  private Part part(VpcNetwork vpc) {
    List<Party> parties = new ArrayList<>(outside(vpc, Kind.INTERNET));
    parties.addAll(servers(vpc));
    parties.addAll(outside(vpc, Kind.SERVICE));
    List<Service> services = oracle.services(vpc.name());
    List<List<Cell>> cells = new ArrayList<>();
    for (Party from : parties) {
      List<Cell> row = new ArrayList<>();
      for (Party to : parties) {
        row.add(cell(vpc.name(), from, to, services));
      }
      cells.add(row);
    }
    List<String> gateways = vpc.attachments().stream().map(a -> a.gateway().name()).toList();
    return new Part(vpc, gateways, parties, cells);
  }

  private List<Party> servers(VpcNetwork vpc) {
    Map<String, List<Member>> alike = new LinkedHashMap<>();
    for (Member member : vpc.members()) {
      alike.computeIfAbsent(kind(vpc, member), _ -> new ArrayList<>()).add(member);
    }
    return alike.values().stream().map(NetworkMap::party).toList();
  }

  /// Game, role, and what the rules say: two games are two parties, even when treated alike.
  private String kind(VpcNetwork vpc, Member member) {
    return member.workload().game().name()
        + " "
        + member.workload().role().name()
        + " "
        + oracle.signature(vpc.name(), new Peer.Server(member));
  }

  private static Party party(List<Member> members) {
    Workload one = members.getFirst().workload();
    String role = one.role().implicit() ? "" : "." + one.role().name();
    Set<String> sides =
        members.stream()
            .filter(m -> m.workload().paired())
            .map(m -> m.workload().side().label())
            .collect(Collectors.toCollection(TreeSet::new));
    String side = sides.size() == 1 ? "." + sides.iterator().next() : "";
    Set<String> zones =
        members.stream()
            .map(m -> Integer.toString(m.workload().zone().id()))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Party(
        one.game().name() + role + side,
        Kind.SERVERS,
        members.size(),
        "",
        zones,
        new Peer.Server(members.getFirst()));
  }

  private List<Party> outside(VpcNetwork vpc, Kind kind) {
    List<Party> found = new ArrayList<>();
    for (Attachment attachment : vpc.attachments()) {
      String gateway = attachment.gateway().name();
      boolean isInternet = attachment.gateway().gateway().kind() == Gateway.Kind.INTERNET;
      AddressSet reach = attachment.reach();
      if (kind == Kind.INTERNET && isInternet && !reach.isEmpty()) {
        Ipv4 example = reach.contains(ANYBODY) ? ANYBODY : reach.first();
        found.add(new Party("internet", kind, 0, gateway, Set.of(), new Peer.Outside(example)));
      }
      if (kind == Kind.SERVICE && !isInternet) {
        for (ExternalService service : deployment.services().values()) {
          Cidr first = service.prefixes().getFirst();
          if (reach.covers(AddressSet.of(service.prefixes()))) {
            Peer example = new Peer.Outside(first.network());
            found.add(new Party(service.name(), kind, 0, gateway, Set.of(), example));
          }
        }
      }
    }
    return found;
  }

  private Cell cell(String vpc, Party from, Party to, List<Service> services) {
    Map<String, Policy.Rule> open = new TreeMap<>();
    Optional<Policy.Rule> denies = Optional.empty();
    if (from.kind() != Kind.SERVERS && to.kind() != Kind.SERVERS) {
      return new Cell(open, denies);
    }
    Map<Service, Policy.Rule> allowed = new LinkedHashMap<>();
    for (Service service : services) {
      Optional<Policy.Rule> rule = oracle.decides(vpc, from.example(), to.example(), service);
      rule.filter(Policy.Rule::allow).ifPresent(found -> allowed.put(service, found));
      denies = denies.or(() -> rule.filter(found -> !found.allow()));
    }
    if (allowed.size() == services.size()) {
      open.put("everything", allowed.values().iterator().next());
    } else {
      allowed.forEach((service, rule) -> open.put(word(vpc, service), rule));
    }
    return new Cell(open, denies);
  }

  /// A service by its port; one that no rule names stands for all such.
  private String word(String vpc, Service service) {
    boolean isNamed =
        oracle.rules(vpc).stream()
            .flatMap(rule -> rule.ports().ports().stream())
            .anyMatch(port -> Service.of(port.protocol(), port.number()).equals(service));
    if (isNamed || service.equals(Service.ICMP)) {
      return service.toString();
    }
    return service.equals(Service.OTHER)
        ? "other protocols"
        : "other " + service.toString().substring(0, 3);
  }
}
