package io.gops.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compiled;
import io.gops.fleet.Port;
import io.gops.fleet.Side;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.PublicAddress;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import io.gops.openvswitch.LoginSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Packets through the generated files of a fleet of two hosts and a gateway, over VXLAN.
@Tag("packets")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PacketTest {
  private static final int CLIENT = 7001;
  private static final int FRONT = 8000;
  private static final int ADMIN = 3000;

  /// Longer than a lost packet takes to be sent again.
  private static final Duration PATIENCE = Duration.ofMillis(3500);

  private static final Duration IN_VAIN = Duration.ofMillis(1200);

  private Path directory;
  private EmulatedFleet fleet;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    fleet = EmulatedFleet.start(folder("source"), directory.resolve("out"));
    for (Member member : fleet.members()) {
      for (int port : List.of(CLIENT, FRONT, ADMIN)) {
        fleet.listen(member.id(), port);
      }
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
  }

  /// The fleet in a folder of its own.
  private Path folder(String name) throws IOException {
    Path folder = directory.resolve(name);
    Files.createDirectories(folder.resolve("lock"));
    copy("fleet.gops", folder.resolve("fleet.gops"));
    copy("lab.lock", folder.resolve("lock/lab.lock"));
    return folder;
  }

  private static void copy(String resource, Path to) throws IOException {
    try (var in = PacketTest.class.getResourceAsStream(resource)) {
      Files.copy(in, to);
    }
  }

  @Test
  @Order(1)
  void equalAddressesOfTwoVpcsStayApart() throws Exception {
    Member alpha = fleet.member("clx-10001-a/0");
    Member beta = fleet.member("shadow-21/0");
    assertEquals(alpha.nic().address(), beta.nic().address());
    assertEquals(alpha.nic().mac(), beta.nic().mac());
    assertEquals(alpha.host(), beta.host());
    assertEquals(fleet.member("lobby-11/0").address(), fleet.member("shadow-22/0").address());
    assertEquals(Optional.of("lobby-11/0"), whoAnswers("clx-10001-a/0", "10.0.0.21", FRONT));
    assertEquals(Optional.of("shadow-22/0"), whoAnswers("shadow-21/0", "10.0.0.21", CLIENT));
    assertEquals(Optional.of("shadow-21/0"), whoAnswers("shadow-22/0", "10.0.0.11", CLIENT));
    // Only the other VPC has this address.
    assertEquals(Optional.empty(), whoAnswers("shadow-22/0", "10.0.0.13", CLIENT));
  }

  /// Each server tries each port of each server of its VPC.
  @Test
  @Order(2)
  void connectionsAreThoseThatThePolicyAllows() throws Exception {
    PolicyOracle oracle = new PolicyOracle(fleet.compiled().deployment());
    List<Callable<String>> attempts = new ArrayList<>();
    for (Member from : fleet.members()) {
      for (Member to : fleet.members()) {
        if (from.nic().vpc().equals(to.nic().vpc()) && !from.id().equals(to.id())) {
          for (int port : List.of(CLIENT, FRONT, ADMIN)) {
            Service service = Service.of(Port.Protocol.TCP, port);
            boolean allowed =
                oracle.allows(
                    from.nic().vpc(), new Peer.Server(from), new Peer.Server(to), service);
            Optional<String> wanted = allowed ? Optional.of(to.id()) : Optional.empty();
            attempts.add(
                () -> {
                  Optional<String> got = whoAnswers(from.id(), to.address().toString(), port);
                  return wanted.equals(got)
                      ? ""
                      : from.id() + " -> " + to.id() + ":" + port + " " + got;
                });
          }
        }
      }
    }
    List<String> wrong = new ArrayList<>(atOnce(attempts));
    wrong.removeIf(String::isEmpty);
    assertEquals(List.of(), wrong);
    System.out.println("packets: " + attempts.size() + " connections tried, verdicts as allowed");
  }

  @Test
  @Order(3)
  void aServerUsesItsOwnAddressesOnly() throws Exception {
    Namespace lobby = fleet.server("lobby-11/0");
    String server = fleet.member("clx-10001-a/0").address().toString();
    lobby.ip("addr", "add", "10.0.0.22/32", "dev", "eth0");
    try {
      assertTrue(
          Conversation.open(lobby, Optional.of("10.0.0.22"), server, CLIENT, IN_VAIN).isEmpty());
      assertTrue(
          Conversation.open(lobby, Optional.of("10.0.0.21"), server, CLIENT, PATIENCE).isPresent());
    } finally {
      lobby.ip("addr", "del", "10.0.0.22/32", "dev", "eth0");
    }
    String mac = fleet.member("lobby-11/0").nic().mac();
    mac(lobby, "0a:58:0a:00:00:63");
    try {
      assertEquals(Optional.empty(), whoAnswers("lobby-11/0", server, CLIENT));
    } finally {
      mac(lobby, mac);
    }
    assertEquals(Optional.of("clx-10001-a/0"), whoAnswers("lobby-11/0", server, CLIENT));
  }

  private static void mac(Namespace server, String mac) throws Exception {
    server.ip("link", "set", "eth0", "address", mac);
    server.ip("route", "replace", "default", "dev", "eth0");
  }

  @Test
  @Order(4)
  void aSwitchOfSidesMovesNewLoginsAndLosesNoSession() throws Exception {
    LoginGroup login = login("10001");
    String inside = login.address().address().toString();
    String outside = login.publicAddress().orElseThrow().address().toString();
    List<Conversation> sessions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sessions.add(talk(fleet.server("lobby-11/0"), inside));
      sessions.add(talk(fleet.internet(), outside));
    }
    for (Conversation session : sessions) {
      assertEquals("clx-10001-a/0", session.partner());
    }
    Chatter chatter = new Chatter(sessions);
    toSide(login, Side.B);
    awaitLogins("lobby-11/0", inside, "clx-10001-b/0");
    List<Conversation> fresh = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      fresh.add(talk(fleet.server("lobby-11/0"), inside));
      fresh.add(talk(fleet.internet(), outside));
    }
    for (Conversation session : fresh) {
      assertEquals("clx-10001-b/0", session.partner());
    }
    // A change of the tables in the middle of it is no reason to lose anybody either.
    for (String node : fleet.compiled().overlay().nodes().keySet()) {
      fleet.apply(node);
    }
    chatter.stop();
    sessions.addAll(fresh);
    for (Conversation session : sessions) {
      assertTrue(session.answers(PATIENCE), session.partner());
      session.close();
    }
    System.out.println(
        "packets: "
            + sessions.size()
            + " sessions over a switch of sides, 0 lost; "
            + chatter.lines()
            + " lines, longest wait "
            + chatter.longestMillis()
            + " ms");
    toSide(login, Side.A);
  }

  @Test
  @Order(5)
  void publicAddressesLeadInAndHideWhoGoesOut() throws Exception {
    Optional<PublicAddress> address = login("10002").publicAddress();
    try (Conversation in = talk(fleet.internet(), address.orElseThrow().address().toString())) {
      assertEquals("clx-10002-a/0", in.partner());
      assertEquals(EmulatedFleet.PLAYER, in.seenAs());
    }
    String gateway = address.orElseThrow().node();
    String translated =
        fleet
            .compiled()
            .overlay()
            .vpc("alpha")
            .attachments()
            .getFirst()
            .translated()
            .get(gateway)
            .toString();
    try (EchoServer web = EchoServer.tcp(fleet.internet(), "web", 80)) {
      for (String server : List.of("clx-10001-a/0", "clx-10002-b/0")) {
        try (Conversation out =
            Conversation.open(fleet.server(server), EmulatedFleet.PLAYER, 80, PATIENCE)
                .orElseThrow()) {
          assertEquals("web", out.partner());
          assertEquals(translated, out.seenAs());
        }
      }
      // No rule lets lobbies out, and nobody comes in by the address that servers go out with.
      assertTrue(
          Conversation.open(fleet.server("lobby-11/0"), EmulatedFleet.PLAYER, 80, IN_VAIN)
              .isEmpty());
      assertTrue(Conversation.open(fleet.internet(), translated, CLIENT, IN_VAIN).isEmpty());
    }
  }

  @Test
  @Order(6)
  void theLargestInnerPacketPassesAndOneByteMoreDoesNot() throws Exception {
    int largest = fleet.compiled().overlay().vpc("alpha").vpc().mtu();
    String to = fleet.member("clx-10001-a/0").address().toString();
    Namespace lobby = fleet.server("lobby-11/0");
    lobby.ip("link", "set", "eth0", "mtu", "" + (largest + 50));
    // IPv4 and UDP headers.
    try (EchoServer echo = EchoServer.udp(fleet.server("clx-10001-a/0"), CLIENT);
        Beacon fits = new Beacon(lobby, to, CLIENT, largest - 28);
        Beacon tooLong = new Beacon(lobby, to, CLIENT, largest - 27)) {
      assertTrue(fits.answers(3, PATIENCE));
      // The underlay drops it without a word, which is why the compiler compares the two.
      assertFalse(tooLong.answers(1, IN_VAIN));
    } finally {
      lobby.ip("link", "set", "eth0", "mtu", "" + largest);
    }
  }

  /// A server moves to another host and keeps its address: its partners need not know.
  @Test
  @Order(7)
  void anAddressMovesToAnotherHostInLessThanASecond() throws Exception {
    Path folder = folder("moved");
    Files.writeString(
        folder.resolve("lock/lab.lock"),
        fleet
            .compiled()
            .newLock()
            .print()
            .replace("placement fleet 10001 hv1\n", "placement fleet 10001 hv2\n"));
    Compiled moved = EmulatedFleet.compile(folder);
    String server = "clx-10001-a/0";
    String address = fleet.member(server).address().toString();
    try (EchoServer echo = EchoServer.udp(fleet.server(server), CLIENT);
        Beacon local = new Beacon(fleet.server("lobby-12/0"), address, CLIENT, 16);
        Beacon remote = new Beacon(fleet.server("lobby-11/0"), address, CLIENT, 16);
        Conversation session = talk(fleet.server("lobby-11/0"), address)) {
      long outage = Long.MAX_VALUE;
      // A busy machine stretches what the scripts do, so the best of a few moves counts.
      for (int i = 0; i < 3 && outage > 1000; i++) {
        local.start();
        remote.start();
        fleet.move(server, "hv1", "hv2", moved);
        try {
          assertTrue(session.answers(PATIENCE), "the session did not survive the move");
          local.awaitAnswer();
          remote.awaitAnswer();
          outage = Math.max(local.outageMillis(), remote.outageMillis());
        } finally {
          fleet.move(server, "hv2", "hv1", fleet.compiled());
        }
      }
      long best = outage;
      System.out.println("packets: an address moved to another host, out for " + best + " ms");
      assertTrue(best <= 1000, () -> best + " ms");
    }
  }

  /// What a crash of the switch takes away comes back by itself, the side that takes logins too.
  @Test
  @Order(8)
  void aSwitchThatStartsAgainGetsItsTablesBack() throws Exception {
    LoginGroup login = login("10001");
    String inside = login.address().address().toString();
    String host = fleet.member("lobby-11/0").host();
    toSide(login, Side.B);
    awaitLogins("lobby-11/0", inside, "clx-10001-b/0");
    fleet.apply(host);
    List<String> tables = fleet.tables(host);
    fleet.on(host).runInBackground("sh", fleet.kept(host, "apply.sh").toString(), "--watch");
    try (EchoServer echo = EchoServer.udp(fleet.server("clx-10001-b/0"), CLIENT);
        Beacon beacon =
            new Beacon(
                fleet.server("lobby-11/0"),
                fleet.member("clx-10001-b/0").address().toString(),
                CLIENT,
                16);
        Conversation session = talk(fleet.server("lobby-11/0"), inside)) {
      beacon.start();
      fleet.on(host).crash();
      Thread.sleep(200);
      fleet.on(host).revive();
      fleet.prepareUnderlay(fleet.compiled().overlay().node(host));
      fleet.warmUp();
      for (int i = 0; i < 100 && beacon.silentMillis() > 100; i++) {
        Thread.sleep(50);
      }
      System.out.println(
          "packets: a switch was killed and started, out for " + beacon.outageMillis() + " ms");
      assertTrue(beacon.silentMillis() <= 100, "nothing came back");
      assertEquals(tables, fleet.tables(host));
      assertEquals(Optional.of("clx-10001-b/0"), whoAnswers("lobby-11/0", inside, CLIENT));
      assertTrue(session.answers(PATIENCE), "the session is lost");
    } finally {
      toSide(login, Side.A);
    }
  }

  /// Twenty are sent and four may pass; the answers are not limited.
  @Test
  @Order(9)
  void aMeterLimitsWhatAServerSends() throws Exception {
    String to = fleet.member("clx-10002-a/0").address().toString();
    try (EchoServer echo = EchoServer.udp(fleet.server("clx-10002-a/0"), CLIENT);
        Beacon beacon = new Beacon(fleet.server("lobby-12/0"), to, CLIENT, 1_200)) {
      assertTrue(beacon.answers(50, PATIENCE));
      long rate = beacon.flood(20_000_000, Duration.ofSeconds(3));
      System.out.println("packets: 20 Mbit/s through a meter of 4: " + rate / 1_000 + " kbit/s");
      assertTrue(rate <= 5_500_000, () -> rate + " bit/s");
      assertTrue(rate >= 1_000_000, () -> rate + " bit/s");
    }
  }

  /// A rule that is gone takes its open connections with it, and nobody else's.
  @Test
  @Order(10)
  void aRevokedRuleCutsItsConnections() throws Exception {
    Path folder = folder("revoked");
    Path source = folder.resolve("fleet.gops");
    String rule = "  allow lobby      -> clx.engine:client\n";
    Files.writeString(source, Files.readString(source).replace(rule, ""));
    Path lock = folder.resolve("lock/lab.lock");
    Files.writeString(lock, fleet.compiled().newLock().print());
    Compiled revoked = EmulatedFleet.compile(folder);
    assertTrue(
        fleet.compiled().overlay().rules().size() > revoked.overlay().rules().size(),
        "the source has no such rule");
    String near = fleet.member("clx-10002-a/0").address().toString();
    String far = fleet.member("clx-10001-a/0").address().toString();
    String player = login("10002").publicAddress().orElseThrow().address().toString();
    try (Conversation local = talk(fleet.server("lobby-11/0"), near);
        Conversation remote = talk(fleet.server("lobby-11/0"), far);
        Conversation other = talk(fleet.internet(), player)) {
      assertTrue(local.answers(PATIENCE));
      assertTrue(remote.answers(PATIENCE));
      applyAll(revoked);
      assertFalse(local.answers(IN_VAIN), "to the same host");
      assertFalse(remote.answers(IN_VAIN), "to another host");
      assertTrue(other.answers(PATIENCE), "of another rule");
      assertEquals(Optional.empty(), whoAnswers("lobby-11/0", near, CLIENT));
    } finally {
      applyAll(fleet.compiled());
    }
    assertEquals(Optional.of("clx-10002-a/0"), whoAnswers("lobby-11/0", near, CLIENT));
  }

  /// The same fleet with the other encapsulation; it comes last, because open sessions are cut.
  @Test
  @Order(11)
  void geneveCarriesItToo() throws Exception {
    Path folder = folder("geneve");
    Path source = folder.resolve("fleet.gops");
    Files.writeString(
        source,
        Files.readString(source)
            .replace("enforce     = ovs\n", "enforce = ovs\n  tunnel = geneve\n"));
    Files.writeString(folder.resolve("lock/lab.lock"), fleet.compiled().newLock().print());
    applyAll(EmulatedFleet.compile(folder));
    for (String node : List.of("hv1", "hv2", "igw-1")) {
      assertTrue(
          fleet.on(node).run("ovs-vsctl", "get", "interface", "tun0", "type").contains("geneve"));
    }
    fleet.warmUp();
    String far = fleet.member("clx-10001-a/0").address().toString();
    String player = login("10001").publicAddress().orElseThrow().address().toString();
    try (Conversation remote = talk(fleet.server("lobby-11/0"), far);
        Conversation in = talk(fleet.internet(), player)) {
      assertEquals("clx-10001-a/0", remote.partner());
      assertEquals("clx-10001-a/0", in.partner());
    }
    assertEquals(Optional.of("shadow-21/0"), whoAnswers("shadow-22/0", "10.0.0.11", CLIENT));
    assertEquals(Optional.empty(), whoAnswers("shadow-22/0", "10.0.0.13", CLIENT));
  }

  private void applyAll(Compiled compiled) throws Exception {
    fleet.write(compiled);
    for (String node : compiled.overlay().nodes().keySet()) {
      fleet.apply(node);
    }
  }

  private LoginGroup login(String group) {
    return fleet.compiled().overlay().loginGroups().get(group);
  }

  /// The switch forgets at its own pace where it has sent equal packets before: milliseconds, more
  /// on a busy machine.
  private void awaitLogins(String from, String to, String side) throws Exception {
    for (int i = 0; i < 20 && !whoAnswers(from, to, CLIENT).equals(Optional.of(side)); i++) {
      Thread.sleep(100);
    }
  }

  private void toSide(LoginGroup login, Side side) throws Exception {
    for (String node : login.carriers()) {
      fleet
          .on(node)
          .run(
              "ovs-ofctl",
              "-OOpenFlow15",
              "--may-create",
              "mod-group",
              "br-int",
              LoginSwitch.toSide(login, side));
    }
  }

  private static Conversation talk(Namespace from, String to) throws IOException {
    return Conversation.open(from, to, CLIENT, PATIENCE).orElseThrow();
  }

  private Optional<String> whoAnswers(String from, String to, int port) throws IOException {
    Optional<Conversation> made = Conversation.open(fleet.server(from), to, port, IN_VAIN);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    try (Conversation conversation = made.get()) {
      return Optional.of(conversation.partner());
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
