package io.gops.fleet;

/// What a server is told, all of it: OpenKruiseGame does not bear parts.
///
/// @param updatePriority higher ones are updated first
/// @param deletionPriority higher ones are stopped first
/// @param networkDisabled whether it is taken off the network
public record ServerSpec(
    ServerState state, int updatePriority, int deletionPriority, boolean networkDisabled) {
  /// In a state, and nothing else.
  public static ServerSpec in(ServerState state) {
    return new ServerSpec(state, 0, 0, false);
  }
}
