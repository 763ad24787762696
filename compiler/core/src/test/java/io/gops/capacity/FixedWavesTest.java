package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.fleet.Side;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.CertificateText;
import io.gops.verify.QuestionCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A fleet whose host holds in each wave that is written, and not with any two of its zones.
class FixedWavesTest {
  /// Zones 1 and 2 are large, 3 and 4 small.
  private static Fleet fleet(String memory, String waves) {
    return SmallFleet.of(
        """
        site hz {
          pool std {
            survive = 0
            margin { memory = 0%% }
            hosts 1..1 { name = "hz-${n}", underlay = 10.1.0.11, cpu = 64cores, memory = %s }
          }
        }
        game chess {
          container engine { port client { number = 7001 } }
          profile {
            base               { cpu = 100mcores, memory = 1Gi }
            per_player         { cpu = 1mcores, memory = 1Mi }
            keeps_after_logout { memory = 100%% }
          }
          version "1.0" { engine = "r.example.com/chess:1.0@%s" }
          version "1.1" from "1.0" { engine = "r.example.com/chess:1.1@%s" }
        }
        directory chess-zones {
          game = chess, endpoints = ["https://etcd-1.example.com:2379"], prefix = "/chess/zones/"
        }
        zones chess-main {
          game = chess, ids = 1..4, run = "1.0", pool = hz.std, players = 4096
          override 3..4 { players = 512 }
          pair { switch = directory }
        }
        release ab_switch chess-1-1 {
          zones = chess-main, to = "1.1"
          waves { %s }
          drain { remaining = [0min -> 100%%, 12h -> 2%%], kick_after = 12h, kick_budget = 5%% }
        }
        """
            .formatted(memory, SmallFleet.digest(1), SmallFleet.digest(2), waves));
  }

  private static final String MIXED =
      "wave canary { ids = 3 }, wave one { ids = [1, 4] }, wave two { ids = 2 }";
  private static final String LARGE_TOGETHER =
      "wave large { ids = 1..2 }, wave small { ids = 3 }, wave rest { }";

