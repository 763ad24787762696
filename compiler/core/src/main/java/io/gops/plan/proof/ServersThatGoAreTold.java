package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Release;
import io.gops.plan.Action;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where a set gets fewer servers, those on the hosts that its proof gives up are told to go:
/// before anybody waits for their players, and before some of them stop. Players of the others
/// stay.
final class ServersThatGoAreTold extends Rule {
  private final Set<Action.SetRef> told = new HashSet<>();

  ServersThatGoAreTold(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    switch (task.action()) {
      case Action.Dismiss dismiss -> tells(step, dismiss, now);
      case Action.Drain drain -> waits(step, drain.set(), drain.staying(), now);
      case Action.Kick kick -> waits(step, kick.set(), kick.staying(), now);
      case Action.Scale scale when scale.to() > 0 && scale.to() < scale.from() -> {
        boolean right =
            now.dismissed(scale.set())
                .filter(its -> its.staying().size() == scale.to())
                .isPresent();
        if (!right) {
          flaw(step, "stops servers of " + scale.set().name() + " that were not told to go");
        }
      }
      case Action.Scale _,
          Action.PatchTemplate _,
          Action.SetLogins _,
          Action.PutEntry _,
          Action.MoveHome _,
          Action.Cordon _,
          Action.Fence _,
          Action.ProgramSwitch _,
          Action.Reload _,
          Action.Announce _,
          Action.ByHand _ -> {}
    }
  }

  private void tells(Step step, Action.Dismiss dismiss, Simulation now) {
    int running = Facts.replicas(dismiss.set(), now);
    int wanted = facts.workload(dismiss.set()).map(Workload::wanted).orElse(0);
    List<String> hosts = hosts(dismiss.set(), now);
    boolean right =
        facts.release() instanceof Release.Scale
            && dismiss.leaving()
            && told.add(dismiss.set())
            && wanted < running
            && dismiss.count() == running - wanted
            && dismiss.staying().equals(hosts.subList(0, Math.min(wanted, hosts.size())));
    if (!right) {
      flaw(step, "tells servers of " + dismiss.set().name() + " to go that have to stay");
    }
  }

  private List<String> hosts(Action.SetRef set, Simulation now) {
    Optional<Group> group = facts.group(set.group());
    return group.map(its -> facts.hosts(its, now)).orElse(List.of());
  }

  private void waits(Step step, Action.SetRef set, List<String> staying, Simulation now) {
    boolean some = facts.release() instanceof Release.Scale;
    List<String> wanted =
        some ? now.dismissed(set).map(Action.Dismiss::staying).orElse(List.of()) : List.of();
    if (!staying.equals(wanted) || some == wanted.isEmpty()) {
      flaw(step, "waits for players of " + set.name() + " who were not told to go");
    }
  }
}
