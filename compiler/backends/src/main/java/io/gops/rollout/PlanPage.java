package io.gops.rollout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.Fill;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.fleet.Window;
import io.gops.layout.Layouts;
import io.gops.layout.ScriptData;
import io.gops.plan.Action;
import io.gops.plan.DrainCurve;
import io.gops.plan.Plan;
import io.gops.plan.PlanWords;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.plan.UseReplay;
import io.gops.plan.Wave;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A plan as a picture: its steps in time, the players on each side while they leave, and how full
/// hosts are at each step. One file without anything from elsewhere.
///
/// Times are the expected ones, with no pause for the night or for a person who is asked.
final class PlanPage {
  /// More hosts than a reader would look at.
  private static final int MOST_HOSTS = 60;

  private final Plan plan;
  private final Optional<Release> release;
  private final Deployment deployment;
  private final List<UseReplay.Instant> instants;
  private final Map<String, Long> starts = new LinkedHashMap<>();
  private long end;

  private PlanPage(
      Plan plan, Optional<Release> release, Deployment deployment, CapacityProof proof) {
    this.plan = plan;
    this.release = release;
    this.deployment = deployment;
    this.instants = UseReplay.of(plan, proof);
    for (Step step : plan.steps()) {
      starts.put(step.id(), end);
      end += step.duration().p50().toSeconds();
    }
  }

