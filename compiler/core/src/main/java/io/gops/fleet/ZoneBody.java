package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Optional;

/// What zones with equal attributes share.
///
/// @param game name of the game
/// @param run version that a new zone starts with
/// @param pool key of the pool, `site.pool`
/// @param vpc name of the VPC; absent when the pods use the cluster's network only
/// @param players most players that the login gate admits to one zone, 0 when the game declares
///     none
/// @param importance low is updated first
/// @param pair absent for zones that are not doubled
/// @param disruption absent when others may take away any server
public record ZoneBody(
    String game,
    String run,
    String pool,
    Optional<String> vpc,
    long players,
    int importance,
    Optional<Pair> pair,
    Optional<Disruption> disruption,
    Origins origins) {}
