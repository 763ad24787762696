package io.gops.diff;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.PoolProblem;
import io.gops.fleet.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What becomes of the room in each pool: the fullest host at the worst instant, the largest safe
/// wave, and how many hosts may be lost.
final class CapacityChanges {
  private CapacityChanges() {}

  /// Whether the proof of any pool rests on something else.
  static boolean isAskedAnew(Inputs before, Inputs after) {
    return !before.question().pools().equals(after.question().pools());
  }

  /// @param before the proofs of both revisions, when both hold
  static List<Change> between(Optional<CapacityProof> before, Optional<CapacityProof> after) {
    List<Change> changes = new ArrayList<>();
    if (before.isEmpty() || after.isEmpty()) {
      return changes;
    }
    SortedMap<String, PoolProblem> old = byPool(before.get());
    SortedMap<String, PoolProblem> fresh = byPool(after.get());
    SortedSet<String> pools = new TreeSet<>(old.keySet());
    pools.retainAll(fresh.keySet());
    for (String pool : pools) {
      PoolProblem one = old.get(pool);
      PoolProblem two = fresh.get(pool);
      if (one != null && two != null && !one.equals(two)) {
        changes.add(change(pool, told(before.get(), one), told(after.get(), two)));
      }
    }
    return changes;
  }

  private static SortedMap<String, PoolProblem> byPool(CapacityProof proof) {
    SortedMap<String, PoolProblem> pools = new TreeMap<>();
    proof.questions().forEach(question -> pools.put(question.pool(), question));
    return pools;
  }

  /// What reviewers ask of a pool, in words.
  private record Told(long permille, String fill, int wave, String survives, int hosts) {}

  private static Told told(CapacityProof proof, PoolProblem problem) {
    CapacityProof.PoolFill fill = proof.pools().get(problem.pool());
    String survives =
        problem.survive() == Pool.WHOLE_RACK ? "a rack" : Integer.toString(problem.survive());
    return fill == null
        ? new Told(0, "0.0 %", 0, survives, problem.machines().size())
        : new Told(
            fill.worstInstant().permille(),
            fill.worstInstant().toString(),
            fill.largestSafeWave(),
            survives,
            problem.machines().size());
  }

  private static Change change(String pool, Told from, Told to) {
    List<Edit> edits = new ArrayList<>();
    boolean isFuller = to.permille() > from.permille();
    add(edits, "fullest host", from.fill(), to.fill(), isFuller);
    add(
        edits,
        "pairs of one host that may move at once",
        Integer.toString(from.wave()),
        Integer.toString(to.wave()),
        to.wave() < from.wave());
    add(
        edits,
        "hosts that may be lost",
        from.survives(),
        to.survives(),
        !from.survives().equals(to.survives()));
    add(
        edits,
        "hosts",
        Integer.toString(from.hosts()),
        Integer.toString(to.hosts()),
        to.hosts() < from.hosts());
    if (edits.isEmpty()) {
      edits.add(
          new Edit(
              "proof",
              Optional.of("holds"),
              Optional.of("holds, from other numbers"),
              ConsequenceClass.R0));
    }
    ConsequenceClass risk =
        edits.stream().map(Edit::risk).reduce(ConsequenceClass.R0, ConsequenceClass::max);
    return new Change(
        ChangeId.of(Kind.CAPACITY, pool, edits),
        Kind.CAPACITY,
        risk,
        Optional.empty(),
        edits,
        List.of(pool),
        new TreeSet<>(),
        List.of(),
        Optional.empty());
  }

  private static void add(
      List<Edit> edits, String path, String from, String to, boolean isTighter) {
    if (!from.equals(to)) {
      edits.add(
          new Edit(
              path,
              Optional.of(from),
              Optional.of(to),
              isTighter ? ConsequenceClass.R1 : ConsequenceClass.R0));
    }
  }
}
