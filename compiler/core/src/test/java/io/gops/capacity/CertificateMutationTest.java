package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import io.gops.json.Json;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.CertificateText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Alters every field of every kind of certificate, one at a time. What is no longer true must be
/// rejected; what is accepted must be true still, by brute force over all placements.
class CertificateMutationTest {
  /// Pools that are looked at until each kind of answer has been seen often enough.
  private static final int POOLS = 6000;

  private static final int EACH = 2;

  private static final SortedMap<String, List<PoolAnswer>> ANSWERS = answers();

  /// Small pools of all sorts: replicas, groups that run, hosts that are gone, spares, losses.
  private static SortedMap<String, List<PoolAnswer>> answers() {
    SortedMap<String, List<PoolAnswer>> found = new TreeMap<>();
    for (int seed = 0; seed < POOLS; seed++) {
      PoolAnswer answer = AnswerBuilder.build(PlacementSearch.solve(pool(new Random(seed), seed)));
      List<PoolAnswer> same = found.computeIfAbsent(kind(answer), _ -> new ArrayList<>());
      if (same.size() < EACH) {
        same.add(answer);
      }
    }
    return found;
  }

  private static String kind(PoolAnswer answer) {
    return switch (answer) {
      case PoolAnswer.Holds holds ->
          "holds" + (holds.question().survive() > 0 ? " after a loss" : "");
      case PoolAnswer.Undecided undecided ->
          "undecided" + (undecided.attempt().lost().isPresent() ? " after a loss" : "");
      case PoolAnswer.Impossible none ->
          none.claim().why().getClass().getSimpleName()
              + (none.claim().lost().isPresent() ? " after a loss" : "");
    };
  }

  private static PoolProblem pool(Random random, long seed) {
    int hosts = 2 + random.nextInt(2);
    int survive = random.nextInt(2);
    PoolProblem small =
        new InstanceGenerator(seed)
            .small(2 + random.nextInt(4), hosts, 1 + random.nextInt(2), survive);
    long tenths = 7L + random.nextInt(20);
    List<Machine> machines = new ArrayList<>();
    for (Machine m : small.machines()) {
      Host.State state = random.nextInt(9) == 0 ? Host.State.DRAINING : Host.State.ACTIVE;
      machines.add(
          new Machine(
              m.name(), "r" + random.nextInt(3), m.usable().plus(m.usable()), m.usable(), state));
    }
    List<Occupant> occupants = new ArrayList<>();
    boolean running = random.nextBoolean();
    for (Occupant o : small.occupants()) {
      boolean replica = !occupants.isEmpty() && random.nextInt(4) == 0;
      Occupant before = replica ? occupants.getLast() : o;
      boolean live = running && random.nextBoolean();
      occupants.add(
          new Occupant(
              before.group(),
              replica ? before.ordinal() + 1 : 0,
              replica ? before.demand() : demand(random, before.demand().cutOver(), tenths),
              live ? Optional.of(home(random, machines)) : Optional.empty(),
              live));
    }
    return new PoolProblem(
        "lab.std",
        random.nextInt(6) == 0 ? Pool.Sharing.EXCLUSIVE : Pool.Sharing.PACKED,
        random.nextInt(5) == 0 ? 1 : 0,
        survive,
        small.perHost(),
        1,
        machines,
        occupants);
  }

  /// The same cut-over with a reload, requests and a restart of some size.
  private static Demand demand(Random random, Demand.Course cutOver, long tenths) {
    Amounts steady = tenths(cutOver.steady(), tenths);
    Amounts worst = tenths(cutOver.worst(), tenths);
    Amounts more =
        Amounts.of(Resource.CPU, random.nextInt(9)).with(Resource.MEMORY, random.nextInt(9));
    Amounts requests = steady.plus(steady).plus(more);
    return new Demand(
        new Demand.Course(steady, steady, worst),
        new Demand.Course(steady, steady, steady.plus(more).plus(more)),
        new Demand.Course(requests, requests, requests.plus(more)),
        steady.plus(more),
        requests);
  }

