package io.gops.outlook;

import io.gops.allocate.Lock;
import io.gops.capacity.MoreHosts;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Amounts;
import io.gops.fleet.Curve;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.fleet.ZoneSet;
import io.gops.outlook.WhatIf.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A fleet after changes that nobody wrote.
public final class WhatIfFleet {
  private final SortedMap<String, Pool> pools;
  private final SortedMap<String, Host> hosts;
  private final SortedMap<String, Game> games;
  private final SortedMap<String, ZoneSet> sets;
  private final SortedMap<Integer, Zone> zones;
  private final SortedMap<String, Release> releases;

  private WhatIfFleet(Fleet fleet) {
    pools = new TreeMap<>(fleet.pools());
    hosts = new TreeMap<>(fleet.hosts());
    games = new TreeMap<>(fleet.games());
    sets = new TreeMap<>(fleet.zoneSets());
    zones = new TreeMap<>(fleet.zones());
    releases = new TreeMap<>(fleet.releases());
  }

  /// The fleet after the changes, one after the other. What they name and it does not have, they
  /// leave alone; see [#unknown].
  public static Fleet of(Fleet fleet, WhatIf whatIf) {
    WhatIfFleet changed = new WhatIfFleet(fleet);
    whatIf.changes().forEach(changed::apply);
    return fleet.with(
        changed.pools, changed.hosts, changed.games, changed.sets, changed.zones, changed.releases);
  }

  /// The lock without the places on hosts that a change took away: what ran there may go anywhere.
  public static Lock lock(Lock lock, Fleet written, Fleet changed) {
    TreeMap<Lock.Key, String> records = new TreeMap<>(lock.records());
    records
        .entrySet()
        .removeIf(
            entry -> {
              String host = Moves.primary(entry.getValue());
              return entry.getKey().kind().equals(Moves.PLACEMENT)
                  && written.hosts().containsKey(host)
                  && !changed.hosts().containsKey(host);
            });
    return new Lock(records);
  }

