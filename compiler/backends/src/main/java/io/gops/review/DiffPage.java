package io.gops.review;

import io.gops.diff.Cause;
import io.gops.diff.Change;
import io.gops.diff.Edit;
import io.gops.layout.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Changes as a page that needs nothing else: no script, no font, no picture.
public final class DiffPage {
  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public DiffPage(UnaryOperator<String> paths) {
    this.paths = paths;
  }

  public String print(List<Reviewed> all, String against) {
    return Layouts.html(
        "diff.html.ftl",
        Map.of("diffs", all.stream().map(reviewed -> diff(reviewed, against)).toList()));
  }

  private Map<String, Object> diff(Reviewed reviewed, String against) {
    return Map.of(
        "summary",
        Summary.of(reviewed, against),
        "changes",
        reviewed.diff().changes().stream().map(change -> change(change, reviewed)).toList(),
        "notes",
        reviewed.diff().notes());
  }

  private Map<String, Object> change(Change change, Reviewed reviewed) {
    List<String> lines = new ArrayList<>();
    for (Edit edit : change.edits()) {
      lines.add(Told.edit(edit));
    }
    lines.addAll(Told.consequences(change, reviewed.diff().changes()));
    return Map.of(
        "id",
        change.id(),
        "risk",
        change.risk().name(),
        "meaning",
        change.risk().meaning(),
        "subject",
        Told.subject(change, reviewed.diff()),
        "cause",
        change.cause().map(this::cause).orElse(""),
        "waived",
        reviewed
            .waiver(change)
            .map(w -> "waived until " + w.until() + ": " + w.reason())
            .orElse(""),
        "lines",
        lines,
        "files",
        List.copyOf(TouchedFiles.of(change, reviewed.diff())));
  }

  private String cause(Cause cause) {
    return paths.apply(cause.path()) + ":" + cause.line() + "  " + cause.text();
  }
}
