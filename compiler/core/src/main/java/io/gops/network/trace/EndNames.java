package io.gops.network.trace;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Container;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Role;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the ends of a connection may be called: the endpoints of policies, and by themselves the
/// servers, pods, groups and addresses of the fleet.
final class EndNames {
  static final String INTERNET = "internet";

  private final Overlay overlay;
  private final SortedMap<String, ExternalService> services;
  private final SortedMap<String, List<Member>> members = new TreeMap<>();

  EndNames(Deployment deployment, Overlay overlay) {
    this.overlay = overlay;
    this.services = deployment.services();
    overlay
        .vpcs()
        .values()
        .forEach(
            vpc ->
                vpc.members()
                    .forEach(
                        member ->
                            names(member)
                                .forEach(
                                    name ->
                                        members
                                            .computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(member))));
  }

  /// What a name may mean.
  sealed interface Meant {
    /// Servers, in the order of their names.
    record Servers(List<Member> members) implements Meant {}

    record Login(LoginGroup login) implements Meant {}

    record Internet() implements Meant {}

    record Service(ExternalService service) implements Meant {}

    /// An address that no server has.
    record Address(Ipv4 address) implements Meant {}
  }

  /// What a name means; absent when it means nothing.
  Optional<Meant> meant(String name) {
    Optional<Ipv4> address = address(name);
    if (address.isPresent()) {
      return Optional.of(at(address.get()));
    }
    if (name.equals(INTERNET)) {
      return Optional.of(new Meant.Internet());
    }
    LoginGroup login = overlay.loginGroups().get(name);
    if (login != null) {
      return Optional.of(new Meant.Login(login));
    }
    List<Member> found = members.get(name);
    if (found != null) {
      return Optional.of(new Meant.Servers(found));
    }
    return Optional.ofNullable(services.get(name)).map(Meant.Service::new);
  }

  /// What was meant instead of a name that means nothing.
  Optional<String> nearest(String name) {
    Set<String> all = new TreeSet<>(members.keySet());
    all.addAll(services.keySet());
    all.addAll(overlay.loginGroups().keySet());
    all.add(INTERNET);
    return Spelling.nearest(name, all);
  }

  private Meant at(Ipv4 address) {
    List<Member> found =
        overlay.vpcs().values().stream()
            .flatMap(vpc -> vpc.members().stream())
            .filter(member -> member.address().equals(address))
            .toList();
    if (!found.isEmpty()) {
      return new Meant.Servers(found);
    }
    return overlay.loginGroups().values().stream()
        .filter(login -> is(login, address))
        .findFirst()
        .<Meant>map(Meant.Login::new)
        .orElse(new Meant.Address(address));
  }

  private static boolean is(LoginGroup login, Ipv4 address) {
    return login.address().address().equals(address)
        || login.publicAddress().filter(p -> p.address().equals(address)).isPresent();
  }

  private static Optional<Ipv4> address(String text) {
    boolean isNumbers = text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    if (!isNumbers || text.chars().filter(c -> c == '.').count() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ipv4.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Every name of a server, alone or with others.
  private static Set<String> names(Member member) {
    Workload workload = member.workload();
    Set<String> names = new LinkedHashSet<>();
    names.add(member.id());
    names.add(member.id().replace('/', '-'));
    names.add(workload.name());
    names.add(workload.group());
    names.add("vpc." + member.nic().vpc());
    for (String head : List.of(workload.game().name(), workload.zone().set())) {
      for (String part : parts(workload.role())) {
        names.add(head + part);
        if (workload.paired()) {
          names.add(head + part + "." + workload.side().label());
        }
      }
    }
    return names;
  }

  /// The ways to narrow a game to a role, as policies write them; first not at all.
  private static List<String> parts(Role role) {
    List<String> parts = new ArrayList<>();
    parts.add("");
    if (!role.implicit()) {
      parts.add("." + role.name());
    } else {
      for (Container container : role.containers()) {
        parts.add("." + container.name());
      }
    }
    return parts;
  }
}
