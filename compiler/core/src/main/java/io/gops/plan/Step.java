package io.gops.plan;

import io.gops.source.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One numbered step of a plan.
///
/// @param id `w1.start`
/// @param wave 0 for steps that belong to no wave
/// @param title for a person
/// @param tasks empty for a step that only waits
/// @param hold time to wait after the checks of the tasks held, while they are checked again
/// @param timeout when the checks have to hold at the latest
/// @param approver who agrees to it, confirms it or does it; absent where nobody is asked
/// @param cause the line of the source that asked for it
/// @param needs ids of steps that have to be done before
public record Step(
    String id,
    int wave,
    Kind kind,
    String title,
    List<Task> tasks,
    Duration hold,
    Duration timeout,
    Optional<String> approver,
    Optional<Place> cause,
    Players players,
    Estimate duration,
    List<String> needs) {
  public Step {
    tasks = List.copyOf(tasks);
    needs = List.copyOf(needs);
  }

  /// What a step is for. What each kind means for players is [Consequence].
  public enum Kind {
    /// The new version is put on sets that do not run.
    PREPARE(Consequence.NONE),
    /// Idle sides start.
    START(Consequence.NONE),
    /// New logins go to the other side.
    LOGINS(Consequence.NONE),
    /// The directory says what is true now.
    DIRECTORY(Consequence.NONE),
    /// Players leave the old side when they want to.
    DRAIN(Consequence.NONE),
    /// The players left are few enough to be disconnected.
    KICK(Consequence.DISCONNECTS),
    /// Emptied sides stop.
    STOP(Consequence.DISCONNECTS),
    /// The emptied sides get the new version, too.
    RETIRE(Consequence.NONE),
    /// Sidecars are replaced in running pods.
    UPDATE(Consequence.NOT_READY),
    /// Servers that were emptied are replaced by ones of another version.
    REPLACE(Consequence.DISCONNECTS),
    /// Engines are told to load the new scripts.
    RELOAD(Consequence.NONE),
    /// Nothing happens, and that is checked.
    SOAK(Consequence.NONE),
    /// A person agrees.
    APPROVE(Consequence.NONE),
    /// Players are told something.
    ANNOUNCE(Consequence.NONE),
    /// Somebody who knows says that something is so.
    CONFIRM(Consequence.NONE),
    /// A person does something and writes down what came of it.
    MANUAL(Consequence.NONE),
    /// New logins are refused, limited to a list, or allowed again; whoever plays goes on.
    GATE(Consequence.NONE),
    /// Somebody tries the servers before players are let in.
    SMOKE(Consequence.NONE),
    /// A lost machine is declared dead.
    FENCE(Consequence.DISCONNECTS),
    /// Groups get another home.
    MOVE(Consequence.NONE),
    /// Groups that stand still get another home.
    RELOCATE(Consequence.NONE),
    /// Servers are told that they are to go, so that they take no new players.
    DISMISS(Consequence.NONE),
    /// A host takes new servers, or does not any more.
    HOST(Consequence.NONE),
    /// Pods come up at their new home.
    ARRIVE(Consequence.NONE),
    /// Virtual switches learn where addresses are now.
    NETWORK(Consequence.NONE);

    private final Consequence consequence;

    Kind(Consequence consequence) {
      this.consequence = consequence;
    }

    public Consequence consequence() {
      return consequence;
    }
  }

  /// What players feel.
  public enum Consequence {
    NONE,
    /// The pod is not ready for some seconds; connections through a Service may drop.
    NOT_READY,
    /// Players still there are disconnected.
    DISCONNECTS
  }
}
