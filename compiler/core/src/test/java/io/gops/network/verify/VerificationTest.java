package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.SampleFleet;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {
  @Test
  void everyKindOfRuleIsProved() {
    SampleOverlay sample = SampleOverlay.of(RichFleet.of(10));
    Verification verification =
        Verification.of(sample.deployment(), sample.overlay(), sample.tables());
    assertEquals(List.of(), verification.findings());
    assertTrue(verification.packets() > 10_000, () -> verification.packets() + " packets");
  }

  @Test
  void theTablesOfTheSampleDoWhatItsPolicySays() {
    SampleOverlay sample = SampleOverlay.of(SampleFleet.of(6));
    Verification verification =
        Verification.of(sample.deployment(), sample.overlay(), sample.tables());
    assertEquals(List.of(), verification.findings());
    assertTrue(verification.packets() > 1000, () -> verification.packets() + " packets");
  }
}
