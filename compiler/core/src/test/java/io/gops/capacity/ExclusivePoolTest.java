package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.fleet.Side;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.CertificateText;
import io.gops.verify.ImpossibilityCheck;
import io.gops.verify.PlacementCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// A pool in which each group has a host of its own, and groups that already run.
class ExclusivePoolTest {
  /// Four hosts `m1` to `m4` and zones from 101 on.
  private static Fleet fleet(String rules, String hosts, int zones) {
    return SmallFleet.of(
        """
        site hz {
          pool std {
            %s
            hosts 1..4 {
              name = "m${n}", underlay = 10.1.0.1..10.1.0.4, cpu = 16cores, memory = 64Gi
              %s
            }
          }
        }
        game arena {
          container engine { }
          profile { base { memory = 1Gi } }
          version "1.0" { engine = "registry.example.com/arena:1.0@%s" }
        }
        zones main { game = arena, ids = 101..%d, run = "1.0", pool = hz.std }
        """
            .formatted(rules, hosts, SmallFleet.digest(1), 100 + zones));
  }

  private static Lock lock(String... hosts) {
    SortedMap<Lock.Key, String> records = new TreeMap<>();
    for (int i = 0; i < hosts.length; i++) {
      records.put(new Lock.Key("placement", "fleet", Integer.toString(101 + i)), hosts[i]);
    }
    return new Lock(records);
  }

  private static State running(int zones) {
    SortedMap<String, State.GroupState> groups = new TreeMap<>();
    State.SideState side = new State.SideState("1.0", 1, "");
    for (int id = 101; id <= 100 + zones; id++) {
      groups.put(
          Integer.toString(id), new State.GroupState(Side.A, new TreeMap<>(Map.of(Side.A, side))));
    }
    return new State(groups, new TreeMap<>());
  }

  /// What is said: code and message, what else is known, and the hint.
  private static List<String> said(Fleet fleet, State state, Lock lock) {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(CapacityProver.prove(fleet, state, lock, diagnostics).isEmpty());
    Catalogue english = Catalogue.of(Language.ENGLISH);
    List<String> said = new ArrayList<>();
    for (Diagnostic error : diagnostics.sorted()) {
      said.add(error.code() + " " + english.text(error.message()));
      error.related().forEach(related -> said.add(english.text(related.message())));
      error.hint().ifPresent(hint -> said.add(english.text(hint)));
    }
    return said;
  }

  @Test
  void groupsThatRunTogetherAreNamed() {
    assertEquals(
        List.of(
            "GOPS3033 pool hz.std gives every group a host of its own, but host m1 runs 3 groups:"
                + " 101, 102, 104",
            "other hosts of the pool with several groups: 1",
            "groups that run are not moved for it: keep sharing = packed, and open zones that are"
                + " to be alone in a pool of their own"),
        said(
            fleet("sharing = exclusive", "", 6),
            running(6),
            lock("m1", "m1", "m2", "m1", "m3", "m3")));
  }

  @Test
  void groupsThatAFailedHostBroughtTogetherAreAnotherMatter() {
    assertEquals(
        List.of(
            "GOPS3033 pool hz.std gives every group a host of its own, but host m3 runs 2 groups:"
                + " 101, 103",
            "they are there since m1 failed: take state = failed away once a host of that name is"
                + " back"),
        said(
            fleet("sharing = exclusive", "override 1 { state = failed }", 3),
            running(3),
            lock("m1,m3", "m2", "m3")));
  }

  @Test
  void onlyLockedGroupsMoveApart() {
    Fleet fleet = fleet("sharing = exclusive", "", 3);
    PoolAnswer.Holds holds =
        assertInstanceOf(
            PoolAnswer.Holds.class,
            CapacityProver.answers(fleet, running(1), lock("m2", "m2", "m2")).getFirst());
    assertEquals(List.of(), PlacementCheck.violations(holds.question(), holds.placements()));
    assertEquals("m2", holds.placements().get("101").getFirst().primary());
  }

  @Test
  void theReasonIsCheckedWithoutTheProver() throws IOException {
    Lock lock = lock("m1", "m1");
    PoolAnswer.Impossible answer =
        assertInstanceOf(
            PoolAnswer.Impossible.class,
            CapacityProver.answers(fleet("sharing = exclusive", "", 2), running(2), lock)
                .getFirst());
    Certificate written = new Certificate(0, List.of(answer));
    assertEquals(List.of(), CertificateReader.read(CertificateText.print(written)).violations());

    Impossibility claim = answer.claim();
    PoolProblem packed = CapacityProver.questions(fleet("", "", 2), running(2), lock).getFirst();
    assertTrue(ImpossibilityCheck.flaw(about(claim, packed, claim.settled())).isPresent());
    assertTrue(
        ImpossibilityCheck.flaw(about(claim, claim.question(), claim.settled().subList(0, 1)))
            .isPresent());
  }

  private static Impossibility about(
      Impossibility claim, PoolProblem question, List<Impossibility.Settled> settled) {
    return new Impossibility(question, Optional.empty(), settled, List.of(), claim.why());
  }

  /// Small groups on large hosts: only their number and where they run decide.
  @Property(tries = 300, seed = "20261122")
  void aPlacementExistsWhenNoneThatRunShareAHost(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 4) Integer> homes,
      @ForAll @IntRange(min = 0, max = 5) int live) {
    int running = Math.min(live, homes.size());
    Lock lock = lock(homes.stream().map(host -> "m" + host).toArray(String[]::new));
    Fleet fleet = fleet("sharing = exclusive", "", homes.size());
    boolean apart = homes.stream().limit(running).distinct().count() == running;
    PoolAnswer answer = CapacityProver.answers(fleet, running(running), lock).getFirst();
    assertEquals(apart && homes.size() <= 4, answer instanceof PoolAnswer.Holds);
    List<String> violations =
        switch (answer) {
          case PoolAnswer.Holds holds ->
              PlacementCheck.violations(holds.question(), holds.placements());
          case PoolAnswer.Impossible none ->
              ImpossibilityCheck.flaw(none.claim()).stream().toList();
          case PoolAnswer.Undecided _ -> List.of("undecided");
        };
    assertEquals(List.of(), violations);
  }
}
