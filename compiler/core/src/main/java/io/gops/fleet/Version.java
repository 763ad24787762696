package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Optional;
import java.util.SortedMap;

/// A frozen release of a game.
///
/// @param parent the version it was written `from`
/// @param images by container name, sidecars included
/// @param roles the roles as they are in this version
public record Version(
    String name,
    Optional<String> parent,
    SortedMap<String, Image> images,
    SortedMap<String, Role> roles,
    Origins origins) {}
