package io.gops.plan;

import io.gops.deployment.Workload;
import io.gops.fleet.Container;
import io.gops.fleet.Probe;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.json.JsonPatch;
import java.util.List;
import java.util.Optional;

/// One change of the world. Each names the old value that it expects, so that it is refused when
/// somebody else was faster, and does nothing when it has happened already.
public sealed interface Action {
  /// Replaces the parts of a set's pod template in which two versions differ, and lets the
  /// controller update all pods (`partition` 0, which also makes the reverse roll pods back).
  ///
  /// @param set the GameServerSet
  /// @param fromTemplate hash of the old shape, empty when the side never ran
  record PatchTemplate(
      SetRef set,
      String fromVersion,
      String toVersion,
      String fromTemplate,
      String toTemplate,
      JsonPatch patch)
      implements Action {
    /// Pods that stay as they are while a template changes: none. Goes with every patch, also with
    /// the one that takes it back, because a partition that is raised again rolls nobody back.
    public static final int PARTITION = 0;
  }

  /// Starts or stops the pods of a set.
  record Scale(SetRef set, int from, int to) implements Action {}

  /// Tells servers of a set that they are to go, or that they are not: login gates and match makers
  /// read that they take no new players, and OpenKruiseGame stops these before any other, whatever
  /// their numbers are.
  ///
  /// @param staying hosts whose servers go on; pods of a set are interchangeable, so their host and
  ///     not their number decides
  /// @param count servers on other hosts
  /// @param leaving whether they are to go
  record Dismiss(SetRef set, List<String> staying, int count, boolean leaving) implements Action {
    public Dismiss {
      staying = List.copyOf(staying);
    }
  }

  /// New logins go to the other side.
  ///
  /// @param openflowGroup the group before and after; absent when the directory alone decides
  /// @param entries what the directories say then
  record SetLogins(
      String group,
      Side from,
      Side to,
      Optional<OpenflowGroup> openflowGroup,
      List<PutEntry> entries)
      implements Action {
    public SetLogins {
      entries = List.copyOf(entries);
    }
  }

  /// A group of the virtual switches as text, before and after.
  ///
  /// @param carriers hosts and gateways whose switch has it
  record OpenflowGroup(String from, String to, List<String> carriers) {
    public OpenflowGroup {
      carriers = List.copyOf(carriers);
    }
  }

  /// An entry of the zone directory.
  ///
  /// @param directory name of the directory
  /// @param from canonical JSON of the expected value; there may also be no entry yet
  /// @param to canonical JSON
  record PutEntry(String directory, String key, String from, String to) implements Action {}

  /// Gives a group another host by the node label that its pods ask for.
  ///
  /// @param before hosts of all replicas of the group
  /// @param after the same with `to` in the place of `from`
  record MoveHome(
      String group, String label, String from, String to, List<String> before, List<String> after)
      implements Action {
    public MoveHome {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /// Says whether new pods may start on a node.
  ///
  /// @param shut whether they may not
  record Cordon(String node, boolean shut) implements Action {}

  /// Declares a node dead, so that its pods may start elsewhere.
  record Fence(String node) implements Action {}

  /// Loads the flows and groups of one switch as they are after the release; as an undo, as they
  /// were before it.
  record ProgramSwitch(String host) implements Action {}

  /// Waits until the players have left a set, or until the deadline.
  ///
  /// @param probe counts the players in a pod; without one the deadline decides
  /// @param deadlineSeconds from the moment at which logins moved
  /// @param staying hosts on which players of the set may stay; none for the whole set
  record Drain(SetRef set, Optional<CountPlayers> probe, long deadlineSeconds, List<String> staying)
      implements Action {
    public Drain {
      staying = List.copyOf(staying);
    }

    /// The players of all servers of a set.
    public Drain(SetRef set, Optional<CountPlayers> probe, long deadlineSeconds) {
      this(set, probe, deadlineSeconds, List.of());
    }
  }

  /// Lets the last players be disconnected, if they are few enough.
  ///
  /// @param allowed players of this group that may be
  /// @param staying hosts on which players of the set stay; none for the whole set
  record Kick(SetRef set, Optional<CountPlayers> probe, long allowed, List<String> staying)
      implements Action {
    public Kick {
      staying = List.copyOf(staying);
    }

    /// The players of all servers of a set.
    public Kick(SetRef set, Optional<CountPlayers> probe, long allowed) {
      this(set, probe, allowed, List.of());
    }
  }

  /// Runs the reload command in every pod of a set.
  record Reload(SetRef set, String container, List<String> command) implements Action {
    public Reload {
      command = List.copyOf(command);
    }
  }

  /// Players are told something.
  record Announce(String text) implements Action {}

  /// A person does something or says that it is so, and what they write down of it is kept.
  ///
  /// @param what in words
  /// @param evidence what is to be written down
  record ByHand(String what, String evidence) implements Action {}

  /// A GameServerSet.
  ///
  /// @param group the group it belongs to
  /// @param name its name in the namespace
  record SetRef(String group, Side side, String namespace, String name) {}

  /// A command that prints the number of players of a pod.
  record CountPlayers(String container, List<String> command) {
    public CountPlayers {
      command = List.copyOf(command);
    }

    /// How players of a workload are counted, if its game says it.
    public static Optional<CountPlayers> of(Workload workload) {
      Role role = workload.role();
      return role.probes().stream()
          .filter(Probe::players)
          .findFirst()
          .map(probe -> new CountPlayers(container(role, probe), probe.command()));
    }

    private static String container(Role role, Probe probe) {
      return probe.container().isEmpty()
          ? role.containers().stream().map(Container::name).findFirst().orElse("")
          : probe.container();
    }
  }
}
