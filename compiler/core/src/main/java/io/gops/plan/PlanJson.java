package io.gops.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.gops.artifact.GatheredText;
import io.gops.fleet.Directory;
import io.gops.fleet.Rollouts;
import io.gops.fleet.Window;
import io.gops.json.JsonPatch;
import io.gops.source.Place;
import io.gops.state.State;
import io.gops.state.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The file `plan.json`: everything a plan says, for tools and reviewers. The hash of its bytes is
/// the plan's identity. `docs/schemas/plan.schema.json` describes it.
///
/// Patches, images and lists of hosts, which are the same in hundreds of tasks, stand once and are
/// named.
public final class PlanJson {
  /// Writes a letter outside the basic plane as itself.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final Plan plan;
  private final GatheredText text = new GatheredText();
  private final JsonGenerator out;
  private final Names<JsonPatch> patches = new Names<>("p", (_, _) -> {});
  private final Names<SortedMap<String, String>> images = new Names<>("i", (_, _) -> {});
  private final Names<List<String>> carriers = new Names<>("k", (_, _) -> {});

  private PlanJson(Plan plan) throws IOException {
    this.plan = plan;
    this.out = JSON.createGenerator(text);
  }

  /// The file's text, one step, task or group to a line. It names the plan by
  /// [GatheredText#identity()].
  public static GatheredText print(Plan plan) {
    try {
      PlanJson writer = new PlanJson(plan);
      writer.write();
      return writer.text;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void write() throws IOException {
    out.writeStartObject();
    out.writeStringField("apiVersion", "gops.dev/v1");
    out.writeStringField("kind", "RolloutPlan");
    out.writeStringField("fleet", plan.fleet());
    out.writeStringField("environment", plan.environment());
    out.writeStringField("cluster", plan.cluster());
    out.writeStringField("release", plan.release());
    out.writeStringField("template", plan.template().word());
    out.writeStringField("goal", plan.goal());
    if (plan.window().isPresent()) {
      window(plan.window().get());
    }
    cause(plan.cause());
    players(plan.players());
    estimate(plan.duration());
    strings("notes", plan.notes());
    out.writeArrayFieldStart("alerts");
    for (Plan.StoppingAlert alert : plan.alerts()) {
      out.writeStartObject();
      out.writeStringField("game", alert.game());
      out.writeStringField("name", alert.name());
      out.writeStringField("reaction", alert.reaction().word());
      out.writeEndObject();
    }
    out.writeEndArray();
    rollouts(plan.rollouts());
    strings("switches", plan.switches());
    directories();
    waves();
    steps();
    reopenings();
    named();
    groups("from", plan.from());
    groups("to", plan.to());
    templates();
    out.writeEndObject();
    out.writeRaw('\n');
    out.close();
  }

  private void rollouts(Rollouts rollouts) throws IOException {
    out.writeObjectFieldStart("rollout");
    out.writeStringField("approval", rollouts.approval().word());
    out.writeObjectFieldStart("signers");
    for (Map.Entry<String, List<String>> signer : rollouts.signers().entrySet()) {
      strings(signer.getKey(), signer.getValue());
    }
    out.writeEndObject();
    out.writeStringField("apply", rollouts.repository().isPresent() ? "gitops" : "direct");
    if (rollouts.repository().isPresent()) {
      Rollouts.Repository repository = rollouts.repository().get();
      out.writeObjectFieldStart("repository");
      out.writeStringField("branch", repository.branch());
      out.writeStringField("folder", repository.folder());
      out.writeStringField("manager", repository.manager());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void line() throws IOException {
    out.writeRaw('\n');
  }

  private void window(Window window) throws IOException {
    out.writeObjectFieldStart("window");
    out.writeStringField("name", window.name());
    out.writeStringField("timeZone", window.timeZone().getId());
    strings("days", window.days().stream().sorted().map(PlanJson::word).toList());
    out.writeStringField("from", window.from().toString());
    out.writeStringField("until", window.until().toString());
    out.writeArrayFieldStart("closed");
    for (Window.Dates dates : window.closed()) {
      out.writeStartObject();
      out.writeStringField("first", dates.first().toString());
      out.writeStringField("last", dates.last().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void directories() throws IOException {
    out.writeObjectFieldStart("directories");
    for (Directory directory : plan.directories().values()) {
      out.writeObjectFieldStart(directory.name());
      strings("endpoints", directory.endpoints());
      out.writeStringField("prefix", directory.prefix());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void waves() throws IOException {
    out.writeArrayFieldStart("waves");
    for (Wave wave : plan.waves()) {
      line();
      out.writeStartObject();
      out.writeNumberField("number", wave.number());
      if (wave.name().isPresent()) {
        out.writeStringField("name", wave.name().get());
      }
      out.writeBooleanField("canary", wave.canary());
      out.writeNumberField("players", wave.players().moved());
      out.writeArrayFieldStart("zones");
      for (int zone : wave.zones()) {
        out.writeNumber(zone);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void steps() throws IOException {
    out.writeArrayFieldStart("steps");
    for (Step step : plan.steps()) {
      line();
      out.writeStartObject();
      out.writeStringField("id", step.id());
      out.writeNumberField("wave", step.wave());
      out.writeStringField("kind", word(step.kind()));
      out.writeStringField("title", step.title());
      out.writeStringField("consequence", word(step.kind().consequence()));
      strings("needs", step.needs());
      out.writeNumberField("hold", step.hold().toSeconds());
      out.writeNumberField("timeout", step.timeout().toSeconds());
      optional("approver", step.approver());
      cause(step.cause());
      players(step.players());
      estimate(step.duration());
      out.writeArrayFieldStart("tasks");
      for (Task task : step.tasks()) {
        line();
        task(task);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void reopenings() throws IOException {
    if (plan.reopenings().isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("onAbort");
    for (Reopening gate : plan.reopenings()) {
      line();
      out.writeStartObject();
      out.writeStringField("directory", gate.directory());
      out.writeStringField("key", gate.key());
      out.writeArrayFieldStart("open");
      for (Reopening.Way way : gate.ways()) {
        out.writeStartObject();
        out.writeFieldName("entry");
        out.writeRawValue(way.entry());
        out.writeArrayFieldStart(way.state() == Reopening.Stage.DONE ? "done" : "notBegun");
        for (Reopening.Mark mark : way.marks()) {
          out.writeStartObject();
          out.writeStringField("step", mark.step());
          out.writeStringField("unit", mark.unit());
          out.writeEndObject();
        }
        out.writeEndArray();
        checks("ready", List.copyOf(way.ready()));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void task(Task task) throws IOException {
    out.writeStartObject();
    out.writeStringField("unit", task.unit());
    out.writeFieldName("action");
    action(task.action());
    checks("before", task.before());
    checks("after", task.after());
    out.writeObjectFieldStart("undo");
    switch (task.undo()) {
      case Undo.Back back -> {
        out.writeArrayFieldStart("actions");
        for (Action action : back.actions()) {
          action(action);
        }
        out.writeEndArray();
        checks("after", back.after());
      }
      case Undo.ByHand(String what) -> out.writeStringField("byHand", what);
      case Undo.Nothing _ -> out.writeStringField("nothing", "no change to take back");
      case Undo.PointOfNoReturn(String reason) -> out.writeStringField("pointOfNoReturn", reason);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void action(Action action) throws IOException {
    out.writeStartObject();
    switch (action) {
      case Action.PatchTemplate patch -> {
        out.writeStringField("do", "patch_template");
        set(patch.set());
        out.writeStringField("fromVersion", patch.fromVersion());
        out.writeStringField("toVersion", patch.toVersion());
        out.writeStringField("fromTemplate", patch.fromTemplate());
        out.writeStringField("toTemplate", patch.toTemplate());
        out.writeStringField("patch", patches.of(patch.patch()));
      }
      case Action.Scale scale -> {
        out.writeStringField("do", "scale");
        set(scale.set());
        out.writeNumberField("from", scale.from());
        out.writeNumberField("to", scale.to());
      }
      case Action.Dismiss dismiss -> {
        out.writeStringField("do", "dismiss");
        set(dismiss.set());
        strings("staying", dismiss.staying());
        out.writeNumberField("count", dismiss.count());
        out.writeBooleanField("leaving", dismiss.leaving());
      }
      case Action.SetLogins logins -> logins(logins);
      case Action.PutEntry entry -> {
        out.writeStringField("do", "put_entry");
        entry(entry);
      }
      case Action.MoveHome move -> {
        out.writeStringField("do", "move_home");
        out.writeStringField("group", move.group());
        out.writeStringField("label", move.label());
        out.writeStringField("from", move.from());
        out.writeStringField("to", move.to());
        strings("before", move.before());
        strings("after", move.after());
      }
      case Action.Cordon(String node, boolean shut) -> {
        out.writeStringField("do", "cordon");
        out.writeStringField("node", node);
        out.writeBooleanField("shut", shut);
      }
      case Action.Fence(String node) -> {
        out.writeStringField("do", "fence");
        out.writeStringField("node", node);
      }
      case Action.ProgramSwitch(String host) -> {
        out.writeStringField("do", "program_switch");
        out.writeStringField("host", host);
      }
      case Action.Announce(String words) -> {
        out.writeStringField("do", "announce");
        out.writeStringField("text", words);
      }
      case Action.ByHand(String what, String evidence) -> {
        out.writeStringField("do", "by_hand");
        out.writeStringField("what", what);
        out.writeStringField("evidence", evidence);
      }
      case Action.Drain drain -> {
        out.writeStringField("do", "drain");
        set(drain.set());
        probe(drain.probe());
        out.writeNumberField("deadline", drain.deadlineSeconds());
        staying(drain.staying());
      }
      case Action.Kick kick -> {
        out.writeStringField("do", "kick");
        set(kick.set());
        probe(kick.probe());
        out.writeNumberField("allowed", kick.allowed());
        staying(kick.staying());
      }
      case Action.Reload reload -> {
        out.writeStringField("do", "reload");
        set(reload.set());
        out.writeStringField("container", reload.container());
        strings("command", reload.command());
      }
    }
    out.writeEndObject();
  }

  private void logins(Action.SetLogins logins) throws IOException {
    out.writeStringField("do", "set_logins");
    out.writeStringField("group", logins.group());
    out.writeStringField("from", logins.from().label());
    out.writeStringField("to", logins.to().label());
    if (logins.openflowGroup().isPresent()) {
      out.writeStringField("openflowFrom", logins.openflowGroup().get().from());
      out.writeStringField("openflowTo", logins.openflowGroup().get().to());
      out.writeStringField("carriers", carriers.of(logins.openflowGroup().get().carriers()));
    }
    out.writeArrayFieldStart("entries");
    for (Action.PutEntry entry : logins.entries()) {
      out.writeStartObject();
      entry(entry);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void entry(Action.PutEntry entry) throws IOException {
    out.writeStringField("directory", entry.directory());
    out.writeStringField("key", entry.key());
    out.writeFieldName("from");
    out.writeRawValue(entry.from());
    out.writeFieldName("to");
    out.writeRawValue(entry.to());
  }

  private void checks(String name, List<Check> checks) throws IOException {
    out.writeArrayFieldStart(name);
    for (Check check : checks) {
      out.writeStartObject();
      check(check);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void check(Check check) throws IOException {
    switch (check) {
      case Check.Stored(Action.SetRef set, JsonPatch expected) -> {
        out.writeStringField("check", "stored");
        set(set);
        out.writeStringField("expected", patches.of(expected));
      }
      case Check.Replicas(Action.SetRef set, int count) -> {
        out.writeStringField("check", "replicas");
        set(set);
        out.writeNumberField("count", count);
      }
      case Check.Pods pods -> {
        out.writeStringField("check", "pods");
        set(pods.set());
        out.writeNumberField("count", pods.count());
        out.writeStringField("images", images.of(pods.images()));
        out.writeBooleanField("same", pods.same());
      }
      case Check.Dismissed dismissed -> {
        out.writeStringField("check", "dismissed");
        set(dismissed.set());
        strings("staying", dismissed.staying());
        out.writeNumberField("count", dismissed.count());
        out.writeBooleanField("leaving", dismissed.leaving());
      }
      case Check.RunsOn(Action.SetRef set, String host) -> {
        out.writeStringField("check", "runs_on");
        set(set);
        out.writeStringField("host", host);
      }
      case Check.LoginsAt logins -> {
        out.writeStringField("check", "logins_at");
        out.writeStringField("group", logins.group());
        out.writeStringField("side", logins.side().label());
      }
      case Check.Entry entry -> {
        out.writeStringField("check", "entry");
        out.writeStringField("directory", entry.directory());
        out.writeStringField("key", entry.key());
        out.writeFieldName("value");
        out.writeRawValue(entry.value());
      }
      case Check.Home home -> {
        out.writeStringField("check", "home");
        out.writeStringField("node", home.node());
        out.writeStringField("label", home.label());
        out.writeStringField("value", home.value());
      }
      case Check.Cordoned(String node, boolean shut) -> {
        out.writeStringField("check", "cordoned");
        out.writeStringField("node", node);
        out.writeBooleanField("shut", shut);
      }
      case Check.Fenced(String node) -> {
        out.writeStringField("check", "fenced");
        out.writeStringField("node", node);
      }
      case Check.PlayersAtMost players -> {
        out.writeStringField("check", "players_at_most");
        set(players.set());
        probe(players.probe());
        out.writeNumberField("count", players.count());
      }
      case Check.Confirmed confirmed -> {
        out.writeStringField("check", "confirmed");
        set(confirmed.set());
        out.writeStringField("container", confirmed.container());
        strings("command", confirmed.command());
      }
    }
  }

  private void set(Action.SetRef set) throws IOException {
    out.writeStringField("group", set.group());
    out.writeStringField("side", set.side().label());
    out.writeStringField("namespace", set.namespace());
    out.writeStringField("set", set.name());
  }

  private void staying(List<String> hosts) throws IOException {
    if (!hosts.isEmpty()) {
      strings("staying", hosts);
    }
  }

  private void probe(Optional<Action.CountPlayers> probe) throws IOException {
    if (probe.isPresent()) {
      out.writeStringField("container", probe.get().container());
      strings("command", probe.get().command());
    }
  }

  private void named() throws IOException {
    out.writeObjectFieldStart("patches");
    for (Map.Entry<JsonPatch, String> patch : patches.all().entrySet()) {
      line();
      out.writeFieldName(patch.getValue());
      out.writeRawValue(patch.getKey().operations().print());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("carriers");
    for (Map.Entry<List<String>, String> hosts : carriers.all().entrySet()) {
      line();
      strings(hosts.getValue(), hosts.getKey());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("images");
    for (Map.Entry<SortedMap<String, String>, String> list : images.all().entrySet()) {
      line();
      out.writeObjectFieldStart(list.getValue());
      for (Map.Entry<String, String> image : list.getKey().entrySet()) {
        out.writeStringField(image.getKey(), image.getValue());
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void groups(String name, State state) throws IOException {
    out.writeArrayFieldStart(name);
    for (Map.Entry<String, State.GroupState> group : state.groups().entrySet()) {
      line();
      out.writeRawValue(StateFile.groupLine(group.getKey(), group.getValue()));
    }
    out.writeEndArray();
  }

  private void templates() throws IOException {
    SortedMap<String, String> all = new TreeMap<>(plan.from().templates());
    all.putAll(plan.to().templates());
    out.writeObjectFieldStart("templates");
    for (Map.Entry<String, String> template : all.entrySet()) {
      line();
      out.writeFieldName(template.getKey());
      out.writeRawValue(template.getValue());
    }
    out.writeEndObject();
  }

  private void strings(String name, Collection<String> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  private void optional(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    }
  }

  private void cause(Optional<Place> cause) throws IOException {
    optional("cause", cause.map(place -> place.file().path() + ":" + place.line()));
  }

  private void players(Players players) throws IOException {
    out.writeObjectFieldStart("players");
    out.writeNumberField("moved", players.moved());
    out.writeNumberField("kickedP50", players.kickedP50());
    out.writeNumberField("kickedP95", players.kickedP95());
    out.writeEndObject();
  }

  private void estimate(Estimate estimate) throws IOException {
    out.writeObjectFieldStart("duration");
    seconds("p50", estimate.p50());
    seconds("p95", estimate.p95());
    out.writeEndObject();
  }

  private void seconds(String name, Duration duration) throws IOException {
    out.writeNumberField(name, duration.toSeconds());
  }
}
