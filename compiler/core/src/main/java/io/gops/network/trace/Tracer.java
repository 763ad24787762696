package io.gops.network.trace;

import io.gops.deployment.Deployment;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.network.AddressSet;
import io.gops.network.Attachment;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.Journey;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Follows the first packet of a connection through the tables of the fleet.
public final class Tracer {
  /// An address for documents (RFC 5737): stands for anybody on the internet.
  private static final Ipv4 ANYBODY = Ipv4.parse("198.51.100.7");

  private final Deployment deployment;
  private final Overlay overlay;
  private final Journey journey;
  private final PolicyOracle oracle;
  private final EndNames names;

  /// @param tables asked for the nodes on the way
  public Tracer(Deployment deployment, Overlay overlay, Function<String, NodeTables> tables) {
    this.deployment = deployment;
    this.overlay = overlay;
    this.journey = new Journey(overlay, tables);
    this.oracle = new PolicyOracle(deployment);
    this.names = new EndNames(deployment, overlay);
  }

  /// What came of a question.
  public sealed interface Answer {
    record Path(TracedPath path) implements Answer {}

    /// Nothing could be traced.
    ///
    /// @param why in one sentence
    record Unclear(String why) implements Answer {}
  }

  /// The way of a packet.
  public Answer trace(Question question) {
    Optional<EndNames.Meant> from = names.meant(question.from());
    Optional<EndNames.Meant> to = names.meant(question.to());
    if (from.isEmpty() || to.isEmpty()) {
      return unknown(from.isEmpty() ? question.from() : question.to());
    }
    Ends ends = new Ends(question);
    return switch (from.get()) {
      case EndNames.Meant.Servers servers -> ends.leave(servers.members(), to.get());
      case EndNames.Meant.Login login -> ends.leave(List.of(taker(login.login())), to.get());
      case EndNames.Meant.Internet _ -> ends.enter(ANYBODY, to.get());
      case EndNames.Meant.Service service -> ends.enter(example(service.service()), to.get());
      case EndNames.Meant.Address address -> ends.enter(address.address(), to.get());
    };
  }

  private Answer unknown(String name) {
    String meant = names.nearest(name).map(near -> "; did you mean " + near + "?").orElse("");
    return new Answer.Unclear(
        "nothing in the network of this fleet is called " + name + (meant.isEmpty() ? "" : meant));
  }

  /// A server that takes logins of a pair.
  private static Member taker(LoginGroup login) {
    return login.buckets().stream()
        .filter(bucket -> bucket.weight() > 0)
        .findFirst()
        .orElse(login.buckets().getFirst())
        .member();
  }

  private static Ipv4 example(ExternalService service) {
    AddressSet addresses = AddressSet.of(service.prefixes());
    return addresses.at(Math.min(1, addresses.size() - 1));
  }

  /// The ends of one question, on the way to become clear.
  private final class Ends {
    private final Question question;

    Ends(Question question) {
      this.question = question;
    }

    /// From a server.
    Answer leave(List<Member> from, EndNames.Meant to) {
      return switch (to) {
        case EndNames.Meant.Servers servers -> between(from, servers.members());
        case EndNames.Meant.Login login -> toLogin(from, login.login());
        case EndNames.Meant.Internet _ -> outward(from, ANYBODY, List.of());
        case EndNames.Meant.Service service ->
            outward(from, example(service.service()), service.service().ports());
        case EndNames.Meant.Address address -> outward(from, address.address(), List.of());
      };
    }

    private Answer between(List<Member> from, List<Member> to) {
      for (Member one : from) {
        for (Member other : to) {
          if (one.nic().vpc().equals(other.nic().vpc()) && !one.id().equals(other.id())) {
            TracedEnd.Server source = server(question.from(), one, from);
            TracedEnd.Server target = server(question.to(), other, to);
            return asking(
                source,
                target,
                ports(other),
                service ->
                    judged(source, target, service, journey.trace(one, other.address(), service)));
          }
        }
      }
      return apart(from, to);
    }

    private Answer apart(List<Member> from, List<Member> to) {
      Member one = from.getFirst();
      Member other = to.getFirst();
      if (one.id().equals(other.id())) {
        return new Answer.Unclear("a packet of " + one.id() + " to itself never leaves it");
      }
      TracedEnd.Server source = server(question.from(), one, from);
      TracedEnd.Server target = server(question.to(), other, to);
      return asking(
          source,
          target,
          ports(other),
          service ->
              new Answer.Path(
                  new TracedPath(
                      source,
                      target,
                      Optional.empty(),
                      service,
                      List.of(),
                      false,
                      "dropped: "
                          + one.id()
                          + " is in VPC "
                          + one.nic().vpc()
                          + ", "
                          + other.id()
                          + " in VPC "
                          + other.nic().vpc()
                          + ", and VPCs never meet",
                      remarks(source, target),
                      Optional.of(
                          TracedPath.Advice.of(
                              "no rule can allow it: put both into one VPC, or give the other a"
                                  + " public address")))));
    }

