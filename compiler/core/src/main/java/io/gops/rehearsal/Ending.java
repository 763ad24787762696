package io.gops.rehearsal;

import java.util.Comparator;

/// Where a play of a plan ended.
///
/// @param wave the wave that was on its way, or the last one that stayed; 0 where that says nothing
/// @param why what is wrong with a broken end; empty for all others
public record Ending(Kind kind, int wave, String why) implements Comparable<Ending> {
  private static final Comparator<Ending> ORDER =
      Comparator.comparing(Ending::kind).thenComparingInt(Ending::wave).thenComparing(Ending::why);

  /// The kinds of state in which a plan may leave a cluster, and the one in which it may not.
  public enum Kind {
    /// Everything is as the release wants it.
    DONE,
    /// Everything is as it was.
    AS_BEFORE,
    /// Waves before are done, waves after are not begun.
    PAUSED,
    /// Waves up to this one are done, nothing else is changed.
    ROLLED_BACK,
    /// None of these, or the state file does not say what is there.
    BROKEN
  }

  static Ending of(Kind kind) {
    return new Ending(kind, 0, "");
  }

  static Ending at(Kind kind, int wave) {
    return new Ending(kind, wave, "");
  }

  static Ending broken(String why) {
    return new Ending(Kind.BROKEN, 0, why);
  }

  @Override
  public int compareTo(Ending other) {
    return ORDER.compare(this, other);
  }
}
