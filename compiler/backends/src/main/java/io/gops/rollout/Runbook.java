package io.gops.rollout;

import io.gops.fleet.Rollouts;
import io.gops.layout.Layouts;
import io.gops.plan.Action;
import io.gops.plan.Check;
import io.gops.plan.Estimate;
import io.gops.plan.Nights;
import io.gops.plan.Plan;
import io.gops.plan.PlanWords;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.Undo;
import io.gops.plan.Wave;
import io.gops.source.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan as a person reads it from top to bottom.
final class Runbook {
  private Runbook() {}

  /// @param identity hash of the plan
  /// @param stateFile from the folder of the fleet
  static String print(Plan plan, String identity, String stateFile) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("release", plan.release());
    values.put("template", plan.template().word());
    values.put("goal", plan.goal());
    values.put("fleet", plan.fleet());
    values.put("environment", plan.environment());
    values.put("cluster", plan.cluster());
    values.put("stateFile", stateFile);
    values.put("identity", identity);
    values.put("pairs", !plan.pairs().isEmpty() && plan.template() != Plan.Template.REPLACE_HOST);
    Optional<Nights> nights = Nights.of(plan);
    values.put("window", plan.window().map(PlanWords::window).orElse(""));
    values.put("windowNights", nights.map(Nights::count).orElse(0));
    values.put("cause", plan.cause().map(Runbook::line).orElse(""));
    values.put("moved", PlanWords.number(plan.players().moved()));
    values.put("kickedP50", PlanWords.number(plan.players().kickedP50()));
    values.put("kickedP95", PlanWords.number(plan.players().kickedP95()));
    values.put("p50", PlanWords.duration(plan.duration().p50()));
    values.put("p95", PlanWords.duration(plan.duration().p95()));
    values.put(
        "days", nights.isEmpty() && plan.duration().p95().compareTo(Duration.ofHours(24)) > 0);
    values.put("groups", PlanWords.number(plan.from().groups().size()));
    values.put("notes", plan.notes());
    values.put("folder", plan.rollouts().repository().map(Rollouts.Repository::folder).orElse(""));
    values.put("signers", List.copyOf(plan.rollouts().signers().keySet()));
    values.put("gates", !plan.reopenings().isEmpty());
    values.put("waves", plan.waves().stream().map(wave -> wave(plan, nights, wave)).toList());
    values.put("parts", parts(plan));
    return Layouts.markdown("runbook.md.ftl", values);
  }

  private static String line(Place place) {
    return place.file().path() + ":" + place.line();
  }

  private static Map<String, Object> wave(Plan plan, Optional<Nights> nights, Wave wave) {
    Estimate duration = Estimate.NONE;
    long kicked = 0;
    for (Step step : plan.steps()) {
      if (step.wave() == wave.number()) {
        duration = duration.plus(step.duration());
        kicked += step.players().kickedP50();
      }
    }
    String called = wave.name().map(name -> " " + name).orElse("");
    return Map.of(
        "number", wave.number() + called,
        "canary", wave.canary(),
        "count", Integer.toString(wave.zones().size()),
        "zones", PlanWords.zones(wave.zones()),
        "players", PlanWords.number(wave.players().moved()),
        "kicked", PlanWords.number(kicked),
        "night", nights.map(found -> found.of(wave.number()).words()).orElse(""),
        "p50", PlanWords.duration(duration.p50()),
        "p95", PlanWords.duration(duration.p95()));
  }

  private static List<Map<String, Object>> parts(Plan plan) {
    List<Map<String, Object>> parts = new ArrayList<>();
    int first = 0;
    for (int next = 1; next <= plan.steps().size(); next++) {
      int wave = plan.steps().get(first).wave();
      if (next == plan.steps().size() || plan.steps().get(next).wave() != wave) {
        List<Map<String, Object>> steps =
            plan.steps().subList(first, next).stream().map(Runbook::step).toList();
        String heading = wave > 0 ? "Wave " + wave : heading(plan, first);
        parts.add(Map.of("heading", heading, "steps", steps));
        first = next;
      }
    }
    return parts;
  }

  /// Steps that belong to no wave stand before the waves or after them.
  private static String heading(Plan plan, int first) {
    if (plan.waves().isEmpty()) {
      return "Steps";
    }
    return first == 0 ? "Before the waves" : "After the waves";
  }

  private static Map<String, Object> step(Step step) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", step.id());
    values.put("title", step.title());
    values.put("consequence", PlanWords.consequence(step));
    values.put("approver", step.approver().orElse(""));
    values.put("time", PlanWords.duration(step.duration().p50()));
    values.put("timeout", step.timeout().isZero() ? "" : PlanWords.duration(step.timeout()));
    values.put("tasks", PlanWords.number(step.tasks().size()));
    values.put("example", step.tasks().isEmpty() ? "" : describe(step.tasks().getFirst()));
    values.put("fails", onFailure(step));
    values.put("undo", undo(step));
    return values;
  }

  private static String describe(Task task) {
    return switch (task.action()) {
      case Action.PatchTemplate patch ->
          patch.set().name() + ": " + patch.fromVersion() + " to " + patch.toVersion();
      case Action.Scale scale ->
          scale.set().name() + ": " + scale.from() + " to " + scale.to() + " pods";
      case Action.SetLogins logins ->
          logins.group() + ": side " + logins.from().label() + " to side " + logins.to().label();
      case Action.PutEntry entry -> entry.key();
      case Action.MoveHome move -> move.group() + ": " + move.from() + " to " + move.to();
      case Action.Fence(String node) -> node;
      case Action.Dismiss dismiss ->
          dismiss.set().name()
              + ": "
              + dismiss.count()
              + " to go, those not on "
              + String.join(", ", dismiss.staying());
      case Action.Cordon(String node, boolean shut) ->
          node + (shut ? ": takes no new servers" : ": takes new servers");
      case Action.ProgramSwitch(String host) -> host;
      case Action.Announce(String text) -> text;
      case Action.ByHand(String what, String evidence) ->
          what + "; to be written down: " + evidence;
      case Action.Drain drain -> drain.set().name();
      case Action.Kick kick -> kick.set().name() + ": at most " + kick.allowed() + " players";
      case Action.Reload reload -> reload.set().name() + ": " + String.join(" ", reload.command());
    };
  }

  private static String onFailure(Step step) {
    return switch (step.kind()) {
      case PREPARE, RETIRE ->
          "Somebody changed a set that the plan expects unchanged. Find out who; nobody plays there"
              + " yet.";
      case START ->
          "Look at the pods and events of the sets named. Players are not affected; run again when"
              + " the cause is gone, or roll back.";
      case LOGINS ->
          "Logins may be at either side, both run. Run again; if it fails again, roll back.";
      case DRAIN -> "Nothing is lost by waiting. To stop here, roll back or abort later.";
      case KICK -> "Wait for more players to leave, or have somebody approve the step.";
      case STOP -> "A server does not stop. Look whether it still saves; run again.";
      case UPDATE ->
          "A pod that is not ready holds up its set. Look at it, cure or delete it, run again; or"
              + " roll back.";
      case REPLACE ->
          "A server does not come up with the new version. Look at its pods and events; run again, or"
              + " roll back.";
      case RELOAD ->
          "The new scripts are in the pod, but the engine has not loaded them. Look at the engine's"
              + " log, run again; or roll back.";
      case SOAK -> "What the wave left is no longer so. Find out why before you run on.";
      case APPROVE -> "The plan waits. Nothing changes until somebody agrees.";
      case ANNOUNCE -> "Tell players in another way and write down how.";
      case CONFIRM, MANUAL -> "The plan waits. Write down what was done, or roll back.";
      case SMOKE -> "Players are not let in. Find out why, or roll back.";
      case GATE -> "Somebody changed the entry. Compare it with the plan, then run again.";
      case FENCE -> "If the node is Ready, it is not lost: do not fence it. Abort and look again.";
      case MOVE -> "Look at the pods that are pending: the new host may lack room or the label.";
      case RELOCATE -> "Servers still run on the host, or a label was changed. Look, run again.";
      case DISMISS ->
          "Servers do not run where the plan expects them, or their opsState is not None. Look, run"
              + " again.";
      case HOST -> "The node was not found. Look at its name and at your rights.";
      case ARRIVE -> "Look at the pods that are pending.";
      case NETWORK -> "The host was not reached or refused the flows. Run again.";
      case DIRECTORY -> "Somebody changed the entry. Compare it with the plan, then run again.";
    };
  }

  private static String undo(Step step) {
    if (step.tasks().isEmpty()) {
      return "";
    }
    return switch (step.tasks().getFirst().undo()) {
      case Undo.Nothing _ -> "";
      case Undo.ByHand(String what) -> "by hand: " + what;
      case Undo.PointOfNoReturn(String reason) -> "point of no return: " + reason;
      case Undo.Back(List<Action> actions, List<Check> _)
          when step.kind() == Step.Kind.START && actions.size() > 1 ->
          "players leave the additional servers, then these stop";
      case Undo.Back _ ->
          switch (step.kind()) {
            case LOGINS -> "logins go back, and players leave the new side like the old one";
            case REPLACE -> "servers of the old version take their place";
            case UPDATE -> "the old sidecars come back in place and are loaded";
            case DISMISS -> "they may stay, and take players again";
            case PREPARE, START, DIRECTORY, DRAIN, KICK, STOP, RETIRE, RELOAD, SOAK, APPROVE ->
                "as it was";
            case FENCE, MOVE, ARRIVE, NETWORK, GATE, RELOCATE, HOST -> "as it was";
            case ANNOUNCE, CONFIRM, MANUAL, SMOKE -> "as it was";
          };
    };
  }
}
