package io.gops.outlook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each change does to a fleet, and what is said of changes that nobody understands.
class WhatIfTest {
  private static final Fleet FLEET =
      FleetLoader.load(
              Path.of(System.getProperty("gops.root"), "examples", "wuxia"), new Diagnostics())
          .orElseThrow();
  private static final String POOL = FLEET.pools().firstKey();

  static Fleet changed(Fleet fleet, String text) {
    WhatIf whatIf = new WhatIf(changes(text));
    assertEquals(Optional.empty(), WhatIfFleet.unknown(whatIf, List.of(fleet)));
    return WhatIfFleet.of(fleet, whatIf);
  }

  private static List<WhatIf.Change> changes(String text) {
    return assertInstanceOf(WhatIfParser.Parsed.Changes.class, WhatIfParser.parse(text)).changes();
  }

  private static String wrong(String text) {
    return assertInstanceOf(WhatIfParser.Parsed.Wrong.class, WhatIfParser.parse(text)).why();
  }

  private static Profile profile(Fleet fleet, String version) {
    return fleet.game("clx").versions().get(version).roles().firstEntry().getValue().profile();
  }

  private static long players(Fleet fleet, int zone) {
    return fleet.zones().get(zone).body().players();
  }

  @Test
  void playersOfAllOrOfSomeZones() {
    long before = players(FLEET, 10_001);
    assertEquals(before * 120 / 100, players(changed(FLEET, "players +20%"), 10_001));
    assertEquals(before / 2, players(changed(FLEET, "players of clx -50%"), 10_001));
    String set = FLEET.zones().get(10_001).set();
    assertEquals(0, players(changed(FLEET, "players of " + set + " -100%"), 10_001));
    Fleet one = changed(FLEET, "players of 10001 +100%");
    assertEquals(2 * before, players(one, 10_001));
    assertEquals(players(FLEET, 10_002), players(one, 10_002));
    Fleet all = changed(FLEET, "players +1%");
    assertSame(all.zones().get(10_002).body(), all.zones().get(10_003).body());
  }

  @Test
  void whatEachPlayerNeedsInEveryVersion() {
    Fleet fleet = changed(FLEET, "memory per player +50%, cpu per player of clx -50%");
    for (String version : FLEET.game("clx").versions().keySet()) {
      Profile before = profile(FLEET, version);
      Profile after = profile(fleet, version);
      assertEquals(
          before.perPlayer().get(Resource.MEMORY) * 3 / 2, after.perPlayer().get(Resource.MEMORY));
      assertEquals(
          Math.ceilDiv(before.perPlayer().get(Resource.CPU), 2L),
          after.perPlayer().get(Resource.CPU));
      assertEquals(before.base(), after.base());
    }
  }

  @Test
  void whatStaysAfterLogout() {
    Fleet fleet = changed(FLEET, "keeps_after_logout 35%");
    String version = FLEET.game("clx").versions().lastKey();
    assertEquals(
        new Percent(3500), profile(fleet, version).keepsAfterLogout().get(Resource.MEMORY));
  }

  @Test
  void hostsMoreAndFewer() {
    Pool pool = FLEET.pools().get(POOL);
    Fleet more = changed(FLEET, "hosts of " + POOL + " +3");
    assertEquals(pool.hosts().size() + 3, more.pools().get(POOL).hosts().size());
    assertEquals(FLEET.hosts().size() + 3, more.hosts().size());
    Fleet fewer = changed(FLEET, "hosts of " + POOL + " -2");
    assertEquals(pool.hosts().subList(0, pool.hosts().size() - 2), fewer.pools().get(POOL).hosts());
    String gone = pool.hosts().getLast();
    Lock.Key key = new Lock.Key("placement", "fleet", "10001");
    Lock lock = new Lock(new TreeMap<>(Map.of(key, gone + "," + pool.hosts().getFirst())));
    assertEquals(Lock.EMPTY, WhatIfFleet.lock(lock, FLEET, fewer));
    assertEquals(lock, WhatIfFleet.lock(lock, FLEET, more));
  }

  @Test
  void wavesAndMargins() {
    Fleet fleet = changed(FLEET, "per_host 3, margin memory of " + POOL + " 5%");
    assertEquals(new Percent(500), fleet.pools().get(POOL).margin().get(Resource.MEMORY));
    List<Integer> waves =
        fleet.releases().values().stream()
            .filter(Release.AbSwitch.class::isInstance)
            .map(r -> ((Release.AbSwitch) r).waves().perHost())
            .toList();
    assertTrue(waves.size() > 0 && waves.stream().allMatch(w -> w == 3), waves.toString());
  }

  @Test
  void changesAreMadeOneAfterTheOther() {
    long before = players(FLEET, 10_001);
    assertEquals(before * 2, players(changed(FLEET, "players -50% ,  players  + 300 %"), 10_001));
  }

  @ParameterizedTest
  @CsvSource({
    "player +20%, players",
    "playrs of clx +20%, players",
    "memory per plyer +20%, memory per player",
    "keeps after logout 20%, keeps_after_logout",
    "margin memroy 5%, margin memory",
    "perhost 3, per_host",
  })
  void aSlipOfThePenIsNamed(String text, String meant) {
    assertTrue(wrong(text).endsWith("did you mean " + meant + "?"), wrong(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "players",
        "players 20%",
        "players +20",
        "players -200%",
        "hosts +2",
        "hosts of a.b 2",
        "per_host +1",
        "per_host 0",
        "margin memory +5%",
        "keeps_after_logout 120%",
        "memory per player 5%",
        "players +20%; rm",
      })
  void aWrongValueShowsTheForm(String text) {
    String first = text.substring(0, (text + " ").indexOf(' '));
    assertTrue(wrong(text).startsWith("'" + text + "' is not like '"), wrong(text));
    assertTrue(wrong(text).contains("like '" + first) || first.equals("memory"), wrong(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "players +20%,", "+20%", "💥"})
  void nonsenseShowsEveryForm(String text) {
    assertTrue(wrong(text).contains("hosts of POOL +3"), wrong(text));
  }

  @ParameterizedTest
  @CsvSource({
    "players of clx-mian +2%, no zones declaration, clx-main",
    "cpu per player of clz +2%, no game, clx",
    "hosts of hangzhou.sdt +2, no pool, hangzhou.std",
    "per_host of clx-1-8-3 2, no release, clx-1-8-4",
  })
  void aNameThatNobodyHasIsSaid(String text, String start, String meant) {
    String said = WhatIfFleet.unknown(new WhatIf(changes(text)), List.of(FLEET)).orElseThrow();
    assertTrue(said.startsWith(start), said);
    assertTrue(said.endsWith("; did you mean " + meant + "?"), said);
  }

  @Test
  void hostsAndRacksAreFoundByName() {
    assertEquals(Optional.empty(), LostHosts.unknown(List.of(FLEET), List.of("hz-g017")));
    assertEquals(
        Optional.of("no host or rack is named hz-g17; did you mean hz-g017?"),
        LostHosts.unknown(List.of(FLEET), List.of("hz-g17")));
  }
}
