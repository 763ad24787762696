package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Autoscale;
import io.gops.fleet.Backup;
import io.gops.fleet.Game;
import io.gops.fleet.Image;
import io.gops.fleet.OneServer;
import io.gops.fleet.Probe;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.ServerSettings;
import io.gops.fleet.ServerSpec;
import io.gops.fleet.ServerState;
import io.gops.fleet.UpdatePace;
import io.gops.fleet.Volume;
import io.gops.schema.Target;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes what zones say of the servers of a role, and checks it against the role.
final class Servers {
  private final Problems problems;
  private final References references;
  private final Roles roles;
  private final boolean selfCounted;

  /// @param selfCounted whether servers tell how many players they have without being asked
  Servers(Problems problems, References references, Roles roles, boolean selfCounted) {
    this.selfCounted = selfCounted;
    this.problems = problems;
    this.references = references;
    this.roles = roles;
  }

  /// The settings of every role of which the zones say something.
  SortedMap<String, ServerSettings> settings(Attributes zones, Game game) {
    SortedMap<String, ServerSettings> settings = new TreeMap<>();
    for (Attributes block : zones.children("role")) {
      String name = block.block().label();
      Role role = game.roles().get(name);
      if (references.exists(name, block.block().place(), "role", game.roles().keySet())
          && role != null) {
        settings.put(name, settings(block, zones, role));
      }
    }
    Optional<Block> direct =
        zones.block().children().stream()
            .filter(
                child -> List.of("autoscale", "update", "servers", "backup").contains(child.word()))
            .findFirst();
    if (direct.isPresent() && game.roles().size() == 1 && settings.isEmpty()) {
      Role only = game.roles().values().iterator().next();
      settings.put(only.name(), settings(zones, zones, only));
    } else if (direct.isPresent() && !game.roles().isEmpty()) {
      problems.report(
          Diagnostic.of(
                  Code.GOPS2039,
                  direct.get().word(),
                  "zones of game " + game.name() + " with roles")
              .at(direct.get().place())
              .hint("role"));
    }
    return settings;
  }

  private ServerSettings settings(Attributes block, Attributes zones, Role role) {
    Optional<Autoscale> autoscale =
        block.children("autoscale").stream()
            .findFirst()
            .map(found -> autoscale(found, zones, role));
    List<OneServer> servers = servers(block, role);
    return new ServerSettings(
        autoscale,
        block.children("update").stream().findFirst().map(Servers::pace).orElse(UpdatePace.DEFAULT),
        servers,
        block.children("backup").stream().map(backup -> backup(backup, role)).toList());
  }

  private Autoscale autoscale(Attributes block, Attributes zones, Role role) {
    int min = Math.max(1, block.count("min"));
    int max = Math.max(1, block.count("max"));
    Optional<Long> perServer = block.whole("per_server");
    Autoscale.MayStop mayStop =
        block.constant("may_stop", Autoscale.MayStop.class).orElse(Autoscale.MayStop.EMPTY);
    Autoscale autoscale =
        new Autoscale(
            min, Math.max(min, max), perServer, mayStop, by(block, min, max), block.origins());
    if (min > max && block.whole("min").isPresent() && block.whole("max").isPresent()) {
      problems.report(Diagnostic.of(Code.GOPS2084, min, max).at(block.place("min")).hint("hint"));
    }
    if (problems.hasErrors()) {
      // What does not fit may only be what could not be read.
      return autoscale;
    }
    if (zones.block().child("pair").isPresent()) {
      problems.report(
          Diagnostic.of(Code.GOPS5531, zones.block().label())
              .at(block.block().place())
              .related(zones.block().child("pair").flatMap(Block::place), "related")
              .hint("hint"));
    }
    players(block, zones, autoscale);
    follows(block, role, autoscale);
    return autoscale;
  }

  /// The servers together must be able to take all players.
  private void players(Attributes block, Attributes zones, Autoscale autoscale) {
    long players = zones.whole("players").orElse(0L);
    autoscale
        .perServer()
        .filter(each -> each * autoscale.max() < players)
        .ifPresent(
            each ->
                problems.report(
                    Diagnostic.of(Code.GOPS5532, autoscale.max(), each, players)
                        .related(
                            Optional.ofNullable(zones.block().fields().get("players"))
                                .flatMap(field -> field.origin().place()),
                            "related")
                        .at(block.place("per_server"))
                        .hint("hint")));
  }

  /// What the number follows must be there to be seen.
  private void follows(Attributes block, Role role, Autoscale autoscale) {
    boolean counted = selfCounted || role.probes().stream().anyMatch(Probe::players);
    boolean asks =
        autoscale.by() instanceof Autoscale.Spare || autoscale.mayStop() == Autoscale.MayStop.EMPTY;
    if (asks && !counted) {
      problems.report(
          Diagnostic.of(Code.GOPS5533, role.name())
              .at(block.place("may_stop"))
              .hint(autoscale.by() instanceof Autoscale.Spare ? "spare" : "hint"));
    }
    if (autoscale.by() instanceof Autoscale.Cpu && !usesCpu(role.profile())) {
      problems.report(
          Diagnostic.of(Code.GOPS5534, role.name())
              .related(role.profile().origins().place(), "related")
              .at(block.block().place())
              .hint("hint"));
    }
  }

