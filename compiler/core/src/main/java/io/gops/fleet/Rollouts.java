package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the releases of a cluster are carried out.
///
/// @param approval what lets a step pass that needs somebody to agree
/// @param signers public keys, as OpenSSH writes them, by the person whose signature they verify
/// @param repository what a GitOps controller applies; absent where the runner patches the cluster
/// @param workflow where Argo Workflows starts the runner, if it does
public record Rollouts(
    Approval approval,
    SortedMap<String, List<String>> signers,
    Optional<Repository> repository,
    Optional<Workflow> workflow,
    Origins origins) {
  /// What holds where a cluster says nothing.
  public static final Rollouts USUAL =
      new Rollouts(
          Approval.RECORD, new TreeMap<>(), Optional.empty(), Optional.empty(), Origins.NONE);

  public Rollouts {
    signers = Collections.unmodifiableSortedMap(new TreeMap<>(signers));
  }

  /// What it takes to agree.
  public enum Approval {
    /// Somebody wrote down who agreed; nothing shows that it is true.
    RECORD,
    /// A tag or commit of git that one of the signers has signed.
    SIGNED;

    /// As the source spells it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where the generated manifests are committed.
  ///
  /// @param branch that the controller follows
  /// @param folder of the manifests in the repository
  /// @param manager field manager of the controller, which owns what it applies
  public record Repository(String branch, String folder, String manager) {}

  /// How Argo Workflows starts the runner, a pod for each step.
  ///
  /// @param namespace of the workflows
  /// @param image has sh, kubectl and what else the plan calls
  /// @param claim a volume with a checkout of the fleet, its generated files and the journals
  /// @param folder of the checkout in the volume
  /// @param output folder of the generated files in the checkout
  /// @param prometheus where the alerts of releases are asked for
  public record Workflow(
      String namespace,
      String serviceAccount,
      String image,
      String claim,
      String folder,
      String output,
      Optional<String> prometheus) {}
}
