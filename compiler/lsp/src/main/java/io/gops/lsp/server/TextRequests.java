package io.gops.lsp.server;

import io.gops.diagnostic.Catalogue;
import io.gops.lsp.feature.Colours;
import io.gops.lsp.feature.Completions;
import io.gops.lsp.feature.FileLinks;
import io.gops.lsp.feature.Folding;
import io.gops.lsp.feature.Hints;
import io.gops.lsp.feature.Hovers;
import io.gops.lsp.feature.Layout;
import io.gops.lsp.feature.Lenses;
import io.gops.lsp.feature.Navigation;
import io.gops.lsp.feature.Outline;
import io.gops.lsp.feature.QuickFixes;
import io.gops.lsp.feature.Renaming;
import io.gops.lsp.feature.RuleForms;
import io.gops.lsp.feature.Selections;
import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.fleet.OpenText;
import io.gops.lsp.text.Positions;
import io.gops.lsp.text.Uris;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.NullUnmarked;

/// What an editor asks about one file: each request goes to the feature that answers it.
@NullUnmarked
final class TextRequests implements TextDocumentService {
  private final OpenFleets fleets;
  private final Answers answers;
  private final Catalogue catalogue;
  private final ClientAbilities abilities;

  TextRequests(OpenFleets fleets, Answers answers, Catalogue catalogue, ClientAbilities abilities) {
    this.fleets = fleets;
    this.answers = answers;
    this.catalogue = catalogue;
    this.abilities = abilities;
  }

  // ---- texts

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    var document = params.getTextDocument();
    fleets.open(
        new OpenText(
            document.getUri(),
            Uris.path(document.getUri()),
            document.getVersion(),
            document.getText()));
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    fleets
        .text(uri)
        .ifPresent(
            before -> {
              String text = before.text();
              for (TextDocumentContentChangeEvent change : params.getContentChanges()) {
                text = changed(text, change);
              }
              fleets.change(uri, params.getTextDocument().getVersion(), text);
            });
  }

  private static String changed(String text, TextDocumentContentChangeEvent change) {
    if (change.getRange() == null) {
      return change.getText();
    }
    SourceFile file = new SourceFile("", text);
    Span span = Positions.span(file, change.getRange());
    return text.substring(0, span.offset()) + change.getText() + text.substring(span.end());
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    fleets.close(params.getTextDocument().getUri());
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    // The text is known already.
  }

  // ---- questions

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    boolean bySpace =
        params.getContext() != null && " ".equals(params.getContext().getTriggerCharacter());
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        Either.forLeft(List.of()),
        (view, offset) ->
            Either.forRight(Completions.at(view, offset, abilities.snippets(), bySpace)));
  }

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        null,
        (view, offset) -> Hovers.at(view, offset).orElse(null));
  }

  @Override
  public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        null,
        (view, offset) -> RuleForms.at(view, offset).orElse(null));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        Either.forLeft(List.of()),
        (view, offset) -> {
          List<LocationLink> links = Navigation.definitions(view, offset);
          return abilities.links() ? Either.forRight(links) : Either.forLeft(locations(links));
        });
  }

  private static List<Location> locations(List<LocationLink> links) {
    return links.stream()
        .map(link -> new Location(link.getTargetUri(), link.getTargetSelectionRange()))
        .toList();
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        List.of(),
        (view, offset) ->
            Navigation.references(view, offset, params.getContext().isIncludeDeclaration()));
  }

  @Override
  public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
      DocumentHighlightParams params) {
    return answers.at(
        uri(params.getTextDocument()), params.getPosition(), List.of(), Navigation::highlights);
  }

  @Override
  public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
      prepareRename(PrepareRenameParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        null,
        (view, offset) -> Either3.forSecond(Renaming.prepare(view, offset)));
  }

  @Override
  public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
    return answers.at(
        uri(params.getTextDocument()),
        params.getPosition(),
        null,
        (view, offset) ->
            Renaming.rename(view, offset, params.getNewName(), abilities.annotations()));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return answers.of(
        uri(params.getTextDocument()),
        List.of(),
        view ->
            Outline.of(view).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    return answers.of(
        uri(params.getTextDocument()),
        List.of(),
        view ->
            QuickFixes.of(view, Positions.span(view.text(), params.getRange()), catalogue).stream()
                .map(Either::<Command, CodeAction>forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    return answers.of(uri(params.getTextDocument()), List.of(), Lenses::of);
  }

  @Override
  public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
    return answers.of(
        uri(params.getTextDocument()),
        List.of(),
        view -> Hints.of(view, Positions.span(view.text(), params.getRange())));
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
    return answers.of(
        uri(params.getTextDocument()),
        new SemanticTokens(List.of()),
        view -> new SemanticTokens(Colours.of(view)));
  }

  @Override
  public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
    return answers.of(uri(params.getTextDocument()), List.of(), Folding::of);
  }

  @Override
  public CompletableFuture<List<SelectionRange>> selectionRange(SelectionRangeParams params) {
    return answers.of(
        uri(params.getTextDocument()),
        List.of(),
        view ->
            params.getPositions().stream()
                .map(position -> Selections.at(view, Positions.offset(view.text(), position)))
                .collect(Collectors.toList()));
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return answers.of(uri(params.getTextDocument()), List.of(), Layout::of);
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> rangeFormatting(
      DocumentRangeFormattingParams params) {
    return answers.of(
        uri(params.getTextDocument()), List.of(), view -> Layout.of(view, params.getRange()));
  }

  @Override
  public CompletableFuture<List<DocumentLink>> documentLink(DocumentLinkParams params) {
    return answers.of(uri(params.getTextDocument()), List.of(), FileLinks::of);
  }

  private static String uri(org.eclipse.lsp4j.TextDocumentIdentifier document) {
    return document.getUri();
  }
}
