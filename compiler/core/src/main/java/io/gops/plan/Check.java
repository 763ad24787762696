package io.gops.plan;

import io.gops.fleet.Side;
import io.gops.json.JsonPatch;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Something that is looked up before or after an action.
public sealed interface Check {
  /// The stored object has these values: the tests of the patch hold.
  record Stored(Action.SetRef set, JsonPatch expected) implements Check {}

  /// The set asks for this number of pods.
  record Replicas(Action.SetRef set, int count) implements Check {}

  /// Exactly this number of pods exists, all ready, with these images and nothing older.
  ///
  /// @param images by container
  /// @param same pods have to be those from before the action: nobody was disconnected
  record Pods(Action.SetRef set, int count, SortedMap<String, String> images, boolean same)
      implements Check {}

  /// As many servers of a set as the action says are to go, or none is.
  record Dismissed(Action.SetRef set, List<String> staying, int count, boolean leaving)
      implements Check {
    public Dismissed {
      staying = List.copyOf(staying);
    }

    /// What an action leads to.
    public static Dismissed by(Action.Dismiss action) {
      return new Dismissed(action.set(), action.staying(), action.count(), action.leaving());
    }
  }

  /// Pods run on this host.
  record RunsOn(Action.SetRef set, String host) implements Check {}

  /// New logins go to this side on every switch.
  record LoginsAt(String group, Side side) implements Check {}

  /// The directory has this value.
  record Entry(String directory, String key, String value) implements Check {}

  /// The node has the label.
  record Home(String node, String label, String value) implements Check {}

  /// New pods may start on the node, or may not.
  record Cordoned(String node, boolean shut) implements Check {}

  /// The node has the fencing taint.
  record Fenced(String node) implements Check {}

  /// At most this number of players is on the set.
  record PlayersAtMost(Action.SetRef set, Optional<Action.CountPlayers> probe, long count)
      implements Check {}

  /// The command ended without an error in every pod.
  record Confirmed(Action.SetRef set, String container, List<String> command) implements Check {
    public Confirmed {
      command = List.copyOf(command);
    }
  }
}
