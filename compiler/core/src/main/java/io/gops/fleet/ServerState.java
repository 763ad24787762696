package io.gops.fleet;

/// What operations think of a server. OpenKruiseGame knows one more, `Kill`, which takes a server
/// away and writes the number of servers; whoever wants that changes the number.
public enum ServerState {
  NONE,
  /// Players are on it: one of the last to be stopped.
  ALLOCATED,
  /// Somebody works on it: the very last to be stopped.
  MAINTAINING,
  /// The first to be stopped.
  WAIT_TO_BE_DELETED
}
