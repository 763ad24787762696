package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.util.List;
import java.util.Map;

/// A fleet of a few hosts and one game, whose parts a test replaces.
final class SmallFleet {
  private static final String START =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      """;

  private SmallFleet() {}

  static String digest(int number) {
    return "sha256:" + "%02x".formatted(number).repeat(32);
  }

  static Fleet of(String text) {
    Diagnostics diagnostics = new Diagnostics();
    return FleetLoader.load(Map.of("fleet.gops", START + text), "fleet.gops", diagnostics)
        .filter(_ -> !diagnostics.hasErrors())
        .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  /// The errors of a fleet in which nothing runs yet.
  static List<String> errors(Fleet fleet) {
    Diagnostics diagnostics = new Diagnostics();
    CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics);
    return diagnostics.sorted().stream()
        .map(d -> d.code() + " " + Catalogue.of(Language.ENGLISH).text(d.message()))
        .toList();
  }

  static CapacityProof proof(Fleet fleet) {
    Diagnostics diagnostics = new Diagnostics();
    CapacityProof proof =
        CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    assertEquals(List.of(), diagnostics.sorted());
    return proof;
  }
}
