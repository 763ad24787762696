package io.gops.bind;

import io.gops.fleet.Game;
import io.gops.fleet.Host;
import io.gops.fleet.Percent;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.fleet.StopRule;
import io.gops.fleet.Window;
import io.gops.fleet.ZoneSet;
import io.gops.schema.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes releases.
final class Releases {
  private final References references;
  private final WrittenWaves waves;
  private final SortedMap<String, Game> games;
  private final SortedMap<String, ZoneSet> sets;
  private final SortedMap<String, Host> hosts;
  private final SortedMap<String, Window> windows;

  Releases(
      Problems problems,
      References references,
      SortedMap<String, Game> games,
      ZoneSets zones,
      SortedMap<String, Host> hosts,
      SortedMap<String, Window> windows) {
    this.references = references;
    this.waves = new WrittenWaves(problems, zones.zones());
    this.games = games;
    this.sets = zones.sets();
    this.hosts = hosts;
    this.windows = windows;
  }

  SortedMap<String, Release> releases(List<Attributes> blocks) {
    SortedMap<String, Release> releases = new TreeMap<>();
    for (Attributes block : blocks) {
      releases.put(block.block().label(), release(block));
    }
    return releases;
  }

  private Release release(Attributes release) {
    String name = release.block().label();
    Optional<Window> window =
        references
            .resolve(release, "window", Target.WINDOW, windows.keySet())
            .map(found -> windows.get(found));
    return switch (release.block().kind().name()) {
      case "ab_switch" ->
          new Release.AbSwitch(
              name,
              zones(release),
              version(release),
              waves(release),
              release.duration("soak").orElse(Duration.ZERO),
              drain(release.child("drain")),
              stopRules(release),
              release.children("pull").stream().findFirst().map(Releases::pull),
              practice(release),
              window,
              release.origins());
      case "hot_reload" ->
          new Release.HotReload(
              name,
              zones(release),
              version(release),
              waves(release),
              release.duration("soak").orElse(Duration.ZERO),
              stopRules(release),
              release.children("pull").stream().findFirst().map(Releases::pull),
              practice(release),
              window,
              release.origins());
      case "canary_waves" ->
          new Release.CanaryWaves(
              name,
              zones(release),
              version(release),
              waves(release),
              release.duration("soak").orElse(Duration.ZERO),
              drain(release.child("drain")),
              stopRules(release),
              release.children("pull").stream().findFirst().map(Releases::pull),
              practice(release),
              window,
              release.origins());
      case "open_zones" ->
          new Release.OpenZones(
              name,
              zones(release),
              release.duration("soak").orElse(Duration.ZERO),
              practice(release),
              window,
              release.origins());
      case "scale" ->
          new Release.Scale(
              name,
              zones(release),
              release.duration("soak").orElse(Duration.ZERO),
              drain(release.child("drain")),
              practice(release),
              window,
              release.origins());
      case "drain_host" ->
          new Release.DrainHost(
              name,
              host(release),
              drain(release.child("drain")),
              Optional.empty(),
              practice(release),
              window,
              release.origins());
      case "host_upgrade" ->
          new Release.DrainHost(
              name,
              host(release),
              drain(release.child("drain")),
              Optional.of(upgrade(release)),
              practice(release),
              window,
              release.origins());
      case "merge_zones" ->
          new Release.MergeZones(
              name,
              release.count("into"),
              new TreeSet<>(release.numbers("zones").map(NumberSet::members).orElse(List.of())),
              drain(release.child("drain")),
              practice(release),
              window,
              release.origins());
      default ->
          new Release.ReplaceHost(
              name, host(release), practice(release), window, release.origins());
    };
  }

  private String host(Attributes release) {
    return references.resolve(release, "host", Target.HOST, hosts.keySet()).orElse("");
  }

  private static Release.Upgrade upgrade(Attributes release) {
    return new Release.Upgrade(
        release.text("work").orElse(""),
        release.text("evidence").orElse(""),
        release.text("by"),
        release.duration("takes").orElse(Duration.ZERO));
  }

  private static Practice practice(Attributes release) {
    return new Practice(
        deeds(release.child("before")), deeds(release.child("after")), release.text("smoke"));
  }

  /// In the order written: a database is failed over after players were told, or before.
  private static List<Practice.Deed> deeds(Attributes block) {
    return block.nested().stream().map(Releases::deed).toList();
  }

  private static Practice.Deed deed(Attributes deed) {
    String text = deed.block().label();
    return switch (deed.block().word()) {
      case "announce" ->
          new Practice.Announce(text, deed.duration("at").orElse(Duration.ZERO), deed.origins());
      case "confirm" -> new Practice.Confirm(text, deed.text("by").orElse(""), deed.origins());
      default ->
          new Practice.Manual(
              text,
              deed.text("evidence").orElse(""),
              deed.text("by"),
              deed.duration("takes").orElse(Duration.ZERO),
              deed.text("undo"),
              deed.text("no_return"),
              deed.origins());
    };
  }

  private List<String> zones(Attributes release) {
    return references.resolveAll(release, "zones", Target.ZONES, sets.keySet());
  }

  /// The alerts must be ones of the games that change. One that is named for both ends the release.
  private List<StopRule> stopRules(Attributes release) {
    NavigableSet<String> known = new TreeSet<>();
    for (String set : zones(release)) {
      Game game = games.get(Objects.requireNonNull(sets.get(set)).body().game());
      if (game != null) {
        known.addAll(game.alerts().keySet());
      }
    }
    SortedMap<String, StopRule> rules = new TreeMap<>();
    for (StopRule.Reaction reaction : StopRule.Reaction.values()) {
      Attributes block = release.child(reaction.word());
      for (String alert : references.resolveAll(block, "on_alert", Target.ALERT, known)) {
        rules.put(alert, new StopRule(alert, reaction));
      }
    }
    return List.copyOf(rules.values());
  }

  /// The version must be one of the game of each zones declaration.
  private String version(Attributes release) {
    String found = "";
    for (String set : zones(release)) {
      Game game = games.get(Objects.requireNonNull(sets.get(set)).body().game());
      if (game != null) {
        found =
            references
                .resolve(release, "to", Target.VERSION, game.versions().keySet())
                .orElse(found);
      }
    }
    return found;
  }

  private Release.Waves waves(Attributes release) {
    Attributes rules = release.child("waves");
    return new Release.Waves(
        rules.count("canary"),
        rules.share("then"),
        Math.max(1, rules.count("per_host")),
        waves.named(release, rules, zones(release)));
  }

  private static Release.Pull pull(Attributes pull) {
    return new Release.Pull(
        pull.count("at_once"), pull.duration("timeout").orElse(Duration.ZERO), pull.origins());
  }

  private static Release.Drain drain(Attributes drain) {
    List<Release.Drain.Remaining> remaining = new ArrayList<>();
    if (drain.value("remaining").orElse(new Value.Broken())
        instanceof Value.Points(List<Value.Point> points)) {
      for (Value.Point point : points) {
        if (point.at().value() instanceof Value.Amount(_, long millis)
            && point.value().value() instanceof Value.Amount(_, long share)) {
          remaining.add(new Release.Drain.Remaining(Duration.ofMillis(millis), new Percent(share)));
        }
      }
    }
    return new Release.Drain(
        remaining, drain.duration("kick_after").orElse(Duration.ZERO), drain.share("kick_budget"));
  }
}
