package io.gops.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.network.SampleOverlay;
import io.gops.network.verify.Verification;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The page without a browser: what its data say, and that it needs nothing else.
class NetworkPageTest {
  private final SampleOverlay sample = SampleOverlay.of(NetworkPages.fleet());

  @Test
  void saysWhoMayTalkToWhomByWhichRule() {
    NetworkMap.Part wuxia =
        NetworkMap.of(sample.deployment(), sample.overlay()).stream()
            .filter(part -> part.vpc().name().equals("wuxia"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("internet", "clx.a", "clx.b", "db"),
        wuxia.parties().stream().map(NetworkMap.Party::label).toList());
    assertEquals(Set.of("tcp/7001"), wuxia.cells().get(0).get(1).open().keySet(), "internet to a");
    assertEquals(Set.of("tcp/3306"), wuxia.cells().get(2).get(3).open().keySet());
    NetworkMap.Cell denied = wuxia.cells().get(1).get(2);
    assertTrue(denied.open().isEmpty() && denied.denies().isPresent());
    assertTrue(wuxia.cells().get(2).get(1).open().containsKey("everything"), "b to a");
    assertTrue(wuxia.cells().get(0).get(3).open().isEmpty(), "outside to outside");
  }

  @Test
  void everyVerdictOfThePageIsThatOfThePolicy() {
    for (NetworkMap.Part part : NetworkMap.of(sample.deployment(), sample.overlay())) {
      for (NetworkMap.Party from : part.parties()) {
        for (NetworkMap.Party to : part.parties()) {
          NetworkMap.Cell cell =
              part.cells().get(part.parties().indexOf(from)).get(part.parties().indexOf(to));
          cell.open().values().forEach(rule -> assertTrue(rule.allow()));
          cell.denies().ifPresent(rule -> assertFalse(rule.allow()));
        }
      }
    }
  }

  @Test
  void isOneFileThatAsksForNothing() {
    String page = NetworkPages.page(sample);
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("://"));
    assertFalse(page.contains(" src="));
    Verification proved = Verification.of(sample.deployment(), sample.overlay(), sample.tables());
    assertTrue(page.contains("<b>" + proved.flows() + "</b> flows"), "counts what was proved");
  }

  @Test
  void textOfSourcesCannotEndTheScript() {
    String page = NetworkPages.page(SampleOverlay.of(NetworkPages.hostile()));
    assertFalse(page.contains("<script>document.title"));
    assertFalse(page.contains("<img"));
  }
}
