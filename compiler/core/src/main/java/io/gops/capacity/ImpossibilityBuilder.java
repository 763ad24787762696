package io.gops.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Turns a bound over the prover's arrays into one over the question's names.
final class ImpossibilityBuilder {
  private final PoolModel model;

  private ImpossibilityBuilder(PoolModel model) {
    this.model = model;
  }

  static Impossibility of(Verdict.Impossible verdict) {
    ImpossibilityBuilder builder = new ImpossibilityBuilder(verdict.model());
    return new Impossibility(
        question(verdict.model()),
        Optional.empty(),
        builder.settled(),
        verdict.closed().stream().map(host -> verdict.model().machines.get(host).name()).toList(),
        builder.why(verdict.why()));
  }

  /// That no placement survives a loss.
  ///
  /// @param after the pool after the loss, over whose groups the bound speaks
  static Impossibility ofLoss(PoolModel before, String lost, PoolModel after, Bound bound) {
    return new Impossibility(
        question(before),
        Optional.of(lost),
        new ImpossibilityBuilder(before).settled(),
        List.of(),
        new ImpossibilityBuilder(after).why(bound));
  }

  /// That live groups have no host any more.
  static Impossibility of(Verdict.Stranded verdict) {
    PoolModel model = verdict.model();
    Occupant first = model.occupants.get(verdict.items().getFirst());
    String gone = first.previous().orElseThrow().primary();
    return new Impossibility(
        question(model),
        Optional.empty(),
        List.of(new Impossibility.Settled(first.group(), first.ordinal(), gone)),
        List.of(),
        new Impossibility.Reason.Gone(gone));
  }

  /// That groups which may not move leave too few hosts empty.
  static Impossibility of(Verdict.NotSpared verdict) {
    return new Impossibility(
        question(verdict.model()),
        Optional.empty(),
        new ImpossibilityBuilder(verdict.model()).settled(),
        List.of(),
        new Impossibility.Reason.TooFewSpares());
  }

  /// That groups which may not move share a host of an exclusive pool.
  static Impossibility of(Verdict.Shared verdict) {
    PoolModel model = verdict.model();
    return new Impossibility(
        question(model),
        Optional.empty(),
        new ImpossibilityBuilder(model).settled(),
        List.of(),
        new Impossibility.Reason.Shared(model.machines.get(verdict.hosts().getFirst()).name()));
  }

  /// Of groups that run and may not move, when a host cannot carry them.
  static Impossibility of(Verdict.Overfull verdict) {
    ImpossibilityBuilder builder = new ImpossibilityBuilder(verdict.model());
    String host = builder.model.machines.get(verdict.hosts().getFirst()).name();
    return new Impossibility(
        question(verdict.model()),
        Optional.empty(),
        builder.settled(),
        List.of(),
        new Impossibility.Reason.Overfull(host));
  }

  /// The question with nothing in it that says how its groups came where they are.
  static PoolProblem question(PoolModel model) {
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant occupant : model.occupants) {
      Demand demand = model.paused(occupant) ? occupant.demand().afterRestart() : occupant.demand();
      occupants.add(occupant.with(demand).at(Optional.empty(), false));
    }
    return model.problem.withOccupants(occupants);
  }

  private List<Impossibility.Settled> settled() {
    Homes homes = new Homes(model);
    return IntStream.range(0, model.items)
        .filter(item -> homes.fixed[item])
        .mapToObj(item -> settled(model, item, homes.host[item]))
        .toList();
  }

  static Impossibility.Settled settled(PoolModel model, int item, int host) {
    Occupant occupant = model.occupants.get(item);
    return new Impossibility.Settled(
        occupant.group(), occupant.ordinal(), model.machines.get(host).name());
  }

  private Impossibility.Reason why(Bound bound) {
    return switch (bound) {
      case Bound.Item item ->
          new Impossibility.Reason.TooLarge(
              model.occupants.get(item.item()).group(), model.occupants.get(item.item()).ordinal());
      case Bound.Apart apart ->
          new Impossibility.Reason.TooFewHosts(
              apart.what().isEmpty() ? Optional.empty() : Optional.of(apart.what()));
      case Bound.Sum sum -> new Impossibility.Reason.TooMuch(model.measures.get(sum.row()));
      case Bound.Count count ->
          new Impossibility.Reason.TooMany(
              count.weights().stream()
                  .map(w -> new Impossibility.Weight(model.measures.get(w.row()), w.factor()))
                  .toList(),
              size(count.size()),
              count.larger().map(larger -> size(larger.size())));
    };
  }

  private static Impossibility.Size size(Bound.Size size) {
    return new Impossibility.Size(size.steady(), size.extra());
  }
}