  /// What is wrong with the names in the changes; absent when one of the fleets has each of them.
  public static Optional<String> unknown(WhatIf whatIf, Collection<Fleet> fleets) {
    for (Change change : whatIf.changes()) {
      TreeSet<String> known = new TreeSet<>();
      for (Fleet fleet : fleets) {
        known.addAll(names(change, fleet));
      }
      Optional<String> name = name(change);
      if (name.isPresent() && !known.contains(name.get())) {
        return Optional.of(
            kind(change)
                + " is named "
                + name.get()
                + Spelling.nearest(name.get(), known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(""));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> name(Change change) {
    return switch (change) {
      case Change.Players players -> players.of();
      case Change.PerPlayer perPlayer -> perPlayer.of();
      case Change.KeepsAfterLogout keeps -> keeps.of();
      case Change.Hosts more -> Optional.of(more.of());
      case Change.PerHost perHost -> perHost.of();
      case Change.Margin margin -> margin.of();
    };
  }

  private static String kind(Change change) {
    return switch (change) {
      case Change.Players _ -> "no zones declaration, game, pool or zone";
      case Change.PerPlayer _, Change.KeepsAfterLogout _ -> "no game";
      case Change.Hosts _, Change.Margin _ -> "no pool";
      case Change.PerHost _ -> "no release with waves";
    };
  }

  private static Collection<String> names(Change change, Fleet fleet) {
    return switch (change) {
      case Change.Players _ -> {
        List<String> names = new ArrayList<>(fleet.zoneSets().keySet());
        names.addAll(fleet.games().keySet());
        names.addAll(fleet.pools().keySet());
        fleet.zones().keySet().forEach(id -> names.add(Integer.toString(id)));
        yield names;
      }
      case Change.PerPlayer _, Change.KeepsAfterLogout _ -> fleet.games().keySet();
      case Change.Hosts _, Change.Margin _ -> fleet.pools().keySet();
      case Change.PerHost _ ->
          fleet.releases().values().stream()
              .filter(release -> !(release instanceof Release.Housekeeping))
              .map(Release::name)
              .toList();
    };
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Players players -> players(players);
      case Change.PerPlayer perPlayer ->
          profiles(
              perPlayer.of(),
              profile -> scaled(profile, perPlayer.resource(), perPlayer.percent()));
      case Change.KeepsAfterLogout keeps ->
          profiles(keeps.of(), profile -> keeping(profile, keeps.share()));
      case Change.Hosts more -> {
        Pool pool = pools.get(more.of());
        if (pool != null && more.more() >= 0) {
          add(pool, more.more());
        } else if (pool != null) {
          remove(pool, -more.more());
        }
      }
      case Change.PerHost perHost -> perHost(perHost);
      case Change.Margin margin -> margin(margin);
    }
  }

  /// Zones that shared a body share the changed one.
  private void players(Change.Players players) {
    IdentityHashMap<ZoneBody, ZoneBody> bodies = new IdentityHashMap<>();
    UnaryOperator<ZoneBody> changed =
        body -> bodies.computeIfAbsent(body, old -> withPlayers(old, players.percent()));
    zones.replaceAll(
        (id, zone) ->
            concerns(players, zone.set(), zone.body(), Integer.toString(id))
                ? new Zone(id, zone.set(), changed.apply(zone.body()))
                : zone);
    sets.replaceAll(
        (name, set) ->
            concerns(players, name, set.body(), "")
                ? new ZoneSet(name, changed.apply(set.body()), set.origins())
                : set);
  }

  private static boolean concerns(Change.Players players, String set, ZoneBody body, String zone) {
    return players.of().isEmpty()
        || List.of(set, body.game(), body.pool(), zone).contains(players.of().get());
  }

  private static ZoneBody withPlayers(ZoneBody body, long percent) {
    return new ZoneBody(
        body.game(),
        body.run(),
        body.pool(),
        body.vpc(),
        part(body.players(), percent),
        body.importance(),
        body.pair(),
        body.disruption(),
        body.settings(),
        body.limits(),
        body.origins());
  }

  private static long part(long amount, long percent) {
    return Math.ceilDiv(Math.multiplyExact(amount, percent), 100);
  }

  private static Profile scaled(Profile profile, Resource resource, long percent) {
    Curve curve = profile.byPlayers().get(resource);
    if (curve != null) {
      Map<Resource, Curve> curves = new EnumMap<>(profile.byPlayers());
      curves.put(resource, scaled(curve, percent));
      return profile.withByPlayers(curves);
    }
    Amounts each = profile.perPlayer();
    return each.has(resource)
        ? profile.withPerPlayer(each.with(resource, part(each.get(resource), percent)))
        : profile;
  }

  /// What players add to the base is scaled, the base is not.
  private static Curve scaled(Curve curve, long percent) {
    return new Curve(
        curve.points().stream()
            .map(
                p ->
                    new Curve.Point(
                        p.players(),
                        Math.addExact(curve.base(), part(p.amount() - curve.base(), percent))))
            .toList());
  }

  private static Profile keeping(Profile profile, Percent share) {
    Map<Resource, Percent> shares = new EnumMap<>(Resource.class);
    shares.putAll(profile.keepsAfterLogout());
    shares.put(Resource.MEMORY, share);
    return profile.keepingAfterLogout(shares);
  }

  private void profiles(Optional<String> of, UnaryOperator<Profile> change) {
    games.replaceAll(
        (name, game) -> of.isEmpty() || of.get().equals(name) ? withProfiles(game, change) : game);
  }

  private static Game withProfiles(Game game, UnaryOperator<Profile> change) {
    SortedMap<String, Version> versions = new TreeMap<>(game.versions());
    versions.replaceAll(
        (_, v) ->
            new Version(
                v.name(), v.parent(), v.images(), withProfiles(v.roles(), change), v.origins()));
    return new Game(
        game.name(),
        game.display(),
        game.owner(),
        game.namespace(),
        withProfiles(game.roles(), change),
        versions,
        game.alerts(),
        game.origins());
  }

  private static SortedMap<String, Role> withProfiles(
      SortedMap<String, Role> roles, UnaryOperator<Profile> change) {
    SortedMap<String, Role> changed = new TreeMap<>(roles);
    changed.replaceAll((_, role) -> role.withProfile(change.apply(role.profile())));
    return changed;
  }

  /// Hosts like the largest, spread over the racks of the pool.
  private void add(Pool pool, int more) {
    List<Host> own = own(pool);
    Optional<Host> model =
        own.stream()
            .filter(host -> host.state() == Host.State.ACTIVE)
            .min(
                Comparator.comparingLong((Host h) -> -h.allocatable().get(Resource.MEMORY))
                    .thenComparingLong(h -> -h.allocatable().get(Resource.CPU))
                    .thenComparing(Host::name));
    if (model.isEmpty()) {
      return;
    }
    List<String> racks = own.stream().map(Host::rack).distinct().sorted().toList();
    List<String> names = new ArrayList<>(pool.hosts());
    Host like = model.get();
    String last = new TreeSet<>(pool.hosts()).last();
    for (int i = 0; i < more; i++) {
      String name = MoreHosts.name(last, i);
      String rack = racks.size() == own.size() ? name : racks.get(i % racks.size());
      hosts.put(
          name,
          new Host(
              name,
              like.pool(),
              like.underlay(),
              like.capacity(),
              like.reserve(),
              rack,
              Host.State.ACTIVE,
              like.origins()));
      names.add(name);
    }
    put(pool, names, pool.margin());
  }

  private void remove(Pool pool, int fewer) {
    List<String> names = new ArrayList<>(new TreeSet<>(pool.hosts()));
    for (int i = 0; i < fewer && !names.isEmpty(); i++) {
      hosts.remove(names.removeLast());
    }
    put(pool, names, pool.margin());
  }

  private List<Host> own(Pool pool) {
    return hosts.values().stream().filter(host -> host.pool().equals(pool.key())).toList();
  }

  private void put(Pool pool, List<String> names, Map<Resource, Percent> margin) {
    pools.put(
        pool.key(),
        new Pool(
            pool.site(),
            pool.name(),
            pool.sharing(),
            margin,
            pool.spare(),
            pool.survive(),
            names,
            pool.origins()));
  }

  private void margin(Change.Margin margin) {
    for (Pool pool : List.copyOf(pools.values())) {
      if (margin.of().isEmpty() || margin.of().get().equals(pool.key())) {
        Map<Resource, Percent> margins = new EnumMap<>(Resource.class);
        margins.putAll(pool.margin());
        margins.put(margin.resource(), margin.share());
        put(pool, pool.hosts(), margins);
      }
    }
  }

  private void perHost(Change.PerHost perHost) {
    releases.replaceAll(
        (name, release) ->
            perHost.of().isEmpty() || perHost.of().get().equals(name)
                ? withPerHost(release, perHost.groups())
                : release);
  }

  private static Release withPerHost(Release release, int groups) {
    return switch (release) {
      case Release.AbSwitch r -> r.in(r.waves().withPerHost(groups));
      case Release.HotReload r -> r.in(r.waves().withPerHost(groups));
      case Release.CanaryWaves r -> r.in(r.waves().withPerHost(groups));
      case Release.Housekeeping r -> r;
    };
  }
}
