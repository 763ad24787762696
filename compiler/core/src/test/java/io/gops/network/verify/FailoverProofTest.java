package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.network.GatewayGroup;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A gateway node that is dead is left out, and no altered group goes unnoticed.
class FailoverProofTest {
  private static final String HOST = "hz-g001";

  private final SampleOverlay sample = SampleOverlay.of(RichFleet.of(2));
  private final GatewayGroup gateway = sample.overlay().gateways().get("igw-hz");
  private final GatewayGroup.Failover failover = gateway.failover().orElseThrow();

  @Test
  void holdsForWhatIsGenerated() {
    assertEquals(List.of(), findings(group -> group));
  }

  @Test
  void noticesThatANodeWatchesAnother() {
    int other = gateway.choices().getLast().watch().orElseThrow();
    assertFound(
        "watches another node than it takes",
        failover.live(),
        bucket -> watching(bucket, Optional.of(new FlowGroup.Watch.Port(other))));
  }

  @Test
  void noticesThatNothingIsWatched() {
    assertFound(
        "watches another node than it takes",
        failover.live(),
        bucket -> watching(bucket, Optional.empty()));
  }

  @Test
  void noticesThatTheOrderIsWrong() {
    List<Finding> found =
        findings(
            group ->
                group.id() == gateway.groupId() ? with(group, group.buckets().reversed()) : group);
    assertTrue(found.toString().contains("before all others"), found::toString);
  }

  @Test
  void noticesThatConnectionsWouldMoveWhenNobodyKnows() {
    assertFound(
        "has other choices",
        failover.all(),
        bucket -> new FlowGroup.Bucket(bucket.id() + 1, 100, bucket.actions()));
  }

  @Test
  void noticesANodeThatIsNeverTaken() {
    List<Finding> found =
        findings(
            group ->
                group.id() == failover.live() || group.id() == failover.all()
                    ? with(group, group.buckets().subList(0, 1))
                    : group);
    assertTrue(found.toString().contains("never takes igw-"), found::toString);
  }

  @Test
  void noticesGroupsThatGoRound() {
    List<FlowGroup.Bucket> round =
        sample.tables().get(HOST).groups().stream()
            .filter(group -> group.id() == gateway.groupId())
            .findFirst()
            .orElseThrow()
            .buckets();
    List<Finding> found =
        FlowLints.check(
            altered(group -> group.id() == failover.all() ? with(group, round) : group).get(HOST));
    assertTrue(found.toString().contains("uses group"), found::toString);
  }

  private void assertFound(String words, long id, UnaryOperator<FlowGroup.Bucket> change) {
    List<Finding> found =
        findings(
            group ->
                group.id() == id
                    ? with(group, group.buckets().stream().map(change).toList())
                    : group);
    assertTrue(found.toString().contains(words), found::toString);
  }

  private List<Finding> findings(UnaryOperator<FlowGroup> change) {
    return Verification.of(sample.deployment(), sample.overlay(), altered(change)).findings();
  }

  /// The tables with other groups on one host.
  private SortedMap<String, NodeTables> altered(UnaryOperator<FlowGroup> change) {
    SortedMap<String, NodeTables> tables = new TreeMap<>(sample.tables());
    NodeTables node = sample.tables().get(HOST);
    List<FlowGroup> groups = new ArrayList<>(node.groups());
    groups.replaceAll(change);
    tables.put(HOST, new NodeTables(node.node(), node.flows(), groups, node.meters()));
    return tables;
  }

  private static FlowGroup with(FlowGroup group, List<FlowGroup.Bucket> buckets) {
    return new FlowGroup(group.id(), group.kind(), buckets, group.declaration());
  }

  private static FlowGroup.Bucket watching(
      FlowGroup.Bucket bucket, Optional<FlowGroup.Watch> watch) {
    return new FlowGroup.Bucket(bucket.id(), bucket.weight(), watch, bucket.actions());
  }
}
