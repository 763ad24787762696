package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.fleet.Side;
import io.gops.network.LoginGroup;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.Action;
import io.gops.network.flow.Field;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.NodeTables;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `apply.sh` and a real switch: all or nothing, only what changed, and back after a crash.
@Tag("ovs")
class ApplyTest {
  private static final String GATEWAY = "igw-1";

  @TempDir Path directory;
  private final SampleOverlay sample = SampleOverlay.of(RichFleet.of(3));
  private PrivateSwitch it;

  @BeforeEach
  void start() throws Exception {
    it = PrivateSwitch.start(directory.resolve("switch"));
    write("now", sample.tables(), new TreeMap<>());
  }

  @AfterEach
  void stop() throws Exception {
    it.close();
  }

  @Test
  void aRefusedFlowLeavesEverythingAsItWas() throws Exception {
    apply("now");
    List<String> before = tables();
    write("broken", sample.tables(), new TreeMap<>());
    // The group and the meter are new, and are there before the flow is refused.
    append("broken", "groups.txt", "group_id=77,type=select,bucket=bucket_id:1,actions=drop");
    append("broken", "meters.txt", "meter=7,kbps,band=type=drop,rate=1000");
    String first = Files.readAllLines(file("now", "groups.txt")).getFirst();
    replace("broken", "groups.txt", first, first.replaceAll("weight:\\d+", "weight:5"));
    append("broken", "flows.txt", "table=90,priority=9,ip actions=goto_table:10");
    PrivateSwitch.Result result =
        it.tryRun("sh", file("broken", "apply.sh").toString(), "--reset-logins");
    assertEquals(1, result.code(), result.output());
    assertTrue(result.output().contains("a flow was refused"), result.output());
    assertEquals(before, tables());
  }

  @Test
  void aRefusedGroupLeavesEverythingAsItWas() throws Exception {
    apply("now");
    List<String> before = tables();
    write("broken", sample.tables(), new TreeMap<>());
    append("broken", "groups.txt", "group_id=78,type=none,bucket=actions=drop");
    PrivateSwitch.Result result = it.tryRun("sh", file("broken", "apply.sh").toString());
    assertEquals(1, result.code(), result.output());
    assertEquals(before, tables());
  }

  @Test
  void onlyWhatChangedIsSent() throws Exception {
    apply("now");
    SortedMap<String, NodeTables> changed = withoutLastGroup();
    write("next", changed, sample.tables());
    int fewer = sample.tables().get(GATEWAY).flows().size() - changed.get(GATEWAY).flows().size();
    assertTrue(fewer > 0);
    String said = apply("next");
    assertTrue(said.contains("apply.sh: " + fewer + " changes, "), said);
    assertEquals("", difference("next"));
    // Deleting the group before its flows would have deleted them unseen.
    assertEquals(Files.readAllLines(file("next", "groups.txt")).size(), groups().size());
    assertTrue(apply("now").matches("(?s).*apply.sh: \\d+ flows.*"), "no delta leads back");
    assertEquals("", difference("now"));
  }

  @Test
  void aDeltaDoesNotHideWhatSomebodyElseChanged() throws Exception {
    apply("now");
    write("next", withoutLastGroup(), sample.tables());
    ofctl("--strict", "mod-flows", "br-int", "table=0,priority=0,actions=output:9");
    assertTrue(apply("next").matches("(?s).*apply.sh: \\d+ flows.*"), "all of the flows");
    assertEquals("", difference("next"));
  }

  @Test
  void aDeltaFromOtherTablesIsNotUsed() throws Exception {
    apply("now");
    ofctl("del-flows", "br-int", "table=50");
    write("next", withoutLastGroup(), sample.tables());
    assertTrue(apply("next").matches("(?s).*apply.sh: \\d+ flows.*"), "all of the flows");
    assertEquals("", difference("next"));
  }

  @Test
  void theZoneOfAVpcThatLeavesIsEmptied() throws Exception {
    apply("now");
    long gone = sample.overlay().vpc("racing").ctZone();
    NodeTables node = sample.tables().get(GATEWAY);
    SortedMap<String, NodeTables> changed = new TreeMap<>(sample.tables());
    List<Flow> flows = node.flows().stream().filter(f -> !sets(f, gone)).toList();
    changed.put(GATEWAY, new NodeTables(node.node(), flows, node.groups()));
    write("next", changed, sample.tables());
    String said = apply("next");
    assertTrue(said.contains("conntrack zone " + gone + " is empty"), said);
    assertTrue(!apply("next").contains("is empty"));
  }

  private static boolean sets(Flow flow, long zone) {
    return flow.actions().contains(new Action.SetField(Field.CT_ZONE, zone));
  }

  @Test
  void applyingTwiceChangesNothing() throws Exception {
    apply("now");
    List<String> before = tables();
    String database = database();
    apply("now");
    assertEquals(before, tables());
    assertEquals(database, database());
  }

  @Test
  void metersComeBeforeTheirFlowsAndGoAfterThem() throws Exception {
    append("now", "meters.txt", "meter=7,kbps,band=type=drop,rate=1000");
    append("now", "flows.txt", "table=0,priority=77,in_port=77 actions=meter:7,goto_table:10");
    apply("now");
    assertTrue(meters().contains("rate=1000"));
    replace("now", "meters.txt", "rate=1000", "rate=2000");
    apply("now");
    assertTrue(meters().contains("rate=2000"));
    write("next", sample.tables(), new TreeMap<>());
    apply("next");
    assertEquals("", difference("next"));
    assertTrue(!meters().contains("meter=7"), meters());
  }

