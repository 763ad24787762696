package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import java.util.List;

/// What zones say of their servers: how many there are, how fast they are updated, what single ones
/// are told, and what is saved of them.
final class ServersKinds {
  private ServersKinds() {}

  /// Of the only role of a game, or inside `role`.
  static List<Kind> kinds() {
    return List.of(autoscale(), update(), servers(), backup());
  }

  /// The same for one role of a game that has several.
  static Kind role() {
    return kind("role", "What is said of the servers of one role, in zones of a game with several.")
        .label(Label.kubernetesName("ROLE"))
        .nested(kinds())
        .example("role gate { autoscale cpu { min = 2, max = 6, may_stop = any } }")
        .build();
  }

  private static Kind autoscale() {
    return kind(
            "autoscale",
            "That the number of servers follows what goes on, for zones without a pair. The capacity"
                + " proof keeps room for the most. The number is then the autoscaler's: no file says"
                + " it again.")
        .variants(
            kind(
                    "cpu",
                    "As many servers as keep the CPU near a target. Needs the metrics server; KEDA"
                        + " when only empty servers may be stopped.")
                .attributes(bounds())
                .attributes(
                    target("Share of the requested CPU to aim at."), perServer(), mayStop("empty"))
                .example("autoscale cpu { min = 2, max = 10, target = 60%, may_stop = any }")
                .build(),
            kind(
                    "players",
                    "As many servers as a count of players in Prometheus asks for. Needs KEDA, and"
                        + " a metric of the game with the labels `namespace` and `pod`.")
                .attributes(bounds())
                .attributes(
                    attribute(
                            "prometheus",
                            Types.text(TextShape.URL),
                            "The server of Prometheus to ask.")
                        .mustBeGiven()
                        .like("\"http://prometheus.monitoring:9090\""),
                    attribute(
                            "metric",
                            Types.text(TextShape.METRIC),
                            "The metric that holds the players of a pod.")
                        .mustBeGiven()
                        .like("\"players_online\""),
                    attribute(
                            "per_server",
                            Types.whole(1, 10_000_000),
                            "Most players that one server takes; the game refuses more.")
                        .mustBeGiven()
                        .like("300"),
                    target("Share of them to aim at."),
                    mayStop("empty"))
                .example(
                    """
                    autoscale players {
                      min = 1, max = 8, per_server = 500
                      metric = "players_online", prometheus = "http://prometheus.monitoring:9090"
                    }
                    """)
                .build(),
            kind(
                    "spare",
                    "So many servers without players that there is always one for the next match."
                        + " Needs KEDA and a probe of players.")
                .attributes(bounds())
                .attributes(
                    attribute("keep", Types.whole(1, 1000), "Servers without players to keep.")
                        .mustBeGiven()
                        .like("3"),
                    attribute(
                            "at_most",
                            Types.whole(1, 1000),
                            "Servers without players above which they are stopped; none is when left"
                                + " out.")
                        .like("6"),
                    perServer())
                .example("autoscale spare { min = 5, max = 40, keep = 3, at_most = 6 }")
                .build(),
            kind("schedule", "A number of servers for each time of the day. Needs KEDA.")
                .attributes(bounds())
                .attributes(
                    attribute("time_zone", Types.text(TextShape.TIME_ZONE), "Its time zone.")
                        .mustBeGiven()
                        .like("\"Asia/Shanghai\""),
                    perServer(),
                    mayStop("empty"))
                .nested(period())
                .example(
                    """
                    autoscale schedule {
                      min = 2, max = 10, time_zone = "Asia/Shanghai", may_stop = any
                      period evening { from = 18:00, until = 23:30, servers = 8 }
                    }
                    """)
                .build())
        .build();
  }

  private static List<Attribute> bounds() {
    return List.of(
        attribute("min", Types.whole(1, 1000), "Servers that always run.").mustBeGiven().like("2"),
        attribute("max", Types.whole(1, 1000), "Most servers; room is kept for them.")
            .mustBeGiven()
            .like("10"));
  }

  private static Attribute target(String doc) {
    return attribute("target", new Type.Quantity(Measure.SHARE, 100, 10_000), doc)
        .defaultsTo("70%");
  }

  private static Attribute perServer() {
    return attribute(
            "per_server",
            Types.whole(1, 10_000_000),
            "Most players that one server takes; the game refuses more. When left out each server"
                + " has room for its share while only `min` run.")
        .like("300");
  }

  private static Attribute mayStop(String word) {
    return attribute(
            "may_stop",
            Types.word("none", "empty", "any"),
            "Which servers are stopped when fewer are wanted: none, those on which a probe of"
                + " players finds nobody, or any, with their players.")
        .defaultsTo(word);
  }

