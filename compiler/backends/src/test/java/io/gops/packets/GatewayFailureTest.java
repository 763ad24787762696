package io.gops.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.fleet.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine of a gateway dies, and what would leave by it leaves by another.
@Tag("packets")
class GatewayFailureTest {
  private static final int WEB = 80;
  private static final String SERVER = "g-1/0";
  private static final Duration PATIENCE = Duration.ofMillis(3500);

  /// Twice what three missing heartbeats take, for a busy machine.
  private static final long MOST_MILLIS = 3000;

  @TempDir Path directory;

  @Test
  void newConnectionsLeaveByAnotherMachine() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("source"));
    try (var in = GatewayFailureTest.class.getResourceAsStream("two-gateways.gops")) {
      Files.copy(in, folder.resolve("fleet.gops"));
    }
    try (EmulatedFleet fleet = EmulatedFleet.start(folder, directory.resolve("out"));
        EchoServer web = EchoServer.tcp(fleet.internet(), "web", WEB)) {
      Map<String, String> bySource = new HashMap<>();
      for (Map.Entry<String, Ipv4> entry :
          fleet.compiled().overlay().vpc("v").attachments().getFirst().translated().entrySet()) {
        bySource.put(entry.getValue().toString(), entry.getKey());
      }
      awaitHeartbeats(fleet, bySource.size());
      Map<String, Conversation> byMachine = new HashMap<>();
      Map<String, String> targets = new HashMap<>();
      try {
        for (String target : fleet.playersToo(12)) {
          Conversation talk = open(fleet, target, PATIENCE).orElseThrow();
          String machine = bySource.get(talk.seenAs());
          targets.put(machine, target);
          Conversation before = byMachine.put(machine, talk);
          if (before != null) {
            before.close();
          }
        }
        assertEquals(2, byMachine.size(), () -> "all by " + byMachine.keySet());
        fails(fleet, "igw-1", targets, byMachine, bySource);
      } finally {
        for (Conversation talk : byMachine.values()) {
          talk.close();
        }
      }
    }
  }

  private static void fails(
      EmulatedFleet fleet,
      String machine,
      Map<String, String> targets,
      Map<String, Conversation> byMachine,
      Map<String, String> bySource)
      throws Exception {
    String other = machine.equals("igw-1") ? "igw-2" : "igw-1";
    fleet.on(machine).crash();
    long dead = System.nanoTime();
    Optional<Conversation> again = Optional.empty();
    while (again.isEmpty() && millisSince(dead) < 2 * MOST_MILLIS) {
      again = open(fleet, targets.get(machine), Duration.ofMillis(250));
    }
    long outage = millisSince(dead);
    System.out.println(
        "packets: a gateway machine died, its destinations out for " + outage + " ms");
    try (Conversation talk = again.orElseThrow()) {
      assertEquals(other, bySource.get(talk.seenAs()));
      assertTrue(byMachine.get(other).answers(PATIENCE), "a connection of the other is lost");
    }
    assertTrue(outage <= MOST_MILLIS, () -> outage + " ms");
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static Optional<Conversation> open(EmulatedFleet fleet, String target, Duration patience)
      throws IOException {
    return Conversation.open(fleet.server(SERVER), target, WEB, patience);
  }

  /// Until the host knows of each machine that it lives.
  private static void awaitHeartbeats(EmulatedFleet fleet, int machines) throws Exception {
    List<String> up = new ArrayList<>();
    for (int i = 0; i < 100 && up.size() < machines; i++) {
      Thread.sleep(100);
      up =
          fleet
              .on("hv1")
              .run("ovs-vsctl", "--bare", "--columns=bfd_status", "find", "interface", "bfd!={}")
              .lines()
              .filter(line -> line.contains("forwarding=true"))
              .toList();
    }
    assertEquals(machines, up.size());
  }
}
