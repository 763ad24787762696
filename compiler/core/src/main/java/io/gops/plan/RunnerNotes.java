package io.gops.plan;

import io.gops.fleet.Release;
import io.gops.fleet.Rollouts;
import io.gops.fleet.StopRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a person should know of how a plan is carried out before they agree to it.
final class RunnerNotes {
  private RunnerNotes() {}

  static List<String> of(Release release, Rollouts rollouts) {
    List<String> notes = new ArrayList<>();
    String pausing = alerts(release, StopRule.Reaction.PAUSE);
    if (!pausing.isEmpty()) {
      notes.add("pauses while one of these alerts fires: " + pausing);
    }
    String aborting = alerts(release, StopRule.Reaction.ABORT);
    if (!aborting.isEmpty()) {
      notes.add("ends for good once one of these alerts fires: " + aborting);
    }
    if (rollouts.approval() == Rollouts.Approval.SIGNED) {
      notes.add(
          "approvals are signed by one of: " + String.join(", ", rollouts.signers().keySet()));
    }
    rollouts
        .repository()
        .ifPresent(
            at ->
                notes.add(
                    "each step that changes sets is a commit on "
                        + at.branch()
                        + ", which "
                        + at.manager()
                        + " applies"));
    return notes;
  }

  private static String alerts(Release release, StopRule.Reaction reaction) {
    return release.stopRules().stream()
        .filter(rule -> rule.reaction() == reaction)
        .map(StopRule::alert)
        .collect(Collectors.joining(", "));
  }
}
