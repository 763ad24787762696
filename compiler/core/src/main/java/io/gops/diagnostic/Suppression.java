package io.gops.diagnostic;

import io.gops.source.Place;
import java.time.LocalDate;
import java.util.Optional;

/// `@suppress("GOPS6102", reason = "…", until = "2027-01-31")`: somebody has seen a warning and
/// answers for it. Errors cannot be suppressed.
///
/// @param scope what it stands before; only what is reported inside is suppressed
/// @param place the annotation
/// @param until the last day on which it counts; absent when it has no end
public record Suppression(
    Code code, Place scope, Place place, String reason, Optional<LocalDate> until) {
  boolean covers(Diagnostic diagnostic) {
    return diagnostic.code() == code
        && !diagnostic.isError()
        && diagnostic.place().filter(this::isInside).isPresent();
  }

  private boolean isInside(Place other) {
    return other.file().equals(scope.file())
        && scope.span().offset() <= other.span().offset()
        && other.span().end() <= scope.span().end();
  }

  /// Whether it no longer counts on a day.
  public boolean isExpired(LocalDate day) {
    return until.filter(last -> last.isBefore(day)).isPresent();
  }
}
