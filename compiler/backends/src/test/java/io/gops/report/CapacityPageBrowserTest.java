package io.gops.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as a person uses it, in headless Chromium.
@Tag("browser")
class CapacityPageBrowserTest {
  @TempDir Path dir;

  private String act(String page, String script) throws IOException, InterruptedException {
    return Chromium.act(
        dir,
        page,
        """
        const $ = id => document.getElementById(id);
        const type = async (id, value) => {
          $(id).value = value;
          $(id).dispatchEvent(new Event('input'));
        };
        const names = () => [...document.querySelectorAll('.host h2')].map(h => h.textContent);
        """
            + script);
  }

  @Test
  void searchAndFilterChooseHosts() throws IOException, InterruptedException {
    String found =
        act(
            Pages.planted(100, 40),
            """
            const told = [$('count').textContent];
            await type('find', 'H00007');
            told.push($('count').textContent, names().join());
            const group = document.querySelector('.bar i').title.split(':')[0];
            await type('find', group);
            told.push($('count').textContent, names().join());
            await type('find', 'rack1 h0000');
            told.push(names().sort().join());
            await type('find', 'nobody');
            told.push($('count').textContent, $('none').hidden);
            await type('find', '');
            await type('least', '75');
            const full = Number($('count').textContent.split(' ')[0]);
            told.push(full === hosts.filter(host => host.permille >= 750).length && full < 41);
            await type('least', '0');
            await type('pool', 'lab.std');
            told.push($('count').textContent);
            done(told.join(' | '));
            """);
    assertEquals(
        "40 of 40 hosts | 1 of 40 hosts | h00007 | 1 of 40 hosts | h00007"
            + " | h00001,h00009 | 0 of 40 hosts | false | true | 40 of 40 hosts",
        found);
  }

  @Test
  void theCurveSaysWhatIsUsedUnderThePointer() throws IOException, InterruptedException {
    String told =
        act(
            Pages.planted(100, 40),
            """
            const svg = document.querySelector('figure svg');
            const caption = svg.parentNode.querySelector('figcaption');
            const usual = caption.textContent;
            const box = svg.getBoundingClientRect();
            const at = share => new PointerEvent('pointermove', { clientX: box.left + share * box.width });
            svg.dispatchEvent(at(1));
            const all = caption.textContent;
            svg.dispatchEvent(at(0));
            const none = caption.textContent;
            svg.dispatchEvent(new PointerEvent('pointerleave'));
            const curve = hosts[0].curve;
            done([
              / while .* moves, 0 to 100 %: /.test(usual),
              all.startsWith('100 % moved: ' + curve.label + ' at ' + (curve.worst / 100).toFixed(1)),
              none.startsWith('0 % moved: ' + curve.label + ' at ' + (curve.started / 100).toFixed(1)),
              caption.textContent === usual,
            ].join());
            """);
    assertEquals("true,true,true,true", told);
  }

  @Test
  void onlyHostsInSightAreDrawn() throws IOException, InterruptedException {
    String told =
        act(
            Pages.planted(2500, 1000),
            """
            const nodes = () => document.querySelectorAll('*').length;
            const top = nodes();
            const first = names()[0];
            const height = document.body.scrollHeight;
            for (let i = 0; i < 20; i++) {
              window.scrollTo(0, document.body.scrollHeight);
              window.dispatchEvent(new Event('scroll'));
            }
            const below = names();
            const bottom = nodes();
            done([top < 6000, bottom < 6000, height > 80000, below.includes(first),
              below.includes(hosts[999].name)].join());
            """);
    assertEquals("true,true,true,false,true", told);
  }

  @Test
  void hostileNamesStayText() throws IOException, InterruptedException {
    String told =
        act(
            Pages.hostile(),
            """
            const shown = names();
            done([document.title, document.querySelectorAll('main b, main img, main script').length,
              hosts.every(host => shown.includes(host.name)), shown.length].join());
            """);
    assertEquals("Capacity of wuxia prod,0,true,10", told);
    assertTrue(Pages.HOSTILE.size() == 10);
  }
}
