package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Port;
import io.gops.network.Member;
import io.gops.network.verify.Journey;
import io.gops.network.verify.Service;
import io.gops.rollout.KruiseGameTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sites that a backbone joins: each is compiled and proved by itself, and what one lets out,
/// the other lets in.
class TwoSitesTest {
  private static final Service PEER = Service.of(Port.Protocol.TCP, 7100);
  private static final Service ADMIN = Service.of(Port.Protocol.TCP, 3000);

  @TempDir Path folder;

  @Test
  void aConnectionCrossesFromSiteToSite() throws Exception {
    SortedMap<String, Compiled> sites = compile();
    assertEquals(List.of("hz", "sh"), List.copyOf(sites.keySet()));
    for (Map.Entry<String, String> way : Map.of("hz", "sh", "sh", "hz").entrySet()) {
      Compiled near = sites.get(way.getKey());
      Compiled far = sites.get(way.getValue());
      near.verification().demand();
      Member from = near.overlay().vpc("v").members().getFirst();
      Member to = far.overlay().vpc("v").members().getFirst();

      List<Journey.End> ends = journey(near).connect(from, to.address(), PEER);
      assertEquals(2, ends.size(), "one for each machine of the gateway");
      for (Journey.End end : ends) {
        Journey.End.Left left = assertInstanceOf(Journey.End.Left.class, end);
        assertEquals(from.address(), left.source(), "the other site's policy names it");
        assertEquals(to.address(), left.destination());
      }
      for (String machine : List.of("bgw-1", "bgw-2")) {
        assertEquals(Optional.of(to.id()), entered(far, machine, from.address(), to, PEER));
        assertEquals(Optional.empty(), entered(far, machine, from.address(), to, ADMIN));
        // Nobody at the other site has this address, so no rule names it.
        Ipv4 stranger = Ipv4.parse("172.16.9.9");
        assertEquals(Optional.empty(), entered(far, machine, stranger, to, PEER));
      }
      assertEquals(
          List.of(),
          journey(near).connect(from, to.address(), ADMIN).stream()
              .filter(Journey.End.Left.class::isInstance)
              .toList());
    }
  }

  private static Optional<String> entered(
      Compiled site, String machine, Ipv4 from, Member to, Service service) {
    return journey(site).enter(machine, from, to.address(), service).stream()
        .filter(Journey.End.Delivered.class::isInstance)
        .map(end -> ((Journey.End.Delivered) end).member().id())
        .findFirst();
  }

  private static Journey journey(Compiled site) {
    return new Journey(site.overlay(), site.tables()::of);
  }

  private SortedMap<String, Compiled> compile() throws Exception {
    StringBuilder fleet = new StringBuilder("fleet two {\n");
    for (String site : List.of("hz", "sh")) {
      fleet.append(
          "  environment %s { cluster = %s, include = [\"%s.gops\", \"game.gops\"] }\n"
              .formatted(site, site, site));
    }
    Files.writeString(folder.resolve("fleet.gops"), fleet.append("}\n"));
    Files.writeString(folder.resolve("game.gops"), GAME);
    Files.writeString(folder.resolve("hz.gops"), site("hz", 64, "sh", 65));
    Files.writeString(folder.resolve("sh.gops"), site("sh", 65, "hz", 64));
    Compilation compilation =
        new Compilation(FleetFolder.of(folder), Optional.empty(), new KruiseGameTarget());
    if (compilation.compiled().size() != 2) {
      throw new AssertionError(compilation.diagnostics().sorted());
    }
    SortedMap<String, Compiled> sites = new TreeMap<>();
    compilation
        .compiled()
        .values()
        .forEach(compiled -> sites.put(compiled.overlay().environment(), compiled));
    return sites;
  }

  private static String site(String name, int net, String other, int otherNet) {
    return SITE.replace("{name}", name)
        .replace("{net}", Integer.toString(net))
        .replace("{other}", other)
        .replace("{otherNet}", Integer.toString(otherNet));
  }

  private static final String GAME =
      """
      game g {
        container engine {
          port peer  { number = 7100 }
          port admin { number = 3000 }
        }
        profile { base { cpu = 100mcores, memory = 128Mi } }
        version "1" {
          engine = "registry.example.com/g:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
        }
      }
      """;

  private static final String SITE =
      """
      cluster {name} { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site {name} {
        pool std {
          hosts 1..2 {
            name = "{name}-${n}", underlay = 10.1.0.11..10.1.0.12, cpu = 16cores, memory = 64Gi
          }
        }
      }
      gateway bgw {
        kind     = backbone
        prefixes = [10.{otherNet}.0.0/16]
        node bgw-1 { underlay = 10.1.1.1 }
        node bgw-2 { underlay = 10.1.1.2 }
      }
      service {other}-servers { prefixes = [10.{otherNet}.0.0/16], gateway = bgw }
      vpc v { cidr = 10.{net}.0.0/16, backbone = bgw }
      zones z { game = g, ids = 1..4, run = "1", pool = {name}.std, vpc = v, players = 10 }
      policy p {
        vpc = v
        allow g.engine -> {other}-servers:7100
        allow {other}-servers -> g.engine:peer
      }
      """;
}
