package io.gops.output;

import java.nio.file.Path;
import java.util.Optional;

/// A lock file of the fleet, which is written together with the output.
///
/// @param file `lock/<env>.lock`
/// @param before its text when the compile read it; absent when there was none
/// @param text what it must be afterwards
public record FleetLock(Path file, Optional<String> before, String text) {}
