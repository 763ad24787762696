package io.gops.review;

import io.gops.diagnostic.Harmless;
import io.gops.diagnostic.Palette;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes for a person at a terminal.
public final class DiffText {
  /// Edits of one change that are shown; a program gets all.
  private static final int SHOWN_EDITS = 12;

  private static final int SHOWN_CHANGES = 50;

  private final Palette palette;
  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public DiffText(Palette palette, UnaryOperator<String> paths) {
    this.palette = palette;
    this.paths = paths;
  }

  /// The lines that tell of one environment.
  ///
  /// @param against what it is compared with, as the person said it
  public List<String> lines(Reviewed reviewed, String against) {
    FleetDiff diff = reviewed.diff();
    List<String> lines = new ArrayList<>();
    lines.add(palette.strong(Summary.of(reviewed, against)));
    Optional<String> before = Optional.empty();
    for (Change change : diff.changes().stream().limit(SHOWN_CHANGES).toList()) {
      Optional<String> cause = change.cause().map(c -> cause(c));
      if (cause.isPresent() && !cause.equals(before)) {
        lines.add(cause.get());
      }
      before = cause;
      change(change, reviewed, lines);
    }
    int more = diff.changes().size() - SHOWN_CHANGES;
    if (more > 0) {
      lines.add("and " + more + " more changes: --format json shows all");
    }
    diff.notes().forEach(note -> lines.add("note: " + Harmless.text(note)));
    return lines;
  }

  private String cause(io.gops.diff.Cause cause) {
    return Harmless.text(paths.apply(cause.path()))
        + ":"
        + cause.line()
        + (cause.isGone() ? " (before)" : "")
        + "  "
        + Harmless.text(cause.text());
  }

  private void change(Change change, Reviewed reviewed, List<String> lines) {
    String risk = change.risk() + " " + change.risk().meaning();
    boolean isGrave = change.risk().compareTo(ConsequenceClass.R4) >= 0;
    String indent = change.cause().isPresent() ? "  " : "";
    lines.add(
        indent
            + (isGrave ? palette.warning(risk) : risk)
            + "  "
            + palette.strong(Told.subject(change, reviewed.diff()))
            + "  "
            + change.id()
            + reviewed.waiver(change).map(w -> "  waived until " + w.until()).orElse(""));
    for (Edit edit : change.edits().stream().limit(SHOWN_EDITS).toList()) {
      lines.add(indent + "    " + Told.edit(edit));
    }
    int more = change.edits().size() - SHOWN_EDITS;
    if (more > 0) {
      lines.add(indent + "    and " + more + " more values");
    }
    for (String sentence : Told.consequences(change, reviewed.diff().changes())) {
      lines.add(indent + "    " + sentence);
    }
  }
}
