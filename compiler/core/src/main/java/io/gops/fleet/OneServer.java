package io.gops.fleet;

import io.gops.source.Origins;

/// What one server of a set is told, beyond what all of them are.
///
/// @param number from 0; the number of its pod
public record OneServer(int number, ServerSpec spec, Origins origins) {}
