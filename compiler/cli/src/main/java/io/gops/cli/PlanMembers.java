package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.plan.Estimate;
import io.gops.plan.Nights;
import io.gops.plan.Plan;
import io.gops.plan.Players;
import io.gops.plan.Step;
import io.gops.plan.Wave;
import io.gops.rehearsal.Ending;
import io.gops.rehearsal.Rehearsal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What releases would do, as members of the JSON report. The whole plan is `plan.json`.
final class PlanMembers {
  private PlanMembers() {}

  static void write(List<PlanCommand.Shown> plans, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("plans");
    for (PlanCommand.Shown shown : plans) {
      json.writeStartObject();
      plan(shown.plan(), json);
      if (shown.rehearsal().isPresent()) {
        rehearsal(shown.rehearsal().get(), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void plan(Plan plan, JsonGenerator json) throws IOException {
    json.writeStringField("environment", plan.environment());
    json.writeStringField("release", plan.release());
    json.writeStringField("kind", plan.template().word());
    json.writeStringField("goal", plan.goal());
    if (plan.window().isPresent()) {
      json.writeStringField("window", plan.window().get().name());
    }
    json.writeNumberField("groups", plan.from().groups().size());
    json.writeNumberField("steps", plan.steps().size());
    players(plan.players(), json);
    duration(plan.duration(), json);
    Optional<Nights> nights = Nights.of(plan);
    if (nights.isPresent()) {
      json.writeNumberField("nights", nights.get().count());
    }
    json.writeArrayFieldStart("waves");
    for (Wave wave : plan.waves()) {
      json.writeStartObject();
      json.writeNumberField("number", wave.number());
      json.writeBooleanField("canary", wave.canary());
      json.writeArrayFieldStart("zones");
      for (int zone : wave.zones()) {
        json.writeNumber(zone);
      }
      json.writeEndArray();
      players(ofWave(plan, wave), json);
      duration(
          plan.steps().stream()
              .filter(step -> step.wave() == wave.number())
              .map(Step::duration)
              .reduce(Estimate.NONE, Estimate::plus),
          json);
      if (nights.isPresent()) {
        Nights.Span span = nights.get().of(wave.number());
        json.writeObjectFieldStart("nights");
        json.writeNumberField("first", span.first());
        json.writeNumberField("last", span.last());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static Players ofWave(Plan plan, Wave wave) {
    return plan.steps().stream()
        .filter(step -> step.wave() == wave.number())
        .map(Step::players)
        .reduce(Players.NONE, Players::plus);
  }

  private static void players(Players players, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("players");
    json.writeNumberField("moved", players.moved());
    json.writeNumberField("kickedP50", players.kickedP50());
    json.writeNumberField("kickedP95", players.kickedP95());
    json.writeEndObject();
  }

  private static void duration(Estimate time, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("seconds");
    json.writeNumberField("p50", time.p50().toSeconds());
    json.writeNumberField("p95", time.p95().toSeconds());
    json.writeEndObject();
  }

  private static void rehearsal(Rehearsal rehearsal, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("endings");
    for (Map.Entry<Ending, Integer> entry : rehearsal.endings().entrySet()) {
      Ending ending = entry.getKey();
      json.writeStartObject();
      json.writeStringField("end", ending.kind().name().toLowerCase(Locale.ROOT));
      if (ending.wave() > 0) {
        json.writeNumberField("wave", ending.wave());
      }
      json.writeNumberField("plays", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
