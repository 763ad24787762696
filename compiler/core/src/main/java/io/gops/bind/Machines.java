package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes pools and hosts: ranges of machines are zipped with their names and addresses.
final class Machines {
  private final Problems problems;
  private final Amounts everywhere;
  private final SortedMap<String, Pool> pools = new TreeMap<>();
  private final SortedMap<String, Host> hosts = new TreeMap<>();
  private final Map<Ipv4, Host> byAddress = new HashMap<>();

  /// @param cluster what it reserves holds where nothing else is said
  Machines(Problems problems, Optional<Attributes> cluster) {
    this.problems = problems;
    this.everywhere = cluster.map(c -> c.child("reserve").amounts()).orElse(Amounts.NONE);
  }

  SortedMap<String, Pool> pools() {
    return pools;
  }

  SortedMap<String, Host> hosts() {
    return hosts;
  }

  void add(Attributes site) {
    site.children("pool").forEach(pool -> addPool(site.block().label(), pool));
  }

  private void addPool(String site, Attributes pool) {
    String key = site + "." + pool.block().label();
    Amounts reserve = over(everywhere, pool.child("reserve").amounts());
    List<String> names = new ArrayList<>();
    for (Attributes hosts : pool.children("hosts")) {
      names.addAll(range(hosts, key, reserve));
    }
    for (Attributes host : pool.children("host")) {
      Optional<Ipv4> underlay = host.address("underlay");
      if (underlay.isPresent()) {
        add(host(host, host.block().label(), underlay.get(), key, reserve)).ifPresent(names::add);
      }
    }
    pools.put(
        key,
        new Pool(
            site,
            pool.block().label(),
            pool.constant("sharing", Pool.Sharing.class).orElse(Pool.Sharing.PACKED),
            pool.child("margin").shares(),
            pool.count("spare"),
            pool.word("survive").isPresent() ? Pool.WHOLE_RACK : pool.count("survive"),
            names,
            pool.origins()));
  }

  /// What is said nearer replaces what is said further away, resource by resource.
  private static Amounts over(Amounts lower, Amounts upper) {
    Amounts result = lower;
    for (Resource resource : Resource.values()) {
      if (upper.has(resource)) {
        result = result.with(resource, upper.get(resource));
      }
    }
    return result;
  }

  private List<String> range(Attributes hosts, String pool, Amounts reserve) {
    Optional<NumberSet> numbers = hosts.block().numbers();
    if (numbers.isEmpty()) {
      problems.suspects().nameless(hosts.block().word());
      return List.of();
    }
    List<String> names = new ArrayList<>();
    int size = numbers.get().size();
    boolean countFits = true;
    Members members = new Members(hosts.block());
    for (int i = 0; i < size; i++) {
      int number = numbers.get().members().get(i);
      Attributes member = members.member(hosts, number);
      Optional<String> name = member.value("name").flatMap(value -> fill(value, number));
      Optional<Ipv4> underlay = underlay(member, i, size);
      countFits &= underlay.isPresent();
      if (name.isPresent() && underlay.isPresent()) {
        add(host(member, name.get(), underlay.get(), pool, reserve)).ifPresent(names::add);
      } else {
        problems.suspects().nameless(hosts.block().word());
      }
    }
    if (countFits) { // else the numbers are wrong, and their overrides may be right
      members.check(numbers.get(), problems);
    }
    return names;
  }

  /// The text with the member's number in the place of `${n}`.
  private static Optional<String> fill(Value value, int number) {
    if (!(value instanceof Value.Text(List<Value.Part> parts))) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (Value.Part part : parts) {
      switch (part) {
        case Value.Literal(String literal) -> text.append(literal);
        case Value.Hole(_, int digits, _) -> {
          String plain = Integer.toString(number);
          text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
        }
      }
    }
    return Optional.of(text.toString());
  }

  private Optional<Ipv4> underlay(Attributes member, int index, int size) {
    Optional<Value> value = member.value("underlay");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case Value.Address(Ipv4 address) -> Optional.of(address);
      case Value.AddressSpan(Ipv4 first, Ipv4 last) -> {
        long length = last.value() - first.value() + 1;
        if (length != size) {
          problems.report(
              Diagnostic.of(Code.GOPS2023, "underlay", length, size)
                  .at(member.place("underlay"))
                  .related(member.block().place(), "related", size)
                  .hint("hint", first + ".." + first.plus(size - 1)));
          yield Optional.empty();
        }
        yield Optional.of(first.plus(index));
      }
      case Value _ -> Optional.empty();
    };
  }

  private Host host(Attributes host, String name, Ipv4 underlay, String pool, Amounts reserve) {
    return new Host(
        name,
        pool,
        underlay,
        host.amounts(),
        over(reserve, host.child("reserve").amounts()),
        host.text("rack").orElse(name),
        host.constant("state", Host.State.class).orElse(Host.State.ACTIVE),
        host.origins());
  }

  /// Takes a host in, unless its name or address is taken.
  private Optional<String> add(Host host) {
    Host before = hosts.putIfAbsent(host.name(), host);
    if (before != null) {
      Optional<Place> place = host.origins().place("name");
      problems.report(
          Diagnostic.of(Code.GOPS2008, "host " + host.name())
              .at(place)
              .related(before.origins().place("name"), "related"));
      return Optional.empty();
    }
    Host neighbour = byAddress.putIfAbsent(host.underlay(), host);
    if (neighbour != null) {
      Place place = host.origins().place("underlay").orElseThrow();
      problems.report(
          "address at " + place,
          place,
          Diagnostic.of(
                  Code.GOPS2045, "host " + host.name(), "host " + neighbour.name(), host.underlay())
              .at(host.origins().place("underlay"))
              .related(neighbour.origins().place("underlay"), "related"));
    }
    return Optional.of(host.name());
  }
}
