package io.gops.rollout;

import io.gops.fleet.Rollouts;
import io.gops.source.Origins;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Ways of carrying out a release, as a cluster may ask for them.
public final class SampleRollouts {
  private SampleRollouts() {}

  /// Approvals are signed by somebody with one of the keys.
  public static Rollouts signedBy(SortedMap<String, List<String>> signers) {
    return new Rollouts(
        Rollouts.Approval.SIGNED, signers, Optional.empty(), Optional.empty(), Origins.NONE);
  }

  /// A controller applies what stands in a folder of a repository.
  public static Rollouts git(String folder, String manager) {
    return new Rollouts(
        Rollouts.Approval.RECORD,
        new TreeMap<>(),
        Optional.of(new Rollouts.Repository("main", folder, manager)),
        Optional.empty(),
        Origins.NONE);
  }

  /// Argo starts the runner.
  ///
  /// @param folder of the checkout in its volume
  /// @param output of the generated files in the checkout
  public static Rollouts workflow(String folder, String output) {
    return new Rollouts(
        Rollouts.Approval.RECORD,
        new TreeMap<>(),
        Optional.empty(),
        Optional.of(
            new Rollouts.Workflow(
                "argo",
                "gopsc-release",
                "registry.example.com/ops/runner:1.4",
                "gopsc-fleet",
                folder,
                output,
                Optional.of("http://prometheus.monitoring:9090"))),
        Origins.NONE);
  }
}
