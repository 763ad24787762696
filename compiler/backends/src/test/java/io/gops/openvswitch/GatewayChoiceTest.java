package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.network.GatewayGroup;
import io.gops.network.Member;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Field;
import io.gops.network.flow.FlowGroup;
import io.gops.network.verify.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which machine of a gateway a real switch picks: the same for the same two addresses, another one
/// when it is dead, and as few others as possible when one is added.
@Tag("ovs")
class GatewayChoiceTest {
  private static final Service HTTPS = Service.of(Port.Protocol.TCP, 443);
  private static final Pattern CHOSEN = Pattern.compile("set_field:([0-9.]+)->tun_dst");
  private static final int PAIRS = 600;

  @TempDir Path directory;

  @Test
  void aDeadMachineIsLeftOutAndNobodyElseMoves() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(2));
    Member from = sample.overlay().vpc("wuxia").members().getFirst();
    List<GatewayGroup.Choice> choices = sample.overlay().gateways().get("igw-hz").choices();
    assertEquals(2, choices.size());
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      PrivateSwitch it = fleet.on(from.host());
      List<String> nobodyKnown = chosen(fleet, from);
      assertEquals(2, nobodyKnown.stream().distinct().count(), () -> "" + nobodyKnown);

      for (GatewayGroup.Choice choice : choices) {
        // A port without a session lives as long as it is up, so this tells what BFD would.
        it.run("ovs-vsctl", "set", "interface", session(choice), "bfd:enable=false");
      }
      assertEquals(nobodyKnown, chosen(fleet, from), "with all known to live");

      for (GatewayGroup.Choice dead : choices) {
        String name = "uplink " + dead.node().name();
        port(it, dead, "down");
        List<String> left = chosen(fleet, from, choice -> !choice.contains(name));
        port(it, dead, "up");
        assertEquals(nobodyKnown, chosen(fleet, from, nobodyKnown::equals), "alive again");
        for (int pair = 0; pair < left.size(); pair++) {
          assertNotEquals(name, left.get(pair));
          if (!nobodyKnown.get(pair).equals(name)) {
            assertEquals(nobodyKnown.get(pair), left.get(pair));
          }
        }
      }

      port(it, choices.getFirst(), "down");
      assertNotEquals(nobodyKnown, chosen(fleet, from, Predicate.not(nobodyKnown::equals)));
      port(it, choices.getLast(), "down");
      assertEquals(
          nobodyKnown, chosen(fleet, from, nobodyKnown::equals), "with all known to be dead");
    }
  }

  /// Each end asks the other, by ports that carry nothing else.
  @Test
  void bothEndsHaveASession() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(2));
    Member from = sample.overlay().vpc("wuxia").members().getFirst();
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      for (GatewayGroup.Choice choice : sample.overlay().gateways().get("igw-hz").choices()) {
        String here = sessions(fleet.on(from.host()));
        assertTrue(here.contains(choice.node().underlay().toString()), here);
        String there = sessions(fleet.on(choice.node().name()));
        Ipv4 host = sample.overlay().node(from.host()).underlay();
        assertTrue(there.contains(host.toString()), there);
      }
      String before = sessions(fleet.on(from.host()));
      PrivateSwitch it = fleet.on(from.host());
      String[] gone = {"bfd09090909", "type=vxlan", "options:remote_ip=9.9.9.9", "bfd:enable=true"};
      it.run(
          "ovs-vsctl",
          "add-port",
          "br-int",
          gone[0],
          "--",
          "set",
          "interface",
          gone[0],
          gone[1],
          gone[2],
          gone[3]);
      assertNotEquals(before, sessions(it));
      it.run("sh", fleet.file(from.host(), "ovs.sh"));
      assertEquals(before, sessions(it), "of a machine that is gone");
    }
  }

  @Test
  void anotherMachineTakesItsShareAndNobodyElseMoves() throws Exception {
    Assignments numbers = new Assignments(Lock.EMPTY);
    try (PrivateSwitch it = PrivateSwitch.start(directory.resolve("switch"))) {
      it.run(
          "ovs-vsctl",
          "add-br",
          "br",
          "--",
          "set",
          "bridge",
          "br",
          "datapath_type=dummy",
          "protocols=OpenFlow15",
          "--",
          "add-port",
          "br",
          "p1",
          "--",
          "set",
          "interface",
          "p1",
          "type=dummy",
          "ofport_request=1");
      choices(it, numbers, 1);
      it.run("ovs-ofctl", "-OOpenFlow15", "add-flow", "br", "ip,actions=group:1");
      List<String> before = choices(it, numbers, 1);
      for (int machines = 2; machines <= 8; machines++) {
        List<String> after = choices(it, numbers, machines);
        String added = "10.1.1." + machines;
        int moved = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
          if (!before.get(pair).equals(after.get(pair))) {
            assertEquals(added, after.get(pair));
            moved++;
          }
        }
        int share = PAIRS / machines;
        int count = moved;
        int of = machines;
        assertTrue(
            moved >= share / 2 && moved <= share * 3 / 2,
            () -> count + " of " + PAIRS + " moved to the last of " + of);
        before = after;
      }
    }
  }

  /// What the pairs of addresses get from a gateway of some machines.
  private static List<String> choices(PrivateSwitch it, Assignments numbers, int machines)
      throws Exception {
    List<FlowGroup.Bucket> buckets = new ArrayList<>();
    for (int machine = 1; machine <= machines; machine++) {
      long id = numbers.claim("bucket", "gateway/igw", "igw-" + machine, 1, 65_000).orElseThrow();
      Ipv4 end = Ipv4.parse("10.1.1." + machine);
      buckets.add(
          new FlowGroup.Bucket(
              id,
              100,
              List.of(new Action.SetField(Field.TUN_DST, end.value()), new Action.Output(1))));
    }
    FlowGroup group = new FlowGroup(1, buckets, Declaration.builtin("test"));
    it.run(
        "ovs-ofctl", "-OOpenFlow15", "--may-create", "mod-group", "br", FlowText.groupLine(group));
    List<String> chosen = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      String packet =
          "in_port=1,tcp,nw_src=10.64.0.%d,nw_dst=198.51.%d.%d"
              .formatted(1 + pair % 20, pair % 11, pair / 20);
      Matcher matcher = CHOSEN.matcher(it.call("ofproto/trace", "br", packet));
      chosen.add(matcher.find() ? matcher.group(1) : "");
    }
    return chosen;
  }

  /// The machines by which a server reaches 24 addresses on the internet.
  private static List<String> chosen(TracedFleet fleet, Member from) throws Exception {
    List<String> chosen = new ArrayList<>();
    for (int last = 1; last <= 24; last++) {
      chosen.addAll(fleet.connect(from, Ipv4.parse("198.51.100." + last), HTTPS));
    }
    assertEquals(24, chosen.size());
    return chosen;
  }

  /// The same, as soon as the switch knows the state of its ports; after five seconds in any case.
  private static List<String> chosen(
      TracedFleet fleet, Member from, Predicate<List<String>> isKnown) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    List<String> chosen = chosen(fleet, from);
    while (!isKnown.test(chosen) && System.nanoTime() < end) {
      Thread.sleep(50);
      chosen = chosen(fleet, from);
    }
    return chosen;
  }

  private static String session(GatewayGroup.Choice choice) {
    return String.format(Locale.ROOT, "bfd%08x", choice.node().underlay().value());
  }

  private static void port(PrivateSwitch it, GatewayGroup.Choice choice, String state)
      throws Exception {
    String number = "" + choice.watch().orElseThrow();
    it.run("ovs-ofctl", "-OOpenFlow15", "mod-port", "br-int", number, state);
  }

  private static String sessions(PrivateSwitch it) throws Exception {
    return it.run(
            "ovs-vsctl", "--bare", "--columns=name,options,bfd", "find", "interface", "bfd!={}")
        .lines()
        .sorted()
        .toList()
        .toString();
  }
}
