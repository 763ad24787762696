package io.gops.cli;

import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.Policy;
import io.gops.network.trace.Question;
import io.gops.network.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Who reaches whom, by following packets through the generated flow tables of both compiles. What
/// the diff tells is computed from the policy, of which the tables know nothing.
final class ReachabilityOracle {
  private final Compiled before;
  private final Compiled after;
  private final Tracer old;
  private final Tracer fresh;

  ReachabilityOracle(Compiled before, Compiled after) {
    this.before = before;
    this.after = after;
    this.old = new Tracer(before.deployment(), before.overlay(), before.tables()::of);
    this.fresh = new Tracer(after.deployment(), after.overlay(), after.tables()::of);
  }

  /// One server of those that no policy tells apart.
  ///
  /// @param set its zones
  private record Representative(String vpc, String set, String server) {}

  /// A packet that arrives in one of the compiles only.
  private record Found(boolean widened, String set, String question) {}

  /// What the diff leaves out, or what no packet shows, in sentences.
  List<String> disagreements(List<ToldChange> told) {
    List<String> sentences =
        told.stream()
            .filter(change -> change.environment().equals(after.fleet().environment()))
            .flatMap(change -> change.consequences().stream())
            .filter(text -> text.contains(word(true)) || text.contains(word(false)))
            .toList();
    List<Found> found = found();
    List<String> disagreements = new ArrayList<>();
    for (Found packet : found) {
      if (sentences.stream().noneMatch(sentence -> speaks(sentence, packet))) {
        disagreements.add("not told: " + packet);
      }
    }
    for (String sentence : sentences) {
      if (found.stream().noneMatch(packet -> speaks(sentence, packet))) {
        disagreements.add("no packet shows: " + sentence);
      }
    }
    return disagreements;
  }

  private static String word(boolean widened) {
    return widened ? " may now reach " : " may no longer reach ";
  }

  private static boolean speaks(String sentence, Found packet) {
    return sentence.contains(word(packet.widened())) && sentence.contains(packet.set());
  }

  private List<Found> found() {
    List<Found> found = new ArrayList<>();
    SortedSet<String> outside = outside();
    List<Representative> servers = representatives();
    for (Representative server : servers) {
      for (String port : ports()) {
        for (String address : outside) {
          ask(server, server.server(), address, port, found);
          ask(server, address, server.server(), port, found);
        }
        for (Representative other : servers) {
          if (other.vpc().equals(server.vpc()) && !other.equals(server)) {
            ask(server, server.server(), other.server(), port, found);
          }
        }
      }
    }
    return found;
  }

  private void ask(Representative server, String from, String to, String port, List<Found> found) {
    Question question = new Question(from, to, Optional.of(port));
    Optional<Boolean> did = delivers(old, question);
    Optional<Boolean> does = delivers(fresh, question);
    if (did.isPresent() && does.isPresent() && !did.equals(does)) {
      found.add(new Found(does.get(), server.set(), from + " -> " + to + ":" + port));
    }
  }

  private static Optional<Boolean> delivers(Tracer tracer, Question question) {
    return switch (tracer.trace(question)) {
      case Tracer.Answer.Path path -> Optional.of(path.path().isDelivered());
      case Tracer.Answer.Unclear _ -> Optional.empty();
    };
  }

  /// Servers that both compiles have, one for each side of each role of some zones.
  private List<Representative> representatives() {
    SortedMap<String, Representative> was = servers(before.deployment());
    SortedMap<String, Representative> is = servers(after.deployment());
    List<Representative> both = new ArrayList<>(was.values());
    both.retainAll(is.values());
    return both;
  }

  private static SortedMap<String, Representative> servers(Deployment deployment) {
    SortedMap<String, Representative> servers = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      for (Workload workload : group.workloads()) {
        if (!workload.nics().isEmpty()) {
          String set = group.zone().set();
          servers.putIfAbsent(
              set + " " + group.role().name() + " " + workload.side(),
              new Representative(
                  group.zone().body().vpc().orElse(""), set, workload.nics().getFirst().id()));
        }
      }
    }
    return servers;
  }

  /// The ends of every prefix that either compile knows, and anybody.
  private SortedSet<String> outside() {
    SortedSet<String> addresses = new TreeSet<>();
    addresses.add("internet");
    Stream.of(before.deployment(), after.deployment())
        .flatMap(
            deployment ->
                Stream.of(
                        deployment.services().values().stream().flatMap(s -> s.prefixes().stream()),
                        deployment.gateways().values().stream().flatMap(g -> g.prefixes().stream()),
                        deployment.vpcs().values().stream().map(vpc -> vpc.cidr()))
                    .flatMap(prefixes -> prefixes))
        .forEach(
            (Cidr prefix) -> {
              addresses.add(prefix.network().plus(1).toString());
              addresses.add(prefix.last().plus(-1).toString());
            });
    return addresses;
  }

  /// Every port that a rule of either compile names, with both protocols, and one that none names.
  private SortedSet<String> ports() {
    SortedSet<String> ports = new TreeSet<>(List.of("tcp/9", "udp/9", "icmp"));
    Stream.of(before.deployment(), after.deployment())
        .flatMap(deployment -> deployment.policies().stream())
        .flatMap(policy -> policy.rules().stream())
        .map(Policy.Rule::ports)
        .flatMap(rule -> rule.ports().stream())
        .forEach(port -> ports.addAll(List.of("tcp/" + port.number(), "udp/" + port.number())));
    return ports;
  }
}
