package io.gops.diff;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.fleet.Side;
import io.gops.network.AddressSet;
import io.gops.network.Member;
import io.gops.network.flow.Match;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// Compares what two policies let through, by classes of servers and by the ranges of
/// addresses that either revision tells apart.
///
/// A compile proves that the flow tables do what the policy says, so the policy is asked here,
/// by the verifier's own judge, and no table is made.
final class ReachabilityComparison {
  private static final int SHOWN_PREFIXES = 3;

  private final Deployment before;
  private final Deployment after;
  private final PolicyOracle old;
  private final PolicyOracle fresh;

  ReachabilityComparison(Deployment before, Deployment after) {
    this.before = before;
    this.after = after;
    this.old = new PolicyOracle(before);
    this.fresh = new PolicyOracle(after);
  }

  /// Servers that no policy can tell apart by what they are.
  private record ServerClass(String set, String role, Side side)
      implements Comparable<ServerClass> {
    @Override
    public int compareTo(ServerClass other) {
      int order = set.compareTo(other.set);
      order = order != 0 ? order : role.compareTo(other.role);
      return order != 0 ? order : side.compareTo(other.side);
    }
  }

  /// One end of a connection: servers, or addresses that no server has.
  ///
  /// @param servers empty for addresses
  private record End(SortedSet<ServerClass> servers, String addresses) {
    static End of(List<ServerClass> servers) {
      return new End(new TreeSet<>(servers), "");
    }

    static End of(String addresses) {
      return new End(new TreeSet<>(), addresses);
    }

    End plus(End other) {
      SortedSet<ServerClass> both = new TreeSet<>(servers);
      both.addAll(other.servers);
      return new End(both, addresses);
    }
  }

  /// What changes for one pair of ends.
  private record Found(boolean widened, End from, End to) {}

  /// What the ends of changes have in common that are told together.
  private record Alike(boolean widened, End same, boolean isFrom, SortedSet<Service> services) {}

  private record Ends(Peer old, Peer fresh) {}

  /// Every change, in the order of the VPCs, wideners first. VPCs that only one revision has, and
  /// servers that are new, are left out: they come with changes of their own.
  List<ReachabilityChange> changes() {
    List<ReachabilityChange> changes = new ArrayList<>();
    for (String vpc : after.vpcs().keySet()) {
      if (before.vpcs().containsKey(vpc)) {
        changes.addAll(changes(vpc));
      }
    }
    changes.sort(
        Comparator.comparingInt((ReachabilityChange c) -> c.widened() ? 0 : 1)
            .thenComparing(ReachabilityChange::vpc)
            .thenComparing(ReachabilityChange::text));
    return changes;
  }

  private List<ReachabilityChange> changes(String vpc) {
    SortedMap<ServerClass, Ends> classes = classes(vpc);
    Map<Found, SortedSet<Service>> found = new LinkedHashMap<>();
    compare(vpc, classes, found);
    Map<Alike, End> alike = new LinkedHashMap<>();
    found.forEach(
        (change, services) -> {
          boolean isFrom = change.to().servers().isEmpty();
          End same = isFrom ? change.to() : change.from();
          End other = isFrom ? change.from() : change.to();
          alike.merge(new Alike(change.widened(), same, isFrom, services), other, End::plus);
        });
    List<ReachabilityChange> changes = new ArrayList<>();
    alike.forEach(
        (key, other) -> {
          String same = name(key.same(), classes.keySet());
          String others = name(other, classes.keySet());
          changes.add(
              new ReachabilityChange(
                  vpc,
                  key.widened(),
                  key.isFrom() ? others : same,
                  key.isFrom() ? same : others,
                  words(key.services(), vpc)));
        });
    return changes;
  }

  private SortedSet<String> words(SortedSet<Service> services, String vpc) {
    SortedSet<Service> named = named(vpc);
    SortedSet<String> words = new TreeSet<>();
    for (Service service : services) {
      boolean isOther = !named.contains(service) && service.port() != 0;
      words.add(
          isOther
              ? "any other " + (service.protocol() == Match.TCP ? "tcp" : "udp") + " port"
              : service.toString());
    }
    return words;
  }

