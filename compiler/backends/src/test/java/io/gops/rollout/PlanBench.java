package io.gops.rollout;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.deployment.SampleDeployment;
import io.gops.deployment.SampleFleet;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Percent;
import io.gops.fleet.Release;
import io.gops.plan.Plan;
import io.gops.plan.Planner;
import io.gops.plan.SamplePods;
import io.gops.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/// Prints the processor time of an A/B switch of many zones: planned, proved, and written as its
/// plan, runbook and runner. `compiler/bench/plan` runs it.
public final class PlanBench {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 5;

  private PlanBench() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    out.println("| zones | tasks | MB | first ms | best ms | median ms |");
    out.println("|---|---|---|---|---|---|");
    for (int zones : new int[] {200, 2_000, 10_000}) {
      out.println(row(zones));
    }
  }

  private static String row(int zones) throws IOException {
    Deployment deployment =
        SampleDeployment.of(SampleFleet.of(zones), State.EMPTY, new Assignments(Lock.EMPTY));
    Release release = RolloutTest.abSwitch(new Release.Waves(5, new Percent(2500), 1));
    long first = 0;
    long[] times = new long[ROUNDS];
    Result result = new Result(0, 0);
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long before = cpuNanos();
      result = compile(deployment, release);
      long time = cpuNanos() - before;
      first = round == -WARM_UP ? time : first;
      if (round >= 0) {
        times[round] = time;
      }
    }
    Arrays.sort(times);
    return String.format(
        Locale.ROOT,
        "| %d | %d | %.1f | %.0f | %.0f | %.0f |",
        zones,
        result.tasks(),
        result.bytes() / 1e6,
        first / 1e6,
        times[0] / 1e6,
        times[ROUNDS / 2] / 1e6);
  }

  private record Result(int tasks, long bytes) {}

  private static Result compile(Deployment deployment, Release release) throws IOException {
    Plan plan =
        new Planner(
                deployment, State.EMPTY, new SamplePods(), SamplePods.steering(), new Diagnostics())
            .plan(release)
            .orElseThrow();
    Counting bytes = new Counting();
    for (Artifact file : RolloutFiles.of(plan, "default/hz/")) {
      file.content().writeTo(bytes);
    }
    return new Result(plan.steps().stream().mapToInt(s -> s.tasks().size()).sum(), bytes.count);
  }

  /// Forgets what is written and remembers how much it was.
  private static final class Counting extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      count += length;
    }
  }

  /// Of the whole process, so that collecting garbage and compiling code count.
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
