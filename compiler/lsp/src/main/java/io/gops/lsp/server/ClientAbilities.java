package io.gops.lsp.server;

import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeLensWorkspaceCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.DefinitionCapabilities;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;

/// What the editor can do, said at the beginning; an editor that says nothing can do the least.
final class ClientAbilities {
  private volatile boolean snippets;
  private volatile boolean links;
  private volatile boolean annotations;
  private volatile boolean refreshesHints;
  private volatile boolean refreshesLenses;

  void take(ClientCapabilities said) {
    Optional<TextDocumentClientCapabilities> text =
        Optional.ofNullable(said).map(ClientCapabilities::getTextDocument);
    Optional<WorkspaceClientCapabilities> workspace =
        Optional.ofNullable(said).map(ClientCapabilities::getWorkspace);
    snippets =
        text.map(TextDocumentClientCapabilities::getCompletion)
            .map(CompletionCapabilities::getCompletionItem)
            .map(CompletionItemCapabilities::getSnippetSupport)
            .orElse(false);
    links =
        text.map(TextDocumentClientCapabilities::getDefinition)
            .map(DefinitionCapabilities::getLinkSupport)
            .orElse(false);
    annotations =
        workspace
            .map(WorkspaceClientCapabilities::getWorkspaceEdit)
            .filter(edit -> edit.getChangeAnnotationSupport() != null)
            .isPresent();
    refreshesHints =
        workspace
            .map(WorkspaceClientCapabilities::getInlayHint)
            .map(InlayHintWorkspaceCapabilities::getRefreshSupport)
            .orElse(false);
    refreshesLenses =
        workspace
            .map(WorkspaceClientCapabilities::getCodeLens)
            .map(CodeLensWorkspaceCapabilities::getRefreshSupport)
            .orElse(false);
  }

  boolean snippets() {
    return snippets;
  }

  boolean links() {
    return links;
  }

  boolean annotations() {
    return annotations;
  }

  boolean refreshesHints() {
    return refreshesHints;
  }

  boolean refreshesLenses() {
    return refreshesLenses;
  }
}
