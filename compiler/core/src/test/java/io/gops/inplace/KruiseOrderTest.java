package io.gops.inplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.inplace.UpdateOrder.Pod;
import io.gops.inplace.UpdateOrder.Strategy;
import io.gops.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random sets in the middle of anything, asked of this compiler and of the two functions of
/// OpenKruise: the one that puts pods in order, and the one that updates as many as may be
/// unavailable.
@Tag("control-plane")
class KruiseOrderTest {
  private static final int SETS = 12_000;
  private static final List<String> PRIORITIES =
      List.of("0", "0", "0", "1", "5", "10", "-5", "zone7-12", "high", "", "99999999999999999999");

  private record Rollout(List<Pod> pods, int replicas, Strategy strategy) {}

  @Test
  void agreesWithKruise(@TempDir Path folder) throws Exception {
    Random random = new Random(11);
    List<Rollout> rollouts = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      rollouts.add(rollout(random));
    }
    List<String> theirs =
        Kruise.answers(folder, rollouts.stream().map(KruiseOrderTest::question).toList());
    assertEquals(SETS, theirs.size());
    List<String> disagreements = new ArrayList<>();
    int waiting = 0;
    for (int i = 0; i < SETS; i++) {
      Rollout asked = rollouts.get(i);
      waiting += theirs.get(i).endsWith("/") ? 1 : 0;
      if (!answer(asked).equals(theirs.get(i))) {
        disagreements.add(
            "ours: %s, kruise: %s, of %s%n".formatted(answer(asked), theirs.get(i), asked));
      }
    }
    System.out.println(SETS + " rollouts, of which " + waiting + " update nobody now");
    assertEquals(
        List.of(),
        disagreements.stream().limit(10).toList(),
        () -> disagreements.size() + " differ");
    assertTrue(waiting > SETS / 20 && waiting < SETS * 19 / 20, "one kind is rare: " + waiting);
  }

  /// Pods may be missing, and more may be there than are wanted.
  private static Rollout rollout(Random random) {
    int size = 1 + random.nextInt(9);
    List<Pod> pods = new ArrayList<>();
    for (int ordinal = 0; ordinal < size; ordinal++) {
      if (random.nextInt(12) > 0) {
        pods.add(
            new Pod(
                ordinal,
                List.of("old", "old", "new", "older").get(random.nextInt(4)),
                PRIORITIES.get(random.nextInt(PRIORITIES.size())),
                random.nextInt(6) > 0,
                random.nextInt(12) == 0));
      }
    }
    int replicas = Math.max(0, size + random.nextInt(3) - 1);
    Strategy strategy =
        new Strategy(
            random.nextBoolean() ? 0 : random.nextInt(size + 2),
            random.nextInt(4),
            random.nextInt(20) == 0);
    return new Rollout(pods, replicas, strategy);
  }

  private static String answer(Rollout asked) {
    Strategy strategy = asked.strategy();
    List<Integer> chosen =
        UpdateOrder.chosen(asked.pods(), asked.replicas(), "new", strategy.partition());
    return line(chosen)
        + "/"
        + line(UpdateOrder.next(asked.pods(), asked.replicas(), "new", strategy));
  }

  private static String line(List<Integer> ordinals) {
    return ordinals.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String question(Rollout asked) {
    List<Json> pods = new ArrayList<>();
    for (Pod pod : asked.pods()) {
      pods.add(
          Json.object()
              .with("ordinal", pod.ordinal())
              .with("revision", pod.revision())
              .with("priority", pod.priority())
              .with("available", new Json.Bool(pod.available()))
              .with("terminating", new Json.Bool(pod.terminating()))
              .end());
    }
    Json.Members rollout =
        Json.object()
            .with("pods", new Json.Arr(pods))
            .with("replicas", asked.replicas())
            .with("target", "new")
            .with("partition", asked.strategy().partition())
            .with("maxUnavailable", asked.strategy().maxUnavailable())
            .with("paused", new Json.Bool(asked.strategy().paused()));
    return Json.object().with("rollout", rollout.end()).end().print();
  }
}
