package io.gops.fleet;

import io.gops.source.Origins;

/// A `zones` declaration.
///
/// @param name its label
/// @param body what a zone without an override is
public record ZoneSet(String name, ZoneBody body, Origins origins) {}
