package io.gops.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a person does before servers start that were not there before: the objects, node labels and
/// flow tables of the compile are put there. It disturbs nobody.
public final class Preparation {
  /// Id of its step.
  public static final String STEP = "prepare";

  /// What is asked of people.
  public static final Action.ByHand ACTION =
      new Action.ByHand(
          "apply the manifests and flow tables of this compile", "the revision applied");

  private static final Duration APPLY = Duration.ofMinutes(10);

  private Preparation() {}

  /// @param which what of them is new
  static void add(Steps steps, String which) {
    steps.byHand(
        0,
        Step.Kind.MANUAL,
        STEP,
        "Apply the manifests and flow tables of this compile, " + which,
        new Task("people", ACTION, List.of(), List.of(), new Undo.Nothing()),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        APPLY);
  }
}
