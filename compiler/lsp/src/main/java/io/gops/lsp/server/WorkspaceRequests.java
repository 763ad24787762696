package io.gops.lsp.server;

import io.gops.lsp.feature.WorkspaceSymbols;
import io.gops.lsp.fleet.LiveFleet;
import io.gops.lsp.fleet.OpenFleets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/// What an editor asks about all files.
record WorkspaceRequests(OpenFleets fleets, Answers answers) implements WorkspaceService {
  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    // Nothing of it is kept here: what an editor sets takes effect when the server starts.
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    fleets.filesChanged();
  }

  @Override
  public CompletableFuture<
          Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>>
      symbol(WorkspaceSymbolParams params) {
    return answers.later(
        () -> {
          List<WorkspaceSymbol> found = new ArrayList<>();
          for (LiveFleet fleet : fleets.fleets()) {
            found.addAll(
                WorkspaceSymbols.of(
                    fleet.latest().names(),
                    params.getQuery(),
                    place -> fleets.uri(fleet.place(), place.file().path())));
          }
          return Either.forRight(found);
        });
  }
}
