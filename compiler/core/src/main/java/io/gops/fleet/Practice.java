package io.gops.fleet;

import io.gops.source.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What people do around a release and no machine decides.
///
/// @param before in the order in which it is done, before the first change
/// @param after in the order in which it is done, after the last change
/// @param smoke what somebody tries in each wave before players are let in
public record Practice(List<Deed> before, List<Deed> after, Optional<String> smoke) {
  /// Nothing of the kind.
  public static final Practice NONE = new Practice(List.of(), List.of(), Optional.empty());

  public Practice {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /// One thing to do.
  public sealed interface Deed {
    Origins origins();
  }

  /// Players are told something.
  ///
  /// @param ahead how long before the first change
  public record Announce(String text, Duration ahead, Origins origins) implements Deed {}

  /// Somebody who knows says that something is so.
  ///
  /// @param what the statement
  /// @param by who can know it
  public record Confirm(String what, String by, Origins origins) implements Deed {}

  /// Something that is done by hand, with a proof that it was.
  ///
  /// @param what the work in words
  /// @param evidence what is written down of it
  /// @param by who does it; absent for whoever runs the release
  /// @param takes expected time
  /// @param undo how it is taken back
  /// @param lastChance why nothing can be taken back from here on
  public record Manual(
      String what,
      String evidence,
      Optional<String> by,
      Duration takes,
      Optional<String> undo,
      Optional<String> lastChance,
      Origins origins)
      implements Deed {}
}
