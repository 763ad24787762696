package io.gops.outlook;

import io.gops.allocate.Lock;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.Machine;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Host;
import io.gops.verify.PlacementCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Why groups are placed elsewhere than the lock has them.
public final class Moves {
  static final String PLACEMENT = "placement";

  private Moves() {}

  /// A placement that changes.
  ///
  /// @param name of the placement record
  /// @param from the lock's hosts, primary and failover; absent for a new group
  public record Move(
      String name, Optional<String> from, String to, boolean primaryMoves, String why) {}

  /// The placements that differ from the lock's, in order of their names.
  public static List<Move> of(Lock lock, CapacityProof proof) {
    Map<String, Machine> machines = new HashMap<>();
    proof.questions().forEach(q -> q.machines().forEach(m -> machines.put(m.name(), m)));
    List<Move> moves = new ArrayList<>();
    proof
        .placements()
        .forEach(
            (group, list) -> {
              for (int i = 0; i < list.size(); i++) {
                String name = list.size() == 1 ? group : group + "/" + i;
                String to = print(list.get(i));
                Optional<String> from =
                    Optional.ofNullable(lock.records().get(new Lock.Key(PLACEMENT, "fleet", name)));
                if (!from.equals(Optional.of(to))) {
                  boolean primaryMoves =
                      from.filter(old -> !primary(old).equals(list.get(ordinal(name)).primary()))
                          .isPresent();
                  moves.add(
                      new Move(
                          name,
                          from,
                          to,
                          primaryMoves,
                          why(group, ordinal(name), from, proof, machines)));
                }
              }
            });
    return moves;
  }

  private static int ordinal(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? 0 : Integer.parseInt(name.substring(slash + 1));
  }

  private static String print(Group.Placement placement) {
    return placement
        .failover()
        .map(failover -> placement.primary() + "," + failover)
        .orElse(placement.primary());
  }

  static String primary(String record) {
    int comma = record.indexOf(',');
    return comma < 0 ? record : record.substring(0, comma);
  }

  private static String why(
      String group,
      int ordinal,
      Optional<String> from,
      CapacityProof proof,
      Map<String, Machine> machines) {
    if (from.isEmpty()) {
      return "it is new";
    }
    String old = primary(from.get());
    List<Group.Placement> list = proof.placements().getOrDefault(group, List.of());
    if (list.get(ordinal).primary().equals(old)) {
      return "the other hosts changed what they can take";
    }
    Machine machine = machines.get(old);
    if (machine == null) {
      return old + " is no host of its pool any more";
    }
    if (machine.state() != Host.State.ACTIVE) {
      return old + " is " + machine.state().name().toLowerCase(Locale.ROOT);
    }
    return back(group, ordinal, old, proof)
        .map(flaw -> "there " + flaw)
        .orElse("others that may not move need the room");
  }

  /// What breaks when the group alone goes back to its old host.
  private static Optional<String> back(String group, int ordinal, String old, CapacityProof proof) {
    TreeMap<String, List<Group.Placement>> placements = new TreeMap<>(proof.placements());
    List<Group.Placement> list =
        new ArrayList<>(placements.getOrDefault(group, Collections.emptyList()));
    list.set(ordinal, new Group.Placement(old, list.get(ordinal).failover()));
    placements.put(group, list);
    return proof.questions().stream()
        .filter(q -> q.occupants().stream().anyMatch(o -> o.group().equals(group)))
        .map(Moves::withoutLosses)
        .flatMap(q -> PlacementCheck.violations(q, placements).stream())
        .findFirst();
  }

  private static PoolProblem withoutLosses(PoolProblem q) {
    return q.withLosses(q.spare(), 0);
  }
}
