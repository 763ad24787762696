package io.gops.plan;

import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Practice;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Releases of the zones `clx-main` of the sample fleet, for tests.
public final class SampleReleases {
  private SampleReleases() {}

  /// The fleet with zones of `clx-main` that have one side.
  public static Fleet withoutPairs(Fleet fleet) {
    fleet
        .zones()
        .replaceAll(
            (id, zone) ->
                zone.set().equals("clx-main") ? new Zone(id, zone.set(), single(zone)) : zone);
    return fleet;
  }

  private static ZoneBody single(Zone zone) {
    ZoneBody body = zone.body();
    return new ZoneBody(
        body.game(),
        body.run(),
        body.pool(),
        body.vpc(),
        body.players(),
        body.importance(),
        Optional.empty(),
        body.disruption(),
        body.settings(),
        body.limits(),
        body.origins());
  }

  /// Half an hour until players are disconnected in a plan, a second in a test that runs it.
  public static Release.Drain drain(Duration kickAfter) {
    return new Release.Drain(
        List.of(
            new Release.Drain.Remaining(Duration.ZERO, Percent.ALL),
            new Release.Drain.Remaining(kickAfter, new Percent(400))),
        kickAfter,
        new Percent(500));
  }

  /// What somebody tries before players are let in.
  public static Practice trial() {
    return new Practice(List.of(), List.of(), Optional.of("log in"));
  }

  public static Release.CanaryWaves canaryWaves(Practice practice, Duration kickAfter) {
    return new Release.CanaryWaves(
        "next",
        List.of("clx-main"),
        "1.8.4",
        new Release.Waves(1, new Percent(5000), 5),
        Duration.ofSeconds(1),
        drain(kickAfter),
        List.of(),
        Optional.empty(),
        practice,
        Optional.empty(),
        Origins.NONE);
  }

  public static Release.OpenZones openZones(Practice practice) {
    return new Release.OpenZones(
        "autumn",
        List.of("clx-main"),
        Duration.ofSeconds(1),
        practice,
        Optional.empty(),
        Origins.NONE);
  }

  /// The groups of `hz-g001` go elsewhere.
  ///
  /// @param upgrade whether the host takes servers again afterwards
  public static Release.DrainHost drainHost(boolean upgrade, Duration kickAfter) {
    return new Release.DrainHost(
        "away",
        "hz-g001",
        drain(kickAfter),
        upgrade
            ? Optional.of(
                new Release.Upgrade(
                    "new kernel", "uname -r", Optional.empty(), Duration.ofHours(1)))
            : Optional.empty(),
        Practice.NONE,
        Optional.empty(),
        Origins.NONE);
  }

  /// Zones 10002 and 10003 become part of 10001.
  public static Release.MergeZones mergeZones(Practice practice, Duration kickAfter) {
    return new Release.MergeZones(
        "merge",
        10_001,
        new TreeSet<>(List.of(10_002, 10_003)),
        drain(kickAfter),
        practice,
        Optional.empty(),
        Origins.NONE);
  }
}
