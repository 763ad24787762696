package io.gops.diagnostic;

import io.gops.source.Place;
import java.time.LocalDate;

/// `@waive("R4", reason = "…", until = "2027-01-31")`: somebody answers for what a change does to
/// players.
///
/// @param what the id of a change, or a class of consequences
/// @param scope what it stands before; a class is waived for what is written inside
/// @param place the annotation
/// @param until the last day on which it counts
public record Waiver(String what, Place scope, Place place, String reason, LocalDate until) {
  /// Whether a place is inside what the waiver stands before.
  public boolean isBefore(Place other) {
    return other.file().path().equals(scope.file().path())
        && scope.span().offset() <= other.span().offset()
        && other.span().end() <= scope.span().end();
  }

  /// Whether it no longer counts on a day.
  public boolean isExpired(LocalDate day) {
    return until.isBefore(day);
  }
}
