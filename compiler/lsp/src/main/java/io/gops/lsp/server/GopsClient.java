package io.gops.lsp.server;

import java.util.Map;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.services.LanguageClient;

/// What an editor is told beside the protocol.
public interface GopsClient extends LanguageClient {
  /// A fleet was checked to the end.
  @JsonNotification("gops/proved")
  void proved(ProvedFleet fleet);

  /// @param folder the URI of its folder
  /// @param versions of the open files that were checked, by URI
  /// @param errors how many there are
  record ProvedFleet(String folder, Map<String, Integer> versions, int errors) {
    public ProvedFleet {
      versions = Map.copyOf(versions);
    }
  }
}
