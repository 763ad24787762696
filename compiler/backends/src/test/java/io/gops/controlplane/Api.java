package io.gops.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/// The API of a Kubernetes server, as `kubectl` and the controllers use it.
final class Api {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MERGE = "application/merge-patch+json";

  private final String address;
  private final String token;
  private final HttpClient client;

  /// Resources by API version and kind, as the server names them.
  private final Map<String, Resource> resources = new ConcurrentHashMap<>();

  /// @param certificate of the server; nothing else is trusted
  Api(String address, String token, Path certificate) throws IOException, GeneralSecurityException {
    this.address = address;
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .sslContext(trustOnly(certificate))
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /// What the server said.
  ///
  /// @param warnings what it accepted and thinks wrong
  record Answer(int status, JsonNode body, List<String> warnings) {
    boolean isSuccess() {
      return status / 100 == 2;
    }

    /// The server's words for a refusal.
    String message() {
      return status + " " + body.path("message").asText();
    }

    JsonNode orThrow() throws IOException {
      if (!isSuccess()) {
        throw new IOException(message());
      }
      return body;
    }
  }

  private record Resource(String plural, boolean namespaced) {}

  boolean isReady() throws InterruptedException {
    try {
      return client.send(request("/readyz").GET().build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /// The documents of a YAML file.
  static List<JsonNode> documents(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml(options).loadAll(yaml)) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }

  /// Applies an object on the server as one owner of its fields; unknown and repeated fields are
  /// errors.
  Answer apply(JsonNode object, String manager) throws IOException, InterruptedException {
    return send("PATCH", path(object) + strictly(manager), APPLY, object.toString());
  }

  /// The same whoever owned the fields before, as controllers of GitOps do.
  Answer applyByForce(JsonNode object, String manager) throws IOException, InterruptedException {
    return send(
        "PATCH", path(object) + strictly(manager) + "&force=true", APPLY, object.toString());
  }

  /// What [#apply] would do.
  Answer tryApply(JsonNode object, String manager) throws IOException, InterruptedException {
    return send(
        "PATCH", path(object) + strictly(manager) + "&dryRun=All", APPLY, object.toString());
  }

  private static String strictly(String manager) {
    return "?fieldValidation=Strict&fieldManager=" + manager;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, JsonNode body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", body.toString());
  }

  /// Changes parts of an object; lists are replaced.
  Answer merge(String path, JsonNode change) throws IOException, InterruptedException {
    return send("PATCH", path, MERGE, change.toString());
  }

  /// Changes parts of an object; conditions and taints are merged by their keys.
  Answer strategic(String path, JsonNode change) throws IOException, InterruptedException {
    return send("PATCH", path, "application/strategic-merge-patch+json", change.toString());
  }

  /// Changes an object step by step, as a release does.
  Answer jsonPatch(String path, JsonNode steps) throws IOException, InterruptedException {
    return send("PATCH", path, "application/json-patch+json", steps.toString());
  }

  Answer delete(String path, Map<String, ?> options) throws IOException, InterruptedException {
    return send("DELETE", path, "application/json", JSON.valueToTree(options).toString());
  }

  /// Events of a list until the server ends the stream.
  Stream<String> watch(String path, String version) throws IOException, InterruptedException {
    HttpRequest request =
        request(path + "?watch=1&allowWatchBookmarks=true&resourceVersion=" + version)
            .GET()
            .build();
    return client.send(request, BodyHandlers.ofLines()).body();
  }

  /// Where the object is, or would be.
  String path(JsonNode object) throws IOException, InterruptedException {
    String version = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    Resource resource = resource(version, kind);
    JsonNode metadata = object.path("metadata");
    String namespace =
        resource.namespaced() ? "/namespaces/" + metadata.path("namespace").asText("default") : "";
    return root(version)
        + namespace
        + "/"
        + resource.plural()
        + "/"
        + metadata.path("name").asText();
  }

  private Resource resource(String version, String kind) throws IOException, InterruptedException {
    Resource known = resources.get(version + "/" + kind);
    if (known != null) {
      return known;
    }
    for (JsonNode found : get(root(version)).orThrow().path("resources")) {
      if (!found.path("name").asText().contains("/")) {
        resources.put(
            version + "/" + found.path("kind").asText(),
            new Resource(found.path("name").asText(), found.path("namespaced").asBoolean()));
      }
    }
    known = resources.get(version + "/" + kind);
    if (known == null) {
      throw new IOException("the server has no kind " + kind + " in " + version);
    }
    return known;
  }

  private static String root(String version) {
    return version.contains("/") ? "/apis/" + version : "/api/" + version;
  }

  private Answer send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString(UTF_8));
    return new Answer(
        response.statusCode(), tree(response.body()), response.headers().allValues("warning"));
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException _) {
      ObjectNode message = JSON.createObjectNode();
      return message.put("message", text);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }

  private static SSLContext trustOnly(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      int number = 0;
      for (var found : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("server-" + number++, found);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
