package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Ipv4;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.PublicAddress;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import io.gops.network.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random flows of a real switch are deleted or altered. Where the switch then does something else
/// with the first packet of some connection, the verifier must have something to say of the tables.
///
/// `-Dgops.mutants=N` takes more of them; docs/quality.md has the figures of a long run.
@Tag("ovs")
class SwitchMutationTest {
  private static final int MUTANTS = Integer.getInteger("gops.mutants", 40);
  private static final List<String> OUTSIDE = List.of("198.51.100.7", "172.16.5.9", "172.20.0.1");

  @TempDir Path directory;
  private final SampleOverlay sample = SampleOverlay.of(RichFleet.of(2));
  private final List<Member> members =
      sample.overlay().vpcs().values().stream().flatMap(vpc -> vpc.members().stream()).toList();
  private final Random random = new Random(20_261_122);

  /// One connection whose first packet is followed.
  ///
  /// @param from absent for connections from outside
  /// @param node where the packet starts
  private record Probe(Optional<Member> from, String node, Ipv4 source, Ipv4 to, Service service) {
    @Override
    public String toString() {
      return from.map(Member::id).orElse(source.toString()) + " -> " + to + " " + service;
    }
  }

  /// An altered table.
  private record Mutant(String how, Flow flow, NodeTables tables) {}

  @Test
  void whatTheSwitchShowsTheVerifierReports() throws Exception {
    List<Probe> probes = probes();
    int changed = 0;
    int refused = 0;
    int reported = 0;
    SortedMap<String, Integer> unseen = new TreeMap<>();
    List<String> missed = new ArrayList<>();
    try (BridgedFleet fleet =
        new BridgedFleet(sample.overlay(), sample.tables(), directory.resolve("fleet"))) {
      Map<Probe, List<String>> before = new HashMap<>();
      for (Probe probe : probes) {
        before.put(probe, follow(fleet, probe));
      }
      for (int i = 0; i < MUTANTS; i++) {
        Mutant mutant = mutant();
        NodeTables whole = original(mutant);
        boolean reports = !findings(mutant).isEmpty();
        reported += reports ? 1 : 0;
        if (!fleet.change(whole, mutant.tables)) {
          refused++;
          continue;
        }
        Optional<Probe> shown = Optional.empty();
        for (Probe probe : probes) {
          if (concerns(probe, mutant) && !follow(fleet, probe).equals(before.get(probe))) {
            shown = Optional.of(probe);
            break;
          }
        }
        assertTrue(fleet.change(mutant.tables, whole), "the way back");
        if (shown.isPresent()) {
          changed++;
          if (!reports) {
            missed.add(words(mutant) + " changes " + shown.get());
          }
        } else if (!reports) {
          unseen.merge(
              mutant.flow.table() + " " + mutant.flow.declaration().path(), 1, Integer::sum);
        }
      }
    }
    System.out.printf(
        "ovs: %d mutants, %d refused by the switch, %d change a verdict of %d connections,"
            + " %d of these reported; %d reported in all; neither shown nor reported: %s%n",
        MUTANTS, refused, changed, probes.size(), changed - missed.size(), reported, unseen);
    assertTrue(changed >= MUTANTS / 8, () -> "the mutants do nothing");
    assertEquals(List.of(), missed);
  }

  private NodeTables original(Mutant mutant) {
    return java.util.Objects.requireNonNull(sample.tables().get(mutant.tables.node().name()));
  }

  private List<?> findings(Mutant mutant) {
    SortedMap<String, NodeTables> one = new TreeMap<>();
    one.put(mutant.tables.node().name(), mutant.tables);
    return Verification.of(sample.deployment(), sample.overlay(), one).findings();
  }

  private static String words(Mutant mutant) {
    Flow flow = mutant.flow;
    return mutant.how
        + " on "
        + mutant.tables.node().name()
        + ": "
        + flow.table()
        + " "
        + flow.declaration().path()
        + " "
        + flow.match().fields()
        + " "
        + flow.actions();
  }

  // ---- Connections

