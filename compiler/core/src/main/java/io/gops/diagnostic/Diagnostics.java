package io.gops.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects diagnostics; the order in which they are handed over does not matter.
///
/// Safe for use by several threads.
public final class Diagnostics {
  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing((Diagnostic d) -> d.place().map(p -> p.file().path()).orElse(""))
          .thenComparing(d -> d.place().map(p -> p.span().offset()).orElse(0))
          .thenComparing(Diagnostic::code)
          .thenComparing(d -> String.join("\0", d.message().arguments()));

  private final List<Diagnostic> collected = new ArrayList<>();
  private final List<Suppression> suppressions = new ArrayList<>();
  private final List<Waiver> waivers = new ArrayList<>();

  public synchronized void report(Diagnostic diagnostic) {
    collected.add(diagnostic);
  }

  public void report(Diagnostic.Builder builder) {
    report(builder.build());
  }

  public synchronized void reportAll(List<Diagnostic> diagnostics) {
    collected.addAll(diagnostics);
  }

  /// Puts a diagnostic in the place of one that was reported.
  public synchronized void replace(Diagnostic reported, Diagnostic other) {
    collected.replaceAll(diagnostic -> diagnostic.equals(reported) ? other : diagnostic);
  }

  /// From now on, and for what was reported before, leaves out what a suppression covers.
  public synchronized void suppress(Suppression suppression) {
    suppressions.add(suppression);
  }

  /// Notes that somebody answers for a change; it leaves out no diagnostic.
  public synchronized void waive(Waiver waiver) {
    waivers.add(waiver);
  }

  /// Every waiver, in the order of files and places.
  public synchronized List<Waiver> waivers() {
    return waivers.stream()
        .sorted(
            Comparator.comparing((Waiver w) -> w.place().file().path())
                .thenComparingInt(w -> w.place().span().offset()))
        .toList();
  }

  /// Every suppression, in the order of files and places.
  public synchronized List<Suppression> suppressions() {
    return suppressions.stream()
        .sorted(
            Comparator.comparing((Suppression s) -> s.place().file().path())
                .thenComparingInt(s -> s.place().span().offset()))
        .toList();
  }

  /// How many diagnostics are left out because a suppression covers them.
  public synchronized long suppressed() {
    return collected.stream().distinct().filter(this::isSuppressed).count();
  }

  /// Whether a suppression covers anything that was reported.
  public synchronized boolean isUsed(Suppression suppression) {
    return collected.stream().anyMatch(suppression::covers);
  }

  private boolean isSuppressed(Diagnostic diagnostic) {
    return suppressions.stream().anyMatch(suppression -> suppression.covers(diagnostic));
  }

  public synchronized boolean hasErrors() {
    return collected.stream().anyMatch(Diagnostic::isError);
  }

  /// All that are not suppressed: by file, place, code; without exact repetitions.
  public synchronized List<Diagnostic> sorted() {
    return collected.stream().filter(d -> !isSuppressed(d)).sorted(ORDER).distinct().toList();
  }

  /// The failure that decides the exit code: that of the earliest phase which has an error.
  public synchronized Optional<Failure> failure() {
    return collected.stream()
        .filter(Diagnostic::isError)
        .map(d -> d.code().failure())
        .min(Comparator.naturalOrder());
  }
}
