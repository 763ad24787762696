package io.gops.capacity;

import io.gops.fleet.Amounts;
import io.gops.fleet.Resource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What one replica of a group needs from its host, both sides together.
///
/// @param cutOver use while players may move
/// @param reload use while scripts may be reloaded
/// @param requests what the scheduler counts
/// @param cold use after a start on another host, with everybody logging in at once
/// @param coldRequests what the scheduler counts after such a start
/// @param passages by release whose waves have a fixed order, what the release does to it
public record Demand(
    Course cutOver,
    Course reload,
    Course requests,
    Amounts cold,
    Amounts coldRequests,
    SortedMap<String, Passage> passages) {
  private static final SortedMap<String, Passage> NONE =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  public Demand {
    passages =
        passages.isEmpty() ? NONE : Collections.unmodifiableSortedMap(new TreeMap<>(passages));
  }

  /// A demand that no release with a fixed order changes.
  public Demand(
      Course cutOver, Course reload, Course requests, Amounts cold, Amounts coldRequests) {
    this(cutOver, reload, requests, cold, coldRequests, NONE);
  }

  /// How a use develops.
  ///
  /// @param steady most outside a move
  /// @param started when the other side runs and nobody has moved yet
  /// @param worst most at any instant of the move, never below `steady`
  public record Course(Amounts steady, Amounts started, Amounts worst) {
    /// A use that a move does not change.
    public static Course constant(Amounts amounts) {
      return new Course(amounts, amounts, amounts);
    }

    Course map(UnaryOperator<Amounts> change) {
      return new Course(change.apply(steady), change.apply(started), change.apply(worst));
    }

    Course plus(Amounts beside) {
      return new Course(steady.plus(beside), started.plus(beside), worst.plus(beside));
    }

    /// The same extra use beside a larger steady use.
    Course besides(Amounts larger) {
      Amounts more = more(steady, larger);
      return new Course(steady.plus(more), started.plus(more), worst.plus(more));
    }

    Course max(Course other) {
      return new Course(
          steady.max(other.steady), started.max(other.started), worst.max(other.worst));
    }
  }

  /// A demand of which only the cut-over is of interest.
  public static Demand ofCutOver(Amounts steady, Amounts worst) {
    return new Demand(
        new Course(steady, steady, worst),
        Course.constant(Amounts.NONE),
        Course.constant(Amounts.NONE),
        steady,
        Amounts.NONE);
  }

  /// The same with something that runs beside it at any moment.
  Demand plus(Amounts beside) {
    SortedMap<String, Passage> more = new TreeMap<>(passages);
    more.replaceAll((_, passage) -> passage.plus(beside));
    return new Demand(
        cutOver.plus(beside),
        reload.plus(beside),
        requests.plus(beside),
        cold.plus(beside),
        coldRequests.plus(beside),
        more);
  }

  /// The same with what follows from each use.
  Demand mapUse(UnaryOperator<Amounts> change) {
    SortedMap<String, Passage> changed = new TreeMap<>(passages);
    changed.replaceAll((_, passage) -> passage.mapUse(change));
    return new Demand(
        cutOver.map(change),
        reload.map(change),
        requests,
        change.apply(cold),
        coldRequests,
        changed);
  }

  /// The larger of two demands at each moment. If both are sound for a group, so is this: a sum of
  /// steady uses and extra uses only grows when either part grows.
  public Demand max(Demand other) {
    return new Demand(
        cutOver.max(other.cutOver),
        reload.max(other.reload),
        requests.max(other.requests),
        cold.max(other.cold),
        coldRequests.max(other.coldRequests),
        larger(passages, other.passages));
  }

  private static SortedMap<String, Passage> larger(
      SortedMap<String, Passage> one, SortedMap<String, Passage> other) {
    SortedMap<String, Passage> both = new TreeMap<>(one);
    other.forEach((release, passage) -> both.merge(release, passage, Passage::max));
    return both;
  }

  /// The same with what a release does to it.
  Demand with(String release, Passage passage) {
    SortedMap<String, Passage> more = new TreeMap<>(passages);
    more.put(release, passage);
    return new Demand(cutOver, reload, requests, cold, coldRequests, more);
  }

  /// A group of which both sides run although nothing is going to finish it: it may be anywhere in
  /// its move as long as that is so. After a loss only the side that takes logins comes back.
  Demand begun() {
    return new Demand(
        Course.constant(cutOver.worst()),
        reload,
        Course.constant(requests.worst()),
        cold,
        coldRequests,
        passages);
  }

  /// A group of which both sides run while scripts are reloaded.
  Demand reloadedMidway() {
    return new Demand(
        cutOver, reload.besides(cutOver.worst()), requests, cold, coldRequests, passages);
  }

  /// Least that it uses at a kind of moment while it does not move.
  Amounts quiet(Moment moment) {
    Amounts least = at(moment).steady();
    for (Passage passage : passages.values()) {
      Passage.Phases phases = passage.at(moment);
      least = least(least, least(phases.before(), phases.after()));
    }
    return least;
  }

  /// By how much the second is larger, by resource.
  static Amounts more(Amounts one, Amounts two) {
    Amounts more = Amounts.NONE;
    for (Resource resource : two.resources()) {
      more = more.with(resource, Math.max(0, two.get(resource) - one.get(resource)));
    }
    return more;
  }

  /// The smaller of two by resource.
  static Amounts least(Amounts one, Amounts two) {
    Amounts least = Amounts.NONE;
    for (Resource resource : one.resources()) {
      least = least.with(resource, Math.min(one.get(resource), two.get(resource)));
    }
    return least;
  }

  /// The same use by pods that ask the scheduler for more.
  Demand asking(Amounts more) {
    return new Demand(
        cutOver,
        reload,
        new Course(
            requests.steady.plus(more), requests.started.plus(more), requests.worst.plus(more)),
        cold,
        coldRequests.plus(more));
  }

  /// What remains of it after a start on another host: nobody moves until the release goes on.
  public Demand afterRestart() {
    return new Demand(
        Course.constant(cold),
        Course.constant(cold),
        Course.constant(coldRequests),
        cold,
        coldRequests);
  }

  /// The course at a kind of moment.
  public Course at(Moment moment) {
    return switch (moment) {
      case CUT_OVER -> cutOver;
      case RELOAD -> reload;
      case REQUESTS -> requests;
    };
  }

  /// What is needed after a start on another host.
  public Amounts coldAt(Moment moment) {
    return switch (moment) {
      case CUT_OVER, RELOAD -> cold;
      case REQUESTS -> coldRequests;
    };
  }

  /// Resources that are needed at some instant of a moment. A reload that takes nothing extra of a
  /// resource says no more than the cut-over does.
  public Set<Resource> resources(Moment moment) {
    EnumSet<Resource> found = EnumSet.noneOf(Resource.class);
    for (Resource resource : Resource.values()) {
      long worst = at(moment).worst().get(resource);
      boolean needed =
          switch (moment) {
            case CUT_OVER, REQUESTS -> worst > 0 || coldAt(moment).get(resource) > 0;
            case RELOAD -> worst > reload.steady().get(resource);
          };
      if (needed) {
        found.add(resource);
      }
    }
    return found;
  }
}
