package io.gops.fleet;

import io.gops.source.Origins;
import java.util.SortedMap;

/// A game: what its servers are made of, and its released versions.
///
/// @param display name for people, any Unicode
/// @param owner team to ask
/// @param namespace Kubernetes namespace of all its objects
/// @param roles as written in the game itself; a version may differ, see [Version#roles]. A
///     game without `role` blocks has one
///     role with [Role#implicit]
/// @param alerts what somebody should know of
public record Game(
    String name,
    String display,
    String owner,
    String namespace,
    SortedMap<String, Role> roles,
    SortedMap<String, Version> versions,
    SortedMap<String, Alert> alerts,
    Origins origins) {}
