package io.gops.adoption;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.plan.PodTemplates;
import io.gops.state.State;
import io.gops.state.TemplateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The state of a fleet from the GameServerSets that a cluster holds.
///
/// The version of a side is the one whose images its containers have. Its template is what runs,
/// spelled as the compiler spells templates: with places for what differs by zone, wherever the
/// running value is what the compiler would put there. So a template that somebody changed by hand
/// has a hash of its own, and the next release shows the change.
public final class RunningSets {
  private final Deployment deployment;
  private final PodTemplates templates;
  private final State before;
  private final Map<String, Side> told;
  private final Diagnostics diagnostics;
  private final SortedMap<String, Manifest> sets = new TreeMap<>();
  private final SortedMap<String, State.GroupState> groups = new TreeMap<>();
  private final SortedMap<String, String> contents = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  /// @param before the state so far, which says who is live where both sides run
  /// @param told the live sides of groups, as a person says
  public RunningSets(
      Deployment deployment,
      PodTemplates templates,
      State before,
      Map<String, Side> told,
      Diagnostics diagnostics) {
    this.deployment = deployment;
    this.templates = templates;
    this.before = before;
    this.told = Map.copyOf(told);
    this.diagnostics = diagnostics;
  }

  /// What runs; groups without a set are left out.
  public State read(List<Manifest> manifests) {
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals("GameServerSet")) {
        sets.put(manifest.namespace() + "/" + manifest.name(), manifest);
      }
    }
    SortedSet<String> strangers = new TreeSet<>(sets.keySet());
    SortedSet<String> absent = new TreeSet<>();
    for (Group group : deployment.groups().values()) {
      group.workloads().forEach(workload -> strangers.remove(key(workload)));
      if (group.workloads().stream().anyMatch(workload -> sets.containsKey(key(workload)))) {
        read(group);
      } else {
        absent.add(group.id());
      }
    }
    note("no set runs for groups", absent);
    note("not of this fleet:", strangers);
    return new State(groups, contents);
  }

  /// What the reader of the state should know besides.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private static String key(Workload workload) {
    return workload.game().namespace() + "/" + workload.name();
  }

  private void note(String what, SortedSet<String> names) {
    if (!names.isEmpty()) {
      String some = String.join(", ", names.stream().limit(10).toList());
      notes.add(
          what + " " + some + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : ""));
    }
  }

  private void read(Group group) {
    SortedMap<Side, State.SideState> sides = new TreeMap<>();
    for (Workload workload : group.workloads()) {
      Manifest set = sets.get(key(workload));
      sides.put(
          workload.side(),
          set == null ? new State.SideState(workload.version(), 0, "") : side(workload, set));
    }
    live(group, sides).ifPresent(side -> groups.put(group.id(), new State.GroupState(side, sides)));
  }

  private State.SideState side(Workload workload, Manifest set) {
    Json template = set.at("spec", "gameServerTemplate").orElse(Json.object().end());
    int replicas = (int) Manifest.number(set.content(), "spec", "replicas").orElse(0L).longValue();
    Workload running = inRunningVersion(workload, template);
    Json shape = templates.shape(running);
    Json.Members spelled = Json.object();
    Manifest.members(shape)
        .forEach(
            (name, part) ->
                (name.equals(PodTemplates.NETWORK)
                        ? set.at("spec", "network").map(RunningSets::withoutSidecars)
                        : Manifest.at(template, name))
                    .ifPresent(value -> spelled.with(name, spelled(part, value, running))));
    String content = spelled.end().print();
    String hash = TemplateHash.of(content);
    contents.put(hash, content);
    if (!content.equals(shape.print())) {
      notes.add(
          workload.name()
              + " does not run what version "
              + running.version()
              + " compiles to; the state says what runs");
    }
    return new State.SideState(running.version(), replicas, hash);
  }

  /// The names of sidecars whose restart cuts nobody are no part of what a version says.
  private static Json withoutSidecars(Json network) {
    if (!(network instanceof Json.Obj object)
        || !(object.members().get("networkConf") instanceof Json.Arr(List<Json> parameters))) {
      return network;
    }
    Json.Members members = Json.object();
    object.members().forEach(members::with);
    return members
        .with(
            "networkConf",
            new Json.Arr(
                parameters.stream()
                    .filter(
                        item ->
                            !Manifest.text(item, "name")
                                .equals(Optional.of("AllowNotReadyContainers")))
                    .toList()))
        .end();
  }

  /// The workload in the version whose images run. Two versions may have the same images and differ
  /// in something else: then the one that the workload has, then the first whose template fits.
  private Workload inRunningVersion(Workload workload, Json template) {
    SortedMap<String, String> images = new TreeMap<>();
    for (Json container : Manifest.items(template, "spec", "containers")) {
      Manifest.text(container, "name")
          .ifPresent(name -> images.put(name, Manifest.text(container, "image").orElse("")));
    }
    List<String> candidates = new ArrayList<>(List.of(workload.version()));
    workload.game().versions().keySet().stream()
        .filter(version -> !version.equals(workload.version()))
        .forEach(candidates::add);
    List<Workload> fitting =
        candidates.stream()
            .map(workload::inVersion)
            .filter(
                version ->
                    version.containerNames().stream().allMatch(name -> runs(version, name, images)))
            .toList();
    return fitting.stream()
        .filter(
            version ->
                templates
                    .fill(templates.shape(version), version)
                    .equals(only(templates.shape(version), template)))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .orElseGet(
            () -> {
              notes.add(
                  workload.name()
                      + " runs images of no version: "
                      + String.join(", ", images.values()));
              return workload;
            });
  }

  private static boolean runs(Workload version, String container, Map<String, String> images) {
    var image = version.images().get(container);
    return image != null && image.toString().equals(images.get(container));
  }

  /// The members of a template that a shape has.
  private static Json only(Json shape, Json template) {
    Json.Members members = Json.object();
    if (shape instanceof Json.Obj object) {
      object
          .members()
          .keySet()
          .forEach(name -> Manifest.at(template, name).ifPresent(v -> members.with(name, v)));
    }
    return members.end();
  }

  /// A running value with the places of the shape, where they would be filled to this value.
  private Json spelled(Json shape, Json live, Workload workload) {
    if (shape.equals(live) || templates.fill(shape, workload).equals(live)) {
      return shape;
    }
    if (shape instanceof Json.Obj expected && live instanceof Json.Obj object) {
      Json.Members members = Json.object();
      object
          .members()
          .forEach(
              (name, value) -> {
                Json part = expected.members().get(name);
                members.with(name, part == null ? value : spelled(part, value, workload));
              });
      return members.end();
    }
    if (shape instanceof Json.Arr(List<Json> parts) && live instanceof Json.Arr(List<Json> items)) {
      List<Json> spelled = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        spelled.add(
            i < parts.size() ? spelled(parts.get(i), items.get(i), workload) : items.get(i));
      }
      return new Json.Arr(spelled);
    }
    return live;
  }

  /// The side that takes logins: the only one, the one that is said, the only one that runs, or the
  /// one that the state said.
  private Optional<Side> live(Group group, SortedMap<Side, State.SideState> sides) {
    Side said = told.get(group.id());
    if (said != null) {
      return Optional.of(said);
    }
    List<Side> running =
        sides.entrySet().stream()
            .filter(side -> side.getValue().replicas() > 0)
            .map(Map.Entry::getKey)
            .toList();
    if (running.size() == 1 || sides.size() == 1) {
      return Optional.of(running.isEmpty() ? sides.firstKey() : running.getFirst());
    }
    Optional<Side> known =
        Optional.ofNullable(before.groups().get(group.id())).map(State.GroupState::live);
    if (known.isPresent()) {
      return known;
    }
    if (running.isEmpty()) {
      return Optional.of(group.live().side());
    }
    diagnostics.report(Diagnostic.of(Code.GOPS2922, group.id()).hint("hint", group.id()));
    return Optional.empty();
  }
}
