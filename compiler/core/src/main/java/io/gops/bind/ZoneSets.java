package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Disruption;
import io.gops.fleet.Game;
import io.gops.fleet.Pair;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.fleet.ZoneSet;
import io.gops.schema.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes zones. Zones with equal attributes share one body, however many they are.
final class ZoneSets {
  /// Longest name that a GameServerSet may have and still get pods.
  private static final int LONGEST_NAME = 52;

  private final Problems problems;
  private final References references;
  private final Defaults defaults;
  private final Servers servers;
  private final SortedMap<String, Game> games;
  private final Collection<String> pools;
  private final SortedMap<String, Vpc> vpcs;
  private final SortedMap<String, ZoneSet> sets = new TreeMap<>();
  private final SortedMap<Integer, Zone> zones = new TreeMap<>();

  ZoneSets(
      Problems problems,
      References references,
      Defaults defaults,
      Servers servers,
      SortedMap<String, Game> games,
      Collection<String> pools,
      SortedMap<String, Vpc> vpcs) {
    this.problems = problems;
    this.references = references;
    this.defaults = defaults;
    this.servers = servers;
    this.games = games;
    this.pools = pools;
    this.vpcs = vpcs;
  }

  SortedMap<String, ZoneSet> sets() {
    return sets;
  }

  SortedMap<Integer, Zone> zones() {
    return zones;
  }

  void add(Attributes block) {
    String name = block.block().label();
    ZoneBody common = body(block);
    ZoneSet set = new ZoneSet(name, common, block.origins());
    sets.put(name, set);
    Optional<NumberSet> ids = block.numbers("ids");
    if (ids.isEmpty()) {
      return;
    }
    Members members = new Members(block.block());
    members.check(ids.get(), problems);
    Map<List<Integer>, ZoneBody> bodies = new HashMap<>();
    Map<String, Integer> clashes = new TreeMap<>();
    for (int id : ids.get().members()) {
      List<Integer> overrides = members.concerning(id);
      ZoneBody body =
          overrides.isEmpty()
              ? common
              : bodies.computeIfAbsent(overrides, _ -> body(members.member(block, id)));
      Zone before = zones.putIfAbsent(id, new Zone(id, name, body));
      if (before != null) {
        clashes.putIfAbsent(before.set(), id);
      }
    }
    clashes.forEach((other, id) -> clash(set, Objects.requireNonNull(sets.get(other)), id));
    checkNames(block, common, ids.get());
  }

  private void clash(ZoneSet set, ZoneSet other, int id) {
    problems.report(
        Diagnostic.of(Code.GOPS2025, id, other.name(), set.name())
            .at(set.origins().of("ids").place())
            .related(other.origins().place("ids"), "related", other.name())
            .hint("hint"));
  }

  private ZoneBody body(Attributes block) {
    Optional<String> game = references.resolve(block, "game", Target.GAME, games.keySet());
    String run =
        game.map(name -> games.get(name))
            .flatMap(
                found ->
                    references.resolve(block, "run", Target.VERSION, found.versions().keySet()))
            .orElse("");
    return new ZoneBody(
        game.orElse(""),
        run,
        references.resolve(block, "pool", Target.POOL, pools).orElse(""),
        references.resolve(block, "vpc", Target.VPC, vpcs.keySet()),
        block.whole("players").orElse(0L),
        block.count("importance"),
        block.block().child("pair").map(pair -> pair(new Attributes(pair, defaults))),
        block
            .block()
            .child("disruption")
            .map(disruption -> disruption(new Attributes(disruption, defaults))),
        game.flatMap(name -> Optional.ofNullable(games.get(name)))
            .map(found -> servers.settings(block, found))
            .orElseGet(TreeMap::new),
        Networks.limits(block),
        block.origins());
  }

  private static Pair pair(Attributes pair) {
    return new Pair(
        pair.constant("initial", Side.class).orElse(Side.A),
        pair.constant("standby", Pair.Standby.class).orElse(Pair.Standby.STOPPED),
        pair.constant("switch", Pair.Switch.class).orElse(Pair.Switch.VIP),
        pair.origins());
  }

  private static Disruption disruption(Attributes disruption) {
    return new Disruption(
        disruption.count("at_most"),
        new TreeSet<>(
            disruption.words("against").stream()
                .map(word -> Disruption.Operation.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList()),
        disruption.origins());
  }

  /// Game, zone, role and side together are the name of a GameServerSet.
  private void checkNames(Attributes block, ZoneBody body, NumberSet ids) {
    Game game = games.get(body.game());
    if (game == null) {
      return;
    }
    for (Role role : game.roles().values()) {
      String name =
          game.name()
              + "-"
              + ids.members().getLast()
              + (role.implicit() ? "" : "-" + role.name())
              + (body.pair().isPresent() ? "-a" : "");
      if (name.length() > LONGEST_NAME) {
        problems.report(
            Diagnostic.of(Code.GOPS2038, name, name.length(), LONGEST_NAME)
                .at(block.block().place())
                .related(game.origins().place(), "related", game.name())
                .hint("hint"));
      }
    }
  }
}