  private SortedSet<Service> named(String vpc) {
    SortedSet<Service> named = new TreeSet<>();
    for (PolicyOracle oracle : List.of(old, fresh)) {
      for (Policy.Rule rule : oracle.rules(vpc)) {
        rule.ports().ports().forEach(p -> named.add(Service.of(p.protocol(), p.number())));
      }
    }
    return named;
  }

  /// Every service that either policy names, and one of each protocol that neither names.
  private SortedSet<Service> services(String vpc) {
    SortedSet<Service> services = new TreeSet<>(named(vpc));
    int port = 1;
    while (services.contains(new Service(Match.TCP, port))
        || services.contains(new Service(Match.UDP, port))) {
      port++;
    }
    services.add(new Service(Match.TCP, port));
    services.add(new Service(Match.UDP, port));
    services.add(Service.ICMP);
    services.add(Service.OTHER);
    return services;
  }

  private void compare(
      String vpc, SortedMap<ServerClass, Ends> classes, Map<Found, SortedSet<Service>> found) {
    List<AddressSet> outside = outside();
    Collection<List<ServerClass>> alike = alike(vpc, classes).values();
    for (List<ServerClass> some : alike) {
      Ends ends = Objects.requireNonNull(classes.get(some.getFirst()));
      End own = End.of(some);
      for (Service service : services(vpc)) {
        differences(outside, (judge, peer) -> judge.allows(vpc, judge.of(ends), peer, service))
            .forEach(
                (widened, set) -> add(found, new Found(widened, own, End.of(print(set))), service));
        differences(outside, (judge, peer) -> judge.allows(vpc, peer, judge.of(ends), service))
            .forEach(
                (widened, set) -> add(found, new Found(widened, End.of(print(set)), own), service));
        for (List<ServerClass> others : alike) {
          Ends other = Objects.requireNonNull(classes.get(others.getFirst()));
          boolean did = old.allows(vpc, ends.old(), other.old(), service);
          boolean does = fresh.allows(vpc, ends.fresh(), other.fresh(), service);
          if (did != does) {
            add(found, new Found(does, own, End.of(others)), service);
          }
        }
      }
    }
  }

  /// The policy of one of the revisions.
  private record Judge(PolicyOracle policy, boolean isFresh) {
    Peer of(Ends ends) {
      return isFresh ? ends.fresh() : ends.old();
    }

    boolean allows(String vpc, Peer from, Peer to, Service service) {
      return policy.allows(vpc, from, to, service);
    }
  }

  private static void add(Map<Found, SortedSet<Service>> found, Found change, Service service) {
    found.computeIfAbsent(change, _ -> new TreeSet<>()).add(service);
  }

  /// Addresses that are allowed now (`true`), and those that no longer are.
  private SortedMap<Boolean, AddressSet> differences(
      List<AddressSet> outside, BiPredicate<Judge, Peer> allowed) {
    SortedMap<Boolean, AddressSet> changed = new TreeMap<>();
    for (AddressSet range : outside) {
      Peer peer = new Peer.Outside(first(range));
      boolean did = allowed.test(new Judge(old, false), peer);
      boolean does = allowed.test(new Judge(fresh, true), peer);
      if (did != does) {
        changed.merge(does, range, AddressSet::plus);
      }
    }
    return changed;
  }

  private static Ipv4 first(AddressSet range) {
    return range.prefixes().getFirst().network();
  }

  /// The servers of a VPC that both revisions have, by class.
  private SortedMap<ServerClass, Ends> classes(String vpc) {
    SortedMap<ServerClass, Peer> was = representatives(before, vpc);
    SortedMap<ServerClass, Peer> is = representatives(after, vpc);
    SortedMap<ServerClass, Ends> both = new TreeMap<>();
    was.forEach(
        (name, peer) ->
            Optional.ofNullable(is.get(name))
                .ifPresent(now -> both.put(name, new Ends(peer, now))));
    return both;
  }

