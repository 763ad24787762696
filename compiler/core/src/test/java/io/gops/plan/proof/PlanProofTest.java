package io.gops.plan.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// The proof lets sound plans pass and no broken one.
class PlanProofTest {
  /// Mutants of each fault and plan; `-Dgops.mutants=all` takes every one there is.
  private static final int SAMPLE = 6;

  private static final List<PlannedFleet> FLEETS = PlannedFleet.all();

  @Test
  void releasesOfEachKindAreAmongThem() {
    List<String> names = FLEETS.stream().map(PlannedFleet::name).toList();
    assertTrue(
        names.containsAll(
            List.of(
                "sample away", "sample merge", "warm join", "lobbies autumn", "lobbies number")),
        names.toString());
  }

  @Test
  void soundPlansPass() {
    for (PlannedFleet fleet : FLEETS) {
      assertEquals(List.of(), fleet.flaws(fleet.plan()), fleet.name());
    }
  }

  @Test
  void noBrokenPlanPasses() {
    boolean all = System.getProperty("gops.mutants", "").equals("all");
    Map<Fault, int[]> score = new EnumMap<>(Fault.class);
    List<String> survivors = new ArrayList<>();
    for (PlannedFleet fleet : FLEETS) {
      for (Map.Entry<Fault, List<Mutant>> entry : byFault(fleet).entrySet()) {
        List<Mutant> mutants = entry.getValue();
        Collections.shuffle(mutants, new Random(fleet.name().hashCode()));
        int most = all ? mutants.size() : fleet.isLarge() ? 1 : SAMPLE;
        for (Mutant mutant : mutants.subList(0, Math.min(most, mutants.size()))) {
          int[] counts = score.computeIfAbsent(entry.getKey(), _ -> new int[3]);
          counts[0]++;
          boolean survives = survives(fleet, mutant);
          if (mutant.same()) {
            counts[1]++;
          } else if (survives) {
            counts[2]++;
            survivors.add(fleet.name() + ": " + mutant.fault() + " " + mutant.where());
          }
        }
      }
    }
    print(score);
    assertEquals(List.of(), survivors, () -> String.join("\n", survivors));
    assertEquals(Fault.values().length, score.size(), "each fault was tried");
  }

  private static Map<Fault, List<Mutant>> byFault(PlannedFleet fleet) {
    Map<Fault, List<Mutant>> all = new EnumMap<>(Fault.class);
    fleet.mutants().forEach(m -> all.computeIfAbsent(m.fault(), _ -> new ArrayList<>()).add(m));
    return all;
  }

  private static boolean survives(PlannedFleet fleet, Mutant mutant) {
    return fleet.flaws(mutant.plan().get()).isEmpty();
  }

  private static void print(Map<Fault, int[]> score) {
    score.forEach(
        (fault, counts) ->
            System.out.println(
                "| %s | %d | %d | %d | %d |"
                    .formatted(
                        fault.words,
                        counts[0],
                        counts[1],
                        counts[0] - counts[1] - counts[2],
                        counts[2])));
  }

  @Property(tries = 100)
  void noBrokenPlanPassesWhicheverItIs(@ForAll int seed) {
    Random random = new Random(seed);
    PlannedFleet fleet = FLEETS.get(random.nextInt(FLEETS.size()));
    List<Mutant> mutants = fleet.mutants();
    Mutant mutant = mutants.get(random.nextInt(mutants.size()));
    assertTrue(
        mutant.same() || !survives(fleet, mutant),
        () -> fleet.name() + ": " + mutant.fault() + " " + mutant.where());
  }
}
