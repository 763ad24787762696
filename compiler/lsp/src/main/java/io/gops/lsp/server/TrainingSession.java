package io.gops.lsp.server;

import com.google.gson.Gson;
import io.gops.diagnostic.Language;
import io.gops.lsp.text.Uris;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A short session of an editor, played by the build: the classes that it loads go into the archive
/// with which the server starts.
public final class TrainingSession {
  /// Requests about a place or a range of a file, with nothing else in them.
  private static final List<String> QUESTIONS =
      List.of(
          "documentSymbol",
          "semanticTokens/full",
          "foldingRange",
          "codeLens",
          "documentLink",
          "inlayHint",
          "codeAction",
          "completion",
          "hover",
          "definition");

  private final OutputStream toServer;
  private final InputStream fromServer;
  private final StringBuilder said = new StringBuilder();

  private TrainingSession(OutputStream toServer, InputStream fromServer) {
    this.toServer = toServer;
    this.fromServer = fromServer;
  }

  /// Opens a file, asks about it, changes it and leaves.
  public static void play(Path file, Library library) throws IOException, InterruptedException {
    // Not a PipedInputStream, which takes the end of the thread that wrote last for the end of all.
    Pipe there = Pipe.open();
    Pipe here = Pipe.open();
    try (OutputStream toServer = Channels.newOutputStream(there.sink());
        InputStream in = Channels.newInputStream(there.source());
        OutputStream out = Channels.newOutputStream(here.sink());
        InputStream back = Channels.newInputStream(here.source())) {
      Thread server =
          Thread.ofPlatform()
              .daemon()
              .start(() -> LanguageServerProcess.serve(in, out, "", library, Language.ENGLISH));
      new TrainingSession(toServer, back).play(Uris.of(file), Files.readString(file));
      server.join();
    }
  }

  private void play(String uri, String text) throws IOException {
    ask(0, "initialize", Map.of("capabilities", Map.of()));
    await("serverInfo");
    tell("initialized", Map.of());
    tell(
        "textDocument/didOpen",
        Map.of(
            "textDocument", Map.of("uri", uri, "languageId", "gops", "version", 1, "text", text)));
    await("gops/proved");
    Map<String, Integer> start = Map.of("line", 0, "character", 2);
    Map<String, Object> about =
        Map.of(
            "textDocument",
            Map.of("uri", uri),
            "position",
            start,
            "range",
            Map.of("start", start, "end", start),
            "context",
            Map.of("diagnostics", List.of()));
    for (int i = 0; i < QUESTIONS.size(); i++) {
      ask(i + 1, "textDocument/" + QUESTIONS.get(i), about);
      await("\"id\":" + (i + 1) + ",");
    }
    tell(
        "textDocument/didChange",
        Map.of(
            "textDocument",
            Map.of("uri", uri, "version", 2),
            "contentChanges",
            List.of(Map.of("text", text + "const spare = \n"))));
    await("publishDiagnostics");
    ask(QUESTIONS.size() + 1, "shutdown", Map.of());
    await("\"id\":" + (QUESTIONS.size() + 1) + ",");
    tell("exit", Map.of());
  }

  private void ask(int id, String method, Map<String, ?> params) throws IOException {
    send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
  }

  private void tell(String method, Map<String, ?> params) throws IOException {
    send(Map.of("jsonrpc", "2.0", "method", method, "params", params));
  }

  private void send(Map<String, ?> message) throws IOException {
    byte[] body = new Gson().toJson(message).getBytes(StandardCharsets.UTF_8);
    toServer.write(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    toServer.write(body);
    toServer.flush();
  }

  /// Reads on until the server has said some words.
  ///
  /// @throws IOException when it ends before that
  private void await(String words) throws IOException {
    byte[] piece = new byte[1 << 16];
    while (said.indexOf(words) < 0) {
      int read = fromServer.read(piece);
      if (read < 0) {
        throw new IOException("the server did not say " + words);
      }
      said.append(new String(piece, 0, read, StandardCharsets.UTF_8));
    }
    said.setLength(0);
  }
}
