package io.gops.quality;

import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import io.gops.fleet.Fleet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// For a fuzzer: any text beside a small fleet is a fleet with it, or has errors that can be
/// printed.
///
/// The small fleet has one thing of each kind that a name may mean, so that a few declarations are
/// enough to reach what looks at resolved names; a text with all of them takes ten times as long.
public final class LoaderFuzz {
  private static final String BASE =
      """
      import "fuzz.gops"
      cluster lab { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hangzhou {
        pool std { hosts 1..3 { name = "m${n}", underlay = 10.1.0.1..10.1.0.3, cpu = 8cores, memory = 16Gi } }
      }
      gateway igw {
        kind = internet
        addresses = [198.51.100.0/28]
        per_node { egress = 10Gbps }
        node igw-1 { underlay = 10.2.1.11 }
      }
      vpc wuxia { cidr = 10.80.0.0/20, internet = igw }
      secret clx-db { keys = ["password"] }
      template game Plain { profile { base { cpu = 1cores, memory = 1Gi } } }
      game small from Plain {
        container engine { port client { number = 7001 } }
        version "1" { engine = "r/e@sha256:b62bb887be022d8f608dcb1912526bfc198ec4c3116adada43761ef23ef704ca" }
      }
      zones small-main { game = small, ids = 1..3, run = "1", pool = hangzhou.std, vpc = wuxia }
      """;

  private LoaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    boolean loaded = load(new String(bytes, StandardCharsets.UTF_8), diagnostics).isPresent();
    if (!loaded && !diagnostics.hasErrors()) {
      throw new AssertionError("no fleet and no error");
    }
    new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN).print(diagnostics.sorted());
  }

  /// The small fleet with a text beside it.
  static Optional<Fleet> load(String text, Diagnostics diagnostics) {
    return FleetLoader.load(Map.of("base.gops", BASE, "fuzz.gops", text), "base.gops", diagnostics);
  }
}
