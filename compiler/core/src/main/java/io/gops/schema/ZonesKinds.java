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
            attribute("game", Type.reference(Target.GAME), "The game.").mustBeGiven().like("clx"),
            attribute("ids", new Type.Numbers(1, 99_999_999), "Numbers of the zones.")
                .mustBeGiven()
                .like("10001..10200"),
            attribute("run", Type.reference(Target.VERSION), "Version that a new zone starts with.")
                .mustBeGiven()
                .like("\"1.8.3\""),
            attribute("pool", Type.reference(Target.POOL), "Machines that carry them.")
                .mustBeGiven()
                .like("hangzhou.std"),
            attribute(
                    "vpc",
                    Type.reference(Target.VPC),
                    "Network of the servers; only the cluster's own when left out.")
                .like("wuxia"),
            attribute("players", Type.COUNT, "Most players that the login gate admits to one zone.")
                .defaultsTo("0")
                .mayDifferByEnvironment(),
            attribute("importance", Type.whole(0, 1000), "The least important are updated first.")
                .defaultsTo("50"))
        .nested(
            kind("pair", "That each zone has an A and a B, so that it never stops for an update.")
                .attributes(
                    attribute("initial", Type.word("a", "b"), "The side that runs a new zone.")
                        .defaultsTo("a"),
                    attribute(
                            "standby",
                            Type.word("stopped", "warm"),
                            "What the idle side does outside a release.")
                        .defaultsTo("stopped"),
                    attribute(
                            "switch",
                            Type.word("vip", "directory"),
                            "The one way in which logins move to the other side.")
                        .mustBeGiven())
                .example("pair { initial = a, standby = stopped, switch = vip }")
                .build())
        .members()
        .example(
            """
            zones clx-main {
              game = clx, ids = 10001..10200, run = "1.8.3", pool = hangzhou.std, players = 3000
              override 10001..10003 { importance = 1 }
              pair { switch = directory }
            }
            """)
        .build();
  }

  private static Kind directory() {
    return kind("directory", "The zone list in etcd that clients and the login gate watch.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("game", Type.reference(Target.GAME), "The game whose zones it lists.")
                .mustBeGiven()
                .like("clx"),
            attribute(
                    "endpoints",
                    Type.oneOrMore(Type.text(TextShape.URL)),
                    "Client endpoints of etcd.")
                .mustBeGiven()
                .like("[\"https://etcd-1.example.com:2379\"]")
                .mayDifferByEnvironment(),
            attribute("prefix", Type.text(TextShape.KEY_PREFIX), "What its keys begin with.")
                .mustBeGiven()
                .like("\"/games/clx/zones/\""))
        .example(
            """
            directory clx-zones {
              game = clx, endpoints = ["https://etcd-1.example.com:2379"], prefix = "/games/clx/zones/"
            }
            """)
        .build();
  }
}
