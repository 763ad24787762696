package io.gops.state;

import java.util.function.Predicate;

/// Which names of the lock belong to something that runs: a group of the state, under its own name
/// (`10001`), with the number of a server (`10001/0`), or with the name of its game before it and
/// its side behind it (`clx-10001-a/0`).
///
/// @param state what runs
public record RunningNames(State state) implements Predicate<String> {
  @Override
  public boolean test(String name) {
    int slash = name.indexOf('/');
    String whole = slash < 0 ? name : name.substring(0, slash);
    return endsWithGroup(whole)
        || ((whole.endsWith("-a") || whole.endsWith("-b"))
            && endsWithGroup(whole.substring(0, whole.length() - 2)));
  }

  /// Games may have dashes in their names, so every dash may be the one before the group.
  private boolean endsWithGroup(String name) {
    int from = 0;
    while (true) {
      if (isRunning(name.substring(from))) {
        return true;
      }
      int dash = name.indexOf('-', from);
      if (dash < 0) {
        return false;
      }
      from = dash + 1;
    }
  }

  private boolean isRunning(String group) {
    State.GroupState known = state.groups().get(group);
    return known != null && known.sides().values().stream().anyMatch(side -> side.replicas() > 0);
  }
}
