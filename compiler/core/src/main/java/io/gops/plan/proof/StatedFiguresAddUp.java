package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import io.gops.plan.Action;
import io.gops.plan.DrainCurve;
import io.gops.plan.Estimate;
import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Wave;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Players, hours, switches and pairs that are stated for approval are those of the steps.
final class StatedFiguresAddUp extends Rule {
  private Players players = Players.NONE;
  private Estimate duration = Estimate.NONE;
  private final Set<String> switches = new TreeSet<>();
  private final Map<Integer, Long> moved = new HashMap<>();
  private final Map<Integer, Long> kickable = new HashMap<>();
  private Optional<Step> open = Optional.empty();

  StatedFiguresAddUp(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void step(Step step, Simulation now) {
    close();
    open = Optional.of(step);
    players = players.plus(step.players());
    duration = duration.plus(step.duration());
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    Action action = task.action();
    if (action instanceof Action.SetLogins logins) {
      logins.openflowGroup().ifPresent(group -> switches.addAll(group.carriers()));
      facts
          .group(logins.group())
          .map(Group::zone)
          .ifPresent(zone -> moved.put(zone.id(), zone.body().players()));
    } else if (action instanceof Action.Kick kick) {
      Optional<Zone> zone = facts.group(kick.set().group()).map(Group::zone);
      long players = facts.leaving(kick.set(), kick.staying(), now);
      // Without a second side a zone has its players once, over how many roles they are spread.
      boolean once = !(facts.release() instanceof Release.AbSwitch);
      zone.ifPresent(its -> kickable.merge(its.id(), players, once ? Math::max : Long::sum));
    } else if (action instanceof Action.ProgramSwitch(String host)) {
      switches.add(host);
    }
  }

  /// The players of a step are those of its tasks.
  private void close() {
    long all = moved.values().stream().mapToLong(Long::longValue).sum();
    Players wanted = new Players(all, 0, 0);
    Optional<Release.Drain> drain = PlayersLeaveFirst.drain(facts.release());
    long leaving = kickable.values().stream().mapToLong(Long::longValue).sum();
    if (leaving > 0 && drain.isPresent()) {
      DrainCurve curve = new DrainCurve(drain.get());
      Duration deadline = drain.get().kickAfter();
      wanted =
          new Players(
              all,
              curve.expected(deadline).ofCeil(leaving),
              curve.atMost(deadline).ofCeil(leaving));
    }
    Players its = wanted;
    open.filter(step -> !step.players().equals(its))
        .ifPresent(step -> flaw(step, "states other players than it concerns"));
    moved.clear();
    kickable.clear();
  }

  @Override
  void end(Simulation now) {
    close();
    Plan plan = facts.plan();
    if (!plan.players().equals(players)) {
      flaw("the plan states other players than its steps");
    }
    if (!plan.duration().equals(duration)) {
      flaw("the plan states another duration than its steps");
    }
    if (!plan.switches().equals(switches)) {
      flaw("the plan states other switches than its steps change");
    }
    if (!plan.release().equals(facts.release().name())
        || !plan.window().equals(facts.release().window())) {
      flaw("the plan states another release or window");
    }
    waves();
    Set<String> paired = new HashSet<>();
    plan.pairs().forEach(pair -> paired.add(pair.group()));
    for (String id : plan.from().groups().keySet()) {
      boolean pair = facts.group(id).flatMap(Group::b).isPresent();
      if (pair != paired.contains(id)) {
        flaw("the plan does not know both sides of " + id);
      }
    }
  }

  private void waves() {
    Map<Integer, Long> admitted = new HashMap<>();
    for (String id : facts.plan().from().groups().keySet()) {
      facts
          .group(id)
          .map(Group::zone)
          .ifPresent(zone -> admitted.put(zone.id(), zone.body().players()));
    }
    for (Wave wave : facts.plan().waves()) {
      long all = wave.zones().stream().mapToLong(zone -> admitted.getOrDefault(zone, 0L)).sum();
      if (wave.players().moved() != all) {
        flaw("wave " + wave.number() + " states other players than its zones have");
      }
    }
  }
}
