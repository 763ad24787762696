package io.gops.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.artifact.Earlier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastOutputTest {
  @TempDir Path folder;

  @Test
  void onlyWhatTheLastCompileWroteIsEarlier() throws Exception {
    assertEquals(Optional.empty(), LastOutput.in(folder).bytes("flows.txt"));
    byte[] text = "table=0 actions=drop\n".getBytes(StandardCharsets.US_ASCII);
    Files.write(folder.resolve("flows.txt"), text);
    Files.write(folder.resolve("stray.txt"), text);
    TreeMap<String, Manifest.Entry> files = new TreeMap<>();
    files.put(
        "flows.txt",
        new Manifest.Entry(Rendering.hashOf(folder.resolve("flows.txt")), List.of("a.gops")));
    Files.write(folder.resolve(Manifest.NAME), new Manifest("test", files).print());
    Earlier last = LastOutput.in(folder);
    assertArrayEquals(text, last.bytes("flows.txt").orElseThrow());
    assertEquals(Optional.empty(), last.bytes("stray.txt"));
    Files.writeString(folder.resolve("flows.txt"), "edited\n");
    assertEquals(Optional.empty(), last.bytes("flows.txt"));
    Files.writeString(folder.resolve(Manifest.NAME), "no manifest");
    assertEquals(Optional.empty(), LastOutput.in(folder).bytes("flows.txt"));
  }
}
