package io.gops.capacity;

import io.gops.capacity.Impossibility.Settled;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Turns a verdict over the prover's arrays into an answer over the question's names.
final class AnswerBuilder {
  private AnswerBuilder() {}

  static PoolAnswer build(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Holds holds -> holds(holds);
      case Verdict.Impossible impossible ->
          new PoolAnswer.Impossible(ImpossibilityBuilder.of(impossible));
      case Verdict.Overfull overfull ->
          overfull.elsewhere().isPresent()
              ? build(overfull.elsewhere().get())
              : new PoolAnswer.Impossible(ImpossibilityBuilder.of(overfull));
      case Verdict.Stranded stranded ->
          new PoolAnswer.Impossible(ImpossibilityBuilder.of(stranded));
      case Verdict.Shared shared -> new PoolAnswer.Impossible(ImpossibilityBuilder.of(shared));
      case Verdict.NotSpared few -> new PoolAnswer.Impossible(ImpossibilityBuilder.of(few));
      case Verdict.NotSurvived lost ->
          LossBound.find(lost.model(), lost.host())
              .<PoolAnswer>map(PoolAnswer.Impossible::new)
              .orElseGet(() -> new PoolAnswer.Undecided(attempt(lost)));
      case Verdict.Undecided undecided -> new PoolAnswer.Undecided(attempt(undecided));
    };
  }

  private static PoolAnswer holds(Verdict.Holds verdict) {
    return PoolAnswer.Holds.of(verdict.model().problem, ProofBuilder.placements(List.of(verdict)));
  }

  private static Attempt attempt(Verdict.Undecided verdict) {
    return new Attempt(
        ImpossibilityBuilder.question(verdict.model()),
        placed(verdict.packing()),
        Optional.empty(),
        List.of());
  }

  private static Attempt attempt(Verdict.NotSurvived verdict) {
    PoolModel model = verdict.model();
    return new Attempt(
        ImpossibilityBuilder.question(model),
        placed(verdict.packing()),
        Optional.of(model.machines.get(verdict.host()).name()),
        verdict.orphans().stream()
            .map(model.occupants::get)
            .map(o -> new Attempt.Replica(o.group(), o.ordinal()))
            .toList());
  }

  private static List<Settled> placed(Packing packing) {
    PoolModel model = packing.model();
    return IntStream.range(0, model.items)
        .filter(item -> packing.hostOf(item) != Packing.NOWHERE)
        .mapToObj(item -> ImpossibilityBuilder.settled(model, item, packing.hostOf(item)))
        .toList();
  }
}
