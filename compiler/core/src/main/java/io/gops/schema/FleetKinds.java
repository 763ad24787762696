package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import java.util.List;

/// `fleet` and `environment`: what is compiled, locked and proved together.
final class FleetKinds {
  private FleetKinds() {}

  static List<Kind> kinds() {
    return List.of(fleet());
  }

  private static Kind fleet() {
    return kind("fleet", "What is compiled, locked and proved together: the root of a folder.")
        .label(Label.kubernetesName("NAME"))
        .nested(environment())
        .example(
            """
            fleet wuxia {
              environment prod { cluster = hz, include = ["cluster.gops", "games/*.gops"] }
              environment staging {
                cluster = hz, include = ["cluster.gops", "games/*.gops"]
                override { zones.chess-main.players = 300 }
              }
            }
            """)
        .build();
  }

  private static Kind environment() {
    return kind(
            "environment",
            "A selection of files with a cluster of its own; lock, state and output are per"
                + " environment.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("cluster", Types.reference(Target.CLUSTER), "The cluster it runs in.")
                .mustBeGiven()
                .like("hz"),
            attribute(
                    "include",
                    Types.oneOrMore(Types.text(TextShape.FILES)),
                    "Files that belong to it, relative to the fleet's folder; `*` stands for any"
                        + " part of one name.")
                .mustBeGiven()
                .like("[\"sites/hangzhou.gops\", \"games/*.gops\"]"))
        .nested(override())
        .build();
  }

  private static Kind override() {
    return kind(
            "override",
            "What is different here and nowhere else, by its path: kind, name, attribute. Only"
                + " attributes that an environment may set can stand here; what differs more is a"
                + " file that only this environment includes.")
        .example("override { zones.chess-main.players = 300 }")
        .build();
  }
}
