package io.gops.quality;

import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// For a fuzzer: any text is a fleet or has errors that can be printed.
public final class LoaderFuzz {
  private LoaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Diagnostics diagnostics = new Diagnostics();
    boolean loaded =
        FleetLoader.load(Map.of("fuzz.gops", text), "fuzz.gops", diagnostics).isPresent();
    if (!loaded && !diagnostics.hasErrors()) {
      throw new AssertionError("no fleet and no error");
    }
    new TextReport(Catalogue.of(Language.ENGLISH), Palette.PLAIN).print(diagnostics.sorted());
  }
}
