package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;

/// `site`, `pool`, `hosts` and `host`: the machines.
final class SiteKinds {
  private SiteKinds() {}

  static List<Kind> kinds() {
    return List.of(site());
  }

  private static Kind site() {
    return kind("site", "A place with machines.")
        .label(Label.kubernetesName("NAME"))
        .nested(pool())
        .example(
            """
            site hangzhou {
              pool std {
                hosts 1..30 {
                  name = "hz-g${n:03d}", underlay = 10.2.0.11..10.2.0.40, cpu = 64cores, memory = 256Gi
                }
              }
            }
            """)
        .build();
  }

  private static Kind pool() {
    return kind("pool", "Machines that the same zones may use.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "sharing",
                    Types.word("packed", "exclusive"),
                    "Whether a host carries as many pairs as the capacity proof allows, or one.")
                .defaultsTo("packed"),
            attribute(
                    "spare",
                    Types.COUNT,
                    "Hosts that stay empty for failures; each is as large as every host in use.")
                .defaultsTo("0"),
            attribute(
                    "survive",
                    new Type.WholeOr(new Type.Whole(0, 100), "rack"),
                    "Hosts that may fail at the same time without a zone staying down; `rack` for all"
                        + " hosts of any one rack. From two on as many hosts stay empty, and each"
                        + " takes all that any other carries.")
                .defaultsTo("0"))
        .nested(
            margin(),
            reserve("is kept on each of its hosts, unless the hosts say otherwise"),
            hosts(),
            host())
        .build();
  }

  private static Kind margin() {
    return kind("margin", "What stays free on each host at the worst instant.")
        .attributes(
            Resources.shares("that stays free", ClusterKinds.machine()).stream()
                .map(a -> a.defaultsTo(defaultMargin(a.name())))
                .toList())
        .example("margin { cpu = 15%, memory = 10% }")
        .build();
  }

  private static String defaultMargin(String resource) {
    return switch (resource) {
      case "cpu" -> "15%";
      case "memory" -> "10%";
      case "egress", "packets" -> "30%";
      case "connections" -> "20%";
      default -> "0%";
    };
  }

  static Kind reserve(String meaning) {
    return kind(
            "reserve",
            "What the system, the kubelet and foreign daemons keep for themselves; this "
                + meaning
                + ".")
        .attributes(Resources.amounts("that is kept", ClusterKinds.machine()))
        .example("reserve { cpu = 4cores, memory = 5Gi }")
        .build();
  }

  private static Kind hosts() {
    return kind(
            "hosts",
            "Machines of one shape, numbered. `${n}` is the number; an address range has one"
                + " address for each.")
        .label(Label.range())
        .attributes(
            attribute("name", new Type.PerMember(Types.text(TextShape.DNS_SUBDOMAIN)), "Node name.")
                .mustBeGiven()
                .like("\"hz-g${n:03d}\""),
            attribute(
                    "underlay", new Type.PerMember(Types.ADDRESS), "Addresses of the tunnel ends.")
                .mustBeGiven()
                .like("10.1.0.11..10.1.0.40"))
        .attributes(shape())
        .nested(reserve("replaces what the pool says"))
        .members()
        .build();
  }

  private static Kind host() {
    return kind(
            "host",
            "One machine; `from` takes a template of `hosts` that says no names and no addresses.")
        .label(Label.name("NAME", TextShape.DNS_SUBDOMAIN))
        .attributes(
            attribute("underlay", Types.ADDRESS, "Address of its tunnel end.")
                .mustBeGiven()
                .like("10.1.0.11"))
        .attributes(shape())
        .nested(reserve("replaces what the pool says"))
        .build();
  }

  private static List<Attribute> shape() {
    List<Attribute> attributes = new ArrayList<>();
    for (Attribute amount : Resources.amounts("that the machine has", ClusterKinds.machine())) {
      boolean needed =
          amount.name().equals(Resource.CPU.word()) || amount.name().equals(Resource.MEMORY.word());
      attributes.add(
          needed
              ? amount.mustBeGiven()
              : amount.name().equals(Resource.PODS.word()) ? amount.defaultsTo("110") : amount);
    }
    attributes.add(
        attribute(
                "rack",
                Types.text(TextShape.DNS_LABEL),
                "What fails together; a host without a rack fails alone.")
            .like("\"r1\""));
    attributes.add(
        attribute(
                "state",
                Types.word("active", "draining", "failed", "decommissioned"),
                "Whether it takes new pairs, keeps what it has, is lost, or is gone. A failed host that"
                    + " has groups is an error until a `replace_host` release says where they go; an"
                    + " empty one only gives no room.")
            .defaultsTo("active"));
    return attributes;
  }
}
