package io.gops.lsp.server;

import io.gops.artifact.Artifact;
import io.gops.lsp.fleet.Checked;
import io.gops.lsp.fleet.FleetProofs;
import io.gops.lsp.fleet.LiveFleet;
import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.server.GopsRequests.Changed;
import io.gops.lsp.server.GopsRequests.Difference;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What becomes of a fleet, for an editor to show: generated files, plans, the capacity report. All
/// is made from what the editor shows, saved or not; nothing is written.
final class Commands {
  /// Characters of generated files that are handed over; the rest is only counted.
  private static final int MOST_TEXT = 1_000_000;

  private static final String NO_FLEET = "The file belongs to no fleet.";

  private final OpenFleets fleets;

  Commands(OpenFleets fleets) {
    this.fleets = fleets;
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

  /// What of the generated files would be another than what the last commit makes.
  Difference difference(Named request) {
    Optional<LiveFleet> fleet = fleets.fleet(request.uri());
    Optional<Checked> now = check(request);
    if (fleet.isEmpty() || now.isEmpty()) {
      return Difference.nothing(NO_FLEET);
    }
    if (now.get().compiled().isEmpty()) {
      return Difference.nothing(wrong(now.get()).reason());
    }
    Predicate<Artifact> wanted = artifact -> isKubernetes(artifact) && takesPart(artifact, request);
    try (CommittedFleet committed = CommittedFleet.of(fleet.get().place())) {
      Checked before = fleets.proofs().check(committed.source());
      if (before.compiled().isEmpty()) {
        return Difference.nothing("What the last commit has does not compile.");
      }
      // Which files a declaration takes part in is asked of what is there now; files that go are
      // found by the paths of the same kind.
      Set<String> present = new TreeSet<>();
      SortedMap<String, String> after =
          texts(
              now.get(),
              artifact -> {
                present.add(artifact.path());
                return wanted.test(artifact);
              });
      SortedMap<String, String> old = texts(before, Commands::isKubernetes);
      return difference(old, after, present);
    } catch (IOException failure) {
      return Difference.nothing("git: " + failure.getMessage());
    }
  }

  /// @param present all paths that are made now
  private static Difference difference(
      SortedMap<String, String> before, SortedMap<String, String> after, Set<String> present) {
    List<Changed> changed = new ArrayList<>();
    after.forEach(
        (path, text) -> {
          String old = before.getOrDefault(path, "");
          if (!old.equals(text)) {
            changed.add(new Changed(path, old, text));
          }
        });
    before.forEach(
        (path, text) -> {
          if (!present.contains(path)) {
            changed.add(new Changed(path, text, ""));
          }
        });
    return changed.isEmpty()
        ? Difference.nothing("Nothing generated would change.")
        : new Difference(changed, "");
  }

  private SortedMap<String, String> texts(Checked checked, Predicate<Artifact> wanted) {
    SortedMap<String, String> texts = new TreeMap<>();
    fleets
        .proofs()
        .generate(
            checked,
            artifact -> {
              if (wanted.test(artifact)) {
                texts.put(artifact.path(), text(artifact));
              }
            });
    return texts;
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
    long errors = checked.diagnostics().sorted().stream().filter(d -> d.isError()).count();
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
