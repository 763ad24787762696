package io.gops.deployment;

import io.gops.fleet.Amounts;
import io.gops.fleet.Cidr;
import io.gops.fleet.Cluster;
import io.gops.fleet.Container;
import io.gops.fleet.Directory;
import io.gops.fleet.Endpoint;
import io.gops.fleet.EnvValue;
import io.gops.fleet.Exposure;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Gateway;
import io.gops.fleet.HealthCheck;
import io.gops.fleet.Host;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Image;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Limits;
import io.gops.fleet.Pair;
import io.gops.fleet.Percent;
import io.gops.fleet.Policy;
import io.gops.fleet.Pool;
import io.gops.fleet.Port;
import io.gops.fleet.Ports;
import io.gops.fleet.Probe;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Reload;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Rollouts;
import io.gops.fleet.Secret;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Vpc;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.fleet.ZoneSet;
import io.gops.source.Origins;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Two games with A/B pairs in two VPCs with the same CIDR, for tests below the language.
///
/// Game `clx` has the zones from 10001, game `racing` the zones from 20001, five pairs a host.
public final class SampleFleet {
  private static final Place PLACE =
      new Place(new SourceFile("sample.gops", "policy sample {}\n"), new Span(0, 13));

  private SampleFleet() {}

  /// A fleet with this many zones of each game, and just enough hosts.
  public static Fleet of(int zonesPerGame) {
    int hostCount = Math.max(2, Math.ceilDiv(2 * zonesPerGame, 5) + 1);
    SortedMap<String, Host> hosts = new TreeMap<>();
    for (int n = 1; n <= hostCount; n++) {
      Host host = host(n);
      hosts.put(host.name(), host);
    }
    Pool pool =
        new Pool(
            "hangzhou",
            "std",
            Pool.Sharing.PACKED,
            Map.of(Resource.MEMORY, new Percent(1000)),
            0,
            1,
            List.copyOf(hosts.keySet()),
            Origins.NONE);
    SortedMap<Integer, Zone> zones = new TreeMap<>();
    SortedMap<String, ZoneSet> sets = new TreeMap<>();
    addZones(zones, sets, "clx", "clx-main", "wuxia", 10_000, zonesPerGame);
    addZones(zones, sets, "racing", "racing-main", "racing", 20_000, zonesPerGame);
    return new Fleet(
        "sample",
        "default",
        cluster(),
        sorted(Map.of(pool.key(), pool)),
        hosts,
        sorted(Map.of("igw-hz", igw(), "bgw-hz", bgw())),
        sorted(Map.of("wuxia", vpc("wuxia"), "racing", vpc("racing"))),
        sorted(Map.of("db", database())),
        sorted(Map.of("clx-db", new Secret("clx-db", "clx-db", List.of("password"), Origins.NONE))),
        sorted(Map.of("clx", game("clx", "楚留香"), "racing", game("racing", "Racing"))),
        sets,
        zones,
        sorted(
            Map.of(
                "clx-traffic",
                policy("clx", "wuxia"),
                "racing-traffic",
                policy("racing", "racing"))),
        sorted(
            Map.of(
                "clx-zones",
                new Directory(
                    "clx-zones",
                    "clx",
                    List.of("http://127.0.0.1:2379"),
                    "/gops/clx/",
                    Origins.NONE))),
        new TreeMap<>(),
        releases(),
        List.of(),
        Origins.NONE);
  }

