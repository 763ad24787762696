package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import io.gops.fleet.Resource;
import java.util.List;

/// `cluster`: what the checks may rely on.
final class ClusterKinds {
  private ClusterKinds() {}

  static List<Kind> kinds() {
    return List.of(cluster(), secret());
  }

  private static Kind cluster() {
    Type release = Types.text(TextShape.RELEASE_NUMBER);
    return kind(
            "cluster",
            "The Kubernetes cluster that is the target. It is never asked: the checks believe what"
                + " stands here.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("kubernetes", release, "Version of Kubernetes.")
                .mustBeGiven()
                .like("\"1.34\""),
            attribute("kruise", release, "Version of OpenKruise.").mustBeGiven().like("\"1.9\""),
            attribute("kruise_game", release, "Version of OpenKruiseGame.")
                .mustBeGiven()
                .like("\"1.0.0\""),
            attribute(
                    "target",
                    Types.word("kruise_game", "agones"),
                    "What runs the servers: OpenKruiseGame, or Agones, which has no words for pairs,"
                        + " hot updates and servers that stay.")
                .defaultsTo("kruise_game"),
            attribute(
                    "gates",
                    Types.oneOrMore(new Type.FreeName()),
                    "Feature gates that are switched on beyond the defaults.")
                .defaultsTo("[]")
                .like("[PodIndexLabel]"),
            attribute(
                    "cni",
                    Types.word("ovs", "calico", "flannel", "host", "other"),
                    "Who gives pods their default network: `ovs` is the overlay of VPCs, `host` the"
                        + " network of the hosts themselves.")
                .defaultsTo("ovs"),
            attribute(
                    "enforce",
                    Types.word("ovs", "kubernetes", "both"),
                    "Where network policies take effect: in Open vSwitch, as NetworkPolicy objects,"
                        + " or both. With `kubernetes` there is no overlay, and a VPC is no more than"
                        + " the servers that its policies speak of.")
                .defaultsTo("ovs"),
            attribute(
                    "host_ports",
                    new Type.NumberRange(1, 65_535),
                    "Ports of the hosts that the host-port plugin may hand out.")
                .defaultsTo("8000..9000"),
            attribute("context", Types.TEXT, "Context of kubectl that reaches the cluster.")
                .like("\"hz-prod\"")
                .mayDifferByEnvironment(),
            attribute("tunnel", Types.word("geneve", "vxlan"), "Encapsulation between the hosts.")
                .defaultsTo("vxlan"),
            attribute(
                    "underlay_mtu",
                    Types.whole(576, 9216),
                    "Largest packet in bytes that the network between the hosts carries.")
                .defaultsTo("1500"),
            attribute("api_server", Types.ADDRESS, "Address of the API server as pods reach it.")
                .like("10.96.0.1"),
            attribute("pod_cidr", Types.PREFIX, "Addresses of pods in the default network.")
                .like("10.244.0.0/16"),
            attribute("service_cidr", Types.PREFIX, "Addresses of Services.").like("10.96.0.0/12"))
        .nested(
            SiteKinds.reserve("is kept on each host, unless its pool or hosts say otherwise"),
            transport(),
            network(),
            router(),
            uplink(),
            fence(),
            RolloutKinds.rollout())
        .example(
            """
            cluster shanghai {
              kubernetes  = "1.34"
              kruise      = "1.9"
              kruise_game = "1.0.0"
              reserve { cpu = 2cores, memory = 4Gi }
              router  { max_routes = 12000, max_neighbours = 32000 }
              uplink  { interface = "eth1", rate = 10Gbps, queue bulk { at_least = 500Mbps, at_most = 3Gbps } }
              fence   { command = ["/usr/local/sbin/power-off", "--wait"] }
              rollout {
                signer "li.lei@example.com" {
                  keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJj3yFuNOaJLm1QwK+QSRzmivmo5IEt63mjWn2PRSEfJ"]
                }
              }
            }
            """)
        .build();
  }

