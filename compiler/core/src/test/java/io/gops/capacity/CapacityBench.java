package io.gops.capacity;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Prints the processor time of the capacity proof on generated pools, warm and single-threaded.
///
/// Run it after `mvn test-compile` with both class folders of this module on the class path.
public final class CapacityBench {
  private static final int ROUNDS = 5;

  private CapacityBench() {}

  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("pairs  hosts  fill  survive  verdict       best ms  median ms");
    int[][] sizes = {{500, 200}, {5_000, 2_000}, {10_000, 5_000}};
    for (int[] size : sizes) {
      for (int fill : new int[] {60, 75, 88}) {
        measure(out, size[0], size[1], fill, 0);
      }
    }
    measure(out, 500, 200, 60, 1);
    measure(out, 5_000, 2_000, 60, 1);
  }

  private static void measure(PrintStream out, int pairs, int hosts, int fill, int survive) {
    PoolProblem problem =
        InstanceGenerator.withSurvive(
            new InstanceGenerator(fill).planted(pairs, hosts, fill, 1), survive);
    long[] times = new long[ROUNDS];
    String verdict = "";
    for (int round = -2; round < ROUNDS; round++) {
      long before = cpuNanos();
      verdict = PlacementSearch.solve(problem).getClass().getSimpleName();
      if (round >= 0) {
        times[round] = cpuNanos() - before;
      }
    }
    Arrays.sort(times);
    out.printf(
        "%5d  %5d  %3d%%  %7d  %-12s %8.1f  %9.1f%n",
        pairs, hosts, fill, survive, verdict, times[0] / 1e6, times[ROUNDS / 2] / 1e6);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
