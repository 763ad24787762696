package io.gops.lsp.server;

import io.gops.bind.Draft;
import io.gops.compilation.FleetArchive;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Target;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Waiver;
import io.gops.diff.Compared;
import io.gops.diff.FleetDiff;
import io.gops.fleet.Fleet;
import io.gops.git.GitFailure;
import io.gops.git.GitRevision;
import io.gops.lsp.fleet.Snapshot;
import io.gops.lsp.server.GopsRequests.File;
import io.gops.lsp.server.GopsRequests.Output;
import io.gops.review.DiffPage;
import io.gops.review.Reviewed;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A fleet as the editor shows it, compared with the last commit as `gopsc diff` does: its objects
/// are read from git, and nothing is checked out.
final class SinceCommit {
  private static final String AGAINST = "HEAD";

  private final Snapshot now;
  private final Target target;
  private final Catalogue catalogue;

  SinceCommit(Snapshot now, Target target, Catalogue catalogue) {
    this.now = now;
    this.target = target;
    this.catalogue = catalogue;
  }

  /// What changes, as a page; a reason when there is none.
  Output page() {
    Optional<Draft> draft = now.place().isOnDisk() ? now.draft() : Optional.empty();
    if (draft.isEmpty()) {
      return Output.nothing("The file is in no folder, so there is no commit of it.");
    }
    Diagnostics found = new Diagnostics();
    draft.get().reportTo(found);
    SortedMap<String, Fleet> fleets = draft.get().fleets();
    if (found.hasErrors()) {
      return Commands.wrong(found);
    }
    FleetFolder folder = FleetFolder.of(now.place().source());
    try {
      FleetArchive before =
          FleetArchive.like(
              folder, GitRevision.of(folder.root(), AGAINST).files(FleetArchive::isInput));
      Diagnostics compared = new Diagnostics();
      List<FleetDiff> diffs =
          new Compared(AGAINST, before, folder, target, catalogue::text, compared)
              .diffs(fleets, sources(), Optional.empty());
      return compared.hasErrors() ? refused(compared) : page(diffs, waivers(found));
    } catch (GitFailure failure) {
      return Output.nothing(failure.reason());
    }
  }

  private SortedMap<String, String> sources() {
    SortedMap<String, String> sources = new TreeMap<>();
    now.trees().forEach((path, tree) -> sources.put(path, tree.file().text()));
    return sources;
  }

  private static List<Waiver> waivers(Diagnostics found) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return found.waivers().stream().filter(waiver -> !waiver.isExpired(today)).toList();
  }

  private static Output page(List<FleetDiff> diffs, List<Waiver> waivers) {
    List<Reviewed> reviewed = diffs.stream().map(diff -> new Reviewed(diff, waivers)).toList();
    String page = new DiffPage(UnaryOperator.identity()).print(reviewed, AGAINST);
    return new Output(List.of(new File("diff.html", page)), 0, "");
  }

  /// The first of what is wrong, with either of both.
  private Output refused(Diagnostics compared) {
    return Output.nothing(
        compared.sorted().stream()
            .filter(Diagnostic::isError)
            .findFirst()
            .map(error -> catalogue.text(error.message()))
            .orElse(""));
  }
}