  @Test
  void whatACrashTakesAwayComesBack() throws Exception {
    apply("now");
    LoginGroup login = sample.overlay().loginGroups().get("10001");
    ofctl("--may-create", "mod-group", "br-int", LoginSwitch.toSide(login, Side.B));
    apply("now");
    List<String> before = tables();
    it.crash();
    it.revive();
    for (int i = 0; i < 500 && it.tryRun("ovs-ofctl", "show", "br-int").code() != 0; i++) {
      Thread.sleep(10);
    }
    assertNotEquals(before, tables());
    it.run("sh", directory.resolve("switch/kept/apply.sh").toString(), "--restore");
    assertEquals(before, tables());
    assertTrue(
        it.run("ovs-vsctl", "get", "Open_vSwitch", ".", "other_config")
            .contains("flow-restore-wait=\"true\""));
  }

  /// For tables of the size of a large host, the changes alone take a fraction of the time.
  @Test
  void changesCostWhatChangedAndNotWhatThereIs() throws Exception {
    int flows = 30_000;
    apply("now");
    Path all = directory.resolve("all.txt");
    Path next = directory.resolve("next.txt");
    Path delta = directory.resolve("delta.txt");
    StringBuilder text = new StringBuilder();
    StringBuilder changed = new StringBuilder();
    StringBuilder changes = new StringBuilder();
    for (int i = 0; i < flows; i++) {
      String match =
          "table=60,priority=100,ip,metadata=0x1,nw_dst=10.1.%d.%d".formatted(i >> 8, i & 255);
      String old = " actions=dec_ttl,set_field:0x1->reg2,goto_table:61\n";
      String fresh = " actions=dec_ttl,set_field:0x2->reg2,goto_table:61\n";
      text.append(match).append(old);
      changed.append(match).append(i % 100 == 0 ? fresh : old);
      if (i % 100 == 0) {
        changes.append("add ").append(match).append(fresh);
      }
    }
    Files.writeString(all, text);
    Files.writeString(next, changed);
    Files.writeString(delta, changes);
    ofctl("--bundle", "replace-flows", "br-int", all.toString());
    long whole = millis("--bundle", "replace-flows", "br-int", next.toString());
    ofctl("--bundle", "replace-flows", "br-int", all.toString());
    long part = millis("--bundle", "add-flows", "br-int", delta.toString());
    System.out.printf(
        "ovs: 1 %% of %d flows changed: %d ms as a delta, %d ms as a whole%n", flows, part, whole);
    assertEquals("", ofctl("diff-flows", "br-int", next.toString()));
    assertTrue(part * 3 < whole, part + " ms, " + whole + " ms");
  }

  private long millis(String... arguments) throws Exception {
    long begin = System.nanoTime();
    ofctl(arguments);
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /// The gateway without its last login group and the flows that use it.
  private SortedMap<String, NodeTables> withoutLastGroup() {
    NodeTables node = sample.tables().get(GATEWAY);
    FlowGroup gone = node.groups().getLast();
    List<Flow> flows = node.flows().stream().filter(f -> !uses(f, gone)).toList();
    List<FlowGroup> groups = node.groups().subList(0, node.groups().size() - 1);
    SortedMap<String, NodeTables> changed = new TreeMap<>(sample.tables());
    changed.put(GATEWAY, new NodeTables(node.node(), flows, groups));
    return changed;
  }

  private static boolean uses(Flow flow, FlowGroup group) {
    return flow.actions().contains(new Action.Group(group.id()));
  }

  private void write(
      String folder, SortedMap<String, NodeTables> tables, SortedMap<String, NodeTables> before)
      throws Exception {
    for (Artifact artifact : OpenVswitch.artifacts(sample.overlay(), tables, before)) {
      Path file = directory.resolve(folder).resolve(artifact.path());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        artifact.content().writeTo(out);
      }
    }
  }

  private Path file(String folder, String name) {
    return directory
        .resolve(folder)
        .resolve(sample.overlay().environment())
        .resolve(sample.overlay().cluster())
        .resolve("openvswitch")
        .resolve(GATEWAY)
        .resolve(name);
  }

  private void append(String folder, String name, String line) throws Exception {
    Files.writeString(file(folder, name), line + "\n", StandardOpenOption.APPEND);
  }

  private void replace(String folder, String name, String old, String changed) throws Exception {
    Path file = file(folder, name);
    Files.writeString(
        file, Files.readString(file).replace(old, changed), StandardCharsets.US_ASCII);
  }

  private String apply(String folder) throws Exception {
    return it.run("sh", file(folder, "apply.sh").toString());
  }

  private String difference(String folder) throws Exception {
    return ofctl("diff-flows", "br-int", file(folder, "flows.txt").toString());
  }

  private String ofctl(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "ovs-ofctl";
    command[1] = "-OOpenFlow15";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return it.run(command);
  }

  private List<String> groups() throws Exception {
    return ofctl("dump-groups", "br-int").lines().filter(l -> l.contains("group_id=")).toList();
  }

  private String meters() throws Exception {
    return ofctl("dump-meters", "br-int").lines().skip(1).sorted().toList().toString();
  }

  /// Everything in the switch, in one order.
  private List<String> tables() throws Exception {
    List<String> all = new ArrayList<>(groups());
    all.add(meters());
    ofctl("--no-stats", "dump-flows", "br-int")
        .lines()
        .filter(line -> !line.startsWith("OFPST"))
        .forEach(all::add);
    return all.stream().sorted().toList();
  }

  private String database() throws Exception {
    return it.run(
            "ovs-vsctl", "--columns=name,type,options,ofport_request,mac", "list", "interface")
        + it.run("ovs-vsctl", "--columns=name,fail_mode,protocols", "list", "bridge");
  }
}
