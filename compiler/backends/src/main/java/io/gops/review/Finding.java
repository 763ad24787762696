package io.gops.review;

import io.gops.diff.Cause;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A change as build servers know findings: a class, a place, a text.
///
/// @param path of the file, as the reader can open it
/// @param line from 1
/// @param isWaived whether somebody answers for it
record Finding(
    Change change, String environment, String path, int line, String text, boolean isWaived) {

  /// Every change, the worst first.
  ///
  /// @param home the file to name for what no line says
  static List<Finding> of(List<Reviewed> all, UnaryOperator<String> paths, String home) {
    List<Finding> findings = new ArrayList<>();
    for (Reviewed reviewed : all) {
      for (Change change : reviewed.diff().changes()) {
        Optional<Cause> cause = change.cause().filter(found -> !found.isGone());
        findings.add(
            new Finding(
                change,
                reviewed.diff().environment(),
                cause.map(found -> paths.apply(found.path())).orElse(home),
                cause.map(Cause::line).orElse(1),
                text(change, reviewed),
                reviewed.waiver(change).isPresent()));
      }
    }
    findings.sort(Comparator.comparing(Finding::risk).reversed());
    return findings;
  }

  ConsequenceClass risk() {
    return change.risk();
  }

  String title() {
    return risk() + " " + risk().meaning();
  }

  private static String text(Change change, Reviewed reviewed) {
    StringBuilder text = new StringBuilder(reviewed.diff().environment());
    text.append(": ").append(Told.subject(change, reviewed.diff()));
    for (Edit edit : change.edits()) {
      text.append('\n').append(Told.edit(edit));
    }
    Told.consequences(change, reviewed.diff().changes())
        .forEach(line -> text.append('\n').append(line));
    return text.toString();
  }
}
