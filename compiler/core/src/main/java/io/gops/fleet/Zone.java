package io.gops.fleet;

/// One zone (区服).
///
/// @param id unique in the fleet
/// @param set label of the `zones` declaration
/// @param body shared by zones with equal attributes
public record Zone(int id, String set, ZoneBody body) {}
