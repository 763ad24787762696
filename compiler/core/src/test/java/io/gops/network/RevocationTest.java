package io.gops.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.fleet.Fleet;
import io.gops.fleet.Policy;
import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.Finding;
import io.gops.network.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A policy that becomes tighter cuts the connections that it no longer allows.
class RevocationTest {
  private final Fleet fleet = RichFleet.of(3);
  private final Assignments first = new Assignments(Lock.EMPTY);
  private final SampleOverlay before = SampleOverlay.of(fleet, first);

  private static Fleet with(Fleet fleet, UnaryOperator<List<Policy.Rule>> change) {
    SortedMap<String, Policy> policies = new TreeMap<>(fleet.policies());
    policies.computeIfPresent(
        "rich",
        (_, p) ->
            new Policy(p.name(), p.vpc(), change.apply(new ArrayList<>(p.rules())), p.origins()));
    return RichFleet.withPolicies(fleet, policies);
  }

  private static Fleet without(Fleet fleet, int rule) {
    return with(
        fleet,
        rules -> {
          rules.remove(rule);
          return rules;
        });
  }

  private static long id(SampleOverlay sample, String text) {
    return sample.overlay().rules().stream()
        .filter(rule -> rule.vpc().equals("wuxia") && rule.text().startsWith(text))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static List<Long> revoked(SampleOverlay sample) {
    return sample.overlay().revocations().stream().map(Revocation::id).toList();
  }

  private static List<Finding> findings(
      SampleOverlay sample, SortedMap<String, NodeTables> tables) {
    return Verification.of(sample.deployment(), sample.overlay(), tables).findings();
  }

  @Test
  void anUnchangedPolicyRevokesNothing() {
    assertEquals(List.of(), revoked(before));
    Assignments again = new Assignments(first.toLock());
    assertEquals(List.of(), revoked(SampleOverlay.of(fleet, again)));
    assertEquals(first.toLock(), again.toLock());
  }

  @Test
  void whatAGoneRulePermittedIsJudgedAgainOnEveryNode() {
    long gone = id(before, "allow internet -> clx");
    Assignments later = new Assignments(first.toLock());
    SampleOverlay after = SampleOverlay.of(without(fleet, 4), later);
    assertEquals(List.of(gone), revoked(after));
    assertEquals(List.of(), findings(after, after.tables()));
    assertTrue(later.toLock().print().contains(" freed " + gone + " "));
  }

  @Test
  void aRuleThatComesBackHasItsIdAndRevokesNothing() {
    Assignments second = new Assignments(first.toLock());
    assertEquals(1, revoked(SampleOverlay.of(without(fleet, 4), second)).size());
    SampleOverlay after = SampleOverlay.of(fleet, new Assignments(second.toLock()));
    assertEquals(List.of(), revoked(after));
    assertEquals(id(before, "allow internet -> clx"), id(after, "allow internet -> clx"));
  }

  @Test
  void aRevocationStaysAsLongAsItsIdRests() {
    long gone = id(before, "allow internet -> clx");
    Assignments assignments = new Assignments(first.toLock());
    SampleOverlay after = SampleOverlay.of(without(fleet, 4), assignments);
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(gone), revoked(after));
      assertTrue(
          after.overlay().rules().stream().noneMatch(rule -> rule.id() == gone), "given again");
      assignments = new Assignments(assignments.toLock());
      after = SampleOverlay.of(without(fleet, 4), assignments);
    }
  }

  @Test
  void aRuleThatADenialTakesFromCountsAsGone() {
    long whole = id(before, "allow clx -> db");
    Policy.Rule allow = fleet.policies().get("rich").rules().get(5);
    Policy.Rule deny =
        new Policy.Rule(
            false,
            fleet.policies().get("rich").rules().get(0).to(),
            allow.to(),
            allow.ports(),
            allow.place());
    SampleOverlay after =
        SampleOverlay.of(
            with(
                fleet,
                rules -> {
                  rules.add(0, deny);
                  return rules;
                }),
            new Assignments(first.toLock()));
    assertEquals(List.of(whole), revoked(after));
    assertEquals(List.of(), findings(after, after.tables()));
  }

  @Test
  void everyFlowOfARevocationIsNeeded() {
    SampleOverlay after = SampleOverlay.of(without(fleet, 4), new Assignments(first.toLock()));
    NodeTables node = after.tables().get("hz-g001");
    List<String> unnoticed = new ArrayList<>();
    int flows = 0;
    for (Flow flow : node.flows()) {
      if (flow.declaration().path().startsWith("revoked/")) {
        flows++;
        List<Flow> fewer = new ArrayList<>(node.flows());
        fewer.remove(flow);
        SortedMap<String, NodeTables> one = new TreeMap<>();
        one.put("hz-g001", node.withFlows(fewer));
        if (findings(after, one).isEmpty()) {
          unnoticed.add(flow.toString());
        }
      }
    }
    assertEquals(List.of(), unnoticed);
    assertEquals(6, flows);
  }
}
