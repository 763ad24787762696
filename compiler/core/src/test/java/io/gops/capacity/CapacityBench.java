package io.gops.capacity;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/// Prints the processor time of the capacity proof on generated pools, warm and on one thread, and
/// how often the search ends without a verdict. `compiler/bench/capacity` runs it.
public final class CapacityBench {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 5;
  private static final int INSTANCES = 1000;

  private final PrintStream out;

  private CapacityBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    CapacityBench bench = new CapacityBench(System.out);
    bench.speed();
    bench.undecided();
  }

  /// Every format here is a constant of this file.
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... arguments) {
    out.print(String.format(Locale.ROOT, format, arguments));
  }

  private void speed() {
    line("| pairs | hosts | fill | losses survived | verdict | best ms | median ms |%n");
    line("|---|---|---|---|---|---|---|%n");
    int[][] sizes = {{500, 200}, {5_000, 2_000}, {10_000, 5_000}};
    for (int[] size : sizes) {
      for (int fill : new int[] {60, 75, 88}) {
        measure(size[0], size[1], fill, 0);
      }
    }
    measure(500, 200, 60, 1);
    measure(5_000, 2_000, 60, 1);
  }

  private void measure(int pairs, int hosts, int fill, int survive) {
    PoolProblem problem =
        InstanceGenerator.withSurvive(
            new InstanceGenerator(fill).planted(pairs, hosts, fill, 1), survive);
    long[] times = new long[ROUNDS];
    String verdict = "";
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long before = cpuNanos();
      verdict = PlacementSearch.solve(problem).getClass().getSimpleName();
      if (round >= 0) {
        times[round] = cpuNanos() - before;
      }
    }
    Arrays.sort(times);
    line(
        "| %d | %d | %d %% | %d | %s | %.1f | %.1f |%n",
        pairs, hosts, fill, survive, verdict, times[0] / 1e6, times[ROUNDS / 2] / 1e6);
  }

  /// Planted pools of 5 to 60 hosts with 2 to 16 pairs each, all of which have a placement.
  private void undecided() {
    line(
        "%n| fill | instances | placed | no verdict | wrongly excluded |%n|---|---|---|---|---|%n");
    undecided(50, 88);
    undecided(89, 100);
  }

  private void undecided(int from, int to) {
    int placed = 0;
    int undecided = 0;
    int excluded = 0;
    Random random = new Random(20261121);
    for (int i = 0; i < INSTANCES; i++) {
      int hosts = 5 + random.nextInt(56);
      int pairs = hosts * (2 + random.nextInt(15));
      int fill = from + random.nextInt(to - from + 1);
      PoolProblem problem =
          new InstanceGenerator(i).planted(pairs, hosts, fill, 1 + random.nextInt(3));
      switch (PlacementSearch.solve(problem)) {
        case Verdict.Holds _ -> placed++;
        case Verdict.Undecided _ -> undecided++;
        case Verdict.Impossible _,
            Verdict.Overfull _,
            Verdict.NotSurvived _,
            Verdict.NotSpared _,
            Verdict.Shared _,
            Verdict.Stranded _ ->
            excluded++;
      }
    }
    line("| %d to %d %% | %d | %d | %d | %d |%n", from, to, INSTANCES, placed, undecided, excluded);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
