package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Nic;
import io.gops.fleet.Container;
import io.gops.fleet.Gateway;
import io.gops.fleet.Port;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.network.flow.Declaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes the login groups and gives public addresses to what the internet may reach.
final class LoginGroups {
  private static final long LAST_GROUP = Integer.MAX_VALUE;

  private final Deployment deployment;
  private final List<AccessRule> rules;
  private final Assignments assignments;
  private final PublicAddressPool pool;
  private final SortedMap<String, LoginGroup> groups = new TreeMap<>();
  private final List<PublicAddress> addresses = new ArrayList<>();

  LoginGroups(
      Deployment deployment,
      SortedMap<String, VpcNetwork> vpcs,
      List<AccessRule> rules,
      Assignments assignments,
      PublicAddressPool pool) {
    this.deployment = deployment;
    this.rules = rules;
    this.assignments = assignments;
    this.pool = pool;
    for (VpcNetwork vpc : vpcs.values()) {
      addVpc(vpc);
    }
    pool.reportMissing();
    addresses.sort(Comparator.comparing(PublicAddress::address));
  }

  SortedMap<String, LoginGroup> loginGroups() {
    return groups;
  }

  List<PublicAddress> publicAddresses() {
    return addresses;
  }

  private void addVpc(VpcNetwork vpc) {
    List<AccessRule> allowed =
        rules.stream().filter(r -> r.allow() && r.vpc().equals(vpc.name())).toList();
    Map<String, List<AccessRule>> into = new HashMap<>();
    for (AccessRule rule : allowed) {
      rule.to().members().forEach(m -> rulesInto(into, m).add(rule));
    }
    Map<String, List<Member>> byGroup = new HashMap<>();
    for (Member member : vpc.members()) {
      String group = member.workload().group();
      byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(member);
    }
    for (Group group : deployment.groups().values()) {
      List<Member> members = byGroup.getOrDefault(group.id(), List.of());
      if (members.isEmpty()) {
        continue;
      }
      TreeMap<Long, AccessRule> byId = new TreeMap<>();
      members.forEach(m -> rulesInto(into, m).forEach(r -> byId.put(r.id(), r)));
      List<AccessRule> toGroup = List.copyOf(byId.values());
      if (group.loginAddress().isPresent()) {
        groups.put(group.id(), login(group, group.loginAddress().get(), vpc, members, toGroup));
      } else {
        publish(vpc, members, into);
      }
    }
  }

  private static List<AccessRule> rulesInto(Map<String, List<AccessRule>> into, Member member) {
    return into.computeIfAbsent(member.id(), _ -> new ArrayList<>());
  }

  private LoginGroup login(
      Group group, Nic login, VpcNetwork vpc, List<Member> members, List<AccessRule> into) {
    String path = "vpc/" + vpc.name() + "/login/" + group.id();
    Declaration declaration = Declaration.of(path, group.zone().body().origins().place());
    List<Port> ports =
        ports(group.role()).stream()
            .filter(p -> into.stream().anyMatch(r -> r.hasPort(p.protocol(), p.number())))
            .toList();
    Optional<PublicAddress> published =
        ports.isEmpty() ? Optional.empty() : publish(vpc, login, group.id(), into);
    Set<String> carriers = new TreeSet<>();
    published.ifPresent(address -> carriers.add(address.node()));
    if (!ports.isEmpty()) {
      into.forEach(r -> r.from().members().forEach(m -> carriers.add(m.host())));
    }
    return new LoginGroup(
        group.id(),
        assignments
            .claim("group", "fleet", "login/" + group.id(), 1, LAST_GROUP)
            .orElseThrow(() -> new IllegalStateException("no group id left")),
        login,
        ports,
        buckets(members),
        published,
        List.copyOf(carriers),
        declaration);
  }

  /// Bucket ids follow the side and the ordinal, so they are stable without a lock.
  private static List<LoginGroup.Bucket> buckets(List<Member> members) {
    List<LoginGroup.Bucket> buckets = new ArrayList<>();
    Map<Side, Integer> ordinals = new EnumMap<>(Side.class);
    for (Member member : members) {
      Side side = member.workload().side();
      long id = 2L * ordinals.merge(side, 1, Integer::sum) - (side == Side.A ? 1 : 0);
      int weight = member.workload().live() ? LoginGroup.FULL : 0;
      buckets.add(new LoginGroup.Bucket(id, side, member, weight));
    }
    return buckets;
  }

  /// The exposed ports of a role; all its ports when it exposes none.
  private static List<Port> ports(Role role) {
    List<Port> all = role.containers().stream().flatMap(c -> c.ports().stream()).toList();
    List<Port> exposed =
        role.exposures().stream()
            .flatMap(
                e ->
                    role.container(e.container()).map(Container::ports).orElse(List.of()).stream()
                        .filter(p -> p.name().equals(e.port())))
            .toList();
    return exposed.isEmpty() ? all : exposed;
  }

  private void publish(VpcNetwork vpc, List<Member> members, Map<String, List<AccessRule>> into) {
    for (Member member : members) {
      publish(vpc, member.nic(), member.id(), rulesInto(into, member));
    }
  }

  /// A public address for what the internet may reach, absent for anything else.
  private Optional<PublicAddress> publish(
      VpcNetwork vpc, Nic inner, String name, List<AccessRule> into) {
    Optional<Attachment> internet =
        vpc.attachments().stream()
            .filter(a -> a.gateway().gateway().kind() == Gateway.Kind.INTERNET)
            .findFirst();
    if (internet.isEmpty()) {
      return Optional.empty();
    }
    Gateway gateway = internet.get().gateway().gateway();
    boolean open =
        into.stream().anyMatch(r -> r.from().gateway().filter(gateway.name()::equals).isPresent());
    if (!open) {
      return Optional.empty();
    }
    Optional<PublicAddress> published =
        pool.claim(gateway, inner.id())
            .map(
                address ->
                    new PublicAddress(
                        address,
                        vpc.name(),
                        pool.owner(gateway, inner.id()),
                        inner.address(),
                        name,
                        Declaration.of(
                            "vpc/" + vpc.name() + "/public/" + name,
                            Objects.requireNonNull(vpc.declaration()).place())));
    published.ifPresent(addresses::add);
    return published;
  }
}
