package io.gops.lsp;

import io.gops.diagnostic.Language;
import io.gops.lsp.server.GopsClient;
import io.gops.lsp.server.GopsLanguageServer;
import io.gops.lsp.server.GopsRequests;
import io.gops.lsp.server.Library;
import io.gops.lsp.text.Uris;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.lsp4j.*;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;

/// An editor in the same process: a real client and a real server with pipes between them.
final class Editor implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("gops.root"));

  private final Path folder;
  private final Client client = new Client();
  private final Server remote;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Integer> versions = new ConcurrentHashMap<>();

  /// What the server offers: the protocol and the requests of its own.
  interface Server extends LanguageServer, GopsRequests {}

  /// What the editor was told.
  static final class Client implements GopsClient {
    final Map<String, PublishDiagnosticsParams> diagnostics = new ConcurrentHashMap<>();
    final List<String> log = new ArrayList<>();
    private final Map<String, Integer> proved = new HashMap<>();

    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public synchronized void publishDiagnostics(PublishDiagnosticsParams params) {
      diagnostics.put(params.getUri(), params);
      notifyAll();
    }

    @Override
    public void showMessage(MessageParams params) {
      logMessage(params);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams p) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void logMessage(MessageParams params) {
      log.add(params.getMessage());
    }

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshInlayHints() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshCodeLenses() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void proved(ProvedFleet fleet) {
      proved.putAll(fleet.versions());
      notifyAll();
    }

    /// Waits until a version of a file was checked to the end.
    synchronized void awaitProof(String uri, int version) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (proved.getOrDefault(uri, 0) < version && System.nanoTime() < end) {
        wait(100);
      }
      if (proved.getOrDefault(uri, 0) < version) {
        throw new AssertionError("no proof came; log: " + log);
      }
    }
  }

  private Editor(Path folder, Optional<String> language) throws Exception {
    this.folder = folder;
    // Pipes of java.io break when a thread ends that wrote to them.
    Socket here;
    Socket there;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      here = new Socket(door.getInetAddress(), door.getLocalPort());
      there = door.accept();
    }
    GopsLanguageServer server =
        new GopsLanguageServer("test", new Library(code -> "# " + code), Language.ENGLISH);
    Launcher<GopsClient> serving =
        new LSPLauncher.Builder<GopsClient>()
            .setLocalService(server)
            .setRemoteInterface(GopsClient.class)
            .setInput(there.getInputStream())
            .setOutput(there.getOutputStream())
            .create();
    server.connect(serving.getRemoteProxy());
    var _ = serving.startListening();
    Launcher<Server> asking =
        new Launcher.Builder<Server>()
            .setLocalService(client)
            .setRemoteInterface(Server.class)
            .setInput(here.getInputStream())
            .setOutput(here.getOutputStream())
            .create();
    var _ = asking.startListening();
    this.remote = asking.getRemoteProxy();
    InitializeParams hello = new InitializeParams();
    hello.setCapabilities(abilities());
    language.ifPresent(wanted -> hello.setInitializationOptions(Map.of("language", wanted)));
    remote.initialize(hello).get(20, TimeUnit.SECONDS);
    remote.initialized(new InitializedParams());
  }

  private static ClientCapabilities abilities() {
    ClientCapabilities can = new ClientCapabilities();
    TextDocumentClientCapabilities text = new TextDocumentClientCapabilities();
    CompletionItemCapabilities item = new CompletionItemCapabilities();
    item.setSnippetSupport(true);
    text.setCompletion(new CompletionCapabilities(item));
    DefinitionCapabilities definition = new DefinitionCapabilities();
    definition.setLinkSupport(true);
    text.setDefinition(definition);
    can.setTextDocument(text);
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    workspace.setInlayHint(new InlayHintWorkspaceCapabilities(true));
    can.setWorkspace(workspace);
    return can;
  }

  /// An editor on a copy of an example, under a folder with a space and Chinese characters.
  static Editor onExample(String name, Path scratch) throws Exception {
    return onExample(name, scratch, Optional.empty());
  }

  /// The same in a language: `zh`.
  static Editor onExample(String name, Path scratch, Optional<String> language) throws Exception {
    Path copy = scratch.resolve("区服 " + name);
    copy(ROOT.resolve("examples").resolve(name), copy);
    return new Editor(copy.toRealPath(), language);
  }

  /// An editor on these files.
  static Editor on(Path scratch, Map<String, String> files) throws Exception {
    for (var file : files.entrySet()) {
      Path path = scratch.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return new Editor(scratch.toRealPath(), Optional.empty());
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  Server server() {
    return remote;
  }

  TextDocumentService texts() {
    return remote.getTextDocumentService();
  }

  Path folder() {
    return folder;
  }

  List<String> log() {
    synchronized (client) {
      return List.copyOf(client.log);
    }
  }

  String uri(String path) {
    return Uris.of(folder.resolve(path));
  }

  TextDocumentIdentifier id(String path) {
    return new TextDocumentIdentifier(uri(path));
  }

  String text(String path) {
    return texts.get(path);
  }

  /// Opens a file and waits until it is proved.
  String open(String path) throws Exception {
    String text = Files.readString(folder.resolve(path));
    open(path, text);
    return text;
  }

  void open(String path, String text) throws Exception {
    if (texts.put(path, text) != null) {
      type(path, text);
      return;
    }
    versions.put(path, 1);
    texts()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(path), "gops", 1, text)));
    awaitProof(path);
  }

  /// All open files as they are on disk; waits for nothing.
  void restore() throws IOException {
    for (String path : texts.keySet()) {
      String saved = Files.readString(folder.resolve(path));
      if (!saved.equals(texts.get(path))) {
        typeAndGoOn(path, saved);
      }
    }
  }

  /// Types another text and waits until it is proved.
  void type(String path, String text) throws Exception {
    typeAndGoOn(path, text);
    awaitProof(path);
  }

  void awaitProof(String path) throws InterruptedException {
    client.awaitProof(uri(path), versions.get(path));
  }

  void typeAndGoOn(String path, String text) {
    texts.put(path, text);
    int version = versions.merge(path, 1, Integer::sum);
    texts()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri(path), version),
                List.of(new TextDocumentContentChangeEvent(text))));
  }

  /// Replaces a part of a file.
  void replace(String path, String part, String other) throws Exception {
    String text = text(path);
    if (!text.contains(part)) {
      throw new AssertionError("no " + part + " in " + path);
    }
    type(path, text.replace(part, other));
  }

  List<Diagnostic> diagnostics(String path) {
    PublishDiagnosticsParams told = client.diagnostics.get(uri(path));
    return told == null ? List.of() : told.getDiagnostics();
  }

  Map<String, PublishDiagnosticsParams> allDiagnostics() {
    return Map.copyOf(client.diagnostics);
  }

  /// The position of `|` in a piece of a file that stands there once without it.
  Position at(String path, String piece) {
    String plain = piece.replace("|", "");
    String text = text(path);
    int found = text.indexOf(plain);
    if (found < 0) {
      throw new AssertionError("no " + plain + " in " + path);
    }
    return position(text, found + Math.max(0, piece.indexOf('|')));
  }

  static Position position(String text, int offset) {
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    return new Position(line, offset - (text.lastIndexOf('\n', offset - 1) + 1));
  }

  static int offset(String text, Position position) {
    int at = 0;
    for (int line = 0; line < position.getLine(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + position.getCharacter();
  }

  static String applied(String text, List<? extends TextEdit> edits) {
    StringBuilder result = new StringBuilder(text);
    edits.stream()
        .sorted(
            (a, b) -> offset(text, b.getRange().getStart()) - offset(text, a.getRange().getStart()))
        .forEach(
            edit ->
                result.replace(
                    offset(text, edit.getRange().getStart()),
                    offset(text, edit.getRange().getEnd()),
                    edit.getNewText()));
    return result.toString();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  static <T> T only(List<T> list, Predicate<T> wanted) {
    List<T> found = list.stream().filter(wanted).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " instead of one: " + list);
    }
    return found.getFirst();
  }

  @Override
  public void close() throws Exception {
    remote.shutdown().get(20, TimeUnit.SECONDS);
    remote.exit();
  }
}
