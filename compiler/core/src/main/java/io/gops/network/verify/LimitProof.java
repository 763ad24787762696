package io.gops.network.verify;

import io.gops.network.Member;
import io.gops.network.Meters;
import io.gops.network.Overlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Proves of one node that every limit is in force, and that nothing else is limited.
///
/// All packets of a server pass its flow of table 0 and then its flow of table 10, or are dropped.
/// So the first must have the meter of the server, the second that of its zone; on a gateway the
/// flows that take packets in must have its meter, and those that choose the uplink the other. One
/// look at each flow is a proof.
final class LimitProof {
  private static final int UPLINK_PORT = 2;

  private final NodeTables node;
  private final Meters limits;
  private final Map<Long, FlowMeter> meters = new HashMap<>();
  private final Map<Long, Member> byPort = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private LimitProof(Overlay overlay, List<Member> here, NodeTables node) {
    this.node = node;
    this.limits = overlay.meters();
    node.meters().forEach(meter -> meters.put(meter.id(), meter));
    here.forEach(member -> byPort.put((long) member.nic().ofport(), member));
  }

  /// @param here the members on the node
  static List<Finding> check(Overlay overlay, List<Member> here, NodeTables node) {
    LimitProof proof = new LimitProof(overlay, here, node);
    node.flows().forEach(proof::check);
    return proof.findings;
  }

  private void check(Flow flow) {
    List<FlowMeter> wanted =
        node.node().isHost()
            ? ofServer(flow)
            : ofGateway(flow, node.node().gateway().orElseThrow());
    List<FlowMeter> passed = new ArrayList<>();
    for (Action action : flow.actions()) {
      if (action instanceof Action.Meter(long id)) {
        passed.add(Objects.requireNonNullElse(meters.get(id), none(id, flow)));
      }
    }
    if (!passed.equals(wanted)) {
      findings.add(
          new Finding(
              node.node().name(),
              "limits: table "
                  + flow.table().number()
                  + " "
                  + flow.table().label()
                  + ", "
                  + flow.declaration().path()
                  + ": "
                  + words(passed)
                  + " instead of "
                  + words(wanted)));
    }
  }

  private static FlowMeter none(long id, Flow flow) {
    return new FlowMeter(id, 0, flow.declaration());
  }

  private List<FlowMeter> ofServer(Flow flow) {
    Member member = byPort.get(exact(flow, Field.IN_PORT));
    if (member == null || flow.actions().isEmpty()) {
      return List.of();
    }
    return switch (flow.table()) {
      case CLASSIFY -> list(limits.servers().get(member.id()));
      case ANTI_SPOOF ->
          flow.match().demands(Field.ETH_TYPE, Match.IP_TYPE)
              ? list(limits.zones().get(member.workload().group()))
              : List.of();
      case ARP_PROXY,
          CONNTRACK,
          CONNTRACK_STATE,
          STEER,
          ACL_EGRESS,
          ROUTE,
          ARRIVE,
          DEPART,
          GATEWAY,
          ACL_INGRESS,
          COMMIT,
          OUTPUT ->
          List.of();
    };
  }

  private List<FlowMeter> ofGateway(Flow flow, String gateway) {
    boolean entersHere =
        flow.table() == FlowTable.CLASSIFY
            && exact(flow, Field.IN_PORT) == UPLINK_PORT
            && flow.match().demands(Field.ETH_TYPE, Match.IP_TYPE)
            && !flow.actions().isEmpty();
    boolean leavesHere = flow.actions().contains(new Action.SetField(Field.OUT_PORT, UPLINK_PORT));
    return entersHere
        ? list(limits.ingress().get(gateway))
        : leavesHere ? list(limits.egress().get(gateway)) : List.of();
  }

  private static List<FlowMeter> list(@Nullable FlowMeter meter) {
    return Optional.ofNullable(meter).map(List::of).orElse(List.of());
  }

  private static String words(List<FlowMeter> meters) {
    return meters.isEmpty()
        ? "no meter"
        : String.join(
            " and ",
            meters.stream()
                .map(m -> m.declaration().path() + " at " + m.kbps() + " kbps")
                .toList());
  }

  private static long exact(Flow flow, Field field) {
    return flow.match()
        .on(field)
        .filter(condition -> condition.mask() == field.all())
        .map(FieldMatch::value)
        .orElse(-1L);
  }
}
