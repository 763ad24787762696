package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.capacity.Impossibility.Reason;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.CertificateText;
import io.gops.verify.ImpossibilityCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Reasons why pools have no placement: the check accepts each that the prover gives, and rejects
/// every reason for a pool that has a placement.
class ImpossibilityTest {
  private static Impossibility claim(PoolProblem pool) {
    return ImpossibilityBuilder.of(
        assertInstanceOf(Verdict.Impossible.class, PlacementSearch.solve(pool)));
  }

  private static void accepted(PoolProblem pool) throws IOException {
    Certificate written = new Certificate(0, List.of(new PoolAnswer.Impossible(claim(pool))));
    Certificate read = CertificateReader.read(CertificateText.print(written));
    assertEquals(List.of(), read.violations());
  }

  @Property(tries = 20, seed = "20261121")
  void eachInfeasibleFamilyIsAccepted(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int hosts) throws IOException {
    InstanceGenerator generator = new InstanceGenerator(seed);
    accepted(generator.tooMuch(hosts));
    accepted(generator.tooLarge(3 * hosts, hosts));
    accepted(generator.tooMany(hosts));
    accepted(generator.crossed(10 + hosts));
  }

  @Property(tries = 2000, seed = "20261121")
  void whateverTheProverExcludesIsAccepted(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts,
      @ForAll @IntRange(min = 1, max = 9) int perHost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, perHost, 0);
    if (PlacementSearch.solve(pool) instanceof Verdict.Impossible impossible) {
      assertEquals(Optional.empty(), ImpossibilityCheck.flaw(ImpossibilityBuilder.of(impossible)));
    }
  }

  /// Every reason of some form, for pools of which brute force knows a placement.
  @Property(tries = 1000, seed = "20261121")
  void noReasonIsAcceptedForAPoolThatHasAPlacement(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int pairs,
      @ForAll @IntRange(min = 1, max = 3) int hosts,
      @ForAll @IntRange(min = 1, max = 3) int perHost) {
    PoolProblem pool = new InstanceGenerator(seed).small(pairs, hosts, perHost, 0);
    if (BruteForce.placement(pool).isPresent()) {
      for (Reason reason : reasons(pool)) {
        assertTrue(ImpossibilityCheck.flaw(claim(pool, reason)).isPresent(), reason.toString());
      }
    }
  }

  private static Impossibility claim(PoolProblem pool, Reason reason) {
    return new Impossibility(pool, Optional.empty(), List.of(), List.of(), reason);
  }

  private static List<Reason> reasons(PoolProblem pool) {
    List<Reason> reasons = new ArrayList<>();
    PoolModel model = new PoolModel(pool);
    for (Occupant occupant : pool.occupants()) {
      reasons.add(new Reason.TooLarge(occupant.group(), 0));
      reasons.add(new Reason.TooFewHosts(Optional.of(occupant.group())));
    }
    reasons.add(new Reason.TooFewHosts(Optional.empty()));
    for (int row = 0; row < model.rows; row++) {
      Measure measure = model.measures.get(row);
      reasons.add(new Reason.TooMuch(measure));
      List<Impossibility.Weight> one = List.of(new Impossibility.Weight(measure, 1));
      List<Impossibility.Weight> all =
          model.measures.stream().map(m -> new Impossibility.Weight(m, 1)).toList();
      for (int item = 0; item < model.items; item++) {
        Impossibility.Size size = size(model, item, row);
        reasons.add(new Reason.TooMany(one, size, Optional.empty()));
        reasons.add(new Reason.TooMany(all, size, Optional.empty()));
        for (int other = 0; other < model.items; other++) {
          reasons.add(new Reason.TooMany(one, size, Optional.of(size(model, other, row))));
        }
      }
    }
    return reasons;
  }

  private static Impossibility.Size size(PoolModel model, int item, int row) {
    int at = item * model.rows + row;
    return new Impossibility.Size(model.steady[at], model.extra[at]);
  }
}
