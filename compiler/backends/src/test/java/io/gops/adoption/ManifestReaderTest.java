package io.gops.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects that somebody else wrote.
class ManifestReaderTest {
  private final Diagnostics found = new Diagnostics();

  @Test
  void readsDocumentsListsAndJson() {
    List<Manifest> manifests =
        read("kind: A\n---\nkind: List\nitems:\n- kind: B\n- {\"kind\": \"C\", \"n\": 8}\n---\n");
    assertEquals(List.of("A", "B", "C"), manifests.stream().map(Manifest::kind).toList());
    assertEquals(List.of(1, 5, 6), manifests.stream().map(Manifest::line).toList());
    assertEquals("{\"kind\":\"C\",\"n\":8}", manifests.getLast().content().print());
  }

  @Test
  void wordsThatKubernetesReadsAsTextStayText() {
    assertEquals(
        "{\"a\":\"yes\",\"b\":\"2026-01-01\",\"c\":\"0755\",\"d\":true,\"e\":null,\"f\":\"1.5\",\"g\":\"5\"}",
        read("a: yes\nb: 2026-01-01\nc: 0755\nd: true\ne:\nf: 1.5\ng: '5'\n")
            .getFirst()
            .content()
            .print());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: 1\na: 2\n",
        "- list",
        "? [a]\n: b\n",
        "a: !!javax.script.ScriptEngineManager [x]\n  b: c\n",
        "a: !!java.net.URL [\"http://x.invalid\"]\n",
        "x: &x {<<: *x}\n",
        "a: &a [*a]\n"
      })
  void refusesWhatIsNoObject(String text) {
    read(text);
    assertTrue(
        found.sorted().stream().anyMatch(d -> d.code() == Code.GOPS2921),
        found.sorted().toString());
  }

  @Test
  void aBombOfAliasesEndsSoon() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String ten = String.join(", ", Collections.nCopies(10, "*a" + (i - 1)));
      bomb.append("a" + i + ": &a" + i + " [" + ten + "]\n");
    }
    Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> read(bomb.toString()));
    assertTrue(found.hasErrors());
  }

  @Test
  void depthIsLimited() {
    read("a: " + "[".repeat(5000) + "]".repeat(5000));
    assertTrue(found.hasErrors());
  }

  private List<Manifest> read(String text) {
    return ManifestReader.read(new SourceFile("objects.yaml", text), found);
  }
}
