package io.gops.cli;

import io.gops.compilation.FleetArchive;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.git.GitFailure;
import io.gops.git.GitRevision;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a fleet is compared with, as `--against` names it.
final class Baseline {
  private Baseline() {}

  /// The fleet as a folder, a file or a commit has it.
  ///
  /// @param folder the fleet that is compared, which a commit may have or not
  /// @param against a folder or file, otherwise a revision
  /// @return absent after a report
  static Optional<FleetArchive> of(FleetFolder folder, String against, Diagnostics diagnostics) {
    Path named = Path.of(against);
    boolean isFile = against.endsWith(".gops") && Files.isRegularFile(named);
    return isFile || Files.isDirectory(named)
        ? onDisk(named, diagnostics)
        : committed(folder, against, diagnostics);
  }

  /// A folder without a fleet is a slip of the pen; were it compared with, everything would be new.
  private static Optional<FleetArchive> onDisk(Path named, Diagnostics diagnostics) {
    FleetFolder folder = FleetFolder.of(named);
    try {
      FleetArchive archive = FleetArchive.of(folder);
      if (archive.isThere()) {
        return Optional.of(archive);
      }
      diagnostics.report(
          Diagnostic.of(Code.GOPS2916)
              .saying("folder", named, folder.beginning())
              .hint("folderHint"));
    } catch (IOException failure) {
      diagnostics.report(Diagnostic.of(Code.GOPS2916, SystemReason.named(failure)).hint("hint"));
    }
    return Optional.empty();
  }

  private static Optional<FleetArchive> committed(
      FleetFolder folder, String against, Diagnostics diagnostics) {
    try {
      GitRevision revision = GitRevision.of(folder.root(), against);
      return Optional.of(FleetArchive.like(folder, revision.files(FleetArchive::isInput)));
    } catch (GitFailure failure) {
      diagnostics.report(problem(folder.root(), against, failure));
      return Optional.empty();
    }
  }

  private static Diagnostic.Builder problem(Path root, String against, GitFailure failure) {
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2916, failure.reason());
    return switch (failure.kind()) {
      case ABSENT -> problem.saying("git", against).hint("hint");
      case NO_CHECKOUT -> problem.saying("checkout", root).hint("hint");
      case FOREIGN -> problem.saying("foreign", root).hint("foreignHint", top(root));
      case UNKNOWN_REVISION -> problem.saying("revision", against).hint("revisionHint");
      case SHALLOW -> problem.saying("shallow", against).hint("shallowHint");
      case NO_COMMIT -> problem.saying("commit", against).hint("hint");
      case REFUSED -> problem.hint("hint");
    };
  }

  /// The top of the checkout that a folder is in.
  private static Path top(Path folder) {
    Path top = folder;
    while (!Files.exists(top.resolve(".git")) && top.getParent() != null) {
      top = top.getParent();
    }
    return top;
  }
}
