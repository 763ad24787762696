package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gopsc lsp` as editors start it.
@Tag("cli")
class LspTest {
  @TempDir Path dir;

  private record Talk(int code, String out) {}

  private Talk talk(String... messages) throws Exception {
    Process process =
        new ProcessBuilder(List.of(Run.ROOT.resolve("bin/gopsc").toString(), "lsp", "--stdio"))
            .directory(dir.toFile())
            .redirectError(dir.resolve("err").toFile())
            .start();
    try (var in = process.getOutputStream()) {
      for (String message : messages) {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        in.write(
            ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        in.write(body);
      }
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Talk(process.exitValue(), out);
  }

  @Test
  void answersAndEndsWithZeroAfterShutdown() throws Exception {
    Talk talk =
        talk(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assertEquals(0, talk.code(), Files.readString(dir.resolve("err")));
    assertTrue(talk.out().contains("\"hoverProvider\":true"), talk.out());
    assertTrue(talk.out().startsWith("Content-Length: "), talk.out());
  }

  @Test
  void endsWithOneWhenTheEditorJustLeaves() throws Exception {
    assertEquals(1, talk().code());
  }

  @Test
  void aCheckLoadsNothingOfIt() throws Exception {
    Path log = dir.resolve("load");
    // The class archive is mapped with everything in it; without it only what is asked for is
    // loaded.
    Map<String, String> options =
        Map.of("GOPSC_JAVA_OPTS", "-XX:AOTMode=off -Xlog:class+load:file=" + log);
    Run run = Run.gopsc(dir, options, "check", Run.ROOT.resolve("examples/five-zones").toString());
    assertEquals(0, run.code(), run.out() + run.err());
    String loaded = Files.readString(log);
    assertFalse(loaded.contains(" org.eclipse.lsp4j."), "the protocol");
    assertFalse(loaded.contains(" io.gops.lsp."), "the server");
    assertFalse(loaded.contains(" com.google.gson."), "the JSON of the protocol");
  }
}
