package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Cidr;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Limits;
import io.gops.fleet.Port;
import io.gops.fleet.Vpc;
import io.gops.schema.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes gateways, VPCs and external services.
final class Networks {
  private final Problems problems;
  private final References references;

  Networks(Problems problems, References references) {
    this.problems = problems;
    this.references = references;
  }

  SortedMap<String, Gateway> gateways(List<Attributes> blocks) {
    SortedMap<String, Gateway> gateways = new TreeMap<>();
    blocks.forEach(block -> gateways.put(block.block().label(), gateway(block)));
    return gateways;
  }

  private Gateway gateway(Attributes gateway) {
    Gateway.Kind kind = gateway.constant("kind", Gateway.Kind.class).orElse(Gateway.Kind.INTERNET);
    if (gateway.value("kind").isPresent()) {
      unfit(gateway, kind == Gateway.Kind.INTERNET ? "prefixes" : "addresses", kind);
    } else {
      problems.suspects().nameless(gateway.block().word());
    }
    List<Gateway.Node> nodes = new ArrayList<>();
    for (Attributes node : gateway.children("node")) {
      Ipv4 underlay = node.address("underlay").orElse(new Ipv4(0));
      nodes.add(new Gateway.Node(node.block().label(), underlay));
    }
    return new Gateway(
        gateway.block().label(),
        kind,
        nodes,
        gateway.child("per_node").amounts(),
        gateway.prefixes("addresses"),
        gateway.prefixes("prefixes"),
        limits(gateway),
        gateway.origins());
  }

  /// The block `limit` of zones or of a gateway.
  static Limits limits(Attributes owner) {
    if (owner.block().child("limit").isEmpty()) {
      return Limits.NONE;
    }
    Attributes limit = owner.child("limit");
    return new Limits(
        limit.amount("server"),
        limit.amount("zone"),
        limit.amount("egress"),
        limit.amount("ingress"),
        limit.word("queue"),
        limit.origins());
  }

  private void unfit(Attributes gateway, String attribute, Gateway.Kind kind) {
    if (gateway.block().has(attribute)) {
      String word = kind == Gateway.Kind.INTERNET ? "an internet gateway" : "a backbone gateway";
      problems.report(
          Diagnostic.of(Code.GOPS2053, attribute, word).at(gateway.place(attribute)).hint("hint"));
    }
  }

  SortedMap<String, Vpc> vpcs(List<Attributes> blocks, SortedMap<String, Gateway> gateways) {
    SortedMap<String, Vpc> vpcs = new TreeMap<>();
    blocks.forEach(block -> vpcs.put(block.block().label(), vpc(block, gateways)));
    return vpcs;
  }

  private Vpc vpc(Attributes vpc, SortedMap<String, Gateway> gateways) {
    Cidr cidr = vpc.prefix("cidr").orElse(Cidr.EVERYTHING);
    List<Vpc.Subnet> subnets = new ArrayList<>();
    for (Attributes subnet : vpc.children("subnet")) {
      Cidr part = subnet.prefix("cidr").orElse(cidr);
      if (!cidr.contains(part.network()) || part.length() < cidr.length()) {
        problems.report(
            Diagnostic.of(Code.GOPS2055, subnet.block().label(), part, vpc.block().label(), cidr)
                .at(subnet.place("cidr"))
                .related(vpc.place("cidr"), "related"));
      }
      subnets.add(new Vpc.Subnet(subnet.block().label(), part, subnet.origins()));
    }
    return new Vpc(
        vpc.block().label(),
        cidr,
        vpc.count("mtu"),
        attached(vpc, "internet", Target.INTERNET_GATEWAY, gateways),
        attached(vpc, "backbone", Target.BACKBONE_GATEWAY, gateways),
        subnets,
        vpc.origins());
  }

  private Optional<String> attached(
      Attributes attributes, String name, Target target, SortedMap<String, Gateway> gateways) {
    Gateway.Kind kind =
        target == Target.INTERNET_GATEWAY ? Gateway.Kind.INTERNET : Gateway.Kind.BACKBONE;
    List<String> known =
        gateways.values().stream().filter(g -> g.kind() == kind).map(Gateway::name).toList();
    return references.resolve(attributes, name, target, known);
  }

  SortedMap<String, ExternalService> services(
      List<Attributes> blocks, SortedMap<String, Gateway> gateways) {
    SortedMap<String, ExternalService> services = new TreeMap<>();
    for (Attributes service : blocks) {
      String name = service.block().label();
      services.put(
          name,
          new ExternalService(
              name,
              service.prefixes("prefixes"),
              attached(service, "gateway", Target.BACKBONE_GATEWAY, gateways),
              ports(service, problems),
              service.origins()));
    }
    return services;
  }

  /// The ports of a service or container; no two may have one number and protocol.
  static List<Port> ports(Attributes owner, Problems problems) {
    List<Port> ports = new ArrayList<>();
    for (Attributes block : owner.children("port")) {
      Port port =
          new Port(
              block.block().label(),
              block.count("number"),
              block.constant("protocol", Port.Protocol.class).orElse(Port.Protocol.TCP),
              block.origins());
      if (block.value("number").isEmpty()) {
        problems.suspects().nameless(block.block().word());
      }
      for (Port other : ports) {
        if (port.number() > 0
            && port.number() == other.number()
            && port.protocol() == other.protocol()) {
          problems.report(
              Diagnostic.of(
                      Code.GOPS2045,
                      "port " + port.name(),
                      "port " + other.name(),
                      port.number() + "/" + port.protocol().word())
                  .at(block.place("number"))
                  .related(other.origins().place("number"), "related"));
        }
      }
      ports.add(port);
    }
    return ports;
  }
}
