package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.network.LimitedFleet;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each mistake that Open vSwitch takes in silence is made once, and must be named.
class FlowLintsTest {
  private static final SampleOverlay SAMPLE = SampleOverlay.of(LimitedFleet.of(RichFleet.of(4)));
  private static final NodeTables HOST = SAMPLE.tables().get("hz-g001");

  private static NodeTables changed(Consumer<List<Flow>> change) {
    List<Flow> flows = new ArrayList<>(HOST.flows());
    change.accept(flows);
    flows.sort(Flow.ORDER);
    return HOST.withFlows(flows);
  }

  private static Flow like(Flow flow, int priority, Match match, List<Action> actions) {
    return new Flow(
        flow.table(), priority, match, actions, flow.kind(), Declaration.builtin("mistake"));
  }

  private static Flow first(Predicate<Flow> wanted) {
    return HOST.flows().stream().filter(wanted).findFirst().orElseThrow();
  }

  private static boolean isIn(Flow flow, FlowTable table) {
    return flow.table() == table && flow.priority() > 0;
  }

  static Stream<Arguments> mistakes() {
    Flow route = first(f -> isIn(f, FlowTable.ROUTE) && !f.actions().isEmpty());
    Flow classify = first(f -> isIn(f, FlowTable.CLASSIFY));
    Flow clause = first(Flow::isClause);
    Flow verdict = first(f -> f.match().on(Field.CONJ_ID).isPresent());
    Flow miss = first(f -> f.table() == FlowTable.STEER && f.priority() == 0);
    return Stream.of(
        Arguments.of(
            "match the same packets with priority",
            changed(f -> f.add(like(route, route.priority(), route.match(), List.of())))),
        Arguments.of(
            "match the same packets with priority",
            changed(f -> f.add(like(route, route.priority(), Match.IP, List.of())))),
        Arguments.of(
            "is hidden by",
            changed(f -> f.add(like(classify, 200, Match.ANY, classify.actions())))),
        Arguments.of("goes back to table", changed(f -> f.set(f.indexOf(route), back(route)))),
        Arguments.of("no rule for packets that match nothing", changed(f -> f.remove(miss))),
        Arguments.of(
            "has a dimension or verdict missing",
            changed(
                f ->
                    f.removeIf(
                        other ->
                            other.isClause()
                                && other.table() == clause.table()
                                && other.actions().equals(clause.actions())))),
        Arguments.of("has a dimension or verdict missing", changed(f -> f.remove(verdict))),
        Arguments.of(
            "has no dimensions",
            changed(
                f -> f.add(like(verdict, 7, Match.IP.with(Field.CONJ_ID, 99), verdict.actions())))),
        Arguments.of(
            "group 12345 does not exist",
            changed(
                f ->
                    f.add(
                        like(
                            miss,
                            50,
                            Match.IP.with(Field.IP_DST, 1),
                            List.of(new Action.Group(12_345)))))),
        Arguments.of(
            "meter 12345 does not exist",
            changed(
                f ->
                    f.add(
                        like(
                            miss,
                            50,
                            Match.IP.with(Field.IP_DST, 1),
                            List.of(
                                new Action.Meter(12_345),
                                new Action.GotoTable(FlowTable.ACL_EGRESS)))))),
        Arguments.of(
            "no flow leads here",
            changed(
                f -> {
                  f.removeIf(
                      other -> other.actions().contains(new Action.GotoTable(FlowTable.GATEWAY)));
                })),
        Arguments.of(
            "writes metadata",
            changed(
                f ->
                    f.set(
                        f.indexOf(route),
                        like(
                            route,
                            route.priority(),
                            route.match(),
                            with(new Action.SetField(Field.VPC, 1), route.actions()))))),
        Arguments.of(
            "sends packets by itself",
            changed(
                f ->
                    f.add(
                        like(
                            miss,
                            60,
                            Match.IP.with(Field.IP_DST, 2),
                            List.of(new Action.Output(10)))))),
        Arguments.of("instead of", changed(f -> f.remove(classify))));
  }

  private static Flow back(Flow flow) {
    List<Action> actions = new ArrayList<>(flow.actions());
    actions.set(actions.size() - 1, new Action.GotoTable(FlowTable.STEER));
    return like(flow, flow.priority(), flow.match(), actions);
  }

  private static List<Action> with(Action first, List<Action> rest) {
    List<Action> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static List<Finding> findings(NodeTables node) {
    SortedMap<String, NodeTables> one = new TreeMap<>();
    one.put(node.node().name(), node);
    return Verification.of(SAMPLE.deployment(), SAMPLE.overlay(), one).findings();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsNamed(String words, NodeTables node) {
    List<Finding> findings = findings(node);
    assertTrue(
        findings.stream().anyMatch(finding -> finding.what().contains(words)), findings::toString);
  }

  @Test
  void noMistakeNoFinding() {
    assertEquals(List.of(), findings(HOST));
  }

  /// A port that no flow knows is a port that no proof covers.
  @Test
  void everyInterfaceOfEveryServerIsCovered() {
    SAMPLE.overlay().vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .filter(member -> member.host().equals("hz-g001"))
        .forEach(
            member -> {
              NodeTables without =
                  changed(
                      flows ->
                          flows.removeIf(
                              f ->
                                  f.kind() == FlowKind.CLASSIFY
                                      && f.match().demands(Field.IN_PORT, member.nic().ofport())));
              assertTrue(!findings(without).isEmpty(), member.id());
            });
  }
}
