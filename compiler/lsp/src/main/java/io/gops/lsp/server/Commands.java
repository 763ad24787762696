package io.gops.lsp.server;

import io.gops.artifact.Artifact;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostics;
import io.gops.lsp.fleet.Checked;
import io.gops.lsp.fleet.FleetProofs;
import io.gops.lsp.fleet.LiveFleet;
import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.server.GopsRequests.File;
import io.gops.lsp.server.GopsRequests.Named;
import io.gops.lsp.server.GopsRequests.Output;
import io.gops.source.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What becomes of a fleet, for an editor to show: generated files, plans, the capacity report. All
/// is made from what the editor shows, saved or not; nothing is written.
final class Commands {
  /// Characters of generated files that are handed over; the rest is only counted.
  private static final int MOST_TEXT = 1_000_000;

  private static final String NO_FLEET = "The file belongs to no fleet.";

  private final OpenFleets fleets;
  private final Supplier<Catalogue> catalogue;

  /// @param catalogue words messages; which one the editor says late
  Commands(OpenFleets fleets, Supplier<Catalogue> catalogue) {
    this.fleets = fleets;
    this.catalogue = catalogue;
  }

  Output compiled(Named request) {
    return output(request, artifact -> isKubernetes(artifact) && takesPart(artifact, request));
  }

  Output plan(Named request) {
    String end = "/rollout/" + request.name() + "/runbook.md";
    return output(request, artifact -> artifact.path().endsWith(end));
  }

  Output capacity(Named request) {
    return output(request, artifact -> artifact.path().endsWith("/report/capacity.html"));
  }

  Output network(Named request) {
    Optional<Checked> checked = check(request);
    if (checked.isEmpty()) {
      return Output.nothing(NO_FLEET);
    }
    List<File> files = new ArrayList<>();
    checked
        .get()
        .compiled()
        .forEach(
            (environment, compiled) ->
                files.add(new File(environment + "/network.html", NetworkPage.html(compiled))));
    return files.isEmpty() ? wrong(checked.get()) : new Output(files, 0, "");
  }

  /// What the changes since the last commit do to what runs, one page for all environments.
  Output difference(Named request) {
    Optional<LiveFleet> fleet = fleets.fleet(request.uri());
    return fleet.isEmpty()
        ? Output.nothing(NO_FLEET)
        : new SinceCommit(fleet.get().latest(), fleets.proofs().target(), catalogue.get()).page();
  }

  private Optional<Checked> check(Named request) {
    FleetProofs proofs = fleets.proofs();
    return fleets.fleet(request.uri()).flatMap(fleet -> proofs.check(fleet.latest()));
  }

  private Output output(Named request, Predicate<Artifact> wanted) {
    Optional<Checked> checked = check(request);
    if (checked.isEmpty()) {
      return Output.nothing(NO_FLEET);
    }
    List<Artifact> found = new ArrayList<>();
    fleets
        .proofs()
        .generate(
            checked.get(),
            artifact -> {
              if (wanted.test(artifact)) {
                found.add(artifact);
              }
            });
    if (found.isEmpty()) {
      return checked.get().compiled().isEmpty()
          ? wrong(checked.get())
          : Output.nothing("Nothing is generated from it.");
    }
    SortedMap<String, Artifact> sorted = new TreeMap<>();
    found.forEach(artifact -> sorted.put(artifact.path(), artifact));
    List<File> files = new ArrayList<>();
    int left = MOST_TEXT;
    for (Artifact artifact : sorted.values()) {
      if (left > 0) {
        File file = new File(artifact.path(), text(artifact));
        left -= file.text().length();
        files.add(file);
      }
    }
    return new Output(files, sorted.size() - files.size(), "");
  }

  private static Output wrong(Checked checked) {
    return wrong(checked.diagnostics());
  }

  /// Says why nothing can be made of a fleet.
  static Output wrong(Diagnostics diagnostics) {
    long errors = diagnostics.sorted().stream().filter(d -> d.isError()).count();
    return Output.nothing(
        errors == 1
            ? "There is an error, so nothing is generated."
            : "There are %d errors, so nothing is generated.".formatted(errors));
  }

  private static boolean isKubernetes(Artifact artifact) {
    return artifact.path().contains("/kubernetes/") && artifact.path().endsWith(".yaml");
  }

  /// Whether a file is made from a declaration, among others.
  private boolean takesPart(Artifact artifact, Named request) {
    List<Place> places =
        fleets.view(request.uri()).stream()
            .flatMap(view -> view.file().definitions().stream())
            .filter(d -> d.symbol().space().equals(request.kind()))
            .filter(d -> d.symbol().name().equals(request.name()))
            .map(Definition::whole)
            .toList();
    return request.name().isEmpty()
        || artifact.origins().stream()
            .flatMap(origin -> origin.chain().stream())
            .anyMatch(place -> places.stream().anyMatch(whole -> covers(whole, place)));
  }

  private static boolean covers(Place whole, Place part) {
    return whole.file().path().equals(part.file().path())
        && whole.span().offset() <= part.span().offset()
        && part.span().end() <= whole.span().end();
  }

  private static String text(Artifact artifact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      artifact.content().writeTo(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
