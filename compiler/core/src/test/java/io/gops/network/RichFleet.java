package io.gops.network;

import io.gops.deployment.SampleFleet;
import io.gops.fleet.Endpoint;
import io.gops.fleet.Fleet;
import io.gops.fleet.Policy;
import io.gops.fleet.Port;
import io.gops.fleet.Ports;
import io.gops.fleet.Side;
import io.gops.source.Origins;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The sample fleet with a policy that uses every kind of rule: both verdicts, every endpoint,
/// ranges of ports, rules that overlap and rules that win by their order.
public final class RichFleet {
  private RichFleet() {}

  /// @param zonesPerGame zones of each of the two games
  public static Fleet of(int zonesPerGame) {
    SortedMap<String, Policy> policies = new TreeMap<>();
    policies.put("rich", policy("rich", "wuxia", "clx"));
    policies.put("plain", policy("plain", "racing", "racing"));
    return withPolicies(SampleFleet.of(zonesPerGame), policies);
  }

  /// The same fleet with other policies.
  public static Fleet withPolicies(Fleet f, SortedMap<String, Policy> policies) {
    return new Fleet(
        f.name(),
        f.environment(),
        f.cluster(),
        f.pools(),
        f.hosts(),
        f.gateways(),
        f.vpcs(),
        f.services(),
        f.secrets(),
        f.games(),
        f.zoneSets(),
        f.zones(),
        policies,
        f.directories(),
        f.windows(),
        f.releases(),
        f.expectations(),
        f.origins());
  }

  private static Policy policy(String name, String vpc, String game) {
    Endpoint all = new Endpoint.Servers(game, game, Optional.empty(), Optional.empty());
    Endpoint a = new Endpoint.Servers(game + ".a", game, Optional.empty(), Optional.of(Side.A));
    Endpoint b =
        new Endpoint.ZoneServers(
            game + "-main.b", game + "-main", Optional.of("engine"), Optional.of(Side.B));
    Endpoint internet = new Endpoint.Internet("internet");
    Endpoint db = new Endpoint.Service("db", "db");
    Endpoint whole = new Endpoint.WholeVpc("vpc." + vpc, vpc);
    List<Policy.Rule> rules = new ArrayList<>();
    add(rules, false, a, b, Ports.ANY);
    add(rules, true, a, a, tcp(7001, 7002, 7003));
    add(rules, false, b, internet, tcp(443));
    add(rules, true, all, internet, tcp(80, 443));
    add(rules, true, internet, all, tcp(7001));
    add(rules, true, all, db, tcp(3306));
    add(rules, true, b, whole, udp(5353));
    add(rules, true, b, a, Ports.ANY);
    return new Policy(name, vpc, rules, Origins.NONE);
  }

  private static void add(
      List<Policy.Rule> rules, boolean allow, Endpoint from, Endpoint to, Ports ports) {
    String line = (allow ? "allow " : "deny ") + from.text() + " -> " + to.text();
    Place place = new Place(new SourceFile("rich.gops", line + "\n"), new Span(0, line.length()));
    rules.add(new Policy.Rule(allow, from, to, ports, place));
  }

  private static Ports tcp(int... numbers) {
    return ports(Port.Protocol.TCP, numbers);
  }

  private static Ports udp(int... numbers) {
    return ports(Port.Protocol.UDP, numbers);
  }

  private static Ports ports(Port.Protocol protocol, int... numbers) {
    List<Ports.Match> matches = new ArrayList<>();
    for (int number : numbers) {
      matches.add(new Ports.Match(protocol, number));
    }
    return new Ports(false, matches);
  }
}
