package io.gops.network.trace;

import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Policy;
import io.gops.network.GatewayGroup;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.verify.Met;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says what a table did with a packet.
final class StepText {
  private static final int TUNNEL_PORT = 1;
  private static final int UPLINK_PORT = 2;

  private final Overlay overlay;
  private final VpcNetwork vpc;

  private final Optional<Policy.Rule> denies;

  /// @param denies the rule that denies the connection: flows for it are left out where nothing
  ///     would allow what it denies
  StepText(Overlay overlay, VpcNetwork vpc, Optional<Policy.Rule> denies) {
    this.overlay = overlay;
    this.vpc = vpc;
    this.denies = denies;
  }

  String of(Node node, Met met) {
    return switch (met.table()) {
      case CLASSIFY -> classify(node, met);
      case ANTI_SPOOF ->
          met.isDrop()
              ? "it does not send from its own addresses"
              : "it sends from its own address " + met.source();
      case ARP_PROXY -> "answers ARP";
      case CONNTRACK -> "looks it up in conntrack zone " + vpc.ctZone();
      case CONNTRACK_STATE -> state(met);
      case STEER -> steer(met);
      case ACL_EGRESS, ACL_INGRESS -> acl(met);
      case ROUTE -> route(node, met);
      case ARRIVE -> isMiss(met) ? "goes straight on" : "new here: the policy judges it once more";
      case DEPART -> isMiss(met) ? "goes straight on" : "new here, and permitted";
      case GATEWAY -> gateway(met);
      case COMMIT -> commit(met);
      case OUTPUT -> output(node, met);
    };
  }

  private static boolean isMiss(Met met) {
    return met.flow().isEmpty() || met.flow().get().match().fields().isEmpty();
  }

  private String classify(Node node, Met met) {
    if (met.isDrop()) {
      return "nobody has this port, VNI or address here";
    }
    return switch (met.inPort()) {
      case TUNNEL_PORT -> "VNI " + met.tunnelId() + " is VPC " + vpc.name();
      case UPLINK_PORT -> met.destination() + " leads into VPC " + vpc.name();
      default ->
          "port "
              + met.inPort()
              + " is "
              + member(node, met.inPort()).map(Member::id).orElse("unknown")
              + " in VPC "
              + vpc.name();
    };
  }

  private Optional<Member> member(Node node, int port) {
    return overlay.vpcs().values().stream()
        .flatMap(v -> v.members().stream())
        .filter(m -> m.host().equals(node.name()) && m.nic().ofport() == port)
        .findFirst();
  }

  private static String state(Met met) {
    return met.isDrop() ? "it belongs to no permitted connection" : "the first of a connection";
  }

  private String steer(Met met) {
    if (isMiss(met)) {
      return "not a login address";
    }
    Optional<Ipv4> chosen = met.choice().flatMap(StepText::translated);
    if (chosen.isEmpty()) {
      return met.flow()
          .flatMap(flow -> translated(flow.actions()))
          .map(to -> met.destination() + " stands for " + owner(to))
          .orElse("steered");
    }
    LoginGroup login =
        overlay.loginGroups().values().stream()
            .filter(l -> l.declaration().equals(met.flow().orElseThrow().declaration()))
            .findFirst()
            .orElseThrow();
    long takers = login.buckets().stream().filter(b -> b.weight() > 0).count();
    return "login address of "
        + login.group()
        + ": logins go to "
        + owner(chosen.get())
        + (takers > 1 ? ", one of " + takers : "");
  }

  private static Optional<Ipv4> translated(FlowGroup.Bucket bucket) {
    return translated(bucket.actions());
  }

  private static Optional<Ipv4> translated(Iterable<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Conntrack(_, _, Action.Nat.Destination(Ipv4 to), _)) {
        return Optional.of(to);
      }
    }
    return Optional.empty();
  }

  /// Who has an address of the VPC.
  private String owner(Ipv4 address) {
    return vpc.members().stream()
        .filter(m -> m.address().equals(address))
        .map(Member::id)
        .findFirst()
        .orElse(address.toString());
  }

  private String acl(Met met) {
    if (isMiss(met)) {
      return denies
          .map(rule -> "denied by: " + rule.place().text().strip().replaceAll("\\s+", " "))
          .orElse("no rule of VPC " + vpc.name() + " allows it");
    }
    return Meaning.rule(met.flow().orElseThrow().declaration().path());
  }

  private String route(Node node, Met met) {
    Ipv4 to = met.destination();
    if (isMiss(met)) {
      return "no way leads to " + to;
    }
    if (met.isDrop()) {
      return "nobody in VPC " + vpc.name() + " has " + to;
    }
    Flow flow = met.flow().orElseThrow();
    Optional<Long> gateway = written(flow, Field.GATEWAY_GROUP);
    if (gateway.isPresent()) {
      return to + " is behind " + words(group(gateway.get()).gateway());
    }
    long port = written(flow, Field.OUT_PORT).orElse(0L);
    if (port == UPLINK_PORT && !node.isHost()) {
      return to + " is outside";
    }
    return owner(to)
        + (port == TUNNEL_PORT
            ? " is on " + node(written(flow, Field.TUN_DST).orElse(0L))
            : " is here, at port " + port);
  }

  private static Optional<Long> written(Flow flow, Field field) {
    for (Action action : flow.actions()) {
      if (action instanceof Action.SetField(Field written, long value) && written == field) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private GatewayGroup group(long id) {
    return overlay.gateways().values().stream()
        .filter(g -> g.groupId() == id)
        .findFirst()
        .orElseThrow();
  }

  private static String words(Gateway gateway) {
    String kind = gateway.kind() == Gateway.Kind.INTERNET ? "internet" : "backbone";
    return "the " + kind + " gateway " + gateway.name();
  }

  private String node(long underlay) {
    return overlay.nodes().values().stream()
        .filter(n -> n.underlay().value() == underlay)
        .map(Node::name)
        .findFirst()
        .orElse(new Ipv4(underlay).toString());
  }

  private String gateway(Met met) {
    Optional<FlowGroup.Bucket> choice = met.choice();
    if (choice.isEmpty()) {
      return "no gateway node";
    }
    String name = "";
    for (Action action : choice.get().actions()) {
      if (action instanceof Action.SetField(Field field, long value) && field == Field.TUN_DST) {
        name = node(value);
      }
    }
    String all =
        overlay.gateways().values().stream()
            .filter(g -> g.declaration().equals(met.flow().orElseThrow().declaration()))
            .flatMap(g -> g.choices().stream())
            .map(c -> c.node().name())
            .collect(Collectors.joining(", "));
    return name.equals(all) ? "takes " + name : "the addresses choose one of " + all;
  }

  private static String commit(Met met) {
    for (Action action : met.flow().map(Flow::actions).orElseThrow()) {
      if (action instanceof Action.Conntrack(_, _, Action.Nat.Source(Ipv4 source), _)) {
        return "remembers the connection; it leaves as " + source;
      }
    }
    return "remembers the connection and its rule";
  }

  private String output(Node node, Met met) {
    return switch (met.outPort()) {
      case TUNNEL_PORT -> "into the tunnel to " + node(met.tunnelPeer().value());
      case UPLINK_PORT -> "out of the uplink";
      default ->
          "to port "
              + met.outPort()
              + member(node, met.outPort()).map(m -> ", " + m.id()).orElse("");
    };
  }
}