    private Answer toLogin(List<Member> from, LoginGroup login) {
      List<Member> inside =
          from.stream().filter(m -> m.nic().vpc().equals(login.address().vpc())).toList();
      if (inside.isEmpty()) {
        return apart(from, List.of(taker(login)));
      }
      Member one =
          inside.stream()
              .filter(m -> !m.workload().group().equals(login.group()))
              .findFirst()
              .orElse(inside.getFirst());
      TracedEnd.Server source = server(question.from(), one, from);
      TracedEnd target = new TracedEnd.Login(question.to(), login);
      return asking(
          source,
          target,
          ports(taker(login)),
          service ->
              judged(
                  source, target, service, journey.trace(one, login.address().address(), service)));
    }

    private Answer outward(List<Member> from, Ipv4 to, List<Port> declared) {
      Member one = from.getFirst();
      TracedEnd.Server source = server(question.from(), one, from);
      TracedEnd.Outside target = new TracedEnd.Outside(question.to(), to);
      return asking(
          source,
          target,
          declared,
          service -> judged(source, target, service, journey.trace(one, to, service)));
    }

    /// From outside of every VPC.
    Answer enter(Ipv4 from, EndNames.Meant to) {
      TracedEnd.Outside source = new TracedEnd.Outside(question.from(), from);
      return switch (to) {
        case EndNames.Meant.Servers servers -> inward(source, servers.members());
        case EndNames.Meant.Login login -> {
          TracedEnd target = new TracedEnd.Login(question.to(), login.login());
          yield inward(source, target, taker(login.login()));
        }
        case EndNames.Meant.Internet _, EndNames.Meant.Service _, EndNames.Meant.Address _ ->
            new Answer.Unclear(
                "neither "
                    + question.from()
                    + " nor "
                    + question.to()
                    + " is a server of this fleet, so no flow of it is on the way");
      };
    }

    /// Takes a server that the gateway leads to, if one of them is such.
    private Answer inward(TracedEnd.Outside source, List<Member> to) {
      Member one =
          to.stream()
              .filter(member -> entrance(source.address(), member).isPresent())
              .findFirst()
              .orElse(to.getFirst());
      return inward(source, server(question.to(), one, to), one);
    }

    private Answer inward(TracedEnd.Outside source, TracedEnd target, Member member) {
      return asking(
          source,
          target,
          ports(member),
          service ->
              entrance(source.address(), member)
                  .map(
                      entrance ->
                          judged(
                              source,
                              target,
                              service,
                              journey.trace(
                                  entrance.node(), source.address(), entrance.address(), service)))
                  .orElseGet(() -> noEntrance(source, target, member, service)));
    }

    private Answer noEntrance(
        TracedEnd.Outside source, TracedEnd target, Member member, Service service) {
      VpcNetwork vpc = overlay.vpc(member.nic().vpc());
      String why =
          attachment(vpc, source.address())
              .map(
                  a ->
                      a.gateway().gateway().kind() == Gateway.Kind.INTERNET
                          ? member.id() + " has no public address, because no rule opens it"
                          : "the gateway "
                              + a.gateway().name()
                              + " translates, so nothing enters VPC "
                              + vpc.name()
                              + " through it")
              .orElse("VPC " + vpc.name() + " is joined to no gateway that leads there");
      return new Answer.Path(
          new TracedPath(
              source,
              target,
              Optional.of(vpc.name()),
              service,
              List.of(),
              false,
              "dropped: " + why,
              remarks(source, target),
              advice(source, target, vpc, service)));
    }

    /// Finds out what is asked for, and answers.
    private Answer asking(
        TracedEnd from, TracedEnd to, List<Port> declared, Function<Service, Answer> answer) {
      if (question.port().isEmpty()) {
        return answer.apply(likely(from, to, declared));
      }
      return switch (Services.of(question.port().get(), declared)) {
        case Services.Asked.Found found -> answer.apply(found.service());
        case Services.Asked.Unknown unknown -> new Answer.Unclear(unknown.why());
      };
    }

    private Answer judged(TracedEnd from, TracedEnd to, Service service, List<Journey.Way> ways) {
      VpcNetwork vpc = vpc(from, to);
      // A way that fails is worth more than those that do not.
      Journey.Way way = ways.stream().filter(w -> !arrived(w)).findFirst().orElse(ways.getFirst());
      StepText words =
          new StepText(
              overlay,
              vpc,
              oracle
                  .decides(vpc.name(), peer(from), peer(to), service)
                  .filter(rule -> !rule.allow()));
      List<TracedPath.Hop> hops =
          way.hops().stream()
              .map(
                  hop ->
                      new TracedPath.Hop(
                          hop.node(),
                          hop.met().stream()
                              .map(
                                  met ->
                                      new TracedPath.Step(
                                          met.table(),
                                          words.of(overlay.node(hop.node()), met),
                                          met.flow()))
                              .toList()))
              .toList();
      boolean isDelivered = arrived(way);
      return new Answer.Path(
          new TracedPath(
              from,
              to,
              Optional.of(vpc.name()),
              service,
              hops,
              isDelivered,
              verdict(way, hops),
              remarks(from, to),
              isDelivered ? Optional.empty() : advice(from, to, vpc, service)));
    }