  /// The page of a plan.
  ///
  /// @param identity hash of the plan
  /// @param release what was asked for
  static String html(
      Plan plan,
      String identity,
      Optional<Release> release,
      Deployment deployment,
      CapacityProof proof) {
    PlanPage page = new PlanPage(plan, release, deployment, proof);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("release", plan.release());
    values.put("goal", plan.goal());
    values.put("fleet", plan.fleet());
    values.put("environment", plan.environment());
    values.put("identity", identity);
    values.put("window", plan.window().map(Window::name).orElse(""));
    values.put("steps", PlanWords.number(plan.steps().size()));
    values.put("groups", PlanWords.number(plan.from().groups().size()));
    values.put("p50", PlanWords.duration(plan.duration().p50()));
    values.put("p95", PlanWords.duration(plan.duration().p95()));
    values.put("moved", PlanWords.number(plan.players().moved()));
    values.put("kickedP50", PlanWords.number(plan.players().kickedP50()));
    values.put("kickedP95", PlanWords.number(plan.players().kickedP95()));
    values.put("notes", plan.notes());
    values.put("data", Layouts.scriptData(ScriptData.print(page::write)));
    return Layouts.html("plan.html.ftl", values);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("end", end);
    json.writeArrayFieldStart("waves");
    for (Wave wave : plan.waves()) {
      json.writeStartObject();
      json.writeNumberField("number", wave.number());
      json.writeStringField("name", wave.name().orElse(""));
      json.writeBooleanField("canary", wave.canary());
      json.writeStringField("zones", PlanWords.zones(wave.zones()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("steps");
    for (Step step : plan.steps()) {
      step(step, json);
    }
    json.writeEndArray();
    players(json);
    hosts(json);
    json.writeEndObject();
  }

  private void step(Step step, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", step.id());
    json.writeStringField("kind", step.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("wave", step.wave());
    json.writeStringField("title", step.title());
    json.writeNumberField("from", starts.getOrDefault(step.id(), 0L));
    json.writeNumberField("for", step.duration().p50().toSeconds());
    json.writeStringField("time", PlanWords.duration(step.duration().p50()));
    json.writeStringField("felt", PlanWords.consequence(step));
    json.writeEndObject();
  }

  /// Players who leave one side for the other since a moment.
  private record Leaving(long since, Side from, long players) {}

  /// Players of each side at each moment at which that changes its course, as `[second, a, b]`.
  /// Nothing where no zone changes sides.
  private void players(JsonGenerator json) throws IOException {
    List<Leaving> leaving = leaving();
    json.writeArrayFieldStart("players");
    if (!leaving.isEmpty() && release.orElse(null) instanceof Release.AbSwitch ab) {
      Map<Side, Long> there = new EnumMap<>(Side.class);
      Set<Integer> seen = new HashSet<>();
      plan.from()
          .groups()
          .forEach(
              (id, state) ->
                  Optional.ofNullable(deployment.groups().get(id))
                      .map(Group::zone)
                      .filter(zone -> seen.add(zone.id()))
                      .ifPresent(
                          zone -> there.merge(state.live(), zone.body().players(), Long::sum)));
      DrainCurve curve = new DrainCurve(ab.drain());
      for (long second : moments(leaving, ab.drain())) {
        Map<Side, Long> now = new EnumMap<>(there);
        for (Leaving group : leaving) {
          long gone = group.players() - left(group, second, curve, ab.drain());
          now.merge(group.from(), -gone, Long::sum);
          now.merge(group.from().other(), gone, Long::sum);
        }
        json.writeStartArray();
        json.writeNumber(second);
        json.writeNumber(now.getOrDefault(Side.A, 0L));
        json.writeNumber(now.getOrDefault(Side.B, 0L));
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  /// Those who are kicked log in again, to the other side.
  private static long left(Leaving group, long second, DrainCurve curve, Release.Drain drain) {
    Duration after = Duration.ofSeconds(Math.max(0, second - group.since()));
    if (second <= group.since()) {
      return group.players();
    }
    return after.compareTo(drain.kickAfter()) >= 0
        ? 0
        : curve.expected(after).ofCeil(group.players());
  }

  private SortedSet<Long> moments(List<Leaving> leaving, Release.Drain drain) {
    TreeSet<Long> moments = new TreeSet<>(List.of(0L, end));
    for (Leaving group : leaving) {
      moments.add(group.since());
      drain.remaining().forEach(point -> moments.add(group.since() + point.after().toSeconds()));
      long deadline = group.since() + drain.kickAfter().toSeconds();
      moments.add(deadline - 1);
      moments.add(deadline);
    }
    return new TreeSet<>(moments.headSet(end, true));
  }

  /// One for each step that moves logins and side that they leave.
  private List<Leaving> leaving() {
    List<Leaving> all = new ArrayList<>();
    for (Step step : plan.steps()) {
      Map<Side, Map<Integer, Long>> players = new TreeMap<>();
      for (Task task : step.tasks()) {
        if (task.action() instanceof Action.SetLogins logins) {
          Optional.ofNullable(deployment.groups().get(logins.group()))
              .map(Group::zone)
              .ifPresent(
                  zone ->
                      players
                          .computeIfAbsent(logins.from(), _ -> new HashMap<>())
                          .put(zone.id(), zone.body().players()));
        }
      }
      long since = starts.getOrDefault(step.id(), 0L) + step.duration().p50().toSeconds();
      players.forEach(
          (side, zones) ->
              all.add(
                  new Leaving(
                      since, side, zones.values().stream().mapToLong(Long::longValue).sum())));
    }
    return all;
  }

  /// Tenths of a percent of each host at each step, the fullest hosts first.
  private void hosts(JsonGenerator json) throws IOException {
    SortedMap<String, Fill> most = new TreeMap<>();
    for (UseReplay.Instant instant : instants) {
      instant.fills().forEach((host, fill) -> most.merge(host, fill, Fill::max));
    }
    List<String> fullest =
        most.entrySet().stream()
            .sorted(
                Map.Entry.<String, Fill>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .limit(MOST_HOSTS)
            .map(Map.Entry::getKey)
            .toList();
    json.writeNumberField("allHosts", most.size());
    json.writeArrayFieldStart("hosts");
    for (String host : fullest) {
      json.writeStartObject();
      json.writeStringField("name", host);
      json.writeArrayFieldStart("fills");
      for (UseReplay.Instant instant : instants) {
        json.writeNumber(instant.fills().getOrDefault(host, Fill.EMPTY).permille());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
