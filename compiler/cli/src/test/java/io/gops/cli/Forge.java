package io.gops.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gops.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A server that keeps the comments of one request, with the part of the interfaces of GitHub and
/// GitLab that comments need: pages of them, new ones, other text for old ones.
final class Forge implements AutoCloseable {
  private static final int PAGE = 100;

  private final HttpServer server;
  private final String token;
  private final List<Comment> comments = new ArrayList<>();
  private byte[] report = {};

  /// The commit of the open pull request.
  volatile String head = "c0ffee";

  /// Whether the token may only read.
  volatile boolean isReadOnly;

  private record Comment(String author, String body) {}

  Forge(String token) throws IOException {
    this.token = token;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void fill(int number, String author, String body) {
    for (int i = 0; i < number; i++) {
      comments.add(new Comment(author, body));
    }
  }

  synchronized void report(String text) {
    report = text.getBytes(StandardCharsets.UTF_8);
  }

  synchronized List<String> by(String author) {
    return comments.stream().filter(c -> c.author().equals(author)).map(Comment::body).toList();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    String key = exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN");
    boolean isGitLab = key != null;
    boolean isKnown = ("Bearer " + token).equals(bearer) || token.equals(key);
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean writes = !exchange.getRequestMethod().equals("GET");
    if (!isKnown || (writes && isReadOnly)) {
      send(exchange, 403, "{}");
    } else if (path.endsWith("/pulls")) {
      String asked = URLDecoder.decode(query, StandardCharsets.UTF_8);
      boolean isOurs = asked.contains("head=somebody:a branch&state=closed");
      send(exchange, 200, isOurs ? "[{\"number\":12,\"head\":{\"sha\":\"" + head + "\"}}]" : "[]");
    } else if (path.endsWith("/artifacts")) {
      send(
          exchange,
          200,
          "{\"artifacts\":[{\"archive_download_url\":\"" + address() + "/archive\"}]}");
    } else if (path.equals("/archive")) {
      send(exchange, 200, archive());
    } else if (path.equals("/user")) {
      send(exchange, 200, "{\"id\":5}");
    } else if (writes) {
      write(path, body, isGitLab ? "gopsc" : "github-actions[bot]");
      send(exchange, 200, "{}");
    } else {
      send(exchange, 200, page(Integer.parseInt(query.replaceFirst(".*&page=", ""))));
    }
  }

  private void write(String path, byte[] body, String author) throws IOException {
    Json json = Json.parse(new String(body, StandardCharsets.UTF_8));
    String text = ((Json.Text) ((Json.Obj) json).members().get("body")).value();
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (last.matches("[0-9]+")) {
      int index = Integer.parseInt(last);
      comments.set(index, new Comment(comments.get(index).author(), text));
    } else {
      comments.add(new Comment(author, text));
    }
  }

  private String page(int number) {
    List<Json> page = new ArrayList<>();
    int first = (number - 1) * PAGE;
    for (int i = first; i < Math.min(comments.size(), first + PAGE); i++) {
      Comment comment = comments.get(i);
      page.add(
          Json.object()
              .with("id", i)
              .with("body", comment.body())
              .with("user", Json.object().with("login", comment.author()).end())
              .with(
                  "author",
                  Json.object().with("id", comment.author().equals("gopsc") ? 5 : 6).end())
              .end());
    }
    return new Json.Arr(page).print();
  }

  private byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("comment.md"));
      zip.write(report);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    send(exchange, code, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
