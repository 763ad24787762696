package io.gops.plan.proof;

import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import java.util.ArrayList;
import java.util.List;

/// Checks a finished plan without knowing how it was made: its steps lead from *from* to exactly
/// *to*, each can be taken back, and every [Rule] holds on the way.
public final class PlanProof {
  private PlanProof() {}

  /// What is wrong with a plan; empty for a sound one.
  public static List<String> flaws(Facts facts) {
    List<String> flaws = new ArrayList<>();
    List<Rule> rules =
        List.of(
            new StepsInOrder(facts, flaws::add),
            new KindsFitActions(facts, flaws::add),
            new StepsKeepToTheirWave(facts, flaws::add),
            new WavesKeepTheirLimits(facts, flaws::add),
            new MovesKeepTheProvedWave(facts, flaws::add),
            new CanariesComeFirst(facts, flaws::add),
            new EveryActionIsChecked(facts, flaws::add),
            new ChecksHold(facts, flaws::add),
            new PatchesMakeTheTemplate(facts, flaws::add),
            new SidesApart(facts, flaws::add),
            new LiveServersStay(facts, flaws::add),
            new LoginsGoToReadyServers(facts, flaws::add),
            new LoginSwitchesAgree(facts, flaws::add),
            new DirectoryTellsTheTruth(facts, flaws::add),
            new AbortsLetPlayersIn(facts, flaws::add),
            new PlayersLeaveFirst(facts, flaws::add),
            new ServersThatGoAreTold(facts, flaws::add),
            new NewServersArePrepared(facts, flaws::add),
            new NewServersAreWatched(facts, flaws::add),
            new ReloadsAreConfirmed(facts, flaws::add),
            new LostHostIsFencedFirst(facts, flaws::add),
            new MovedGroupsStandStill(facts, flaws::add),
            new HostIsEmptyForItsWork(facts, flaws::add),
            new PeopleMergeTheData(facts, flaws::add),
            new MovesGoWhereThereIsRoom(facts, flaws::add),
            new DestinationsComeBeforeSources(facts, flaws::add),
            new PeopleAreAsked(facts, flaws::add),
            new StatedFiguresAddUp(facts, flaws::add),
            new GoalIsReached(facts, flaws::add));
    Simulation now = new Simulation(facts.plan().from());
    WayBack wayBack = new WayBack(facts, flaws::add);
    rules.forEach(Rule::begin);
    for (Step step : facts.plan().steps()) {
      rules.forEach(rule -> rule.step(step, now));
      for (Task task : step.tasks()) {
        rules.forEach(rule -> rule.before(step, task, now));
        wayBack.before(step, task, now);
        now.apply(task.action())
            .ifPresent(refusal -> flaws.add(step.id() + " is refused: " + refusal));
        rules.forEach(rule -> rule.after(step, task, now));
      }
    }
    rules.forEach(rule -> rule.end(now));
    if (!now.groups().equals(facts.plan().to().groups())) {
      flaws.add("the steps do not lead to the end of the plan");
    }
    if (flaws.isEmpty()) {
      wayBack.end(now);
    }
    return flaws;
  }
}
