package io.gops.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Catalogue english = Catalogue.of(Language.ENGLISH);

  @Test
  void fillsArgumentsAndLeavesEverythingElse() {
    assertEquals(
        "the lock assigns {1} of it's twice", english.text(Message.of("GOPS2903", "{1}", "it's")));
  }

  @Test
  void fallsBackToEnglish() {
    assertTrue(Catalogue.of(Language.CHINESE).has("GOPS2903"));
  }
}