  private static Amounts tenths(Amounts amounts, long tenths) {
    Amounts result = Amounts.NONE;
    for (Resource resource : amounts.resources()) {
      result = result.with(resource, amounts.get(resource) * tenths / 10);
    }
    return result;
  }

  private static Group.Placement home(Random random, List<Machine> machines) {
    String name =
        random.nextInt(20) == 0 ? "gone" : machines.get(random.nextInt(machines.size())).name();
    return new Group.Placement(name, Optional.empty());
  }

  @Test
  void everyKindOfAnswerIsLookedAt() {
    assertEquals(
        Set.of(
            "TooFewHosts",
            "TooFewHosts after a loss",
            "TooFewSpares",
            "TooLarge",
            "TooLarge after a loss",
            "TooMany",
            "TooMany after a loss",
            "TooMuch",
            "TooMuch after a loss",
            "Overfull",
            "Shared",
            "Gone",
            "holds",
            "holds after a loss",
            "undecided",
            "undecided after a loss"),
        ANSWERS.keySet());
  }

  @Test
  void whatWasFoundOutIsAcceptedAndTrue() throws IOException {
    for (Map.Entry<String, List<PoolAnswer>> kind : ANSWERS.entrySet()) {
      for (PoolAnswer answer : kind.getValue()) {
        Certificate read = CertificateReader.read(print(answer));
        assertEquals(!kind.getKey().startsWith("undecided"), read.violations().isEmpty());
        assertEquals(print(answer), CertificateText.print(read));
        assertTrue(CertificateOracle.isTrue(read.pools().getFirst()), kind.getKey());
      }
    }
  }

  @Test
  void noAlteredCertificateIsBelievedUnlessItIsTrue() throws IOException {
    int rejected = 0;
    int stillTrue = 0;
    for (Map.Entry<String, List<PoolAnswer>> kind : ANSWERS.entrySet()) {
      Set<String> fields = new TreeSet<>();
      Set<String> noticed = new TreeSet<>();
      for (PoolAnswer answer : kind.getValue()) {
        for (Mutant mutant : Mutant.of(Json.parse(print(answer)))) {
          fields.add(mutant.field());
          Optional<PoolAnswer> believed = believed(mutant.json().print());
          if (believed.isEmpty()) {
            rejected++;
            noticed.add(mutant.field());
          } else {
            assertTrue(
                CertificateOracle.isTrue(believed.get()),
                () -> kind.getKey() + ": " + mutant + "\n" + print(answer));
            stillTrue++;
          }
        }
      }
      fields.removeAll(noticed);
      fields.removeIf(field -> !isClaimed(field, kind.getKey()));
      assertEquals(Set.of(), fields, kind.getKey() + ": nobody notices when these are altered");
    }
    assertTrue(rejected > 1000, () -> "altered certificates");
    assertTrue(stillTrue > 0);
  }

  /// Whether a field is part of every claim of its kind. A reason needs not all of its question:
  /// what is left of one that was altered where nobody looks must have no placement either.
  private static boolean isClaimed(String field, String kind) {
    if (kind.equals("holds")) {
      return lastOf(field).equals(".primary");
    }
    return kind.equals("holds after a loss")
        ? !field.contains(".started.") && !Set.of(".pool", ".spare").contains(lastOf(field))
        : field.contains(".impossible.") || field.contains(".undecided.");
  }

  private static String lastOf(String field) {
    return field.substring(field.lastIndexOf('.'));
  }

  /// The answer of an altered certificate that the check accepts.
  private static Optional<PoolAnswer> believed(String text) {
    try {
      Certificate certificate = CertificateReader.read(text);
      return certificate.violations().isEmpty() && !certificate.pools().isEmpty()
          ? Optional.of(certificate.pools().getFirst())
          : Optional.empty();
    } catch (IOException refused) {
      assertFalse(String.valueOf(refused.getMessage()).isEmpty());
      return Optional.empty();
    }
  }

  private static String print(PoolAnswer answer) {
    return CertificateText.print(new Certificate(0, List.of(answer)));
  }
}
