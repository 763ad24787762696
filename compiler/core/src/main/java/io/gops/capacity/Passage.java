package io.gops.capacity;

import io.gops.fleet.Amounts;
import java.util.function.UnaryOperator;

/// What one replica of a group needs before, during and after one release whose waves have a fixed
/// order: there it is known which side is how, and no maximum over both is needed.
///
/// @param use of players and servers
/// @param requests what the scheduler counts
public record Passage(Phases use, Phases requests) {

  /// A use before, during and after.
  ///
  /// @param started when the other side runs and nobody has moved yet
  /// @param during most at any instant of the move, never below `before` and `after`
  public record Phases(Amounts before, Amounts started, Amounts during, Amounts after) {
    public Phases {
      during = during.max(before).max(after);
    }

    Phases plus(Amounts beside) {
      return new Phases(
          before.plus(beside), started.plus(beside), during.plus(beside), after.plus(beside));
    }

    Phases max(Phases other) {
      return new Phases(
          before.max(other.before),
          started.max(other.started),
          during.max(other.during),
          after.max(other.after));
    }
  }

  /// A reload of scripts: the same server before and after.
  static Passage reload(Demand.Course use, Demand.Course requests) {
    Amounts asked = requests.steady();
    return new Passage(
        new Phases(use.steady(), use.steady(), use.worst(), use.steady()),
        new Phases(asked, asked, asked, asked));
  }

  /// The same with what follows from each use.
  Passage mapUse(UnaryOperator<Amounts> change) {
    return new Passage(
        new Phases(
            change.apply(use.before),
            change.apply(use.started),
            change.apply(use.during),
            change.apply(use.after)),
        requests);
  }

  /// The same with something that runs beside it at any moment.
  Passage plus(Amounts beside) {
    return new Passage(use.plus(beside), requests.plus(beside));
  }

  /// The larger of two at each phase.
  Passage max(Passage other) {
    return new Passage(use.max(other.use), requests.max(other.requests));
  }

  /// A group of which both sides run already: it is in the middle of its move.
  Passage begun() {
    return new Passage(begun(use), begun(requests));
  }

  private static Phases begun(Phases phases) {
    return new Phases(phases.during, phases.during, phases.during, phases.after);
  }

  /// The phases at a kind of moment.
  public Phases at(Moment moment) {
    return switch (moment) {
      case CUT_OVER, RELOAD -> use;
      case REQUESTS -> requests;
    };
  }
}
