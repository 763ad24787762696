package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.fleet.Side;
import io.gops.network.LimitedFleet;
import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.PublicAddress;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.NodeTables;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import io.gops.network.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generated files in real switches: they load as printed, and packets go where the policy says.
@Tag("ovs")
class SwitchTest {
  private static final Service CLIENT = Service.of(Port.Protocol.TCP, 7001);

  @TempDir Path directory;

  @Test
  void switchesForwardWhatThePolicyAllows() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(4));
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      assertSameTables(sample, fleet);
      assertEquals(List.of(), differences(sample, fleet));
      assertTrue(fleet.traces() >= 200, () -> fleet.traces() + " traces");
    }
  }

  @Test
  void noPacketCrossesVpcsThatShareAddresses() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(3));
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      for (VpcNetwork one : sample.overlay().vpcs().values()) {
        for (VpcNetwork two : sample.overlay().vpcs().values()) {
          for (Member from : one.members()) {
            for (Member to : two.members()) {
              if (!one.name().equals(two.name())) {
                for (String end : fleet.connect(from, to.address(), CLIENT)) {
                  assertTrue(
                      one.members().stream().anyMatch(m -> m.id().equals(end)),
                      () -> from.id() + " reached " + end);
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void aSwitchOfSidesMovesNewLogins() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(2));
    LoginGroup login = sample.overlay().loginGroups().get("10001");
    PublicAddress address = login.publicAddress().orElseThrow();
    Ipv4 player = Ipv4.parse("198.51.100.7");
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      PrivateSwitch gateway = fleet.on(address.node());
      List<String> a = List.of("clx-10001-a/0");
      assertEquals(a, fleet.enter(address.node(), player, address.address(), CLIENT));
      gateway.run(
          "ovs-ofctl",
          "-OOpenFlow15",
          "--may-create",
          "mod-group",
          "br-int",
          LoginSwitch.toSide(login, Side.B));
      List<String> b = List.of("clx-10001-b/0");
      assertEquals(b, fleet.enter(address.node(), player, address.address(), CLIENT));
      gateway.run("sh", fleet.file(address.node(), "apply.sh"));
      assertEquals(
          b,
          fleet.enter(address.node(), player, address.address(), CLIENT),
          "apply.sh must not undo a switch in progress");
      gateway.run("sh", fleet.file(address.node(), "apply.sh"), "--reset-logins");
      assertEquals(a, fleet.enter(address.node(), player, address.address(), CLIENT));
    }
  }

  @Test
  void whatTheSwitchShowsOfALostClauseTheVerifierReportsToo() throws Exception {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(4));
    SortedMap<String, NodeTables> broken = new TreeMap<>(sample.tables());
    NodeTables node = sample.tables().get("hz-g001");
    Flow clause =
        node.flows().stream()
            .filter(f -> f.isClause() && f.declaration().path().contains("allow_clx.a_->_clx.a"))
            .findFirst()
            .orElseThrow();
    List<Flow> flows = new ArrayList<>(node.flows());
    flows.remove(clause);
    broken.put("hz-g001", node.withFlows(flows));
    assertNotEquals(
        List.of(), Verification.of(sample.deployment(), sample.overlay(), broken).findings());
    try (TracedFleet fleet = new TracedFleet(sample, broken, directory)) {
      assertNotEquals(List.of(), differences(sample, fleet));
    }
  }

  @Test
  void limitsAreMetersThatPacketsPass() throws Exception {
    SampleOverlay sample = SampleOverlay.of(LimitedFleet.of(RichFleet.of(2)));
    try (TracedFleet fleet = new TracedFleet(sample, sample.tables(), directory)) {
      assertSameTables(sample, fleet);
      for (Node node : sample.overlay().nodes().values()) {
        String meters =
            fleet.on(node.name()).run("ovs-ofctl", "-OOpenFlow15", "dump-meters", "br-int");
        for (FlowMeter meter : sample.tables().get(node.name()).meters()) {
          assertTrue(
              meters
                  .replaceAll("\\s+", " ")
                  .contains(
                      "meter=%d kbps burst bands= type=drop rate=%d burst_size=%d"
                          .formatted(meter.id(), meter.kbps(), meter.burst())),
              meters);
        }
      }
      Member from = sample.overlay().vpc("wuxia").members().getFirst();
      String trace =
          fleet
              .on(from.host())
              .call(
                  "ofproto/trace",
                  "br-int",
                  "in_port=%d,tcp,dl_src=%s,nw_src=%s,nw_dst=172.16.0.1,tcp_dst=3306,nw_ttl=9"
                      .formatted(from.nic().ofport(), from.nic().mac(), from.address()),
                  "--ct-next",
                  "trk,new");
      assertEquals(2, trace.split("meter\\(", -1).length - 1, trace);
    }
  }

  /// Every host's and gateway's tables are what was printed.
  private static void assertSameTables(SampleOverlay sample, TracedFleet fleet) throws Exception {
    for (Node node : sample.overlay().nodes().values()) {
      String flows = fleet.file(node.name(), "flows.txt");
      assertEquals(
          "",
          fleet.on(node.name()).run("ovs-ofctl", "-OOpenFlow15", "diff-flows", "br-int", flows),
          node.name());
    }
  }

  /// Where the switches and the policy disagree about connections inside and out of VPC wuxia.
  private static List<String> differences(SampleOverlay sample, TracedFleet fleet)
      throws Exception {
    PolicyOracle oracle = new PolicyOracle(sample.deployment());
    List<String> differences = new ArrayList<>();
    VpcNetwork vpc = sample.overlay().vpc("wuxia");
    for (Member from : vpc.members().subList(0, 4)) {
      for (Service service : oracle.services(vpc.name())) {
        for (Member to : vpc.members()) {
          if (!to.id().equals(from.id())) {
            boolean allowed =
                oracle.allows(vpc.name(), new Peer.Server(from), new Peer.Server(to), service);
            List<String> wanted = allowed ? List.of(to.id()) : List.of();
            List<String> got = fleet.connect(from, to.address(), service);
            compare(differences, from.id() + " -> " + to.id() + " " + service, wanted, got);
          }
        }
        for (String address : List.of("198.51.100.7", "172.16.5.9", "172.20.0.1")) {
          Ipv4 to = Ipv4.parse(address);
          boolean allowed =
              oracle.allows(vpc.name(), new Peer.Server(from), new Peer.Outside(to), service);
          List<String> got =
              fleet.connect(from, to, service).stream()
                  .map(e -> e.substring(0, Math.max(0, e.indexOf('-'))))
                  .toList();
          String gateway = address.startsWith("198") ? "uplink igw" : "uplink bgw";
          compare(
              differences,
              from.id() + " -> " + to + " " + service,
              allowed ? List.of(gateway) : List.of(),
              got);
        }
      }
    }
    return differences;
  }

  private static void compare(
      List<String> differences, String what, List<String> wanted, List<String> got) {
    if (!wanted.equals(got)) {
      differences.add(what + ": " + got + " instead of " + wanted);
    }
  }
}