  private static boolean usesCpu(Profile profile) {
    return profile.base().has(Resource.CPU)
        || profile.perPlayer().has(Resource.CPU)
        || profile.byPlayers().containsKey(Resource.CPU);
  }

  private Autoscale.By by(Attributes block, int min, int max) {
    return switch (block.block().kind().name()) {
      case "players" ->
          new Autoscale.Players(
              block.text("prometheus").orElse(""),
              block.text("metric").orElse(""),
              block.share("target"));
      case "spare" -> spare(block);
      case "schedule" ->
          new Autoscale.Schedule(
              Windows.timeZone(block, problems),
              block.children("period").stream().map(period -> period(period, min, max)).toList());
      default -> new Autoscale.Cpu(block.share("target"));
    };
  }

  private Autoscale.Spare spare(Attributes block) {
    int keep = Math.max(1, block.count("keep"));
    Optional<Integer> most = block.whole("at_most").map(Math::toIntExact);
    most.filter(number -> number < keep)
        .ifPresent(
            number ->
                problems.report(
                    Diagnostic.of(Code.GOPS2085, number, keep)
                        .at(block.place("at_most"))
                        .hint("hint")));
    return new Autoscale.Spare(keep, most);
  }

  private Autoscale.Period period(Attributes period, int min, int max) {
    int servers = period.count("servers");
    if (period.whole("servers").isPresent() && (servers < min || servers > max)) {
      problems.report(
          Diagnostic.of(Code.GOPS2086, period.block().label(), servers, min, max)
              .at(period.place("servers"))
              .hint("hint"));
    }
    return new Autoscale.Period(
        period.block().label(),
        Windows.days(period),
        period.time("from").orElse(LocalTime.MIDNIGHT),
        period.time("until").orElse(LocalTime.MIDNIGHT),
        servers,
        period.origins());
  }

  private static UpdatePace pace(Attributes update) {
    return new UpdatePace(
        Math.max(1, update.count("at_once")),
        update.duration("settle").orElse(Duration.ZERO),
        update.duration("notice").orElse(Duration.ZERO),
        update.origins());
  }

  private List<OneServer> servers(Attributes zones, Role role) {
    SortedMap<Integer, OneServer> servers = new TreeMap<>();
    for (Attributes block : zones.children("servers")) {
      List<Integer> numbers = block.block().numbers().map(NumberSet::members).orElse(List.of());
      for (int number : numbers) {
        OneServer before = servers.putIfAbsent(number, server(number, block));
        if (before != null) {
          problems.report(
              Diagnostic.of(Code.GOPS2008, "servers " + number)
                  .related(before.origins().place(), "related")
                  .at(block.block().place()));
          break;
        }
      }
      numbers.stream()
          .filter(number -> number >= role.replicas() && !problems.hasErrors())
          .findFirst()
          .ifPresent(
              stranger ->
                  problems.report(
                      Diagnostic.of(Code.GOPS2087, stranger, role.name(), role.replicas() - 1)
                          .at(block.block().place())
                          .hint("hint")));
    }
    return List.copyOf(servers.values());
  }

  private static OneServer server(int number, Attributes block) {
    return new OneServer(number, becomes(block), block.origins());
  }

  /// What a server is told; what is not written is as it is for a new server.
  static ServerSpec becomes(Attributes block) {
    return new ServerSpec(
        block.constant("state", ServerState.class).orElse(ServerState.NONE),
        block.count("update_priority"),
        block.count("deletion_priority"),
        block.word("network").filter("off"::equals).isPresent());
  }

  private Backup backup(Attributes block, Role role) {
    List<String> volumes = new ArrayList<>();
    for (Volume volume : role.volumes()) {
      if (volume.kind() instanceof Volume.Persistent) {
        volumes.add(volume.name());
      }
    }
    String schedule = block.text("schedule").orElse("* * * * *");
    CronSchedule.mistake(schedule)
        .ifPresent(
            mistake ->
                problems.report(
                    Diagnostic.of(
                            Code.GOPS2088,
                            schedule,
                            mistake.part(),
                            mistake.field(),
                            mistake.first(),
                            mistake.last())
                        .at(block.place("schedule"))
                        .hint("hint")));
    return new Backup(
        block.block().label(),
        references.resolve(block, "volume", Target.PERSISTENT_VOLUME, volumes),
        schedule,
        Windows.timeZone(block, problems),
        Image.parse(block.text("image").orElse("")),
        Roles.words(block, "command"),
        roles.environment(block.child("env")),
        block.count("keep"),
        block.amount("cpu").orElse(0L),
        block.amount("memory").orElse(0L),
        block.duration("within").orElse(Duration.ofHours(1)),
        block.origins());
  }
}
