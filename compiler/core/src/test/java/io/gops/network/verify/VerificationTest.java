package io.gops.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.deployment.SampleFleet;
import io.gops.network.RichFleet;
import io.gops.network.SampleOverlay;
import io.gops.network.flow.NodeTables;
import io.gops.work.Asker;
import io.gops.work.Interrupted;
import java.util.List;
import java.util.Map;
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

  @Test
  void aProofThatNobodyWaitsForEnds() {
    SampleOverlay sample = SampleOverlay.of(SampleFleet.of(6));
    NodeTables node = sample.tables().get(sample.tables().firstKey());
    Map<String, VpcPeers> peers =
        Reachability.peers(sample.overlay(), new PolicyOracle(sample.deployment()));
    Reachability begun = new Reachability(Asker.here(), sample.overlay(), node, peers);
    Interrupted.mustEnd(begun::run);
    Interrupted.mustEnd(
        () -> Verification.of(sample.deployment(), sample.overlay(), sample.tables()));
    assertEquals(List.of(), begun.run());
  }
}