    private Optional<TracedPath.Advice> advice(
        TracedEnd from, TracedEnd to, VpcNetwork vpc, Service service) {
      return Optional.of(new RuleAdvice(deployment, oracle, vpc).of(from, to, question, service));
    }
  }

  private static TracedEnd.Server server(String text, Member member, List<Member> alike) {
    return new TracedEnd.Server(text, member, alike.size());
  }

  private static List<String> remarks(TracedEnd from, TracedEnd to) {
    List<String> remarks = new ArrayList<>();
    for (TracedEnd end : List.of(from, to)) {
      if (end instanceof TracedEnd.Server(String text, Member member, int alike) && alike > 1) {
        remarks.add(member.id() + " stands for the " + alike + " servers of " + text);
      }
      if (end instanceof TracedEnd.Outside(String text, Ipv4 address)
          && !text.equals(address.toString())) {
        remarks.add(address + " stands for " + text);
      }
    }
    return remarks;
  }

  private static boolean arrived(Journey.Way way) {
    return way.end() instanceof Journey.End.Delivered || way.end() instanceof Journey.End.Left;
  }

  private static String verdict(Journey.Way way, List<TracedPath.Hop> hops) {
    return switch (way.end()) {
      case Journey.End.Delivered delivered ->
          "delivered to "
              + delivered.member().id()
              + " on "
              + delivered.member().host()
              + ", address "
              + delivered.destination();
      case Journey.End.Left left ->
          "delivered: "
              + left.node()
              + " sends it out, "
              + left.source()
              + " -> "
              + left.destination();
      case Journey.End.Dropped dropped -> {
        TracedPath.Step last = hops.getLast().steps().getLast();
        yield "dropped on "
            + dropped.node()
            + " in table "
            + last.table().number()
            + " "
            + last.table().label()
            + ": "
            + last.says();
      }
      case Journey.End.Lost lost -> "lost on " + lost.node() + ": sent to nobody";
    };
  }

  private VpcNetwork vpc(TracedEnd from, TracedEnd to) {
    return overlay.vpc(
        Stream.of(from, to).flatMap(end -> vpcOf(end).stream()).findFirst().orElseThrow());
  }

  private static Optional<String> vpcOf(TracedEnd end) {
    return switch (end) {
      case TracedEnd.Server server -> Optional.of(server.member().nic().vpc());
      case TracedEnd.Login login -> Optional.of(login.login().address().vpc());
      case TracedEnd.Outside _ -> Optional.empty();
    };
  }

  /// The ports that people know of a server: the exposed ones first.
  private static List<Port> ports(Member member) {
    return member.workload().role().containers().stream()
        .flatMap(container -> container.ports().stream())
        .toList();
  }

  /// What a connection would most likely ask for: a declared port that is allowed, any service that
  /// is allowed, a declared port, ICMP.
  private Service likely(TracedEnd from, TracedEnd to, List<Port> declared) {
    List<Service> known =
        declared.stream().map(port -> Service.of(port.protocol(), port.number())).toList();
    Optional<String> vpc = Stream.of(from, to).flatMap(end -> vpcOf(end).stream()).findFirst();
    Stream<Service> all =
        Stream.concat(known.stream(), vpc.stream().flatMap(v -> oracle.services(v).stream()));
    return all.filter(service -> oracle.allows(vpc.orElseThrow(), peer(from), peer(to), service))
        .findFirst()
        .or(() -> known.stream().findFirst())
        .orElse(Service.ICMP);
  }

  static Peer peer(TracedEnd end) {
    return switch (end) {
      case TracedEnd.Server server -> new Peer.Server(server.member());
      case TracedEnd.Login login -> new Peer.Server(taker(login.login()));
      case TracedEnd.Outside outside -> new Peer.Outside(outside.address());
    };
  }

  /// Where packets for a server come in from outside.
  private record Entrance(String node, Ipv4 address) {}

  private Optional<Entrance> entrance(Ipv4 from, Member member) {
    VpcNetwork vpc = overlay.vpc(member.nic().vpc());
    Optional<Attachment> attachment = attachment(vpc, from);
    if (attachment.isEmpty()) {
      return Optional.empty();
    }
    if (attachment.get().gateway().gateway().kind() == Gateway.Kind.INTERNET) {
      return overlay.publicAddresses().stream()
          .filter(address -> leadsTo(address, member))
          .findFirst()
          .map(address -> new Entrance(address.node(), address.address()));
    }
    return attachment.get().isTranslated() || attachment.get().gateway().choices().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Entrance(
                attachment.get().gateway().choices().getFirst().node().name(), member.address()));
  }

  private static Optional<Attachment> attachment(VpcNetwork vpc, Ipv4 address) {
    return vpc.attachments().stream().filter(a -> a.reach().contains(address)).findFirst();
  }

  private static boolean leadsTo(PublicAddress address, Member member) {
    return address.name().equals(member.id()) || address.name().equals(member.workload().group());
  }
}
