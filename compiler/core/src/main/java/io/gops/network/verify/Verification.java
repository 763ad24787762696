package io.gops.network.verify;

import io.gops.deployment.Deployment;
import io.gops.diagnostic.InvalidOutput;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.FlowTables;
import io.gops.work.Asker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was proved of the tables of all nodes.
///
/// @param flows number of flows
/// @param packets number of packets that were followed through the tables
/// @param findings what is wrong; empty when everything was proved
public record Verification(int nodes, long flows, long packets, List<Finding> findings) {
  /// More findings than a reader would look at.
  private static final int MENTIONED = 10;

  public Verification {
    findings = List.copyOf(findings);
  }

  /// Checks that the tables are well formed, keep VPCs apart, and do what the policy says. Holds
  /// the tables of few nodes at a time.
  public static Verification of(Deployment deployment, Overlay overlay, FlowTables tables) {
    return of(deployment, overlay, tables.nodes(), tables::of);
  }

  /// As [#of(Deployment, Overlay, FlowTables)], for tables that may have been altered.
  public static Verification of(
      Deployment deployment, Overlay overlay, SortedMap<String, NodeTables> tables) {
    return of(
        deployment, overlay, tables.keySet(), name -> Objects.requireNonNull(tables.get(name)));
  }

  private static Verification of(
      Deployment deployment,
      Overlay overlay,
      Set<String> nodes,
      Function<String, NodeTables> tables) {
    Asker asker = Asker.here();
    Map<String, VpcPeers> peers = Reachability.peers(overlay, new PolicyOracle(deployment));
    Map<String, List<Member>> members =
        overlay.vpcs().values().stream()
            .flatMap(vpc -> vpc.members().stream())
            .collect(Collectors.groupingBy(Member::host));
    List<Part> parts =
        nodes.parallelStream()
            .map(
                name -> {
                  asker.mustWait();
                  List<Member> here = members.getOrDefault(name, List.of());
                  return part(asker, overlay, here, tables.apply(name), peers);
                })
            .toList();
    List<Finding> findings = new ArrayList<>();
    parts.forEach(part -> findings.addAll(part.findings));
    return new Verification(
        parts.size(),
        parts.stream().mapToLong(Part::flows).sum(),
        parts.stream().mapToLong(Part::packets).sum(),
        findings);
  }

  private record Part(long flows, long packets, List<Finding> findings) {}

  private static Part part(
      Asker asker,
      Overlay overlay,
      List<Member> here,
      NodeTables node,
      Map<String, VpcPeers> peers) {
    List<Finding> findings = new ArrayList<>(FlowLints.check(node));
    findings.addAll(Isolation.check(overlay, here, node));
    findings.addAll(LimitProof.check(overlay, here, node));
    findings.addAll(QueueProof.check(overlay, node));
    findings.addAll(FailoverProof.check(overlay, node));
    Reachability reachability = new Reachability(asker, overlay, node, peers);
    findings.addAll(reachability.run());
    return new Part(node.flows().size(), reachability.checks(), findings);
  }

  /// Whoever generated tables that do something else than the policy says has a bug.
  ///
  /// @throws InvalidOutput when anything was found
  public void demand() {
    if (!findings.isEmpty()) {
      throw new InvalidOutput(
          findings.stream()
              .limit(MENTIONED)
              .map(finding -> "tables of " + finding.node() + ": " + finding.what())
              .collect(Collectors.joining("; ")));
    }
  }
}
