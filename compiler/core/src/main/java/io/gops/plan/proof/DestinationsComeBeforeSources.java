package io.gops.plan.proof;

import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The switch of a host that gets an address knows it before any other switch sends to it, and
/// before its pods start; the switch of the host that gives it up forgets it when no other
/// one sends to it any more; every switch that is left learns it.
///
/// A step is carried out on all its hosts at once, so the order is that of steps.
final class DestinationsComeBeforeSources extends Rule {
  private final Set<String> destinations = new TreeSet<>();
  private final Set<String> origins = new TreeSet<>();
  private final Set<String> programmed = new HashSet<>();
  private final Set<String> inThisStep = new HashSet<>();
  private boolean inVpc;

  DestinationsComeBeforeSources(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void begin() {
    for (Step step : facts.plan().steps()) {
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.MoveHome move) {
          destinations.add(move.to());
          origins.add(move.from());
          inVpc |=
              facts.group(move.group()).filter(g -> g.zone().body().vpc().isPresent()).isPresent();
        }
      }
    }
  }

  @Override
  void step(Step step, Simulation now) {
    programmed.addAll(inThisStep);
    inThisStep.clear();
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    if (task.action() instanceof Action.ProgramSwitch(String host)) {
      inThisStep.add(host);
      if (!destinations.contains(host) && !programmed.containsAll(destinations)) {
        flaw(step, "lets " + host + " send to switches that do not know the address yet");
      }
      if (givesUp(host) && !programmed.containsAll(sources())) {
        flaw(step, "lets " + host + " drop what others still send to it");
      }
    }
    if (task.action() instanceof Action.MoveHome move && inVpc && !programmed.containsAll(all())) {
      flaw(step, "starts " + move.group() + " while some switch does not know where it is");
    }
  }

  private boolean givesUp(String host) {
    return origins.contains(host) && !destinations.contains(host);
  }

  /// Switches that may send to a host that gives its addresses up.
  private Set<String> sources() {
    Set<String> sources = all();
    sources.removeIf(this::givesUp);
    return sources;
  }

  @Override
  void end(Simulation now) {
    programmed.addAll(inThisStep);
    if (inVpc) {
      Set<String> missing = all();
      missing.removeAll(programmed);
      missing.forEach(host -> flaw("the switch of " + host + " is never told"));
    }
  }

  /// Every switch but that of a lost host.
  private Set<String> all() {
    Set<String> all = new TreeSet<>(facts.steering().switches());
    lost().ifPresent(all::remove);
    return all;
  }

  private Optional<String> lost() {
    return facts.release() instanceof Release.ReplaceHost replace
        ? Optional.of(replace.host())
        : Optional.empty();
  }
}
