package io.gops.network.verify;

import io.gops.network.HostUplink;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowQueue;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Proves of one node that what each server sends has the queue of its zones, that nothing else has
/// one, and that each queue exists.
///
/// All packets of a server pass its flow of table 0, and no later flow may give them another queue;
/// one look at each flow is a proof.
final class QueueProof {
  private QueueProof() {}

  static List<Finding> check(Overlay overlay, NodeTables node) {
    Map<Long, Long> byPort = new HashMap<>();
    if (overlay.uplink().isPresent()) {
      HostUplink uplink = overlay.uplink().get();
      for (var vpc : overlay.vpcs().values()) {
        for (Member member : vpc.members()) {
          if (member.host().equals(node.node().name())) {
            uplink
                .queueOf(member)
                .ifPresent(queue -> byPort.put((long) member.nic().ofport(), queue.id()));
          }
        }
      }
    }
    Set<Long> known = new HashSet<>();
    node.queues().stream().map(FlowQueue::id).forEach(known::add);
    List<Finding> findings = new ArrayList<>();
    for (Flow flow : node.flows()) {
      check(flow, byPort, known, node.node().name(), findings);
    }
    return findings;
  }

  private static void check(
      Flow flow, Map<Long, Long> byPort, Set<Long> known, String node, List<Finding> findings) {
    long port =
        flow.table() == FlowTable.CLASSIFY
            ? flow.match().on(Field.IN_PORT).map(FieldMatch::value).orElse(-1L)
            : -1L;
    Long queue = byPort.get(port);
    List<Long> wanted = queue == null ? List.of() : List.of(queue);
    List<Long> set = new ArrayList<>();
    for (Action action : flow.actions()) {
      if (action instanceof Action.SetQueue(long id)) {
        set.add(id);
        if (!known.contains(id)) {
          findings.add(new Finding(node, where(flow) + ": queue " + id + " does not exist"));
        }
      }
    }
    if (!set.equals(wanted)) {
      findings.add(new Finding(node, where(flow) + ": queues " + set + " instead of " + wanted));
    }
  }

  private static String where(Flow flow) {
    return "queues: table "
        + flow.table().number()
        + " "
        + flow.table().label()
        + ", "
        + flow.declaration().path();
  }
}