  private static SortedMap<ServerClass, Peer> representatives(Deployment deployment, String vpc) {
    SortedMap<ServerClass, Peer> found = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      if (group.zone().body().vpc().filter(vpc::equals).isPresent()) {
        for (Workload workload : group.workloads()) {
          ServerClass name =
              new ServerClass(
                  group.zone().set(),
                  group.role().implicit() ? "" : group.role().name(),
                  workload.side());
          if (!workload.nics().isEmpty()) {
            found.computeIfAbsent(
                name,
                _ -> new Peer.Server(Member.of(workload.nics().getFirst(), workload, "any host")));
          }
        }
      }
    }
    return found;
  }

  /// Classes that no rule of either policy tells apart.
  private Map<String, List<ServerClass>> alike(String vpc, SortedMap<ServerClass, Ends> classes) {
    Map<String, List<ServerClass>> alike = new LinkedHashMap<>();
    classes.forEach(
        (name, ends) ->
            alike
                .computeIfAbsent(
                    old.signature(vpc, ends.old()) + "/" + fresh.signature(vpc, ends.fresh()),
                    _ -> new ArrayList<>())
                .add(name));
    return alike;
  }

  private static String name(End end, Set<ServerClass> all) {
    SortedSet<ServerClass> some = end.servers();
    if (some.isEmpty()) {
      return end.addresses();
    }
    SortedSet<String> names = new TreeSet<>();
    for (ServerClass one : some) {
      String set = one.role().isEmpty() ? one.set() : one.set() + "." + one.role();
      boolean isWhole =
          all.stream()
              .filter(c -> c.set().equals(one.set()) && c.role().equals(one.role()))
              .allMatch(c -> some.contains(c));
      names.add(isWhole ? set : set + "." + one.side().label());
    }
    return String.join(", ", names);
  }

  /// The address space cut at every prefix that either revision knows.
  private List<AddressSet> outside() {
    List<AddressSet> ranges = List.of(AddressSet.of(Cidr.EVERYTHING));
    for (Cidr prefix : prefixes()) {
      AddressSet cut = AddressSet.of(prefix);
      List<AddressSet> finer = new ArrayList<>();
      for (AddressSet range : ranges) {
        AddressSet inside = range.and(cut);
        AddressSet rest = range.minus(cut);
        if (!inside.isEmpty()) {
          finer.add(inside);
        }
        if (!rest.isEmpty()) {
          finer.add(rest);
        }
      }
      ranges = finer;
    }
    return ranges;
  }

  private SortedSet<Cidr> prefixes() {
    SortedSet<Cidr> prefixes = new TreeSet<>();
    for (Deployment deployment : List.of(before, after)) {
      deployment.services().values().forEach(service -> prefixes.addAll(service.prefixes()));
      deployment.gateways().values().forEach(gateway -> prefixes.addAll(gateway.prefixes()));
      deployment.vpcs().values().forEach(vpc -> prefixes.add(vpc.cidr()));
    }
    return prefixes;
  }

  /// A set of addresses in a few prefixes: as they are, or as a known prefix and what is not meant
  /// of it, whichever says it shorter.
  private String print(AddressSet set) {
    List<Cidr> prefixes = set.prefixes();
    List<Cidr> known = new ArrayList<>(prefixes());
    known.add(Cidr.EVERYTHING);
    known.sort(Comparator.comparingInt(Cidr::length).reversed().thenComparing(Cidr::network));
    for (Cidr around : known) {
      AddressSet whole = AddressSet.of(around);
      if (set.minus(whole).isEmpty()) {
        List<Cidr> without = whole.minus(set).prefixes();
        return without.isEmpty()
            ? around.toString()
            : without.size() < prefixes.size() ? around + " but " + some(without) : some(prefixes);
      }
    }
    return some(prefixes);
  }

  private static String some(List<Cidr> prefixes) {
    String shown =
        prefixes.stream()
            .limit(SHOWN_PREFIXES)
            .map(Cidr::toString)
            .collect(Collectors.joining(", "));
    int more = prefixes.size() - SHOWN_PREFIXES;
    return more > 0 ? shown + " and " + more + " more prefixes" : shown;
  }
}
