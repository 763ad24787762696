package io.gops.network.verify;

import io.gops.fleet.Ipv4;
import io.gops.network.GatewayGroup;
import io.gops.network.Overlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Proves of one node that a gateway node is left out when it is dead, and not when another is.
///
/// No packet shows that: every bucket leads to a node of the gateway. So each bucket that leads to
/// a tunnel end is asked what it watches, and the two selections of a gateway must have the same
/// buckets, or connections would change their node when nobody knows which nodes live.
final class FailoverProof {
  private final NodeTables node;
  private final Map<Long, FlowGroup> groups = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private FailoverProof(NodeTables node) {
    this.node = node;
    node.groups().forEach(group -> groups.put(group.id(), group));
  }

  static List<Finding> check(Overlay overlay, NodeTables node) {
    FailoverProof proof = new FailoverProof(node);
    for (GatewayGroup gateway : overlay.gateways().values()) {
      FlowGroup entry = proof.groups.get(gateway.groupId());
      if (entry != null) {
        gateway.failover().ifPresent(failover -> proof.check(gateway, failover, entry));
      }
    }
    return proof.findings;
  }

  private void check(GatewayGroup gateway, GatewayGroup.Failover failover, FlowGroup entry) {
    List<Optional<FlowGroup.Watch>> watched =
        entry.buckets().stream().map(FlowGroup.Bucket::watch).toList();
    boolean inOrder =
        entry.kind() == FlowGroup.Kind.FIRST_LIVE
            && watched.size() == 2
            && watched.getFirst().equals(Optional.of(new FlowGroup.Watch.Group(failover.live())))
            && uses(entry.buckets().getFirst(), failover.live())
            && uses(entry.buckets().getLast(), failover.all());
    FlowGroup live = groups.get(failover.live());
    FlowGroup all = groups.get(failover.all());
    if (!inOrder || live == null || all == null) {
      report(gateway, "does not take the nodes that live before all others");
      return;
    }
    if (!unwatched(live).equals(unwatched(all))) {
      report(gateway, "has other choices when nobody knows which nodes live");
    }
    Map<Ipv4, GatewayGroup.Choice> choices = new HashMap<>();
    gateway.choices().forEach(choice -> choices.put(choice.node().underlay(), choice));
    for (FlowGroup.Bucket bucket : live.buckets()) {
      GatewayGroup.Choice choice = choices.remove(end(bucket));
      Optional<FlowGroup.Watch> own =
          Optional.ofNullable(choice)
              .flatMap(GatewayGroup.Choice::watch)
              .map(FlowGroup.Watch.Port::new);
      if (choice == null || !bucket.watch().equals(own)) {
        report(gateway, "watches another node than it takes, " + end(bucket));
      }
    }
    choices.values().forEach(left -> report(gateway, "never takes " + left.node().name()));
  }

  private static boolean uses(FlowGroup.Bucket bucket, long group) {
    return bucket.actions().equals(List.of(new Action.Group(group)));
  }

  private static List<FlowGroup.Bucket> unwatched(FlowGroup group) {
    return group.buckets().stream()
        .map(b -> new FlowGroup.Bucket(b.id(), b.weight(), b.actions()))
        .toList();
  }

  private static Ipv4 end(FlowGroup.Bucket bucket) {
    long end = 0;
    for (Action action : bucket.actions()) {
      if (action instanceof Action.SetField(Field field, long value) && field == Field.TUN_DST) {
        end = value;
      }
    }
    return new Ipv4(end);
  }

  private void report(GatewayGroup gateway, String what) {
    findings.add(
        new Finding(node.node().name(), "failover: " + gateway.declaration().path() + " " + what));
  }
}
