package io.gops.verify;

import io.gops.capacity.Attempt;
import io.gops.capacity.Impossibility;
import io.gops.capacity.Machine;
import io.gops.capacity.Occupant;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Re-checks what is said of a search that found nothing. That it found nothing proves nothing, so
/// there is always something wrong with it; but what it did place must hold.
final class AttemptCheck {
  private final Attempt attempt;
  private final Map<Attempt.Replica, Occupant> waiting = new HashMap<>();
  private final Map<String, List<Occupant>> placed = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private AttemptCheck(Attempt attempt) {
    this.attempt = attempt;
    attempt
        .question()
        .occupants()
        .forEach(o -> waiting.put(new Attempt.Replica(o.group(), o.ordinal()), o));
  }

  /// Why the attempt proves nothing, and what is wrong with it besides.
  static List<String> violations(Attempt attempt) {
    AttemptCheck check = new AttemptCheck(attempt);
    check.violations.add(check.undecided());
    attempt.placed().forEach(check::place);
    attempt.question().machines().forEach(check::host);
    check.placed.keySet().stream()
        .sorted()
        .forEach(host -> check.say(host + " is not a host of the pool"));
    check.left();
    return List.copyOf(check.violations);
  }

  private String undecided() {
    int groups = attempt.question().occupants().size();
    String what =
        attempt.lost().isPresent()
            ? attempt.orphans().size()
                + " groups of "
                + attempt.lost().get()
                + " found no other host after its loss"
            : groups - attempt.placed().size() + " of " + groups + " groups found no host";
    return "pool " + attempt.question().pool() + " is undecided, which is no proof: " + what;
  }

  private void say(String what) {
    violations.add("pool " + attempt.question().pool() + ": " + what);
  }

  private void place(Impossibility.Settled settled) {
    Occupant occupant = waiting.remove(new Attempt.Replica(settled.group(), settled.ordinal()));
    if (occupant == null) {
      say(settled.group() + "/" + settled.ordinal() + " is placed twice, or not a group of it");
    } else {
      placed.computeIfAbsent(settled.host(), _ -> new ArrayList<>()).add(occupant);
    }
  }

  private void host(Machine machine) {
    List<Occupant> there = placed.remove(machine.name());
    if (there == null) {
      return;
    }
    Set<String> groups = new HashSet<>();
    boolean apart = there.stream().allMatch(occupant -> groups.add(occupant.group()));
    boolean shared = attempt.question().sharing() == Pool.Sharing.EXCLUSIVE && there.size() > 1;
    boolean holds = new HostLoad(attempt.question()).holds(machine, there);
    if (machine.state() == Host.State.FAILED || !apart || shared || !holds) {
      say(machine.name() + " does not hold with what was placed on it");
    }
  }

  /// With a loss everything has been placed, and the orphans on the lost host; without one,
  /// something has not.
  private void left() {
    Set<Attempt.Replica> onLost = new HashSet<>();
    attempt.placed().stream()
        .filter(s -> attempt.lost().filter(s.host()::equals).isPresent())
        .forEach(s -> onLost.add(new Attempt.Replica(s.group(), s.ordinal())));
    boolean told =
        attempt.lost().isPresent()
            ? waiting.isEmpty()
                && !attempt.orphans().isEmpty()
                && onLost.containsAll(attempt.orphans())
            : !waiting.isEmpty() && attempt.orphans().isEmpty();
    if (!told) {
      say("what is said to be left over is not what is left over");
    }
  }
}