  private List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    PolicyOracle oracle = new PolicyOracle(sample.deployment());
    for (VpcNetwork vpc : sample.overlay().vpcs().values()) {
      List<Service> services = List.copyOf(new TreeSet<>(oracle.services(vpc.name())));
      TreeSet<Ipv4> to = new TreeSet<>();
      members.forEach(member -> to.add(member.address()));
      OUTSIDE.forEach(address -> to.add(Ipv4.parse(address)));
      for (LoginGroup login : sample.overlay().loginGroups().values()) {
        to.add(login.address().address());
      }
      for (Service service : services) {
        for (Member from : vpc.members()) {
          for (Ipv4 target : to) {
            if (!target.equals(from.address())) {
              probes.add(
                  new Probe(Optional.of(from), from.host(), from.address(), target, service));
            }
          }
        }
        for (PublicAddress address : sample.overlay().publicAddresses()) {
          probes.add(
              new Probe(
                  Optional.empty(),
                  address.node(),
                  Ipv4.parse(OUTSIDE.getFirst()),
                  address.address(),
                  service));
        }
      }
    }
    return probes;
  }

  /// Whether the packet may pass the altered node: it starts there, goes to a server there, or
  /// through a gateway.
  private boolean concerns(Probe probe, Mutant mutant) {
    String node = mutant.tables.node().name();
    return probe.node.equals(node)
        || !mutant.tables.node().isHost()
        || probe.from.isEmpty()
        || members.stream().anyMatch(m -> m.host().equals(node) && m.address().equals(probe.to))
        || sample.overlay().loginGroups().values().stream()
            .anyMatch(login -> login.address().address().equals(probe.to));
  }

  private static List<String> follow(BridgedFleet fleet, Probe probe) throws Exception {
    return probe.from.isPresent()
        ? fleet.trace().connect(probe.from.get(), probe.to, probe.service)
        : fleet.trace().enter(probe.node, probe.source, probe.to, probe.service);
  }

  // ---- Mutants

  private Mutant mutant() {
    while (true) {
      List<NodeTables> nodes = List.copyOf(sample.tables().values());
      NodeTables node = nodes.get(random.nextInt(nodes.size()));
      if (node.flows().isEmpty()) {
        continue;
      }
      int index = random.nextInt(node.flows().size());
      Flow flow = node.flows().get(index);
      List<Flow> flows = new ArrayList<>(node.flows());
      String how;
      switch (random.nextInt(4)) {
        case 0 -> {
          how = "deleted";
          flows.remove(index);
        }
        case 1 -> {
          how = "other priority";
          int priority = Math.max(0, flow.priority() + (random.nextBoolean() ? 7 : -7));
          flows.set(
              index,
              new Flow(
                  flow.table(),
                  priority,
                  flow.match(),
                  flow.actions(),
                  flow.kind(),
                  flow.declaration()));
        }
        case 2 -> {
          how = "other match";
          Optional<Match> match = other(flow.match());
          if (match.isEmpty()) {
            continue;
          }
          flows.set(
              index,
              new Flow(
                  flow.table(),
                  flow.priority(),
                  match.get(),
                  flow.actions(),
                  flow.kind(),
                  flow.declaration()));
        }
        default -> {
          how = "other action";
          Optional<List<Action>> actions = other(flow.actions());
          if (actions.isEmpty()) {
            continue;
          }
          flows.set(
              index,
              new Flow(
                  flow.table(),
                  flow.priority(),
                  flow.match(),
                  actions.get(),
                  flow.kind(),
                  flow.declaration()));
        }
      }
      boolean twice =
          flows.stream().map(f -> f.table() + " " + f.priority() + f.match()).distinct().count()
              < flows.size();
      if (!twice) {
        flows.sort(Flow.ORDER);
        return new Mutant(how, flow, new NodeTables(node.node(), flows, node.groups()));
      }
    }
  }

  /// Another value for one condition, of the same width.
  private Optional<Match> other(Match match) {
    List<FieldMatch> conditions =
        match.fields().stream()
            .filter(f -> f.field() != Field.ETH_TYPE && f.field() != Field.IP_PROTO)
            .toList();
    if (conditions.isEmpty()) {
      return Optional.empty();
    }
    FieldMatch old = conditions.get(random.nextInt(conditions.size()));
    long bit = Long.lowestOneBit(old.mask()) << random.nextInt(Long.bitCount(old.mask()));
    FieldMatch changed = new FieldMatch(old.field(), (old.value() ^ bit) & old.mask(), old.mask());
    return Optional.of(
        new Match(match.fields().stream().map(f -> f.equals(old) ? changed : f).toList()));
  }

  /// One action gone, or with another value.
  private Optional<List<Action>> other(List<Action> actions) {
    if (actions.isEmpty()) {
      return Optional.of(List.of(new Action.GotoTable(FlowTable.OUTPUT)));
    }
    List<Action> changed = new ArrayList<>(actions);
    int index = random.nextInt(actions.size());
    switch (actions.get(index)) {
      case Action.SetField set ->
          changed.set(index, new Action.SetField(set.field(), set.value() ^ 1));
      case Action.GotoTable next -> {
        FlowTable[] tables = FlowTable.values();
        changed.set(index, new Action.GotoTable(tables[random.nextInt(tables.length)]));
      }
      case Action.Conjunction clause ->
          changed.set(index, new Action.Conjunction(clause.id() ^ 1, clause.clause(), clause.of()));
      case Action _ -> changed.remove(index);
    }
    return changed.equals(actions) ? Optional.empty() : Optional.of(changed);
  }
}
