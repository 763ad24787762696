package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.CertificateText;
import io.gops.verify.QuestionCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Host ports and addresses are counted like any other use: one for each side that runs.
class CountedPartsTest {
  private static Fleet fleet(String game, String ports, String host) {
    Diagnostics diagnostics = new Diagnostics();
    String text =
        """
        cluster lab { kubernetes = "1.34", kruise = "1.9", kruise_game = "%s", host_ports = %s }
        site lab {
          pool std {
            survive = 0
            hosts 1..2 {
              name = "m${n}", underlay = 10.2.0.11..10.2.0.12, cpu = 16cores, memory = 64Gi%s
            }
          }
        }
        game arena {
          container engine { port client { number = 7001 } }
          expose client { network = Kubernetes-HostPort }
          profile { base { memory = 1Gi } }
          version "1.0" { engine = "r.example.com/arena:1.0@%s" }
        }
        directory arena-zones {
          game = arena, endpoints = ["https://etcd-1.example.com:2379"], prefix = "/arena/"
        }
        zones arena-main {
          game = arena, ids = 1..8, run = "1.0", pool = lab.std
          pair { switch = directory }
        }
        """
            .formatted(game, ports, host, SmallFleet.digest(7));
    return FleetLoader.load(Map.of("fleet.gops", text), "fleet.gops", diagnostics)
        .filter(_ -> !diagnostics.hasErrors())
        .orElseThrow(() -> new AssertionError(diagnostics.sorted()));
  }

  private static HostFill.MeasureFill measure(Fleet fleet, Resource resource) {
    return SmallFleet.proof(fleet).hosts().get("m1").measures().stream()
        .filter(m -> m.measure().resource() == resource)
        .findFirst()
        .orElseThrow();
  }

  /// Four pairs a host, and the second side of the one that moves.
  @Test
  void portsOfAHostAreCountedForTheSidesThatRun() {
    HostFill.MeasureFill ports = measure(fleet("1.1.0", "8000..8004", ""), Resource.PORTS);
    assertEquals(4, ports.steady());
    assertEquals(5, ports.worst());
    assertEquals(5, ports.limit());
  }

  @Test
  void aHostWithoutEnoughPortsIsOverloaded() {
    assertEquals(
        List.of(
            "GOPS3003 pool lab.std ports: short 2; its 8 groups need 8, its 2 hosts have 6 for"
                + " them"),
        SmallFleet.errors(fleet("1.1.0", "8000..8003", "")));
  }

  /// Up to that release all hosts share one range, which is counted elsewhere.
  @Test
  void oneRangeForAllHostsIsNoMatterOfAHost() {
    CapacityProof proof = SmallFleet.proof(fleet("1.0.0", "8000..8003", ""));
    assertTrue(
        proof.hosts().get("m1").measures().stream()
            .noneMatch(m -> m.measure().resource() == Resource.PORTS));
  }

  @Test
  void addressesAreCountedWhereAHostSaysHowManyItHas() {
    HostFill.MeasureFill addresses =
        measure(fleet("1.0.0", "8000..9000", ", addresses = 5"), Resource.ADDRESSES);
    assertEquals(4, addresses.steady());
    assertEquals(5, addresses.worst());
    assertEquals(
        List.of(
            "GOPS3003 pool lab.std addresses: short 2; its 8 groups need 8, its 2 hosts have 6 for"
                + " them"),
        SmallFleet.errors(fleet("1.0.0", "8000..9000", ", addresses = 4")));
  }

  @Test
  void aCertificateThatForgetsThemIsRejected() throws IOException {
    Fleet fleet = fleet("1.1.0", "8000..8004", ", addresses = 5");
    CapacityProof proof =
        CapacityProver.prove(fleet, State.EMPTY, Lock.EMPTY, new Diagnostics()).orElseThrow();
    String text = CertificateText.print(Certificate.of(proof, fleet));
    assertEquals(
        List.of(), QuestionCheck.violations(CertificateReader.read(text), fleet, State.EMPTY));
    assertEquals(List.of(), CertificateReader.read(text).violations());
    for (String other :
        List.of(
            text.replaceAll("\"ports\":[12]", "\"ports\":0"),
            text.replaceAll("\"addresses\":[12]", "\"addresses\":0"),
            text.replaceAll("\"ports\":5", "\"ports\":50"))) {
      assertTrue(!other.equals(text));
      assertTrue(
          !QuestionCheck.violations(CertificateReader.read(other), fleet, State.EMPTY).isEmpty());
    }
  }
}
