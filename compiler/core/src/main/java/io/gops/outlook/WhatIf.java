package io.gops.outlook;

import io.gops.fleet.Fleet;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.fleet.ZoneSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A change that is tried and not made: `players +20%`, `players -5%`.
///
/// @param percent what each zone's players become, in percent of what they are
public record WhatIf(long percent) {
  private static final Pattern PLAYERS = Pattern.compile("players\\s*([+-])\\s*(\\d{1,5})\\s*%");

  /// The change that a text asks for; absent when it asks for nothing that is known.
  public static Optional<WhatIf> parse(String text) {
    Matcher matcher = PLAYERS.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long change = Long.parseLong(matcher.group(2));
    long percent = matcher.group(1).equals("+") ? 100 + change : 100 - change;
    return percent < 0 ? Optional.empty() : Optional.of(new WhatIf(percent));
  }

  /// The fleet after the change. Zones that shared a body share the changed one.
  public Fleet apply(Fleet fleet) {
    IdentityHashMap<ZoneBody, ZoneBody> bodies = new IdentityHashMap<>();
    SortedMap<Integer, Zone> zones = new TreeMap<>();
    fleet
        .zones()
        .forEach(
            (id, zone) ->
                zones.put(
                    id,
                    new Zone(id, zone.set(), bodies.computeIfAbsent(zone.body(), this::changed))));
    SortedMap<String, ZoneSet> sets = new TreeMap<>();
    fleet
        .zoneSets()
        .forEach(
            (name, set) ->
                sets.put(
                    name,
                    new ZoneSet(
                        name, bodies.computeIfAbsent(set.body(), this::changed), set.origins())));
    return new Fleet(
        fleet.name(),
        fleet.environment(),
        fleet.cluster(),
        fleet.pools(),
        fleet.hosts(),
        fleet.gateways(),
        fleet.vpcs(),
        fleet.services(),
        fleet.secrets(),
        fleet.games(),
        sets,
        zones,
        fleet.policies(),
        fleet.directories(),
        fleet.windows(),
        fleet.releases(),
        fleet.expectations(),
        fleet.origins());
  }

  private ZoneBody changed(ZoneBody body) {
    return new ZoneBody(
        body.game(),
        body.run(),
        body.pool(),
        body.vpc(),
        Math.ceilDiv(Math.multiplyExact(body.players(), percent), 100),
        body.importance(),
        body.pair(),
        body.origins());
  }
}
