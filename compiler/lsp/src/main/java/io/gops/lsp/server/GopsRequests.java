package io.gops.lsp.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.jsonrpc.services.JsonSegment;

/// The requests that are not part of the protocol: `gops/library` and so on.
@JsonSegment("gops")
public interface GopsRequests {
  /// The text of a file of the library or of a page about a diagnostic; empty when there is none.
  @JsonRequest
  CompletableFuture<String> library(Text request);

  /// The generated files that a declaration takes part in.
  @JsonRequest
  CompletableFuture<Output> compiled(Named request);

  /// What the changes since the last commit do to what runs.
  @JsonRequest
  CompletableFuture<Output> difference(Named request);

  /// The runbook of a release.
  @JsonRequest
  CompletableFuture<Output> plan(Named request);

  /// The capacity report.
  @JsonRequest
  CompletableFuture<Output> capacity(Named request);

  /// Who is in which network, and who may talk to whom.
  @JsonRequest
  CompletableFuture<Output> network(Named request);

  /// @param uri of a text of the library
  record Text(String uri) {}

  /// @param uri of the file that asks
  /// @param kind of the declaration; empty for the whole fleet
  /// @param name of the declaration; empty for the whole fleet
  record Named(String uri, String kind, String name) {}

  /// @param files in order of their paths
  /// @param more files that are left out because they are too many
  /// @param reason why there is nothing to show; empty when there is something
  record Output(List<File> files, int more, String reason) {
    public Output {
      files = List.copyOf(files);
    }

    static Output nothing(String reason) {
      return new Output(List.of(), 0, reason);
    }
  }

  /// A generated file.
  ///
  /// @param path in the output folder
  record File(String path, String text) {}
}
