package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.inserted;
import static io.gops.plan.proof.ListEdits.replaced;
import static io.gops.plan.proof.ListEdits.without;

import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Plan;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Every way to break one task of a plan: its place, its checks, its action, its undo.
final class TaskMutants {
  private final Original original;
  private final Plan plan;
  private final Mutant.Sink sink;

  TaskMutants(Original original, Mutant.Sink sink) {
    this.original = original;
    this.plan = original.plan();
    this.sink = sink;
  }

  void of(int at, int number) {
    Step step = plan.steps().get(at);
    Task task = step.tasks().get(number);
    Site site = new Site(at, number, step.id() + " " + task.unit());
    Task again =
        new Task(task.unit() + "-again", task.action(), task.before(), task.after(), task.undo());
    sink.add(Fault.TASK_REMOVED, site.where(), () -> withTasks(at, without(step.tasks(), number)));
    sink.add(Fault.TASK_DOUBLED, site.where(), () -> withTasks(at, inserted(step.tasks(), again)));
    if (at + 1 < plan.steps().size()) {
      sink.add(Fault.TASK_ELSEWHERE, site.where(), () -> oneStepLater(at, number));
    }
    undo(site, task.undo());
    before(site, task.before());
    after(site, task.after());
    for (Action wrong : WrongActions.values(task.action())) {
      changed(site, Fault.VALUE_WRONG, " " + wrong, its -> doing(its, wrong));
    }
    for (Action wrong : WrongActions.places(task.action())) {
      changed(site, Fault.SET_WRONG, " " + wrong, its -> doing(its, wrong));
    }
  }

  /// A task of the plan.
  private record Site(int step, int number, String where) {}

  private static Task doing(Task task, Action other) {
    return new Task(task.unit(), other, task.before(), task.after(), task.undo());
  }

  private static Task checked(Task task, List<Check> before, List<Check> after) {
    return new Task(task.unit(), task.action(), before, after, task.undo());
  }

  private static Task undone(Task task, Undo other) {
    return new Task(task.unit(), task.action(), task.before(), task.after(), other);
  }

  private void changed(Site site, Fault fault, String more, UnaryOperator<Task> change) {
    sink.add(
        fault,
        site.where() + more,
        () -> {
          List<Task> tasks = plan.steps().get(site.step()).tasks();
          Task other = change.apply(tasks.get(site.number()));
          return withTasks(site.step(), replaced(tasks, site.number(), other));
        });
  }

  private Plan withTasks(int at, List<Task> tasks) {
    List<Step> steps = plan.steps();
    List<Step> others =
        tasks.isEmpty()
            ? without(steps, at)
            : replaced(steps, at, StepCopy.of(steps.get(at)).tasks(tasks).done());
    return original.copy().steps(others).done();
  }

  private Plan oneStepLater(int at, int number) {
    Step step = plan.steps().get(at);
    Step next = plan.steps().get(at + 1);
    List<Step> steps = new ArrayList<>(plan.steps());
    List<Task> more = inserted(next.tasks(), step.tasks().get(number));
    steps.set(at + 1, StepCopy.of(next).tasks(more).done());
    List<Task> rest = without(step.tasks(), number);
    if (rest.isEmpty()) {
      steps.remove(at);
    } else {
      steps.set(at, StepCopy.of(step).tasks(rest).done());
    }
    return original.copy().steps(steps).done();
  }

  private void before(Site site, List<Check> checks) {
    for (int i = 0; i < checks.size(); i++) {
      int at = i;
      // What is looked up twice may be left out once.
      if (checks.indexOf(checks.get(at)) == at) {
        changed(
            site,
            Fault.CHECK_MISSING,
            " before",
            its -> checked(its, without(its.before(), at), its.after()));
      }
      for (Check wrong : WrongChecks.of(checks.get(at))) {
        changed(
            site,
            Fault.CHECK_WRONG,
            " " + wrong,
            its -> checked(its, replaced(its.before(), at, wrong), its.after()));
      }
    }
  }

  private void after(Site site, List<Check> checks) {
    for (int i = 0; i < checks.size(); i++) {
      int at = i;
      changed(
          site,
          Fault.CHECK_MISSING,
          " after",
          its -> checked(its, its.before(), without(its.after(), at)));
      for (Check wrong : WrongChecks.of(checks.get(at))) {
        changed(
            site,
            Fault.CHECK_WRONG,
            " " + wrong,
            its -> checked(its, its.before(), replaced(its.after(), at, wrong)));
      }
    }
  }

  private void undo(Site site, Undo undo) {
    switch (undo) {
      case Undo.Nothing _ -> undo(site, Fault.UNDO_NO_RETURN, "", never());
      case Undo.ByHand _, Undo.PointOfNoReturn _ ->
          undo(site, Fault.UNDO_MISSING, "", new Undo.Nothing());
      case Undo.Back back -> {
        undo(site, Fault.UNDO_MISSING, "", new Undo.Nothing());
        undo(site, Fault.UNDO_NO_RETURN, "", never());
        if (!back.after().isEmpty()) {
          undo(site, Fault.UNDO_UNCHECKED, "", new Undo.Back(back.actions(), List.of()));
        }
        back(site, back);
      }
    }
  }

  private static Undo never() {
    return new Undo.PointOfNoReturn("because");
  }

  private void back(Site site, Undo.Back back) {
    List<Action> actions = back.actions();
    for (int i = 0; i < actions.size(); i++) {
      undo(site, Fault.UNDO_WRONG, "", new Undo.Back(without(actions, i), back.after()));
      for (Action wrong : WrongActions.values(actions.get(i))) {
        Undo other = new Undo.Back(replaced(actions, i, wrong), back.after());
        undo(site, Fault.UNDO_WRONG, " " + wrong, other);
      }
    }
    List<Check> checks = back.after();
    for (int i = 0; i < checks.size(); i++) {
      for (Check wrong : WrongChecks.of(checks.get(i))) {
        Undo other = new Undo.Back(actions, replaced(checks, i, wrong));
        undo(site, Fault.UNDO_WRONG, " " + wrong, other);
      }
    }
  }

  private void undo(Site site, Fault fault, String more, Undo other) {
    changed(site, fault, more, its -> undone(its, other));
  }
}
