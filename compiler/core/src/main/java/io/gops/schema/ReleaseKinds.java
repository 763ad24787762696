package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import java.util.List;

/// `release` and `window`: what changes, how, and when.
final class ReleaseKinds {
  private ReleaseKinds() {}

  static List<Kind> kinds() {
    return List.of(release(), window());
  }

  private static Kind release() {
    Attribute zones = zones("The zones that change.", "clx-main");
    Attribute newZones =
        zones("Those of them that run already stay as they are.", "clx-2026-autumn");
    Attribute scaled =
        zones(
            "The zones whose game says another number of `replicas` than they run.", "lobby-main");
    Attribute emptied =
        attribute("host", Types.reference(Target.HOST), "The host on which nothing is to run.")
            .mustBeGiven()
            .like("hz-g017");
    Attribute to =
        attribute("to", Types.reference(Target.VERSION), "The version they get.")
            .mustBeGiven()
            .like("\"1.8.4\"");
    Attribute soak =
        attribute("soak", Types.DURATION, "Time to watch a wave before the next one starts.")
            .defaultsTo("10min");
    return kind("release", "A change that is wanted, and how it may be made.")
        .repeated()
        .variants(
            kind(
                    "ab_switch",
                    "The new version goes to the idle side of each pair; then logins move.")
                .label(Label.kubernetesName("NAME"))
                .attributes(zones, to, soak, smoke(), inWindow())
                .nested(waves(), drain(), pause(), abort(), pull(), before(), after())
                .example(
                    """
                    release ab_switch chess-1-1 {
                      zones = chess-main, to = "1.1", soak = 30min
                      waves { canary = 3, then = 25%, per_host = 1 }
                      drain { remaining = [0min -> 100%, 12h -> 2%], kick_after = 12h, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind("hot_reload", "Files change in place; nobody is disconnected.")
                .label(Label.kubernetesName("NAME"))
                .attributes(zones, to, soak, inWindow())
                .nested(waves(), pause(), abort(), pull(), before(), after())
                .example(
                    """
                    release hot_reload chess-1-0-hot1 { zones = chess-main, to = "1.1" }
                    """)
                .build(),
            kind(
                    "canary_waves",
                    "Zones without a pair get a version: their gate closes, players leave, servers are"
                        + " replaced, somebody may try them, the gate opens. The least important zones"
                        + " go first.")
                .label(Label.kubernetesName("NAME"))
                .attributes(zones, to, soak, smoke(), inWindow())
                .nested(waves(), drain(), pause(), abort(), pull(), before(), after())
                .example(
                    """
                    release canary_waves chess-1-1 {
                      zones = chess-main, to = "1.1", smoke = "log in and finish one game"
                      waves { canary = 1, then = 50% }
                      drain { remaining = [0min -> 100%, 30min -> 4%], kick_after = 30min, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind(
                    "open_zones",
                    "New zones open: until the release is finished, their objects are there without"
                        + " servers. Then servers start, somebody may try them, and the gate opens.")
                .label(Label.kubernetesName("NAME"))
                .attributes(newZones, soak, smoke(), inWindow())
                .nested(before(), after())
                .example(
                    """
                    release open_zones chess-autumn {
                      zones = chess-main, smoke = "log in with a listed account"
                    }
                    """)
                .build(),
            kind(
                    "scale",
                    "Zones without a pair get as many servers as their game says now. Where there are"
                        + " too few, more start. Where there are too many, those on the hosts that are"
                        + " given up take no new players, players leave them, and they stop.")
                .label(Label.kubernetesName("NAME"))
                .attributes(scaled, soak, inWindow())
                .nested(drain(), before(), after())
                .example(
                    """
                    release scale chess-more-halls {
                      zones = chess-main
                      drain { remaining = [0min -> 100%, 30min -> 4%], kick_after = 30min, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind(
                    "drain_host",
                    "The groups of a host start elsewhere, so that nothing runs on it: their zones"
                        + " close, players leave, servers stop and start where there is room, zones"
                        + " open.")
                .label(Label.kubernetesName("NAME"))
                .attributes(emptied, smoke(), inWindow())
                .nested(drain(), before(), after())
                .example(
                    """
                    release drain_host hz-2-away {
                      host = hz-2
                      drain { remaining = [0min -> 100%, 30min -> 4%], kick_after = 30min, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind(
                    "host_upgrade",
                    "A host is emptied as by `drain_host`, somebody works on it, and it takes servers"
                        + " again. Groups stay where they are then; their former host is their next"
                        + " refuge.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    emptied,
                    attribute("work", Types.text(TextShape.SENTENCE), "What is done with it.")
                        .mustBeGiven()
                        .like("\"new kernel\""),
                    attribute(
                            "evidence",
                            Types.text(TextShape.SENTENCE),
                            "What is written down of it.")
                        .defaultsTo("\"what was done and how it was tried\""),
                    attribute("by", Types.text(TextShape.SENTENCE), "Who does it.")
                        .like("\"data centre\""),
                    attribute("takes", Types.DURATION, "Expected time.").defaultsTo("1h"),
                    smoke(),
                    inWindow())
                .nested(drain(), before(), after())
                .example(
                    """
                    release host_upgrade hz-2-kernel {
                      host = hz-2, work = "new kernel", evidence = "uname -r", takes = 40min
                      drain { remaining = [0min -> 100%, 30min -> 4%], kick_after = 30min, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind(
                    "merge_zones",
                    "Zones become one: they close, players leave, servers stop, people bring the data"
                        + " together step by step with evidence, and the zone that goes on opens.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("into", Types.whole(1, 99_999_999), "The zone that goes on.")
                        .mustBeGiven()
                        .like("10001"),
                    attribute(
                            "zones",
                            new Type.Numbers(1, 99_999_999),
                            "Those that end; take them out of the source afterwards.")
                        .mustBeGiven()
                        .like("10002..10003"),
                    smoke(),
                    inWindow())
                .nested(drain(), before(), after())
                .example(
                    """
                    release merge_zones chess-autumn {
                      into = 1, zones = 2..3, smoke = "one account of each zone finds its things"
                      drain { remaining = [0min -> 100%, 30min -> 4%], kick_after = 30min, kick_budget = 5% }
                    }
                    """)
                .build(),
            kind("replace_host", "The pairs of a lost host start elsewhere under their addresses.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("host", Types.reference(Target.HOST), "The lost host.")
                        .mustBeGiven()
                        .like("hz-g017"),
                    inWindow())
                .nested(before(), after())
                .example("release replace_host hz-2-power { host = hz-2 }")
                .build())
        .build();
  }

  private static Attribute zones(String which, String example) {
    return attribute("zones", Types.oneOrMore(Types.reference(Target.ZONES)), which)
        .mustBeGiven()
        .like(example);
  }

  private static Attribute inWindow() {
    return attribute(
            "window",
            Types.reference(Target.WINDOW),
            "When steps may start and players may be kicked; any time when left out.")
        .like("nightly");
  }

  private static Kind waves() {
    return kind("waves", "How zones are grouped in time.")
        .attributes(
            attribute("by", Types.word("importance"), "The order of the zones.")
                .defaultsTo("importance"),
            attribute("canary", Types.COUNT, "Zones of the first wave.").defaultsTo("1"),
            attribute(
                    "then",
                    new Type.Quantity(Measure.SHARE, 1, 10_000),
                    "Share of all zones in each later wave.")
                .defaultsTo("25%"),
            attribute("per_host", Types.whole(1, 1000), "Pairs of one host in the same wave.")
                .defaultsTo("1"))
        .nested(wave())
        .example("waves { canary = 3, then = 25%, per_host = 1 }")
        .build();
  }

  private static Kind wave() {
    return kind(
            "wave",
            "Zones that change together, written instead of the rules above. Waves run in the order"
                + " in which they are written, the first one as the canary; the capacity proof checks"
                + " each host in each of them.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "ids",
                    new Type.Numbers(1, 99_999_999),
                    "Numbers of its zones; left out in the last wave, which takes the rest.")
                .like("3..6"))
        .example(
            """
            waves {
              wave canary { ids = 1..2 }
              wave north  { ids = 3..6 }
              wave rest   { }
            }
            """)
        .build();
  }

  private static Kind drain() {
    return kind("drain", "How players leave the old side.")
        .attributes(
            attribute(
                    "remaining",
                    new Type.Points(Types.DURATION, Types.SHARE, "[0min -> 100%, 30min -> 70%]"),
                    "Share of the players still online after a time, as measured.")
                .defaultsTo("[0min -> 100%]"),
            attribute("kick_after", Types.DURATION, "When those that are left may be disconnected.")
                .defaultsTo("12h"),
            attribute(
                    "kick_budget",
                    Types.SHARE,
                    "Largest share of the players that may be disconnected.")
                .defaultsTo("0%"))
        .build();
  }

  private static Kind pause() {
    return kind(
            "pause",
            "What halts the release: it goes on where it stood when somebody starts the runner again"
                + " and the alert is gone.")
        .attributes(onAlert())
        .build();
  }

  private static Kind abort() {
    return kind(
            "abort",
            "What ends the release: the runner writes the state as far as it came, and the next"
                + " compile plans the rest. An alert that stands in `pause`, too, ends it.")
        .attributes(onAlert())
        .build();
  }

  private static Attribute onAlert() {
    return attribute(
            "on_alert",
            Types.oneOrMore(Types.reference(Target.ALERT)),
            "Alerts of the games that change. No step begins while one of them fires or while"
                + " Prometheus does not know, and a soak ends with it.")
        .mustBeGiven()
        .like("engine-crash");
  }

  private static Attribute smoke() {
    return attribute(
            "smoke",
            Types.text(TextShape.SENTENCE),
            "What somebody tries in each wave before players are let in.")
        .like("\"log in with a listed account and finish one fight\"");
  }

  private static Kind before() {
    return kind("before", "What people do before the first change, in the order written.")
        .nested(deeds("before"))
        .example(
            """
            before {
              announce "Maintenance begins in 15 minutes" { at = 15min }
              confirm "schema and protocol serve both versions" { by = "sre-chess" }
            }
            """)
        .build();
  }

  private static Kind after() {
    return kind("after", "What people do after the last change, in the order written.")
        .nested(deeds("after"))
        .example(
            """
            after {
              announce "All zones are open again" { }
            }
            """)
        .build();
  }

  /// What people do; the example of each stands in the block in which it may stand.
  private static List<Kind> deeds(String when) {
    return List.of(announce(when), confirm(when), manual(when));
  }

  private static Kind announce(String when) {
    return kind(
            "announce",
            "Players are told something: by the command in `GOPS_ANNOUNCE` of the runner, else by a"
                + " person who writes down that it was done.")
        .label(Label.name("TEXT", TextShape.SENTENCE))
        .attributes(
            attribute(
                    "at",
                    Types.DURATION,
                    "How long before what follows; the runner waits that long.")
                .defaultsTo("0min")
                .like("15min"))
        .example(in(when, "announce \"Maintenance begins in 15 minutes\" { at = 15min }"))
        .build();
  }

  private static Kind confirm(String when) {
    return kind(
            "confirm",
            "Somebody who knows says that something is so: billing, the schema of a database, a"
                + " protocol that both versions speak. What they say is kept in the journal.")
        .label(Label.name("WHAT", TextShape.SENTENCE))
        .attributes(
            attribute("by", Types.text(TextShape.SENTENCE), "Who can know it.")
                .mustBeGiven()
                .like("\"billing\""))
        .example(
            in(when, "confirm \"schema and protocol serve both versions\" { by = \"sre-chess\" }"))
        .build();
  }

  private static Kind manual(String when) {
    return kind(
            "manual",
            "Something that is done by hand, such as the failover of a database. The runner waits for"
                + " the evidence, which is kept in the journal.")
        .label(Label.name("WHAT", TextShape.SENTENCE))
        .attributes(
            attribute("evidence", Types.text(TextShape.SENTENCE), "What is written down of it.")
                .mustBeGiven()
                .like("\"lag of the replica before and after\""),
            attribute("by", Types.text(TextShape.SENTENCE), "Who does it.").like("\"dba\""),
            attribute("takes", Types.DURATION, "Expected time.").defaultsTo("15min"),
            attribute(
                    "undo",
                    Types.text(TextShape.SENTENCE),
                    "How it is taken back; nothing has to be when left out.")
                .like("\"fail back to db-1\""),
            attribute(
                    "no_return",
                    Types.text(TextShape.SENTENCE),
                    "Why the release cannot be taken back from here on.")
                .like("\"accounts of both zones are in one database\""))
        .example(
            in(
                when,
                """
                manual "fail the database over to db-2" {
                    evidence = "lag of the replica before and after", by = "dba", takes = 20min
                    undo = "fail back to db-1"
                  }\
                """))
        .build();
  }

  private static String in(String when, String block) {
    return when + " {\n  " + block + "\n}";
  }

  private static Kind pull() {
    return kind(
            "pull",
            "The images of the version are fetched to the machines before the release: an"
                + " ImagePullJob for each, to be applied before it starts. Needs the feature gate"
                + " `ImagePullJobGate` of OpenKruise.")
        .attributes(
            attribute("at_once", Types.whole(1, 1000), "Machines that fetch at the same time.")
                .defaultsTo("5"),
            attribute(
                    "timeout",
                    Types.atLeast(Measure.DURATION, 1000),
                    "Longest time for one image on one machine.")
                .defaultsTo("10min"))
        .example("pull { at_once = 10, timeout = 20min }")
        .build();
  }

  /// A day of the week.
  static Type day() {
    return Types.word("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  }

  private static Kind window() {
    return kind("window", "When steps may start and players may be kicked.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("time_zone", Types.text(TextShape.TIME_ZONE), "Its time zone.")
                .mustBeGiven()
                .like("\"Asia/Shanghai\""),
            attribute(
                    "days",
                    Types.oneOrMore(day()),
                    "Days on which it opens; every day when left out.")
                .like("[tuesday, thursday]"),
            attribute("from", new Type.Moment(), "When it opens.").mustBeGiven().like("04:00"),
            attribute(
                    "until",
                    new Type.Moment(),
                    "When it closes; on the next day when it is before `from`.")
                .mustBeGiven()
                .like("08:00"),
            attribute(
                    "closed",
                    Types.oneOrMore(Types.text(TextShape.DATES)),
                    "Dates on which it stays closed, such as a holiday on which everybody plays.")
                .like("[\"2027-02-15..2027-02-21\", \"2027-10-01\"]"))
        .example(
            """
            window nightly { time_zone = "Asia/Shanghai", from = 04:00, until = 08:00 }
            """)
        .build();
  }
}
