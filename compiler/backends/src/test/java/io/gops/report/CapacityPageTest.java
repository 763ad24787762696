package io.gops.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The text of the page, without a browser.
class CapacityPageTest {
  private static long count(String text, String wanted) {
    return Pattern.compile(wanted, Pattern.CASE_INSENSITIVE).matcher(text).results().count();
  }

  @Test
  void noNameEndsAnElementOrBeginsOne() {
    String page = Pages.hostile();
    String harmless = Pages.planted(30, 10);
    for (String syntax : new String[] {"<script", "</script", "<b>", "<img", "<!--", "<bdi", "'"}) {
      assertEquals(count(harmless, syntax), count(page, syntax), syntax);
    }
    for (String name : Pages.HOSTILE) {
      assertTrue(!name.matches(".*[<>\"'&].*") || !page.contains(name), name);
    }
  }

  @Test
  void nothingComesFromElsewhere() {
    String page = Pages.planted(30, 10);
    assertTrue(page.contains("content=\"default-src 'none';"));
    assertEquals(1, count(page, "https?:"), "only the name of the SVG elements");
    assertFalse(page.contains("src=") || page.contains("@import") || page.contains("url("));
  }

  @Test
  void aThousandHostsAreAFewMegabytes() {
    String page = Pages.planted(2500, 1000);
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 3_000_000);
  }
}
