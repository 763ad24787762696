package io.gops.capacity;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The inequality of a host that fails by the largest share, with its numbers.
///
/// @param members items on the host
/// @param movers those whose extra uses make up the worst instant, the largest first
/// @param steady sum of the steady uses
/// @param started use when the second sides of the movers run and nobody has moved
/// @param moving sum of the extra uses of the movers
record Overload(
    Machine machine,
    Measure measure,
    List<Integer> members,
    List<Integer> movers,
    int culprit,
    long steady,
    long started,
    long moving,
    long limit) {

  /// At which instant a host first breaks.
  enum Kind {
    STEADY,
    CUT_OVER,
    REQUESTS,
    RELOAD
  }

  static Overload of(PoolModel model, Scales scales, Packing packing, int host) {
    int row =
        IntStream.range(0, model.rows)
            .boxed()
            .min(Comparator.comparingLong(r -> scales.share(r, packing.room(host, r))))
            .orElseThrow();
    int[] members = packing.members(host);
    Measure measure = model.measures.get(row);
    List<Integer> movers = ProofBuilder.movers(model, row, members);
    long limit = model.limit[host * model.rows + row];
    long moving = packing.top(host, row);
    long steady = limit - packing.room(host, row) - moving;
    long started = steady;
    for (int item : movers) {
      Occupant mover = model.occupants.get(item);
      started += mover.started(measure) - mover.steady(measure);
    }
    int culprit =
        IntStream.of(members)
            .boxed()
            .max(Comparator.comparingLong(item -> model.worst(item, row)))
            .orElseThrow();
    return new Overload(
        model.machines.get(host),
        measure,
        IntStream.of(members).sorted().boxed().toList(),
        movers,
        culprit,
        steady,
        started,
        moving,
        limit);
  }

  Kind kind() {
    return switch (measure.moment()) {
      case REQUESTS -> Kind.REQUESTS;
      case CUT_OVER -> steady > limit ? Kind.STEADY : Kind.CUT_OVER;
      case RELOAD -> steady > limit ? Kind.STEADY : Kind.RELOAD;
    };
  }

  /// What is missing at the instant that [#kind] names.
  long shortage() {
    return kind() == Kind.STEADY ? steady - limit : steady + moving - limit;
  }

  /// Share of the players that can move before the host breaks, whole percent, rounded down. Use
  /// is affine in that share, so the limit cuts the line between "started" and "worst" once.
  long breaksFrom() {
    long worst = steady + moving;
    if (started >= limit || worst <= started) {
      return 0;
    }
    return BigInteger.valueOf(limit - started)
        .multiply(BigInteger.valueOf(100))
        .divide(BigInteger.valueOf(worst - started))
        .longValueExact();
  }
}
