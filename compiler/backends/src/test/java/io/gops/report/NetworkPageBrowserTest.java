package io.gops.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.network.SampleOverlay;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as a person uses it, in headless Chromium.
@Tag("browser")
class NetworkPageBrowserTest {
  @TempDir Path dir;

  private String act(String page, String script) throws IOException, InterruptedException {
    return Chromium.act(
        dir,
        page,
        """
        const $ = id => document.getElementById(id);
        const type = (id, value) => {
          $(id).value = value;
          $(id).dispatchEvent(new Event('input'));
        };
        const drawn = () => [...document.querySelectorAll('section h2 bdi')].map(h => h.textContent);
        """
            + script);
  }

  @Test
  void searchChoiceAndClicksWork() throws IOException, InterruptedException {
    String told =
        act(
            NetworkPages.page(SampleOverlay.of(NetworkPages.fleet())),
            """
            const told = [drawn().join(), document.querySelectorAll('svg .party').length];
            type('find', '10002');
            told.push($('count').textContent, document.querySelectorAll('svg .party.found').length);
            type('find', 'nobody');
            told.push($('none').hidden);
            type('find', '');
            type('vpc', 'wuxia');
            told.push(drawn().join());
            document.querySelector('td.open button').click();
            told.push(document.querySelector('.why').textContent.includes('(rich.gops:1)'));
            document.querySelector('td.shut button').click();
            told.push(document.querySelector('.why').textContent.includes('denied by deny'));
            const party = document.querySelector('svg .party');
            party.dispatchEvent(new PointerEvent('pointerenter'));
            told.push(document.querySelectorAll('svg .way.lit').length > 0);
            party.dispatchEvent(new PointerEvent('pointerleave'));
            told.push(document.querySelectorAll('svg .way.lit').length);
            done(told.join(' | '));
            """);
    assertEquals(
        "racing,wuxia | 8 | 1 of 2 VPCs | 2 | false | wuxia | true | true | true | 0", told);
  }

  @Test
  void hostileRulesStayText() throws IOException, InterruptedException {
    String told =
        act(
            NetworkPages.page(SampleOverlay.of(NetworkPages.hostile())),
            """
            for (const button of document.querySelectorAll('td button')) button.click();
            done([document.title, document.querySelectorAll('main img, main script, main b').length].join());
            """);
    assertEquals("Network of sample default,0", told);
  }
}
