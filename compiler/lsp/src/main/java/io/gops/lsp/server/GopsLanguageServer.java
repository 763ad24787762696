package io.gops.lsp.server;

import com.google.gson.JsonObject;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Language;
import io.gops.lsp.feature.Colours;
import io.gops.lsp.fleet.LiveFleet;
import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.fleet.Proved;
import io.gops.lsp.fleet.Snapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DocumentLinkOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.NullUnmarked;

/// The server of one editor.
@NullUnmarked
public final class GopsLanguageServer implements LanguageServer, GopsRequests {
  private final String version;
  private final Library library;
  private final ClientAbilities abilities = new ClientAbilities();
  private final Told told = new Told();
  private final OpenFleets fleets;
  private final Answers answers;
  private final Commands commands;
  private GopsClient client;
  private volatile Publisher publisher;
  private Catalogue catalogue;
  private TextRequests texts;
  private final CompletableFuture<Void> exited = new CompletableFuture<>();
  private volatile boolean isShutDown;

  /// @param version of the compiler
  /// @param language in which diagnostics are said, unless the editor wants another
  public GopsLanguageServer(String version, Library library, Language language) {
    this.version = version;
    this.library = library;
    this.catalogue = Catalogue.of(language);
    this.fleets = new OpenFleets(told, this::log);
    this.answers = new Answers(fleets);
    this.commands = new Commands(fleets, () -> catalogue);
  }

  /// Hands on to the publisher, which is made when the editor has said what it can do.
  private final class Told implements OpenFleets.Told {
    @Override
    public void found(
        LiveFleet fleet, Snapshot snapshot, List<io.gops.diagnostic.Diagnostic> diagnostics) {
      publisher.found(fleet, snapshot, diagnostics);
    }

    @Override
    public void proved(LiveFleet fleet, Proved proved) {
      publisher.proved(fleet, proved);
    }

    @Override
    public void closed(LiveFleet fleet) {
      publisher.closed(fleet);
    }
  }

  public void connect(GopsClient editor) {
    this.client = editor;
  }

  /// Done when the editor wants the process to end; its stream may stay open.
  public CompletableFuture<Void> exited() {
    return exited;
  }

  /// Whether the editor has said good-bye before it left.
  public boolean isShutDown() {
    return isShutDown;
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    abilities.take(params.getCapabilities());
    if (params.getInitializationOptions() instanceof JsonObject options
        && options.has("language")
        && "zh".equals(options.get("language").getAsString())) {
      catalogue = Catalogue.of(Language.CHINESE);
    }
    publisher = new Publisher(client, catalogue, fleets, this::refresh);
    texts = new TextRequests(fleets, answers, catalogue, abilities);
    return CompletableFuture.completedFuture(
        new InitializeResult(capabilities(), new ServerInfo("gopsc", version)));
  }

  private static ServerCapabilities capabilities() {
    ServerCapabilities can = new ServerCapabilities();
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    can.setTextDocumentSync(sync);
    can.setCompletionProvider(
        new CompletionOptions(false, List.of(".", ":", "=", " ", "\"", "{", "@", ">")));
    can.setHoverProvider(true);
    can.setSignatureHelpProvider(new SignatureHelpOptions(List.of(" ", ">", ":")));
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setDocumentHighlightProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    can.setDocumentSymbolProvider(true);
    can.setWorkspaceSymbolProvider(true);
    can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    can.setCodeLensProvider(new CodeLensOptions(false));
    can.setInlayHintProvider(true);
    SemanticTokensWithRegistrationOptions colours =
        new SemanticTokensWithRegistrationOptions(Colours.legend());
    colours.setFull(true);
    can.setSemanticTokensProvider(colours);
    can.setFoldingRangeProvider(true);
    can.setSelectionRangeProvider(true);
    can.setDocumentFormattingProvider(true);
    can.setDocumentRangeFormattingProvider(true);
    can.setDocumentLinkProvider(new DocumentLinkOptions(false));
    return can;
  }

  @Override
  public void initialized(InitializedParams params) {
    List<FileSystemWatcher> watchers =
        List.of(
                "**/*.gops",
                "**/lock/*.lock",
                "**/state/*.jsonl",
                "**/policies",
                "**/policies/*.cel")
            .stream()
            .map(glob -> new FileSystemWatcher(Either.forLeft(glob)))
            .toList();
    var _ =
        client.registerCapability(
            new RegistrationParams(
                List.of(
                    new Registration(
                        "gops-files",
                        "workspace/didChangeWatchedFiles",
                        new DidChangeWatchedFilesRegistrationOptions(watchers)))));
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    isShutDown = true;
    fleets.close();
    answers.close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    exited.complete(null);
  }

  @Override
  public void setTrace(SetTraceParams params) {
    // There is nothing to trace that the editor does not see itself.
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    // LSP4J asks for the services before the editor has said what it can do.
    return texts == null ? texts = new TextRequests(fleets, answers, catalogue, abilities) : texts;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return new WorkspaceRequests(fleets, answers);
  }

  @Override
  public CompletableFuture<String> library(GopsRequests.Text request) {
    return CompletableFuture.completedFuture(library.text(request.uri()).orElse(""));
  }

  @Override
  public CompletableFuture<GopsRequests.Output> compiled(GopsRequests.Named request) {
    return answers.later(() -> commands.compiled(request));
  }

  @Override
  public CompletableFuture<GopsRequests.Output> plan(GopsRequests.Named request) {
    return answers.later(() -> commands.plan(request));
  }

  @Override
  public CompletableFuture<GopsRequests.Output> capacity(GopsRequests.Named request) {
    return answers.later(() -> commands.capacity(request));
  }

  @Override
  public CompletableFuture<GopsRequests.Output> network(GopsRequests.Named request) {
    return answers.later(() -> commands.network(request));
  }

  @Override
  public CompletableFuture<GopsRequests.Output> difference(GopsRequests.Named request) {
    return answers.later(() -> commands.difference(request));
  }

  private void refresh() {
    if (abilities.refreshesHints()) {
      var _ = client.refreshInlayHints();
    }
    if (abilities.refreshesLenses()) {
      var _ = client.refreshCodeLenses();
    }
  }

  private void log(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    Objects.requireNonNull(client)
        .logMessage(new MessageParams(MessageType.Error, "bug in gopsc: " + text));
  }
}
