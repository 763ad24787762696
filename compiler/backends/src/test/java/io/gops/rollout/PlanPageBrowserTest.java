package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.report.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan's page as a person sees it, in headless Chromium.
@Tag("browser")
class PlanPageBrowserTest {
  @TempDir Path dir;

  @Test
  void stepsPlayersAndHostsAreDrawn() throws IOException, InterruptedException {
    String told =
        Chromium.act(
            dir,
            PlanPages.abSwitch("<b>1.8.4</b>"),
            """
            const boxes = [...document.querySelectorAll('#timeline rect')];
            const stop = boxes.find(box => box.getAttribute('aria-label').startsWith('w1.stop'));
            stop.focus();
            const cells = document.querySelectorAll('#hosts tr:first-child td');
            const [, first] = plan.players[0];
            const [, a, b] = plan.players[plan.players.length - 1];
            done([
              boxes.length === plan.steps.length,
              boxes.every(box => box.getBoundingClientRect().width >= 1),
              document.querySelectorAll('#timeline text').length > plan.waves.length,
              document.getElementById('told').textContent.startsWith('w1.stop: Stop'),
              stop.getAttribute('class'),
              document.querySelectorAll('#players polygon').length,
              first > 0 && a === 0 && b === first,
              cells.length === plan.steps.length,
              document.querySelectorAll('#steps tbody tr').length === plan.steps.length,
              document.querySelectorAll('h1 b').length,
            ].join());
            """);
    assertEquals("true,true,true,true,cut,2,true,true,true,0", told);
  }
}
