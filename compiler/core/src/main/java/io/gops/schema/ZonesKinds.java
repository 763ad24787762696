package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import java.util.List;

/// `zones`, `pair` and `directory`: which zones exist and how players find them.
final class ZonesKinds {
  private ZonesKinds() {}

  static List<Kind> kinds() {
    return List.of(zones(), directory());
  }

  private static Kind zones() {
    return kind("zones", "Zones of one game that are alike.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("game", Types.reference(Target.GAME), "The game.").mustBeGiven().like("clx"),
            attribute("ids", new Type.Numbers(1, 99_999_999), "Numbers of the zones.")
                .mustBeGiven()
                .like("10001..10200"),
            attribute(
                    "run", Types.reference(Target.VERSION), "Version that a new zone starts with.")
                .mustBeGiven()
                .like("\"1.8.3\""),
            attribute("pool", Types.reference(Target.POOL), "Machines that carry them.")
                .mustBeGiven()
                .like("hangzhou.std"),
            attribute(
                    "vpc",
                    Types.reference(Target.VPC),
                    "Network of the servers; only the cluster's own when left out.")
                .like("wuxia"),
            attribute(
                    "players", Types.COUNT, "Most players that the login gate admits to one zone.")
                .defaultsTo("0")
                .mayDifferByEnvironment(),
            attribute("importance", Types.whole(0, 1000), "The least important are updated first.")
                .defaultsTo("50")
                .mayDifferByEnvironment())
        .nested(
            kind("pair", "That each zone has an A and a B, so that it never stops for an update.")
                .attributes(
                    attribute("initial", Types.word("a", "b"), "The side that runs a new zone.")
                        .defaultsTo("a"),
                    attribute(
                            "standby",
                            Types.word("stopped", "warm"),
                            "What the idle side does outside a release.")
                        .defaultsTo("stopped")
                        .mayDifferByEnvironment(),
                    attribute(
                            "switch",
                            Types.word("vip", "directory"),
                            "The one way in which logins move to the other side.")
                        .mustBeGiven())
                .example("pair { initial = a, standby = stopped, switch = vip }")
                .build(),
            disruption(),
            limit())
        .nested(ServersKinds.kinds())
        .nested(ServersKinds.role())
        .members()
        .example(
            """
            zones chess-friends {
              game = chess, ids = 10001..10200, run = "1.0", pool = hz.std, players = 3000
              override 10001..10003 { importance = 1 }
              pair { switch = directory }
            }
            """)
        .build();
  }

  private static Kind disruption() {
    return kind(
            "disruption",
            "How many servers of a zone others may take away, as when a node is drained; made a"
                + " PodUnavailableBudget for each side.")
        .attributes(
            attribute(
                    "at_most",
                    Types.whole(0, 1000),
                    "Servers of one side that may be away at the same time.")
                .defaultsTo("0"),
            attribute(
                    "against",
                    Types.oneOrMore(Types.word("eviction", "deletion", "update")),
                    "What is refused beyond that. Deletion and update are also what releases do.")
                .defaultsTo("[eviction]"))
        .example("disruption { at_most = 0 }")
        .build();
  }

  private static Kind limit() {
    return kind(
            "limit",
            "How much its servers may send into the VPC; a meter of their host drops what goes"
                + " beyond.")
        .attributes(
            attribute("server", Types.RATE_LIMIT, "Each server.").like("40Mbps"),
            attribute(
                    "zone",
                    Types.RATE_LIMIT,
                    "The servers of one zone on one host, both sides together.")
                .like("60Mbps"),
            attribute(
                    "queue",
                    new Type.FreeName(),
                    "The queue of the hosts' uplinks that what they send waits in, as `uplink` of"
                        + " the cluster names it.")
                .like("bulk"))
        .example("limit { server = 40Mbps, zone = 60Mbps }")
        .build();
  }

  private static Kind directory() {
    return kind("directory", "The zone list in etcd that clients and the login gate watch.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("game", Types.reference(Target.GAME), "The game whose zones it lists.")
                .mustBeGiven()
                .like("clx"),
            attribute(
                    "endpoints",
                    Types.oneOrMore(Types.text(TextShape.URL)),
                    "Client endpoints of etcd.")
                .mustBeGiven()
                .like("[\"https://etcd-1.example.com:2379\"]")
                .mayDifferByEnvironment(),
            attribute("prefix", Types.text(TextShape.KEY_PREFIX), "What its keys begin with.")
                .mustBeGiven()
                .like("\"/games/clx/zones/\""))
        .example(
            """
            directory chess-zones {
              game = chess, endpoints = ["https://etcd-1.example.com:2379"], prefix = "/chess/zones/"
            }
            """)
        .build();
  }
}
