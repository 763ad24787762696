package io.gops.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The text of a plan's page, without a browser.
class PlanPageTest {
  private static long count(String text, String wanted) {
    return Pattern.compile(wanted, Pattern.CASE_INSENSITIVE).matcher(text).results().count();
  }

  @Test
  void nothingComesFromElsewhere() {
    String page = PlanPages.abSwitch("1.8.4 everywhere");
    assertTrue(page.contains("content=\"default-src 'none';"));
    assertEquals(1, count(page, "https?:"), "only the name of the SVG elements");
    assertFalse(page.contains("src=") || page.contains("@import") || page.contains("url("));
  }

  @Test
  void noTextEndsAnElementOrBeginsOne() {
    String harmless = PlanPages.abSwitch("harmless");
    for (String hostile :
        new String[] {
          "</script><script>document.title='x'</script>",
          "<img src=x onerror=\"document.title='x'\">",
          "\"><b>bold</b>",
          "<!--<script>"
        }) {
      String page = PlanPages.abSwitch(hostile);
      for (String syntax : new String[] {"<script", "</script", "<b>", "<img", "<!--"}) {
        assertEquals(count(harmless, syntax), count(page, syntax), syntax);
      }
      assertFalse(page.contains(hostile));
    }
  }
}
