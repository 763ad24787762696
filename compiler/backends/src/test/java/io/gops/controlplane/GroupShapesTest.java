package io.gops.controlplane;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real scheduler against groups as no example has them: several servers a side, one pair a
/// host, several roles.
@Tag("control-plane")
class GroupShapesTest {
  @Nested
  class SeveralServers extends PlacedExample {
    SeveralServers() {
      super("several servers", Fleets.written("kubernetes-servers"), "default");
    }
  }

  @Nested
  class SeveralRoles extends PlacedExample {
    SeveralRoles() {
      super("several roles", Fleets.written("kubernetes-roles"), "default");
    }
  }

  /// Two games have one pool, and each a namespace of its own.
  @Nested
  class Exclusive extends PlacedExample {
    Exclusive() {
      super("exclusive", Fleets.written("kubernetes-exclusive"), "default");
    }

    @Test
    void pairsOfTwoGamesNeverShareAHost() throws Exception {
      twoGroupsNeverShareAHost("101", "201");
    }
  }
}