  private static Kind period() {
    return kind("period", "A time with a number of servers of its own.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "days",
                    Types.oneOrMore(ReleaseKinds.day()),
                    "Days on which it begins; every day when left out.")
                .like("[saturday, sunday]"),
            attribute("from", new Type.Moment(), "When it begins.").mustBeGiven().like("18:00"),
            attribute(
                    "until",
                    new Type.Moment(),
                    "When it ends; on the next day when it is before `from`.")
                .mustBeGiven()
                .like("23:30"),
            attribute("servers", Types.whole(1, 1000), "Servers that run then.")
                .mustBeGiven()
                .like("8"))
        .required()
        .build();
  }

  private static Kind update() {
    return kind(
            "update",
            "How fast OpenKruise goes through the servers of a set when their template changes.")
        .attributes(
            attribute("at_once", Types.whole(1, 1000), "Servers that may be away at the same time.")
                .defaultsTo("1"),
            attribute(
                    "settle",
                    new Type.Quantity(Measure.DURATION, 0, 300_000),
                    "Time that a server must be ready before it counts; at most 5min.")
                .defaultsTo("0s"),
            attribute(
                    "notice",
                    new Type.Quantity(Measure.DURATION, 0, 3_600_000),
                    "Time between taking a server out of service and changing it.")
                .defaultsTo("0s"))
        .example("update { at_once = 2, settle = 10s }")
        .build();
  }

  private static Kind servers() {
    return kind(
            "servers",
            "What single servers of each zone are told, by their numbers from 0. For sets whose"
                + " servers stay: OpenKruiseGame forgets it when a server is stopped.")
        .label(Label.range())
        .attributes(told())
        .example("servers 0 { update_priority = 10 }")
        .build();
  }

  /// What a server can be told.
  static List<Attribute> told() {
    return List.of(
        attribute(
                "state",
                Types.word("none", "allocated", "maintaining", "wait_to_be_deleted"),
                "What operations think of it.")
            .defaultsTo("none"),
        attribute(
                "update_priority",
                Types.whole(0, 1_000_000),
                "Servers with higher numbers are updated first.")
            .defaultsTo("0"),
        attribute(
                "deletion_priority",
                Types.whole(0, 1_000_000),
                "Servers with higher numbers are stopped first.")
            .defaultsTo("0"),
        attribute(
                "network",
                Types.word("on", "off"),
                "Whether the network plugin leads players to it.")
            .defaultsTo("on"));
  }

  private static Kind backup() {
    return kind("backup", "A job that saves what servers keep, again and again: a CronJob each.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("schedule", Types.text(TextShape.CRON), "When it runs, as cron writes it.")
                .mustBeGiven()
                .like("\"30 4 * * *\""),
            attribute("time_zone", Types.text(TextShape.TIME_ZONE), "Time zone of the schedule.")
                .mustBeGiven()
                .like("\"Asia/Shanghai\""),
            attribute("image", Types.IMAGE, "The image that saves.")
                .mustBeGiven()
                .like("\"registry.example.com/tools/backup:2.1@sha256:…\""),
            attribute(
                    "command",
                    Types.list(new Type.ZoneText()),
                    "Its command; one element for each word. `${zone.id}` and `${side}` may be used.")
                .mustBeGiven()
                .like("[\"/bin/backup\", \"--zone\", \"${zone.id}\"]"),
            attribute(
                    "volume",
                    Types.reference(Target.PERSISTENT_VOLUME),
                    "A persistent volume of the servers: a job for each server, which finds it"
                        + " below `/backup/source` and cannot change it.")
                .like("saves"),
            attribute(
                    "keep",
                    Types.whole(1, 10_000),
                    "Copies to keep; the job reads it as the variable KEEP and takes older ones"
                        + " away.")
                .defaultsTo("7"),
            attribute(
                    "cpu",
                    Types.atLeast(Measure.CPU, 1),
                    "CPU of a run; the capacity proof keeps it free beside the servers.")
                .defaultsTo("100mcores"),
            attribute(
                    "memory",
                    Types.atLeast(Measure.MEMORY, 1),
                    "Memory of a run; the capacity proof keeps it free beside the servers.")
                .defaultsTo("256Mi"),
            attribute(
                    "within",
                    Types.atLeast(Measure.DURATION, 1000),
                    "Time after which a run is given up.")
                .defaultsTo("1h"))
        .nested(GameKinds.environment())
        .example(
            """
            backup nightly {
              schedule = "30 4 * * *", time_zone = "Asia/Shanghai", keep = 14
              image    = "registry.example.com/tools/backup:2.1@sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
              command  = ["/bin/backup", "--zone", "${zone.id}"]
            }
            """)
        .build();
  }
}
