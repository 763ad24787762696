package io.gops.capacity;

import java.util.List;

/// A release of which it is written which zones move together, one wave after the other. So a host
/// need not hold with any groups moving, but with those of each wave: the earlier ones are through,
/// the later ones have not begun.
///
/// @param release name of the release
/// @param kind [Moment#CUT_OVER] when it moves players, [Moment#RELOAD] when it reloads scripts
/// @param waves names in order. The first is empty: it stands for the zones of which both sides run
///     already, because the release was interrupted; they are finished before any other moves
public record FixedOrder(String release, Moment kind, List<String> waves) {
  /// Index of the zones that an interrupted release has begun.
  public static final int BEGUN = 0;

  public FixedOrder {
    waves = List.copyOf(waves);
  }

  /// Whether uses at this kind of moment follow the order: what is requested follows what runs.
  public boolean rules(Moment moment) {
    return switch (moment) {
      case CUT_OVER, REQUESTS -> kind == Moment.CUT_OVER;
      case RELOAD -> kind == Moment.RELOAD;
    };
  }

  /// One of its waves.
  public Stage stage(int wave) {
    return new Stage(release, wave, waves.get(wave));
  }

  /// A wave of a release.
  ///
  /// @param wave index in the order
  /// @param name as written; empty for the zones that were begun
  public record Stage(String release, int wave, String name) implements Comparable<Stage> {
    @Override
    public int compareTo(Stage other) {
      int byRelease = release.compareTo(other.release);
      return byRelease != 0 ? byRelease : Integer.compare(wave, other.wave);
    }
  }
}
