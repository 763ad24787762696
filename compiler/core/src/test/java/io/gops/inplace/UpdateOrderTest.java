package io.gops.inplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.inplace.UpdateOrder.Pod;
import io.gops.inplace.UpdateOrder.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Sequences that were seen with the controllers of OpenKruise and OpenKruiseGame.
class UpdateOrderTest {
  private static List<Pod> pods(String revision, int count) {
    return IntStream.range(0, count).mapToObj(n -> Pod.running(n, revision)).toList();
  }

  private static List<Pod> with(List<Pod> pods, int ordinal, Pod other) {
    List<Pod> changed = new ArrayList<>(pods);
    changed.set(ordinal, other);
    return changed;
  }

  /// Ordinals in the order in which they are updated, one round after the other.
  private static List<Integer> order(List<Pod> pods, String target, Strategy strategy) {
    List<Integer> order = new ArrayList<>();
    List<Pod> now = pods;
    List<Integer> turn = UpdateOrder.next(now, pods.size(), target, strategy);
    while (!turn.isEmpty()) {
      order.addAll(turn);
      for (int ordinal : turn) {
        now = with(now, ordinal, now.get(ordinal).updated(target, true));
      }
      turn = UpdateOrder.next(now, pods.size(), target, strategy);
    }
    return order;
  }

  private static List<String> revisions(List<Pod> pods) {
    return pods.stream().map(Pod::revision).toList();
  }

  private static Strategy partition(int partition) {
    return new Strategy(partition, 1, false);
  }

  @Test
  void oneAfterTheOtherFromTheHighestOrdinal() {
    assertEquals(List.of(4, 3, 2, 1, 0), order(pods("old", 5), "new", partition(0)));
  }

  @Test
  void aPartitionIsTheNumberOfPodsThatStay() {
    assertEquals(List.of(4), order(pods("old", 5), "new", partition(4)));
    assertEquals(List.of(), order(pods("old", 5), "new", partition(7)));
  }

  @Test
  void aHigherPriorityGoesFirst() {
    List<Pod> pods = with(pods("old", 5), 1, new Pod(1, "old", "10", true, false));
    pods = with(pods, 0, new Pod(0, "old", "5", true, false));
    assertEquals(List.of(1, 0, 4, 3, 2), order(pods, "new", partition(0)));
    assertEquals(List.of(1, 0), order(pods, "new", partition(3)));
  }

  @Test
  void onlyTheDigitsAtTheEndOfAPriorityCount() {
    assertEquals(5, UpdateOrder.priority("-5"));
    assertEquals(12, UpdateOrder.priority("zone7-12"));
    assertEquals(0, UpdateOrder.priority("high"));
    assertEquals(0, UpdateOrder.priority("99999999999999999999"));
  }

  @Test
  void aPausedSetUpdatesNothing() {
    assertEquals(List.of(), order(pods("old", 3), "new", new Strategy(0, 1, true)));
  }

  @Test
  void aPodThatIsNotReadyHoldsUpAllOthers() {
    List<Pod> crashed = with(pods("old", 5), 2, Pod.running(2, "old").available(false));
    assertEquals(List.of(), order(crashed, "new", partition(0)));
    assertEquals(
        List.of(4, 3, 2, 1, 0), order(crashed, "new", new Strategy(0, 2, false)), "two may be so");
    List<Pod> first = with(pods("old", 5), 2, new Pod(2, "old", "9", false, false));
    assertEquals(List.of(2, 4, 3, 1, 0), order(first, "new", partition(0)), "unless it is first");
  }

  @Test
  void aPartitionThatIsRaisedAgainRollsNobodyBack() {
    List<Pod> half = UpdateOrder.settle(pods("old", 5), 5, "new", partition(2), true);
    assertEquals(List.of("old", "old", "new", "new", "new"), revisions(half));
    assertEquals(half, UpdateOrder.settle(half, 5, "new", partition(4), true));
    List<Pod> kept = UpdateOrder.settle(half, 5, "old", partition(3), true);
    assertTrue(revisions(kept).contains("new"), "the old template with the partition kept");
    assertFalse(revisions(UpdateOrder.settle(half, 5, "old", partition(0), true)).contains("new"));
  }

  @Test
  void onlyPartitionZeroRestoresEveryPodFromAnywhere() {
    for (int replicas = 1; replicas <= 8; replicas++) {
      assertTrue(UpdateOrder.restores(replicas, 0));
      assertFalse(UpdateOrder.restores(replicas, 1));
    }
  }
}
