package io.gops.inplace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which pods of a set OpenKruise updates, and in which order, where OpenKruiseGame has made the
/// set: it always asks for unordered updates by the priority of each game server.
///
/// A partition is a *number of pods that stay as they are*, not an ordinal. Pods at the target
/// count first against the rest (`sortPodsToUpdate` in Kruise's
/// `pkg/controller/statefulset/stateful_update_utils.go`), so raising it again updates nobody: a
/// release is taken back by the old template together with partition 0. One pod that is not
/// available uses up `maxUnavailable`, and everybody waits for it (`stateful_set_control.go`).
public final class UpdateOrder {
  private UpdateOrder() {}

  /// One pod of a set.
  ///
  /// @param revision hash of its pod template
  /// @param priority value of the label `game.kruise.io/gs-update-priority`
  /// @param available whether it is ready and counts as available
  /// @param terminating whether it is being deleted
  public record Pod(
      int ordinal, String revision, String priority, boolean available, boolean terminating) {

    /// A pod that runs, of the priority that everybody has.
    public static Pod running(int ordinal, String revision) {
      return new Pod(ordinal, revision, "0", true, false);
    }

    /// The same pod after an update.
    ///
    /// @param comesUp whether it becomes available
    public Pod updated(String to, boolean comesUp) {
      return new Pod(ordinal, to, priority, comesUp, false);
    }

    /// The same pod, available or not.
    public Pod available(boolean now) {
      return new Pod(ordinal, revision, priority, now, terminating);
    }
  }

  /// How a set is updated.
  ///
  /// @param partition pods that stay as they are
  /// @param maxUnavailable pods that may be unavailable at once; never less than 1
  /// @param paused whether nothing is updated
  public record Strategy(int partition, int maxUnavailable, boolean paused) {}

  /// Ordinals of the pods that are, or come to be, at the target: those that are there already and
  /// those that are being deleted first, then by priority, the higher ordinal first among equals.
  ///
  /// @param replicas pods that the set asks for
  public static List<Integer> chosen(List<Pod> pods, int replicas, String target, int partition) {
    int most = Math.max(0, replicas - partition);
    List<Pod> inOrder = new ArrayList<>(pods);
    inOrder.sort(
        Comparator.comparing((Pod pod) -> !(pod.terminating() || pod.revision().equals(target)))
            .thenComparing(pod -> rank(pod, target), Comparator.reverseOrder())
            .thenComparing(Pod::ordinal, Comparator.reverseOrder()));
    return inOrder.stream().limit(most).map(Pod::ordinal).toList();
  }

  /// Those that are chosen already have no order by priority.
  private static long rank(Pod pod, String target) {
    boolean waits = !pod.terminating() && !pod.revision().equals(target);
    return waits ? priority(pod.priority()) : 0;
  }

  /// The number that the digits at the end of a label make; a sign before them is not read.
  public static long priority(String label) {
    int from = label.length();
    while (from > 0 && label.charAt(from - 1) >= '0' && label.charAt(from - 1) <= '9') {
      from--;
    }
    try {
      return from == label.length() ? 0 : Long.parseLong(label.substring(from));
    } catch (NumberFormatException tooLarge) {
      return 0;
    }
  }

  /// Ordinals of the pods that the controller updates now, in its order.
  public static List<Integer> next(List<Pod> pods, int replicas, String target, Strategy strategy) {
    List<Integer> updated = new ArrayList<>();
    Set<Integer> unavailable = new HashSet<>();
    pods.stream()
        .filter(pod -> !pod.available() || pod.terminating())
        .forEach(pod -> unavailable.add(pod.ordinal()));
    if (strategy.paused()) {
      return updated;
    }
    for (int ordinal : chosen(pods, replicas, target, strategy.partition())) {
      Pod pod = pods.stream().filter(p -> p.ordinal() == ordinal).findFirst().orElseThrow();
      if (pod.revision().equals(target)) {
        continue;
      }
      if (unavailable.size() >= Math.max(1, strategy.maxUnavailable())
          && !unavailable.contains(ordinal)) {
        return updated;
      }
      if (!pod.terminating()) {
        updated.add(ordinal);
        unavailable.add(ordinal);
      }
    }
    return updated;
  }

  /// Lets the controller work until it has nothing more to do.
  ///
  /// @param comesUp whether pods become available with the target
  /// @return the pods as they are then
  public static List<Pod> settle(
      List<Pod> pods, int replicas, String target, Strategy strategy, boolean comesUp) {
    List<Pod> now = List.copyOf(pods);
    for (int round = 0; round <= pods.size(); round++) {
      List<Integer> turn = next(now, replicas, target, strategy);
      if (turn.isEmpty()) {
        return now;
      }
      now =
          now.stream()
              .map(pod -> turn.contains(pod.ordinal()) ? pod.updated(target, comesUp) : pod)
              .toList();
    }
    return now;
  }

  /// What deleting the pods that do not come up does: where no partition keeps some as they are,
  /// they are made anew from the target.
  public static List<Pod> withBrokenDeleted(List<Pod> pods, String target) {
    return pods.stream().map(pod -> pod.available() ? pod : pod.updated(target, true)).toList();
  }

  /// Whether the old template with a partition brings every pod back, wherever an update was
  /// stopped: after any number of pods, with the last of them coming up or not.
  ///
  /// A pod that does not come up is first in the order only if it was the first to be updated;
  /// otherwise it blocks those before it, and somebody has to delete it.
  public static boolean restores(int replicas, int partition) {
    for (int stopped = 0; stopped <= replicas; stopped++) {
      if (!restores(stoppedAfter(replicas, stopped, true), partition)
          || !restores(stoppedAfter(replicas, stopped, false), partition)) {
        return false;
      }
    }
    return true;
  }

  /// The pods of a set of which this many were updated, in order.
  private static List<Pod> stoppedAfter(int replicas, int stopped, boolean comesUp) {
    List<Pod> pods = new ArrayList<>();
    for (int ordinal = 0; ordinal < replicas; ordinal++) {
      boolean isNew = ordinal >= replicas - stopped;
      boolean isLast = ordinal == replicas - stopped;
      pods.add(Pod.running(ordinal, isNew ? "new" : "old").available(comesUp || !isLast));
    }
    return pods;
  }

  private static boolean restores(List<Pod> pods, int partition) {
    Strategy back = new Strategy(partition, 1, false);
    List<Pod> now = settle(pods, pods.size(), "old", back, true);
    if (partition == 0) {
      now = settle(withBrokenDeleted(now, "old"), pods.size(), "old", back, true);
    }
    return now.stream().allMatch(pod -> pod.revision().equals("old"));
  }
}