  private static Kind transport() {
    return kind("transport", "How the rollout reaches the hosts to load their flow tables.")
        .attributes(
            attribute("user", Types.text(TextShape.NOT_EMPTY), "Account on the hosts.")
                .like("\"netops\""),
            attribute("port", Types.PORT_NUMBER, "SSH port of the hosts.").like("22"),
            attribute("jump", Types.text(TextShape.NOT_EMPTY), "Host to go through.")
                .like("\"bastion.example.com\""))
        .build();
  }

  private static Kind network() {
    return kind(
            "network",
            "Ports of each load balancer that a network plugin of OpenKruiseGame may hand out, as its"
                + " operator configured them.")
        .label(Label.name("PLUGIN", TextShape.NOT_EMPTY))
        .attributes(
            attribute(
                    "ports",
                    new Type.NumberRange(1, 65_535),
                    "Its `min_port` and `max_port`; the last one is never handed out.")
                .mustBeGiven()
                .like("500..700"),
            attribute("blocked", Types.oneOrMore(Types.PORT_NUMBER), "Its `block_ports`.")
                .defaultsTo("[]")
                .like("[593]"))
        .build();
  }

  private static Kind router() {
    return kind(
            "router",
            "What the physical routers of the site hold. Where the network of the cluster gives each"
                + " server a route or a neighbour of its own, a compile counts them against it.")
        .attributes(
            attribute("max_routes", Types.whole(1, Integer.MAX_VALUE), "Entries for routes.")
                .like("12000"),
            attribute(
                    "max_neighbours",
                    Types.whole(1, Integer.MAX_VALUE),
                    "Entries for neighbours (ARP).")
                .like("32000"))
        .build();
  }

  private static Kind uplink() {
    return kind(
            "uplink",
            "The interface through which each host sends to the others, and how queues share it. It"
                + " is a port of a bridge of Open vSwitch; linux-htb on it is gopsc's.")
        .attributes(
            attribute("interface", Types.text(TextShape.DNS_SUBDOMAIN), "Name of the interface.")
                .mustBeGiven()
                .like("\"eth1\""),
            attribute("rate", Types.RATE_LIMIT, "What it carries.").mustBeGiven().like("10Gbps"))
        .nested(queue())
        .build();
  }

  private static Kind queue() {
    return kind("queue", "A share of the uplink; `limit` of zones says what waits in it.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("at_least", Types.RATE_LIMIT, "What it gets whenever it wants it.")
                .mustBeGiven()
                .like("500Mbps"),
            attribute(
                    "at_most",
                    Types.RATE_LIMIT,
                    "What it gets when nobody else wants it; the whole uplink when left out.")
                .like("3Gbps"))
        .build();
  }

  private static Kind fence() {
    return kind(
            "fence",
            "How a machine that is lost is switched off without a person. With it there is a"
                + " `fence.sh` in the folder of the cluster, for whoever watches the hosts to call.")
        .attributes(
            attribute(
                    "command",
                    Types.list(Types.text(TextShape.NOT_EMPTY)),
                    "A command that switches a machine off and ends with 0 only when it is off; one"
                        + " element for each word, the name of the host follows as the last.")
                .mustBeGiven()
                .like("[\"/usr/local/sbin/power-off\", \"--wait\"]"))
        .build();
  }

  private static Kind secret() {
    return kind(
            "secret",
            "A reference to a Kubernetes Secret. Its values are never read, printed or stored.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "object",
                    Types.text(TextShape.DNS_SUBDOMAIN),
                    "Name of the Secret object; the label when it is left out.")
                .like("\"clx-db\""),
            attribute(
                    "keys",
                    Types.oneOrMore(Types.text(TextShape.SECRET_KEY)),
                    "The keys that it has.")
                .mustBeGiven()
                .like("[\"password\"]"))
        .example(
            """
            secret clx-db { keys = ["password"] }
            """)
        .build();
  }

  /// Resources of a machine.
  static Resource[] machine() {
    return new Resource[] {
      Resource.CPU,
      Resource.MEMORY,
      Resource.EGRESS,
      Resource.PACKETS,
      Resource.CONNECTIONS,
      Resource.PODS,
      Resource.DISK,
      Resource.ADDRESSES
    };
  }
}
