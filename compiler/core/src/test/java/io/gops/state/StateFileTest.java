package io.gops.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Side;
import io.gops.source.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StateFileTest {
  private static final String CONTENT = "{\"spec\":{\"containers\":[]}}";
  private static final String GROUP =
      "{\"group\":\"10001\",\"live\":\"a\",\"sides\":{\"a\":{\"version\":\"1.8.3\",\"replicas\":1,"
          + "\"template\":\"\"}}}";

  private static List<Diagnostic> problems(String text) {
    Diagnostics diagnostics = new Diagnostics();
    StateFile.read(new SourceFile("state/default.jsonl", text), diagnostics);
    return diagnostics.sorted();
  }

  private static List<Code> codes(String text) {
    return problems(text).stream().map(Diagnostic::code).toList();
  }

  @Test
  void theLineOfAGroupIsAsDocumented() {
    State.SideState a = new State.SideState("1.8.3", 1, "sha256:0");
    State.SideState b = new State.SideState("1.8.4", 0, "");
    State.GroupState group =
        new State.GroupState(
            Side.A, new TreeMap<>(Map.of(Side.A, a, Side.B, b)), List.of("hz-g002"));
    assertEquals(
        "{\"group\":\"10001\",\"hosts\":[\"hz-g002\"],\"live\":\"a\",\"sides\":{"
            + "\"a\":{\"version\":\"1.8.3\",\"replicas\":1,\"template\":\"sha256:0\"},"
            + "\"b\":{\"version\":\"1.8.4\",\"replicas\":0,\"template\":\"\"}}}",
        StateFile.groupLine("10001", group));
  }

  @Test
  void whatCannotBeTrustedIsRefused() {
    assertEquals(List.of(), codes(GROUP + "\n"));
    assertEquals(List.of(Code.GOPS2911), codes("<<<<<<< HEAD\n" + GROUP + "\nnot json\n"));
    assertEquals(List.of(Code.GOPS2912), codes("{\"group\":\n"));
    assertEquals(List.of(Code.GOPS2912), codes(GROUP.replace("\"a\"", "\"c\"")));
    assertEquals(List.of(Code.GOPS2912), codes(GROUP.replace("\"replicas\":1", "\"replicas\":-1")));
    assertEquals(List.of(Code.GOPS2912), codes(GROUP.replace("\"live\"", "\"alive\"")));
    assertEquals(List.of(Code.GOPS2913), codes(GROUP + "\n" + GROUP + "\n"));
    assertEquals(
        List.of(Code.GOPS2912), codes("{\"template\":\"sha256:0\",\"content\":" + CONTENT + "}\n"));
    assertEquals(
        List.of(Code.GOPS2914),
        codes(GROUP.replace("\"template\":\"\"", "\"template\":\"sha256:1\"") + "\n"));
  }

  @Test
  void aProblemNamesItsLine() {
    Diagnostic problem = problems(GROUP + "\n\n{}\n").getFirst();
    assertEquals(3, problem.place().orElseThrow().line());
  }

  @Property(tries = 200)
  void whatIsPrintedIsReadAndSortedByItsBytes(
      @ForAll @Size(max = 8) Map<@IntRange(min = 1, max = 99_999) Integer, Boolean> zones,
      @ForAll @AlphaChars @StringLength(min = 1, max = 8) String version) {
    String hash = TemplateHash.of(CONTENT);
    TreeMap<String, State.GroupState> groups = new TreeMap<>();
    zones.forEach(
        (zone, live) -> {
          State.SideState side = new State.SideState(version, zone % 3, live ? hash : "");
          Side only = live ? Side.A : Side.B;
          State.GroupState group =
              new State.GroupState(only, new TreeMap<>(Map.of(only, side)), List.of());
          groups.put(zone.toString(), group);
          groups.put(zone + "-gate", group);
        });
    State state = new State(groups, new TreeMap<>(Map.of(hash, CONTENT)));
    String text = StateFile.print(state);
    Diagnostics diagnostics = new Diagnostics();
    assertEquals(state, StateFile.read(new SourceFile("state/x.jsonl", text), diagnostics));
    assertFalse(diagnostics.hasErrors());
    List<String> lines = text.lines().toList();
    List<String> sorted = new ArrayList<>(lines);
    Collections.sort(sorted);
    assertEquals(sorted, lines);
    assertTrue(text.endsWith("\n"));
  }
}