  private static CapacityProof proof(Fleet fleet, State state, Lock lock) {
    Diagnostics diagnostics = new Diagnostics();
    return CapacityProver.prove(fleet, state, lock, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  private static List<String> errors(Fleet fleet, State state, Lock lock) {
    Diagnostics diagnostics = new Diagnostics();
    CapacityProver.prove(fleet, state, lock, diagnostics);
    return diagnostics.sorted().stream()
        .map(
            d ->
                d.code()
                    + " "
                    + Catalogue.of(Language.ENGLISH).text(d.message())
                    + d.hint().map(h -> " | " + Catalogue.of(Language.ENGLISH).text(h)).orElse(""))
        .toList();
  }

  private static Lock lock(CapacityProof proof) {
    Assignments assignments = new Assignments(Lock.EMPTY);
    proof.record(assignments);
    return assignments.toLock();
  }

  /// 13 GiB steady; 6.5 GiB more when a large and a small zone move, 10 GiB when both large
  /// ones do.
  @Test
  void theHostHoldsInItsWavesAndNotWithAnyTwo() {
    SmallFleet.proof(fleet("20Gi", MIXED));
    assertTrue(!SmallFleet.errors(fleet("20Gi", "per_host = 2, then = 100%")).isEmpty());
    assertEquals(
        List.of(
            "GOPS3003 pool hz.std memory in wave large: short 3Gi; its 4 groups need 23Gi, its 1 host"
                + " has 20Gi for them"),
        SmallFleet.errors(fleet("20Gi", LARGE_TOGETHER)));
  }

  @Test
  void anOverloadNamesTheWaveAndWhatWouldHelp() {
    Lock lock = lock(proof(fleet("20Gi", MIXED), State.EMPTY, Lock.EMPTY));
    List<String> errors = errors(fleet("20Gi", LARGE_TOGETHER), State.EMPTY, lock);
    assertEquals(
        List.of(
            "GOPS3006 host hz-1 memory in wave large: short 3Gi at cut-over, breaks from 62 % moved;"
                + " moving: 1, 2 | 4 groups steady 13Gi + moving 10Gi > 20Gi; one of these makes it"
                + " hold: override 1 { players = 2560 } | zone 1 in wave small of chess-1-1"),
        errors);
  }

  @Test
  void theCertificateHoldsTheWavesAndIsCheckedAgain() throws IOException {
    Fleet fleet = fleet("20Gi", MIXED);
    CapacityProof proof = proof(fleet, State.EMPTY, Lock.EMPTY);
    String text = CertificateText.print(Certificate.of(proof, fleet));
    assertTrue(text.contains("\"waves\":{\"chess-1-1\":2}"), text);
    assertEquals(List.of(), CertificateReader.read(text).violations());
    assertEquals(
        List.of(), QuestionCheck.violations(CertificateReader.read(text), fleet, State.EMPTY));
  }

  @Test
  void aCertificateWithOtherWavesIsRejected() throws IOException {
    Fleet fleet = fleet("20Gi", MIXED);
    String text =
        CertificateText.print(Certificate.of(proof(fleet, State.EMPTY, Lock.EMPTY), fleet));
    List<String> forged = new ArrayList<>();
    // Both large zones together: that does not hold.
    String together = text.replace("\"waves\":{\"chess-1-1\":3}", "\"waves\":{\"chess-1-1\":2}");
    assertTrue(!CertificateReader.read(together).violations().isEmpty());
    // A large zone in a wave of its own: that holds, and is not what was written.
    forged.add(text.replaceFirst("\"waves\":\\{\"chess-1-1\":1}", "\"waves\":{\"chess-1-1\":3}"));
    forged.add(text.replaceFirst(",\"waves\":\\{\"chess-1-1\":1}", ""));
    forged.add(text.replace("\"one\"", "\"other\""));
    forged.add(text.replaceFirst("(\"during\":\\{[^}]*\"memory\":)[0-9]+", "$11"));
    for (String other : forged) {
      assertTrue(!other.equals(text));
      assertTrue(
          !QuestionCheck.violations(CertificateReader.read(other), fleet, State.EMPTY).isEmpty(),
          other);
    }
  }

  // ---- A release that was interrupted --------------------------------------------------------

  private static State.GroupState group(Side live, String a, int runA, String b, int runB) {
    TreeMap<Side, State.SideState> sides = new TreeMap<>();
    sides.put(Side.A, new State.SideState(a, runA, ""));
    sides.put(Side.B, new State.SideState(b, runB, ""));
    return new State.GroupState(live, sides);
  }

  /// Zones 3 and then 1 and 4 are through; zone 2 is left in the middle of the third wave.
  private static State abortedInTheThirdWave() {
    TreeMap<String, State.GroupState> groups = new TreeMap<>();
    for (String id : List.of("1", "3", "4")) {
      groups.put(id, group(Side.B, "1.1", 0, "1.1", 1));
    }
    groups.put("2", group(Side.A, "1.0", 1, "1.1", 1));
    return new State(groups, new TreeMap<>());
  }

  @Test
  void whatWasBegunCountsAsMovingUntilTheReleaseFinishesIt() {
    Fleet fleet = fleet("20Gi", MIXED);
    Lock lock = lock(proof(fleet, State.EMPTY, Lock.EMPTY));
    CapacityProof proof = proof(fleet, abortedInTheThirdWave(), lock);
    HostFill.MeasureFill memory =
        proof.hosts().get("hz-1").measures().stream()
            .filter(m -> m.measure().moment() == Moment.CUT_OVER)
            .filter(m -> m.measure().resource().word().equals("memory"))
            .findFirst()
            .orElseThrow();
    // 13 GiB steady, and 5 GiB more on zone 2 before anybody else may move.
    assertEquals(18L << 30, memory.worst());
    assertEquals(18L << 30, memory.steady());
    assertEquals(FixedOrder.BEGUN, memory.measure().stage().orElseThrow().wave());
    Certificate certificate = Certificate.of(proof, fleet);
    assertEquals(List.of(), certificate.violations());
    assertEquals(List.of(), QuestionCheck.violations(certificate, fleet, abortedInTheThirdWave()));
    // The proof of the state before says nothing of a zone that moves already.
    Certificate before = Certificate.of(proof(fleet, State.EMPTY, Lock.EMPTY), fleet);
    assertTrue(!QuestionCheck.violations(before, fleet, abortedInTheThirdWave()).isEmpty());
  }

  /// A rule of waves lets one group of the host move; the one that was begun moves first.
  @Test
  void whatWasBegunIsFinishedBeforeABudgetIsSpent() {
    Fleet fleet = fleet("18Gi", "canary = 1, then = 100%, per_host = 1");
    Lock lock = lock(proof(fleet, State.EMPTY, Lock.EMPTY));
    assertEquals(List.of(), errors(fleet, abortedInTheThirdWave(), lock));
  }

  /// Nothing in the source finishes it, and another zone may move meanwhile.
  @Test
  void whatNoReleaseFinishesCountsBesideEveryMove() {
    Fleet with = fleet("18Gi", "canary = 1, then = 100%, per_host = 1");
    Lock lock = lock(proof(with, State.EMPTY, Lock.EMPTY));
    Fleet without = withoutRelease(with);
    assertEquals(List.of(), errors(without, State.EMPTY, lock));
    List<String> errors = errors(without, abortedInTheThirdWave(), lock);
    assertEquals(1, errors.size());
    assertTrue(
        errors.getFirst().startsWith("GOPS3006 host hz-1 memory: short 5Gi"), errors.getFirst());
  }

  private static Fleet withoutRelease(Fleet fleet) {
    return new Fleet(
        fleet.name(),
        fleet.environment(),
        fleet.cluster(),
        fleet.pools(),
        fleet.hosts(),
        fleet.gateways(),
        fleet.vpcs(),
        fleet.services(),
        fleet.secrets(),
        fleet.games(),
        fleet.zoneSets(),
        fleet.zones(),
        fleet.policies(),
        fleet.directories(),
        fleet.windows(),
        new TreeMap<>(),
        fleet.expectations(),
        fleet.origins());
  }
}
