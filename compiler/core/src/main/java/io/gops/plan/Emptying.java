package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps in which players leave the servers that take logins: when they want to, and at the latest
/// at the deadline.
final class Emptying {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Scope scope;
  private final Release.Drain drain;

  Emptying(Scope scope, Release.Drain drain) {
    this.scope = scope;
    this.drain = drain;
  }

  /// Players who are to leave.
  ///
  /// @param staying hosts on which players of the set stay; none when all leave
  /// @param players at most
  record Leavers(Workload workload, List<String> staying, long players) {
    Leavers {
      staying = List.copyOf(staying);
    }
  }

  /// Adds the steps for these groups. A standby has no players; the side that takes no logins does
  /// when a switch was interrupted.
  void addStepsOf(Steps steps, int wave, List<Group> groups) {
    addSteps(
        steps,
        wave,
        groups.stream()
            .flatMap(group -> group.workloads().stream())
            .filter(this::hasPlayers)
            .map(w -> new Leavers(w, List.of(), Scope.players(w.zone())))
            .toList());
  }

  /// Adds the steps for some servers of sets.
  void addSteps(Steps steps, int wave, List<Leavers> leavers) {
    steps.add(
        wave,
        Step.Kind.DRAIN,
        "drain",
        "Wait until players have left, at most " + PlanWords.duration(drain.kickAfter()),
        leavers.stream().map(this::drain).toList(),
        drain.kickAfter(),
        Players.NONE,
        time());
    long players = players(leavers);
    DrainCurve curve = new DrainCurve(drain);
    steps.add(
        wave,
        Step.Kind.KICK,
        "kick",
        "Check that few enough players are left to be disconnected",
        leavers.stream().map(this::kick).toList(),
        TIMEOUT,
        new Players(
            0,
            curve.expected(drain.kickAfter()).ofCeil(players),
            curve.atMost(drain.kickAfter()).ofCeil(players)),
        Estimate.seconds(5, 30));
  }

  private boolean hasPlayers(Workload workload) {
    State.GroupState now = scope.now(workload.group());
    boolean runs = Scope.side(now, workload.side()).replicas() > 0;
    boolean underWay =
        workload.zone().body().pair().filter(pair -> now.isUnderWay(pair.standby())).isPresent();
    return runs && (workload.side() == now.live() || underWay);
  }

  /// A zone has its players once, whatever number of roles they are spread over.
  private static long players(List<Leavers> leavers) {
    SortedMap<Integer, Long> most = new TreeMap<>();
    leavers.forEach(some -> most.merge(some.workload().zone().id(), some.players(), Math::max));
    return most.values().stream().mapToLong(Long::longValue).sum();
  }

  private Task drain(Leavers leavers) {
    Workload workload = leavers.workload();
    Action.Drain action =
        new Action.Drain(
            Scope.ref(workload),
            Action.CountPlayers.of(workload),
            drain.kickAfter().toSeconds(),
            leavers.staying());
    return new Task(workload.name(), action, List.of(), List.of(), new Undo.Nothing());
  }

  private Task kick(Leavers leavers) {
    Workload workload = leavers.workload();
    Action.Kick action =
        new Action.Kick(
            Scope.ref(workload),
            Action.CountPlayers.of(workload),
            drain.kickBudget().ofFloor(leavers.players()),
            leavers.staying());
    return new Task(workload.name(), action, List.of(), List.of(), new Undo.Nothing());
  }

  /// How long the wait is: until everybody has left, or until the deadline.
  private Estimate time() {
    Duration deadline = drain.kickAfter();
    Duration usual =
        drain.remaining().stream()
            .filter(point -> point.share().basisPoints() == 0)
            .map(Release.Drain.Remaining::after)
            .filter(after -> after.compareTo(deadline) < 0)
            .findFirst()
            .orElse(deadline);
    return new Estimate(usual, deadline);
  }
}
