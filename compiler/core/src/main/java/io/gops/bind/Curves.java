package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Curve;
import io.gops.fleet.Resource;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a profile has measured at some numbers of players.
final class Curves {
  private final Problems problems;

  Curves(Problems problems) {
    this.problems = problems;
  }

  /// The curves of a profile, by resource; one that means nothing is reported and left out.
  Map<Resource, Curve> of(Attributes profile) {
    Attributes measured = profile.child("by_players");
    Map<Resource, Curve> found = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      if (measured.value(resource.word()).orElse(new Value.Broken())
              instanceof Value.Points(List<Value.Point> points)
          && rises(resource, points)
          && saysAll(profile, measured, resource)) {
        found.put(resource, curve(points));
      }
    }
    return found;
  }

  private static Curve curve(List<Value.Point> points) {
    List<Curve.Point> found = new ArrayList<>();
    points.forEach(point -> found.add(new Curve.Point(at(point), amount(point))));
    return new Curve(found);
  }

  private static long at(Value.Point point) {
    return number(point.at().value());
  }

  private static long amount(Value.Point point) {
    return number(point.value().value());
  }

  private static long number(Value value) {
    return switch (value) {
      case Value.Amount(_, long base) -> base;
      case Value.Whole(long number) -> number;
      case Value _ -> 0;
    };
  }

  private boolean rises(Resource resource, List<Value.Point> points) {
    Value.Point before = points.getFirst();
    if (at(before) != 0) {
      problems.report(
          Diagnostic.of(Code.GOPS2081, resource.word(), at(before))
              .at(before.at().place())
              .hint("hint"));
      return false;
    }
    for (Value.Point point : points.subList(1, points.size())) {
      if (at(point) <= at(before) || amount(point) < amount(before)) {
        problems.report(
            Diagnostic.of(Code.GOPS2082, resource.word(), at(point), at(before))
                .at(point.at().place())
                .related(before.at().place(), "related")
                .hint("hint"));
        return false;
      }
      before = point;
    }
    return true;
  }

  /// Points say all of a resource; a base or a per-player use beside them would count twice. What
  /// the game says in another way than one of its versions is replaced.
  private boolean saysAll(Attributes profile, Attributes measured, Resource resource) {
    for (String other : List.of("base", "per_player")) {
      Attributes block = profile.child(other);
      if (block.block().has(resource.word())
          && isInside(block.place(resource.word()), profile.block().declaration().place())) {
        problems.report(
            Diagnostic.of(Code.GOPS2083, resource.word(), other)
                .at(block.place(resource.word()))
                .related(measured.place(resource.word()), "related")
                .hint("hint"));
        return false;
      }
    }
    return true;
  }

  private static boolean isInside(Optional<Place> inner, Optional<Place> outer) {
    return inner.isPresent()
        && outer.isPresent()
        && inner.get().file().equals(outer.get().file())
        && inner.get().span().offset() >= outer.get().span().offset()
        && inner.get().span().end() <= outer.get().span().end();
  }
}
