package io.gops.lsp.server;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.lsp.feature.Findings;
import io.gops.lsp.fleet.LiveFleet;
import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.fleet.OpenText;
import io.gops.lsp.fleet.Proved;
import io.gops.lsp.fleet.Snapshot;
import io.gops.lsp.text.Uris;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.jspecify.annotations.Nullable;

/// Tells the editor what is wrong with each file of a fleet, and tells nothing twice.
final class Publisher implements OpenFleets.Told {
  private final GopsClient client;
  private final Catalogue catalogue;
  private final OpenFleets fleets;
  private final Map<String, PublishDiagnosticsParams> told = new HashMap<>();
  private final Runnable refresh;

  /// @param refresh asks the editor to show anew what depends on proofs
  Publisher(GopsClient client, Catalogue catalogue, OpenFleets fleets, Runnable refresh) {
    this.client = client;
    this.catalogue = catalogue;
    this.fleets = fleets;
    this.refresh = refresh;
  }

  @Override
  public synchronized void found(LiveFleet fleet, Snapshot snapshot, List<Diagnostic> diagnostics) {
    Findings findings =
        new Findings(catalogue, place -> fleets.uri(fleet.place(), place.file().path()));
    Map<String, List<org.eclipse.lsp4j.Diagnostic>> byUri = new TreeMap<>();
    Map<String, Integer> versions = new HashMap<>();
    for (String path : snapshot.unsaved().keySet()) {
      if (snapshot.has(path)) {
        String uri = fleets.uri(fleet.place(), path);
        byUri.put(uri, new ArrayList<>());
        fleets
            .open(fleet.place(), path)
            .map(OpenText::version)
            .ifPresent(v -> versions.put(uri, v));
      }
    }
    fleet.published().forEach(uri -> byUri.putIfAbsent(uri, new ArrayList<>()));
    for (Diagnostic diagnostic : diagnostics) {
      String path =
          diagnostic.place().map(place -> place.file().path()).orElse(fleet.place().root());
      byUri
          .computeIfAbsent(fleets.uri(fleet.place(), path), _ -> new ArrayList<>())
          .add(findings.of(diagnostic));
    }
    if (fleet.latest() != snapshot) {
      return;
    }
    byUri.forEach((uri, list) -> publish(uri, list, versions.get(uri)));
    fleet.published().clear();
    byUri.forEach(
        (uri, list) -> {
          if (!list.isEmpty()) {
            fleet.published().add(uri);
          }
        });
  }

  private void publish(
      String uri, List<org.eclipse.lsp4j.Diagnostic> diagnostics, @Nullable Integer version) {
    PublishDiagnosticsParams now = new PublishDiagnosticsParams(uri, diagnostics, version);
    PublishDiagnosticsParams before = told.put(uri, now);
    if (!now.equals(before)) {
      client.publishDiagnostics(now);
    }
  }

  @Override
  public void proved(LiveFleet fleet, Proved proved) {
    Map<String, Integer> versions = new TreeMap<>();
    proved
        .of()
        .unsaved()
        .forEach(
            (path, text) ->
                fleets
                    .open(fleet.place(), path)
                    .filter(open -> open.text().equals(text))
                    .ifPresent(open -> versions.put(open.uri(), open.version())));
    long errors = proved.diagnostics().stream().filter(Diagnostic::isError).count();
    client.proved(
        new GopsClient.ProvedFleet(
            Uris.of(fleet.place().folder()), versions, Math.toIntExact(errors)));
    refresh.run();
  }

  @Override
  public synchronized void closed(LiveFleet fleet) {
    for (String uri : fleet.published()) {
      told.remove(uri);
      client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
    }
    fleet.published().clear();
  }
}
