package io.gops.network;

import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Limits;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.source.Origins;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A fleet with a limit of each kind.
public final class LimitedFleet {
  private LimitedFleet() {}

  /// The same fleet, limited.
  public static Fleet of(Fleet f) {
    Limits ofZones =
        new Limits(
            Optional.of(900_000_000L),
            Optional.of(1_000_000_000L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Origins.NONE);
    Limits ofGateways =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.of(8_000_000_000L),
            Optional.of(7_000_000_000L),
            Optional.empty(),
            Origins.NONE);
    SortedMap<Integer, Zone> zones = new TreeMap<>(f.zones());
    zones.replaceAll((id, zone) -> new Zone(id, zone.set(), with(zone.body(), ofZones)));
    SortedMap<String, Gateway> gateways = new TreeMap<>(f.gateways());
    gateways.replaceAll(
        (_, g) ->
            new Gateway(
                g.name(),
                g.kind(),
                g.nodes(),
                g.perNode(),
                g.addresses(),
                g.prefixes(),
                ofGateways,
                g.origins()));
    return new Fleet(
        f.name(),
        f.environment(),
        f.cluster(),
        f.pools(),
        f.hosts(),
        gateways,
        f.vpcs(),
        f.services(),
        f.secrets(),
        f.games(),
        f.zoneSets(),
        zones,
        f.policies(),
        f.directories(),
        f.windows(),
        f.releases(),
        f.expectations(),
        f.origins());
  }

  private static ZoneBody with(ZoneBody b, Limits limits) {
    return new ZoneBody(
        b.game(),
        b.run(),
        b.pool(),
        b.vpc(),
        b.players(),
        b.importance(),
        b.pair(),
        b.disruption(),
        b.settings(),
        limits,
        b.origins());
  }
}
