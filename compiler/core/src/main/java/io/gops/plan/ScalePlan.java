package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Steps of a `scale`: where there are too few servers, more start; where there are too many, those
/// that are to go take no new players, players leave them, and they stop.
///
/// Pods of a set are interchangeable, so nobody knows which number runs on which host. The capacity
/// proof gives up hosts; the servers on them go, and what stays is where the proof has it.
final class ScalePlan {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private final Scope scope;
  private final Release.Scale release;

  ScalePlan(Scope scope, Release.Scale release) {
    this.scope = scope;
    this.release = release;
  }

  /// A set whose number changes.
  record Change(Workload workload, String version, int from, int to) {
    boolean isMore() {
      return to > from;
    }

    Action.SetRef set() {
      return Scope.ref(workload);
    }
  }

  /// The groups whose number of servers is not the one that their game says, by zone.
  SortedMap<Integer, List<Group>> changing() {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    scope
        .zones(release.zoneSets())
        .forEach(
            (id, groups) -> {
              List<Group> its = groups.stream().filter(g -> !changes(g).isEmpty()).toList();
              if (!its.isEmpty()) {
                zones.put(id, its);
              }
            });
    return zones;
  }

  /// Sets that run with another number. What stands still is started by other releases.
  private List<Change> changes(Group group) {
    List<Change> changes = new ArrayList<>();
    for (Workload workload : group.workloads()) {
      State.SideState now = Scope.side(scope.now(group), workload.side());
      if (now.replicas() > 0 && now.replicas() != workload.wanted()) {
        changes.add(new Change(workload, now.version(), now.replicas(), workload.wanted()));
      }
    }
    return changes;
  }

  /// Sets of which there are to be fewer servers.
  List<Workload> shrinking(SortedMap<Integer, List<Group>> zones) {
    return of(zones, false).stream().map(Change::workload).toList();
  }

  private List<Change> of(SortedMap<Integer, List<Group>> zones, boolean more) {
    return zones.values().stream()
        .flatMap(List::stream)
        .flatMap(group -> changes(group).stream())
        .filter(change -> change.isMore() == more)
        .toList();
  }

  /// The steps.
  void addSteps(Steps steps, SortedMap<Integer, List<Group>> zones) {
    List<Change> more = of(zones, true);
    List<Change> fewer = of(zones, false);
    if (!more.isEmpty()) {
      Preparation.add(steps, "which give " + servers(more) + " their hosts");
      add(steps, Step.Kind.START, "Start " + servers(more), START_TIMEOUT, more, this::start);
    }
    if (!fewer.isEmpty()) {
      String some = servers(fewer);
      add(
          steps,
          Step.Kind.DISMISS,
          "Let " + some + " take no new players",
          TIMEOUT,
          fewer,
          this::dismiss);
      new Emptying(scope, release.drain())
          .addSteps(steps, 0, fewer.stream().map(this::leavers).toList());
      Duration time = Standstill.stopTime(fewer.stream().map(Change::workload).toList());
      add(steps, Step.Kind.STOP, "Stop " + some, time, fewer, this::stop);
    }
    steps.soak(0, "Watch the zones with their new number of servers", release.soak());
  }

  private static String servers(List<Change> changes) {
    int servers = changes.stream().mapToInt(change -> Math.abs(change.to() - change.from())).sum();
    boolean more = changes.getFirst().isMore();
    return servers
        + (more ? " more" : "")
        + (servers == 1 ? " server of " : " servers of ")
        + changes.size()
        + (changes.size() == 1 ? " set" : " sets");
  }

  private static void add(
      Steps steps,
      Step.Kind kind,
      String title,
      Duration timeout,
      List<Change> changes,
      Function<Change, Task> task) {
    steps.add(
        0,
        kind,
        kind.name().toLowerCase(Locale.ROOT),
        title,
        changes.stream().map(task).toList(),
        timeout,
        Players.NONE,
        new Estimate(timeout.dividedBy(4), timeout));
  }

  /// Hosts whose servers are there before and after.
  private List<String> staying(Change change) {
    List<String> hosts = scope.hosts(scope.deployment().group(change.workload().group()));
    return hosts.subList(0, Math.min(hosts.size(), Math.min(change.from(), change.to())));
  }

  /// Players who are on the additional servers by then leave them as they would leave any other.
  private Task start(Change change) {
    Action.SetRef set = change.set();
    List<String> staying = staying(change);
    int count = change.to() - change.from();
    return new Task(
        change.workload().name(),
        new Action.Scale(set, change.from(), change.to()),
        List.of(new Check.Replicas(set, change.from())),
        List.of(pods(change, change.to())),
        new Undo.Back(
            List.of(
                new Action.Dismiss(set, staying, count, true),
                new Action.Drain(
                    set,
                    Action.CountPlayers.of(change.workload()),
                    release.drain().kickAfter().toSeconds(),
                    staying),
                new Action.Scale(set, change.to(), change.from())),
            List.of(pods(change, change.from()))));
  }

  private Task dismiss(Change change) {
    Action.SetRef set = change.set();
    int count = change.from() - change.to();
    Action.Dismiss action = new Action.Dismiss(set, staying(change), count, true);
    Action.Dismiss back = new Action.Dismiss(set, staying(change), count, false);
    return new Task(
        change.workload().name(),
        action,
        List.of(pods(change, change.from())),
        List.of(Check.Dismissed.by(action)),
        new Undo.Back(List.of(back), List.of(Check.Dismissed.by(back))));
  }

  private Emptying.Leavers leavers(Change change) {
    long all = Scope.players(change.workload().zone());
    long count = (long) change.from() - change.to();
    return new Emptying.Leavers(
        change.workload(), staying(change), Math.ceilDiv(all * count, (long) change.from()));
  }

  private Task stop(Change change) {
    Action.SetRef set = change.set();
    int count = change.from() - change.to();
    List<Check> after = new ArrayList<>(List.of(pods(change, change.to())));
    staying(change).forEach(host -> after.add(new Check.RunsOn(set, host)));
    return new Task(
        change.workload().name(),
        new Action.Scale(set, change.from(), change.to()),
        List.of(
            new Check.Replicas(set, change.from()),
            new Check.Dismissed(set, staying(change), count, true)),
        after,
        new Undo.Back(
            List.of(new Action.Scale(set, change.to(), change.from())),
            List.of(pods(change, change.from()))));
  }

  private Check.Pods pods(Change change, int count) {
    return new Check.Pods(
        change.set(), count, scope.images(change.workload(), change.version()), false);
  }

  /// What the operator should know beforehand.
  List<String> notes(SortedMap<Integer, List<Group>> zones) {
    List<String> notes = new ArrayList<>();
    for (List<Group> groups : zones.values()) {
      for (Group group : groups) {
        for (Change change : changes(group)) {
          List<String> hosts = scope.hosts(group);
          int staying = staying(change).size();
          notes.add(
              change.workload().name()
                  + (change.isMore() ? ": more on " : ": none any more on ")
                  + String.join(
                      ", ",
                      hosts.subList(
                          staying, Math.min(hosts.size(), Math.max(change.from(), change.to())))));
        }
      }
    }
    return notes;
  }
}
