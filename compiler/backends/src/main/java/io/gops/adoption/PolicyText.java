package io.gops.adoption;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.json.Json;
import io.gops.network.AddressSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The NetworkPolicies of a cluster as rules.
///
/// What matters of a NetworkPolicy is what it lets through, for several speak of the same pods and
/// add up. So the rules are read off the servers: each kind of server is asked, for each peer that
/// a policy names, which ports all policies together leave open. A connection between two servers
/// must be let out by the one and let in by the other.
final class PolicyText {
  /// The addresses of a VPC that no machine has: those for benchmarks (RFC 2544).
  private static final String NOBODYS = "198.18.0.0/15";

  /// A longer range of ports would be as many rules.
  private static final int LONGEST_RANGE = 63;

  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}");

  private final List<Servers> servers;
  private final List<Manifest> policies;
  private final SortedMap<String, String> services = new TreeMap<>();
  private final SortedMap<String, Set<String>> servicePorts = new TreeMap<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private final Set<String> rules = new LinkedHashSet<>();

  /// Servers of one role and side of a game.
  ///
  /// @param endpoint as rules name them
  record Servers(String endpoint, List<ServerSet> sets) {
    private ServerSet any() {
      return sets.getFirst();
    }

    /// What a port is called.
    private Optional<String> portName(Port port) {
      return any().containers().stream()
          .flatMap(container -> any().declaredPorts(ServerSet.name(container)).stream())
          .filter(declared -> port.equals(Port.declared(declared)))
          .map(declared -> Manifest.text(declared, "name").orElse("p" + port.number()))
          .findFirst();
    }

    private String namespace() {
      return any().manifest().namespace();
    }
  }

  /// Ports that are let through; all of them when the set is absent.
  private record Open(Optional<Set<Port>> ports) {
    private static final Open ALL = new Open(Optional.empty());

    private Open and(Open other) {
      if (ports.isEmpty() || other.ports.isEmpty()) {
        return ports.isEmpty() ? other : this;
      }
      Set<Port> both = new LinkedHashSet<>(ports.get());
      both.retainAll(other.ports.get());
      return new Open(Optional.of(both));
    }

    private Open or(Open other) {
      if (ports.isEmpty() || other.ports.isEmpty()) {
        return ALL;
      }
      Set<Port> both = new LinkedHashSet<>(ports.get());
      both.addAll(other.ports.get());
      return new Open(Optional.of(both));
    }

    private boolean isClosed() {
      return ports.filter(Set::isEmpty).isPresent();
    }
  }

  private record Port(String protocol, long number) {
    /// A port of a container.
    private static Port declared(Json port) {
      return new Port(
          Manifest.text(port, "protocol").orElse("TCP"),
          Manifest.number(port, "containerPort").orElse(0L));
    }

    private boolean hasWord() {
      return protocol.equals("TCP") || protocol.equals("UDP");
    }
  }

  /// The VPC for servers that are in none: policies need one.
  static final String VPC = "imported";

  private PolicyText(List<Servers> servers, List<Manifest> policies) {
    this.servers = servers;
    this.policies = policies;
  }

  /// @param declarations of the VPC, what is outside of it and the policy; empty without policies
  /// @param notes what cannot be said of each policy, by `namespace/name`; empty lists for others
  record Result(String declarations, Map<String, List<String>> notes) {}

  /// Whether a policy speaks of the servers of a set.
  static boolean speaksOf(ServerSet set, ClusterObjects objects) {
    return objects.of("NetworkPolicy").stream().anyMatch(policy -> selects(policy, set));
  }

  static Result of(List<Servers> servers, ClusterObjects objects) {
    PolicyText text = new PolicyText(servers, objects.of("NetworkPolicy"));
    text.policies.forEach(policy -> text.notes.put(key(policy), text.unsaid(policy)));
    text.collect();
    return new Result(text.selected().isEmpty() ? "" : text.declarations(), text.notes);
  }

  private static String key(Manifest policy) {
    return policy.namespace() + "/" + policy.name();
  }

  private static boolean selects(Manifest policy, ServerSet set) {
    return policy.namespace().equals(set.manifest().namespace())
        && matches(policy.at("spec", "podSelector").orElse(Json.object().end()), set);
  }

  /// Whether a label selector means the pods of a set.
  private static boolean matches(Json selector, ServerSet set) {
    SortedMap<String, Json> labels = Manifest.members(set.template(), "metadata", "labels");
    boolean isMeant =
        labels.entrySet().containsAll(Manifest.members(selector, "matchLabels").entrySet());
    for (Json expression : Manifest.items(selector, "matchExpressions")) {
      Json value = labels.get(Manifest.text(expression, "key").orElse(""));
      List<Json> values = Manifest.items(expression, "values");
      isMeant &=
          switch (Manifest.text(expression, "operator").orElse("")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
          };
    }
    return isMeant;
  }

  private List<Servers> selected() {
    return servers.stream()
        .filter(s -> policies.stream().anyMatch(policy -> selects(policy, s.any())))
        .toList();
  }

  private void collect() {
    List<Servers> ruled = selected();
    for (Servers to : ruled) {
      for (Servers from : ruled) {
        Open out = open(from, "Egress", peer -> isServers(peer, from, to), to);
        Open in = open(to, "Ingress", peer -> isServers(peer, to, from), to);
        rule(from.endpoint(), to.endpoint(), out.and(in), to, "");
      }
      for (String block : blocks(to, "Ingress")) {
        Open in = open(to, "Ingress", peer -> block(peer).equals(Optional.of(block)), to);
        String service = service(block);
        rule(service, to.endpoint(), in, to, "");
      }
      for (String block : blocks(to, "Egress")) {
        Open out = open(to, "Egress", peer -> block(peer).equals(Optional.of(block)), to);
        rule(to.endpoint(), service(block), out, to, service(block));
      }
    }
  }

  /// The address blocks that a direction of some servers names; everywhere where nothing restricts
  /// it, or a rule has no peers.
  private Set<String> blocks(Servers of, String direction) {
    Set<String> blocks = new LinkedHashSet<>();
    if (!isIsolated(of, direction)) {
      blocks.add("0.0.0.0/0");
    }
    for (Json rule : rules(of, direction)) {
      List<Json> peers = peers(rule, direction);
      if (peers.isEmpty()) {
        blocks.add("0.0.0.0/0");
      }
      peers.forEach(peer -> block(peer).ifPresent(found -> blocks.add(found)));
    }
    return blocks;
  }

  private boolean isIsolated(Servers of, String direction) {
    return policies.stream()
        .filter(policy -> selects(policy, of.any()))
        .anyMatch(policy -> types(policy).contains(direction));
  }

  private static List<String> types(Manifest policy) {
    List<String> types = Manifest.texts(policy.content(), "spec", "policyTypes");
    return !types.isEmpty()
        ? types
        : policy.at("spec", "egress").isPresent()
            ? List.of("Ingress", "Egress")
            : List.of("Ingress");
  }

  private List<Json> rules(Servers of, String direction) {
    String member = direction.equals("Ingress") ? "ingress" : "egress";
    return policies.stream()
        .filter(policy -> selects(policy, of.any()) && types(policy).contains(direction))
        .flatMap(policy -> Manifest.items(policy.content(), "spec", member).stream())
        .toList();
  }

  private static List<Json> peers(Json rule, String direction) {
    return Manifest.items(rule, direction.equals("Ingress") ? "from" : "to");
  }

  /// The ports that all policies of some servers leave open in a direction to peers of a kind.
  ///
  /// @param named whose ports names of ports mean
  private Open open(Servers of, String direction, Predicate<Json> isPeer, Servers named) {
    if (!isIsolated(of, direction)) {
      return Open.ALL;
    }
    Open open = new Open(Optional.of(Set.of()));
    for (Json rule : rules(of, direction)) {
      List<Json> peers = peers(rule, direction);
      if (peers.isEmpty() || peers.stream().anyMatch(isPeer)) {
        open = open.or(ports(rule, named));
      }
    }
    return open;
  }

  private static Open ports(Json rule, Servers named) {
    List<Json> ports = Manifest.items(rule, "ports");
    if (ports.isEmpty()) {
      return Open.ALL;
    }
    Set<Port> open = new LinkedHashSet<>();
    for (Json port : ports) {
      String protocol = Manifest.text(port, "protocol").orElse("TCP");
      Optional<Long> first = Manifest.number(port, "port").or(() -> named(port, named));
      long last = Manifest.number(port, "endPort").orElse(first.orElse(0L));
      boolean isLong = first.isEmpty() || last - first.get() > LONGEST_RANGE;
      for (long n = first.orElse(0L); n <= last && !isLong; n++) {
        open.add(new Port(protocol, n));
      }
    }
    return new Open(Optional.of(open));
  }

  private static Optional<Long> named(Json port, Servers of) {
    return Manifest.text(port, "port").flatMap(name -> number(of, name));
  }

  private static Optional<Long> number(Servers of, String name) {
    return of.any().containers().stream()
        .flatMap(container -> of.any().ports(ServerSet.name(container)).entrySet().stream())
        .filter(port -> port.getValue().equals(name))
        .map(port -> Long.parseLong(port.getKey()))
        .findFirst();
  }

  /// Whether a peer of a policy in the namespace of some servers means others.
  private static boolean isServers(Json peer, Servers of, Servers others) {
    Optional<Json> pods = Manifest.at(peer, "podSelector");
    Optional<Json> namespaces = Manifest.at(peer, "namespaceSelector");
    if (pods.isEmpty() && namespaces.isEmpty()) {
      return false;
    }
    boolean isThere =
        namespaces
            .map(selector -> isNamespace(selector, others.namespace()))
            .orElse(of.namespace().equals(others.namespace()));
    return isThere && matches(pods.orElse(Json.object().end()), others.any());
  }

  private static boolean isNamespace(Json selector, String namespace) {
    SortedMap<String, Json> labels = Manifest.members(selector, "matchLabels");
    boolean isAny = labels.isEmpty() && Manifest.items(selector, "matchExpressions").isEmpty();
    return isAny
        || (labels.size() == 1
            && Json.of(namespace).equals(labels.get("kubernetes.io/metadata.name")));
  }

  /// `0.0.0.0/0-10.0.0.0/8`.
  private static Optional<String> block(Json peer) {
    return Manifest.text(peer, "ipBlock", "cidr")
        .filter(PREFIX.asMatchPredicate())
        .map(
            cidr -> {
              StringBuilder block = new StringBuilder(cidr);
              Manifest.texts(peer, "ipBlock", "except").stream()
                  .filter(PREFIX.asMatchPredicate())
                  .forEach(except -> block.append('-').append(except));
              return block.toString();
            });
  }

  /// The service for an address block. What a VPC has itself is never outside of it.
  private String service(String block) {
    String known = services.get(block);
    if (known != null) {
      return known;
    }
    String name = block.equals("0.0.0.0/0") ? "anywhere" : "net-" + (services.size() + 1);
    services.put(block, name);
    return name;
  }

  private static List<String> prefixes(String block) {
    List<String> parts = List.of(block.split("-", -1));
    AddressSet addresses =
        AddressSet.of(cidr(parts.getFirst())).minus(AddressSet.of(cidr(NOBODYS)));
    for (String except : parts.subList(1, parts.size())) {
      addresses = addresses.minus(AddressSet.of(cidr(except)));
    }
    return addresses.prefixes().stream().map(Cidr::toString).toList();
  }

  private static Cidr cidr(String text) {
    int slash = text.indexOf('/');
    return new Cidr(
        Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /// @param service whose ports are named; empty for those of servers
  private void rule(String from, String to, Open open, Servers named, String service) {
    if (open.isClosed()) {
      return;
    }
    if (open.ports().isEmpty()) {
      rules.add("allow " + from + " -> " + to);
      return;
    }
    for (Port port : open.ports().get().stream().filter(Port::hasWord).toList()) {
      if (service.isEmpty()) {
        named
            .portName(port)
            .ifPresent(
                name -> rules.add("allow " + from + " -> " + to + ":" + Spelled.label(name)));
      } else {
        String name = port.protocol().toLowerCase(Locale.ROOT) + port.number();
        servicePorts
            .computeIfAbsent(service, _ -> new LinkedHashSet<>())
            .add(
                "port "
                    + name
                    + " { number = "
                    + port.number()
                    + (port.protocol().equals("UDP") ? ", protocol = udp }" : " }"));
        rules.add("allow " + from + " -> " + to + ":" + name);
      }
    }
  }

  /// What of a policy no rule says: pods that are no servers of the source, protocols without a
  /// word, long ranges of ports, addresses of version 6.
  private List<String> unsaid(Manifest policy) {
    List<String> unsaid = new ArrayList<>();
    List<Servers> own =
        servers.stream()
            .filter(s -> s.sets().stream().anyMatch(set -> selects(policy, set)))
            .toList();
    if (own.isEmpty()) {
      unsaid.add("spec.podSelector selects no servers of the source");
      return unsaid;
    }
    for (Servers some : own) {
      if (!some.sets().stream().allMatch(set -> selects(policy, set))) {
        unsaid.add("spec.podSelector selects only some zones of " + some.endpoint());
      }
    }
    for (String direction : List.of("Ingress", "Egress")) {
      String member = direction.equals("Ingress") ? "ingress" : "egress";
      List<Json> rules = Manifest.items(policy.content(), "spec", member);
      for (int r = 0; r < rules.size(); r++) {
        String at = "spec." + member + "[" + r + "]";
        List<Json> peers = peers(rules.get(r), direction);
        for (int p = 0; p < peers.size(); p++) {
          String place = at + (direction.equals("Ingress") ? ".from[" : ".to[") + p + "]";
          peer(peers.get(p), place, own).ifPresent(line -> unsaid.add(line));
        }
        List<Json> ports = Manifest.items(rules.get(r), "ports");
        for (int p = 0; p < ports.size(); p++) {
          port(
                  ports.get(p),
                  at + ".ports[" + p + "]",
                  direction.equals("Ingress") ? own : List.of())
              .ifPresent(line -> unsaid.add(line));
        }
      }
    }
    return unsaid;
  }

  private Optional<String> peer(Json peer, String place, List<Servers> own) {
    if (Manifest.at(peer, "ipBlock").isPresent()) {
      return block(peer).isPresent()
          ? Optional.empty()
          : Optional.of(place + ".ipBlock is no IPv4 prefix");
    }
    List<Servers> meant =
        servers.stream()
            .filter(other -> own.stream().anyMatch(s -> isServers(peer, s, other)))
            .toList();
    return meant.isEmpty()
        ? Optional.of(place + " means pods that are no servers of the source")
        : Manifest.at(peer, "namespaceSelector")
                .filter(s -> Manifest.members(s).isEmpty())
                .isPresent()
            ? Optional.of(place + ".namespaceSelector means pods that are no servers as well")
            : Optional.empty();
  }

  /// @param own whose declared ports are meant; nobody's for ports elsewhere
  private static Optional<String> port(Json port, String place, List<Servers> own) {
    String protocol = Manifest.text(port, "protocol").orElse("TCP");
    if (!protocol.equals("TCP") && !protocol.equals("UDP")) {
      return Optional.of(place + ".protocol is " + protocol + ", for which there is no word");
    }
    long first = Manifest.number(port, "port").orElse(0L);
    if (Manifest.number(port, "endPort").orElse(first) - first > LONGEST_RANGE) {
      return Optional.of(place + ".endPort ends a range of more than 64 ports");
    }
    if (Manifest.at(port, "port").isEmpty()) {
      return Optional.of(place + " means all ports of a protocol, for which there is no word");
    }
    return own.stream()
        .filter(
            s -> {
              Optional<Long> number = Manifest.number(port, "port").or(() -> named(port, s));
              return s.portName(new Port(protocol, number.orElse(0L))).isEmpty();
            })
        .findFirst()
        .map(s -> place + ".port is no declared port of " + s.endpoint());
  }

  private String declarations() {
    StringBuilder text = new StringBuilder();
    text.append(
            "// Policies need a VPC; nobody has these addresses. Write the gateways that lead outside.\n")
        .append("gateway outside {\n  kind = backbone\n  prefixes = [0.0.0.0/0]\n")
        .append("  node made-up { underlay = 10.255.255.254 }\n}\n\n")
        .append("vpc imported {\n  cidr = ")
        .append(NOBODYS)
        .append("\n  backbone = outside\n}\n\n");
    services.forEach(
        (block, name) -> {
          text.append("service ").append(name).append(" {\n  prefixes = ");
          List<String> prefixes = prefixes(block);
          text.append("[").append(String.join(", ", prefixes)).append("]\n");
          servicePorts
              .getOrDefault(name, Set.of())
              .forEach(port -> text.append("  ").append(port).append('\n'));
          text.append("}\n\n");
        });
    text.append("policy imported-traffic {\n  vpc = imported\n");
    rules.forEach(rule -> text.append("  ").append(rule).append('\n'));
    return text.append("}\n\n").toString();
  }
}
