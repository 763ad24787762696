package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import io.gops.fleet.Resource;
import java.util.List;

/// `gateway`, `vpc`, `service` and `policy`: who reaches whom.
final class NetworkKinds {
  private NetworkKinds() {}

  static List<Kind> kinds() {
    return List.of(gateway(), vpc(), service(), policy());
  }

  private static Kind gateway() {
    return kind("gateway", "Machines that join VPCs to the internet or to the backbone.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("kind", Types.word("internet", "backbone"), "Where it leads.").mustBeGiven(),
            attribute(
                    "addresses",
                    Types.oneOrMore(Types.PREFIX),
                    "Public addresses that it may hand out; internet gateways only.")
                .like("[203.0.113.0/24]"),
            attribute(
                    "prefixes",
                    Types.oneOrMore(Types.PREFIX),
                    "What lies behind it; backbone gateways only.")
                .like("[10.200.0.0/16]"))
        .nested(
            kind("per_node", "What one of its machines forwards.")
                .attributes(
                    Resources.amounts(
                        "that one machine forwards",
                        Resource.EGRESS,
                        Resource.PACKETS,
                        Resource.CONNECTIONS))
                .build(),
            kind(
                    "limit",
                    "How much may pass each of its machines; what goes beyond is dropped, whoever"
                        + " sent it.")
                .attributes(
                    attribute("egress", Types.RATE_LIMIT, "What a machine sends out of the VPCs.")
                        .like("8Gbps"),
                    attribute("ingress", Types.RATE_LIMIT, "What a machine takes in.")
                        .like("8Gbps"))
                .build(),
            kind("node", "One machine of the gateway.")
                .label(Label.name("NAME", TextShape.DNS_SUBDOMAIN))
                .attributes(
                    attribute("underlay", Types.ADDRESS, "Address of its tunnel end.")
                        .mustBeGiven()
                        .like("10.1.1.11"))
                .required()
                .build())
        .example(
            """
            gateway edge {
              kind      = internet
              addresses = [198.51.100.0/24]
              per_node  { egress = 10Gbps, packets = 800kpps, connections = 5000000 }
              limit     { egress = 8Gbps, ingress = 8Gbps }
              node edge-1 { underlay = 10.1.1.11 }
            }
            """)
        .build();
  }

  private static Kind vpc() {
    return kind("vpc", "A network of its own; another VPC may use the same addresses.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("cidr", Types.PREFIX, "Addresses of its members.")
                .mustBeGiven()
                .like("10.64.0.0/16"),
            attribute("mtu", Types.whole(576, 9000), "Largest inner packet in bytes.")
                .defaultsTo("1400"),
            attribute(
                    "internet",
                    Types.reference(Target.INTERNET_GATEWAY),
                    "The internet gateway it is attached to.")
                .like("igw"),
            attribute(
                    "backbone",
                    Types.reference(Target.BACKBONE_GATEWAY),
                    "The backbone gateway it is attached to.")
                .like("bgw"))
        .nested(
            kind(
                    "subnet",
                    "A part of the addresses for one purpose: `servers` for the servers of zones,"
                        + " `logins` for login addresses.")
                .label(Label.kubernetesName("PURPOSE"))
                .attributes(
                    attribute("cidr", Types.PREFIX, "Its addresses, inside those of the VPC.")
                        .mustBeGiven()
                        .like("10.64.0.0/20"))
                .build())
        .example(
            """
            vpc wuxia { cidr = 10.64.0.0/16, internet = igw, backbone = bgw }
            """)
        .build();
  }

  private static Kind service() {
    return kind("service", "Something outside that policies name: a database, a payment system.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("prefixes", Types.oneOrMore(Types.PREFIX), "Where it is.")
                .mustBeGiven()
                .like("[10.200.8.0/24]"),
            attribute(
                    "gateway",
                    Types.reference(Target.BACKBONE_GATEWAY),
                    "The gateway it is reached through; whichever announces it when left out.")
                .like("bgw"))
        .nested(GameKinds.port())
        .example(
            """
            service payment { prefixes = [10.200.9.0/24], gateway = bgw, port https { number = 443 } }
            """)
        .build();
  }

  private static Kind policy() {
    return kind(
            "policy",
            "Who may talk to whom in a VPC and across its edge. What no rule allows is denied; an"
                + " earlier rule wins. `servers` stands for the servers of each game in the VPC:"
                + " `allow internet -> servers:client`.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("vpc", Types.reference(Target.VPC), "The VPC it rules.")
                .mustBeGiven()
                .like("wuxia"))
        .rules(Kind.Rules.POLICY)
        .example(
            """
            policy chess-traffic {
              vpc = blue
              allow internet     -> chess.engine:client
              allow chess.engine -> db:3306
              deny  chess.a     <-> chess.b
            }
            """)
        .build();
  }
}
