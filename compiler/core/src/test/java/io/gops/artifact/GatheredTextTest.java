package io.gops.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.state.TemplateHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GatheredTextTest {
  /// Whatever is added, also where a piece ends, the bytes are those of the text as a whole.
  @Property(tries = 200)
  void allPiecesAreOneText(
      @ForAll @Size(max = 8) List<String> parts, @ForAll @IntRange(max = 40_000) int repeated)
      throws IOException {
    GatheredText text = new GatheredText();
    GatheredText tail = new GatheredText();
    StringBuilder whole = new StringBuilder();
    for (String part : parts) {
      String line = part.replaceAll("[\\ud800-\\udfff]", "") + "楚 🎉".repeat(repeated / 8) + "\n";
      text.append(line);
      whole.append(line);
    }
    tail.append("tail");
    text.append(tail);
    text.write('!');
    byte[] expected = whole.append("tail!").toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    text.writeTo(written);
    assertArrayEquals(expected, written.toByteArray());
    assertEquals(TemplateHash.of(whole.toString()), "sha256:" + text.identity());
  }
}