  private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
    return new TreeMap<>(map);
  }

  private static void addZones(
      SortedMap<Integer, Zone> zones,
      SortedMap<String, ZoneSet> sets,
      String game,
      String set,
      String vpc,
      int base,
      int count) {
    Pair pair = new Pair(Side.A, Pair.Standby.STOPPED, Pair.Switch.VIP, Origins.NONE);
    ZoneBody body =
        new ZoneBody(
            game,
            "1.8.3",
            "hangzhou.std",
            Optional.of(vpc),
            3000,
            50,
            Optional.of(pair),
            Optional.empty(),
            new TreeMap<>(),
            Limits.NONE,
            Origins.NONE);
    sets.put(set, new ZoneSet(set, body, Origins.NONE));
    for (int n = 1; n <= count; n++) {
      zones.put(base + n, new Zone(base + n, set, body));
    }
  }

  private static Host host(int n) {
    return new Host(
        "hz-g%03d".formatted(n),
        "hangzhou.std",
        new Ipv4(Ipv4.parse("10.1.0.10").value() + n),
        new Amounts(
            Map.of(
                Resource.CPU, 64_000L,
                Resource.MEMORY, 256L << 30,
                Resource.EGRESS, 25_000_000_000L,
                Resource.PODS, 110L)),
        Amounts.of(Resource.MEMORY, 8L << 30),
        "rack-" + (n % 4),
        Host.State.ACTIVE,
        Origins.NONE);
  }

  private static Cluster cluster() {
    return new Cluster(
        "hz",
        "1.34",
        "1.9",
        "1.0.0",
        new TreeSet<>(),
        Cluster.Cni.OVS,
        Cluster.Enforce.OVS,
        new Cluster.PortRange(8000, 9000),
        new TreeMap<>(),
        List.of(),
        Optional.empty(),
        Rollouts.USUAL,
        new TreeMap<>(),
        Origins.NONE);
  }

  private static Gateway igw() {
    return new Gateway(
        "igw-hz",
        Gateway.Kind.INTERNET,
        List.of(
            new Gateway.Node("igw-1", Ipv4.parse("10.1.1.1")),
            new Gateway.Node("igw-2", Ipv4.parse("10.1.1.2"))),
        new Amounts(
            Map.of(
                Resource.EGRESS, 10_000_000_000L,
                Resource.PACKETS, 8_000_000L,
                Resource.CONNECTIONS, 5_000_000L)),
        List.of(new Cidr(Ipv4.parse("203.0.113.0"), 24)),
        List.of(),
        Limits.NONE,
        Origins.NONE);
  }

  private static Gateway bgw() {
    return new Gateway(
        "bgw-hz",
        Gateway.Kind.BACKBONE,
        List.of(new Gateway.Node("bgw-1", Ipv4.parse("10.1.1.11"))),
        Amounts.NONE,
        List.of(new Cidr(Ipv4.parse("10.255.0.0"), 24)),
        List.of(new Cidr(Ipv4.parse("172.16.0.0"), 12)),
        Limits.NONE,
        Origins.NONE);
  }

  private static Vpc vpc(String name) {
    return new Vpc(
        name,
        new Cidr(Ipv4.parse("10.20.0.0"), 16),
        1450,
        Optional.of("igw-hz"),
        Optional.of("bgw-hz"),
        List.of(),
        Origins.NONE);
  }

  private static ExternalService database() {
    return new ExternalService(
        "db",
        List.of(new Cidr(Ipv4.parse("172.16.5.0"), 24)),
        Optional.of("bgw-hz"),
        List.of(new Port("mysql", 3306, Port.Protocol.TCP, Origins.NONE)),
        Origins.NONE);
  }

  private static Game game(String name, String display) {
    SortedMap<String, Role> roles = sorted(Map.of("engine", role()));
    SortedMap<String, Version> versions = new TreeMap<>();
    versions.put("1.8.3", version(name, "1.8.3", Optional.empty(), "1.8.3", "v42", roles));
    versions.put(
        "1.8.3-hot1", version(name, "1.8.3-hot1", Optional.of("1.8.3"), "1.8.3", "v43", roles));
    versions.put("1.8.4", version(name, "1.8.4", Optional.of("1.8.3"), "1.8.4", "v44", roles));
    return new Game(
        name, display, "sre-" + name, name, roles, versions, new TreeMap<>(), Origins.NONE);
  }

  private static Version version(
      String game,
      String name,
      Optional<String> parent,
      String engine,
      String scripts,
      SortedMap<String, Role> roles) {
    String registry = "registry.example.com/" + game;
    return new Version(
        name,
        parent,
        sorted(
            Map.of(
                "engine", Image.parse(registry + "/engine:" + engine + digest(engine)),
                "scripts", Image.parse(registry + "/scripts:" + scripts + digest(scripts)))),
        roles,
        Origins.NONE);
  }

  /// Another digest for each tag, as builds have it.
  private static String digest(String tag) {
    return "@sha256:" + "%08x".formatted(tag.hashCode()).repeat(8);
  }

  private static Role role() {
    return new Role(
        "engine",
        true,
        1,
        List.of(engine()),
        List.of(
            new HotUpdate(
                "scripts",
                "/app/scripts",
                List.of(new HotUpdate.EngineMount("engine", "/srv/game/scripts")),
                new Reload.Http("engine", "admin", "/reload", Duration.ofSeconds(1)),
                Origins.NONE)),
        List.of(),
        new TreeMap<>(),
        profile(),
        List.of(
            new Probe(
                "online",
                "engine",
                List.of("/app/players.sh"),
                Duration.ofSeconds(10),
                true,
                Optional.empty(),
                Optional.empty(),
                Origins.NONE)),
        List.<Exposure>of(),
        List.of(),
        List.of(),
        Optional.of(Duration.ofSeconds(90)),
        Origins.NONE);
  }

  private static Container engine() {
    return new Container(
        "engine",
        List.of(
            new Port("client", 7001, Port.Protocol.TCP, Origins.NONE),
            new Port("admin", 3000, Port.Protocol.TCP, Origins.NONE)),
        List.of(),
        List.of(),
        sorted(Map.of("DB_PASSWORD", new EnvValue.SecretKey("clx-db", "password"))),
        List.of(),
        List.of(),
        Optional.of(
            new HealthCheck(
                new HealthCheck.Http("admin", "/healthz"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                3,
                Origins.NONE)),
        Optional.empty(),
        Optional.empty(),
        Origins.NONE);
  }

  private static Profile profile() {
    return new Profile(
        new Amounts(Map.of(Resource.CPU, 500L, Resource.MEMORY, 2L << 30)),
        new Amounts(
            Map.of(
                Resource.CPU, 2L,
                Resource.MEMORY, 8L << 20,
                Resource.EGRESS, 24_000L,
                Resource.PACKETS, 30L,
                Resource.CONNECTIONS, 1L)),
        Map.of(),
        Map.of(Resource.MEMORY, Percent.ALL),
        Amounts.of(Resource.CPU, 8),
        200,
        Percent.ZERO,
        Amounts.NONE,
        Profile.Traffic.NONE,
        Origins.NONE);
  }

  private static Policy policy(String game, String vpc) {
    Endpoint servers =
        new Endpoint.Servers(game + ".engine", game, Optional.of("engine"), Optional.empty());
    Endpoint a = new Endpoint.Servers(game + ".a", game, Optional.empty(), Optional.of(Side.A));
    Endpoint b = new Endpoint.Servers(game + ".b", game, Optional.empty(), Optional.of(Side.B));
    Ports client = tcp(7001);
    List<Policy.Rule> rules = new ArrayList<>();
    rules.add(new Policy.Rule(false, a, b, Ports.ANY, PLACE));
    rules.add(new Policy.Rule(false, b, a, Ports.ANY, PLACE));
    rules.add(new Policy.Rule(true, new Endpoint.Internet("internet"), servers, client, PLACE));
    rules.add(new Policy.Rule(true, servers, new Endpoint.Service("db", "db"), tcp(3306), PLACE));
    return new Policy(game + "-traffic", vpc, rules, Origins.NONE);
  }

  private static Ports tcp(int number) {
    return new Ports(false, List.of(new Ports.Match(Port.Protocol.TCP, number)));
  }

  private static SortedMap<String, Release> releases() {
    Release.Waves waves = new Release.Waves(3, new Percent(2500), 1);
    Release.Drain drain =
        new Release.Drain(
            List.of(
                new Release.Drain.Remaining(Duration.ZERO, Percent.ALL),
                new Release.Drain.Remaining(Duration.ofMinutes(30), new Percent(7000)),
                new Release.Drain.Remaining(Duration.ofHours(12), new Percent(200))),
            Duration.ofHours(12),
            new Percent(500));
    SortedMap<String, Release> releases = new TreeMap<>();
    releases.put(
        "clx-1-8-4",
        new Release.AbSwitch(
            "clx-1-8-4",
            List.of("clx-main"),
            "1.8.4",
            waves,
            Duration.ofMinutes(30),
            drain,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Origins.NONE));
    releases.put(
        "clx-hot1",
        new Release.HotReload(
            "clx-hot1",
            List.of("clx-main"),
            "1.8.3-hot1",
            waves,
            Duration.ofMinutes(5),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Origins.NONE));
    return releases;
  }
}
