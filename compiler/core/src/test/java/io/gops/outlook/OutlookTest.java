package io.gops.outlook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.MoreHosts;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import io.gops.verify.PlacementCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Answers about the flagship example, each tried on both sides of its edge.
class OutlookTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");
  private static final Fleet FLEET =
      FleetLoader.load(EXAMPLES.resolve("wuxia"), new Diagnostics()).orElseThrow();
  private static final CapacityProof PROOF = prove(FLEET, Lock.EMPTY).orElseThrow();
  private static final PoolProblem POOL = PROOF.questions().getFirst();

  private static Optional<CapacityProof> prove(Fleet fleet, Lock lock) {
    return CapacityProver.prove(fleet, State.EMPTY, lock, new Diagnostics());
  }

  private static Lock lock() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    PROOF.record(assignments);
    return assignments.toLock();
  }

  private static CapacityAnswer ask(Fleet fleet, CapacityAnswer.Question question) {
    return CapacityAnswer.of(fleet, State.EMPTY, lock(), prove(fleet, lock()), question);
  }

  private static List<Occupant> like(String group) {
    return POOL.occupants().stream().filter(o -> o.group().equals(group)).toList();
  }

  @Test
  void oneZoneMoreThanFitsDoesNotFit() {
    PoolProblem settled = Settled.where(POOL, PROOF);
    int fit = Growth.zonesThatFit(settled, like("10200"), 208);
    assertTrue(fit > 0 && fit < 208);
    assertTrue(Growth.holds(Growth.withZones(settled, like("10200"), fit)));
    assertFalse(Growth.holds(Growth.withZones(settled, like("10200"), fit + 1)));
  }

  @Test
  void oneHostFewerThanNeededIsNotEnough() {
    PoolProblem more = Growth.withZones(Settled.where(POOL, PROOF), like("10200"), 60);
    int hosts = Growth.hostsNeeded(more).orElseThrow();
    assertTrue(hosts > 0);
    assertTrue(Growth.holds(MoreHosts.with(more, hosts)));
    assertFalse(Growth.holds(MoreHosts.with(more, hosts - 1)));
  }

  @Test
  void theLargestSafeWaveSurvivesTheLossOfAHost() {
    PoolOutlook outlook = PoolOutlook.of(FLEET, POOL, PROOF, 0);
    int wave = outlook.largestSafeWave();
    assertTrue(wave >= POOL.perHost());
    assertEquals(List.of(), PlacementCheck.violations(POOL.withPerHost(wave), PROOF.placements()));
  }

  @Test
  void aLostHostsGroupsGoToTheirFailoverHosts() {
    CapacityAnswer.Loss loss =
        ask(
                FLEET,
                new CapacityAnswer.Question(
                    0, Optional.of(new TreeSet<>(Set.of("hz-g017"))), false))
            .loss()
            .orElseThrow();
    assertTrue(loss.holds());
    assertFalse(loss.to().isEmpty());
    for (CapacityAnswer.Refuge refuge : loss.to()) {
      var placement = PROOF.placements().get(refuge.group()).getFirst();
      assertEquals("hz-g017", placement.primary());
      assertEquals(placement.failover(), Optional.of(refuge.host()));
    }
  }

  @Test
  void morePlayersNeedMoreHosts() {
    Fleet more = changed("players +40%");
    assertEquals(4900, more.zones().get(10001).body().players());
    CapacityAnswer answer = ask(more, new CapacityAnswer.Question(0, Optional.empty(), false));
    assertTrue(answer.proof().isEmpty());
    assertTrue(answer.missing().getFirst().whenMoved().orElseThrow() > 0);
    Fleet less = changed("players -20%");
    assertTrue(prove(less, Lock.EMPTY).isPresent());
  }

  private static Fleet changed(String text) {
    return WhatIfTest.changed(FLEET, text);
  }

  @Test
  void allHostsOfARackMayBeLostAtOnce() {
    String rack = FLEET.hosts().get("hz-g017").rack();
    SortedSet<String> lost = LostHosts.of(FLEET, List.of(rack));
    CapacityAnswer.Loss loss =
        ask(FLEET, new CapacityAnswer.Question(0, Optional.of(lost), false)).loss().orElseThrow();
    assertEquals(List.copyOf(lost), loss.hosts());
    assertTrue(lost.size() > 1);
    assertEquals(loss.holds(), loss.full().isEmpty());
    assertTrue(loss.to().stream().noneMatch(refuge -> lost.contains(refuge.host())));
  }

  @Test
  void movesAreExplained() {
    TreeMap<Lock.Key, String> records = new TreeMap<>(lock().records());
    records.put(new Lock.Key("placement", "fleet", "10001"), "gone-1,hz-g021");
    records.remove(new Lock.Key("placement", "fleet", "10002"));
    List<Moves.Move> moves = Moves.of(new Lock(records), PROOF);
    assertEquals(2, moves.size());
    assertEquals("gone-1 is no host of its pool any more", moves.get(0).why());
    assertTrue(moves.get(0).primaryMoves());
    assertEquals("it is new", moves.get(1).why());
    assertNotEquals("", moves.get(1).to());
  }
}
