package io.gops.plan;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Sizing;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Image;
import io.gops.fleet.Side;
import io.gops.fleet.Zone;
import io.gops.fleet.ZoneBody;
import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.state.State;
import io.gops.state.TemplateHash;
import io.gops.work.Asker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What every planner of one compilation looks things up in: the deployment, the state, and the pod
/// templates of versions.
final class Scope {
  /// Where the pod template stands in a GameServerSet.
  private static final String TEMPLATE = "/spec/gameServerTemplate";
  private static final Pattern CONTAINER =
      Pattern.compile(Pattern.quote(TEMPLATE) + "/spec/containers/(\\d+)(?:/(\\w+).*)?");

  private final Asker asker = Asker.here();
  private final Deployment deployment;
  private final State state;

  /// What a pod needs, by group and version.
  private final SortedMap<String, SortedMap<String, Sizing.PodSize>> sizes;

  private final PodTemplates templates;
  private final LoginSteering steering;
  private final Diagnostics diagnostics;
  private final IdentityHashMap<ZoneBody, Map<ShapeKey, Shape>> shapes = new IdentityHashMap<>();
  private final Map<String, Json> stored = new HashMap<>();
  private final Map<String, String> contents = new HashMap<>();
  private final Map<ShapePair, JsonPatch> patches = new HashMap<>();
  private final Map<String, State.GroupState> unrecorded = new HashMap<>();
  private final Map<ImagesKey, SortedMap<String, String>> images = new HashMap<>();
  private final Map<List<String>, List<String>> carriers = new HashMap<>();

  Scope(
      Deployment deployment,
      State state,
      PodTemplates templates,
      LoginSteering steering,
      SortedMap<String, SortedMap<String, Sizing.PodSize>> sizes,
      Diagnostics diagnostics) {
    this.deployment = deployment;
    this.state = state;
    this.sizes = sizes;
    this.templates = templates;
    this.steering = steering;
    this.diagnostics = diagnostics;
  }

  private record ShapeKey(String role, Side side, String version, Sizing.PodSize size) {}

  private record ShapePair(String from, String to) {}

  private record ImagesKey(String game, String role, String version) {}

  /// A shape and its name by content.
  record Shape(String hash, Json content) {}

  Deployment deployment() {
    return deployment;
  }

  LoginSteering steering() {
    return steering;
  }

  PodTemplates templates() {
    return templates;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /// The groups of each zone of these `zones` declarations that has been opened, by zone id. Others
  /// have nothing yet that a release could change.
  SortedMap<Integer, List<Group>> zones(Collection<String> zoneSets) {
    SortedMap<Integer, List<Group>> zones = allZones(zoneSets);
    zones.values().removeIf(groups -> groups.stream().noneMatch(this::isOpened));
    return zones;
  }

  private boolean isOpened(Group group) {
    return isRecorded(group) || group.live().replicas() > 0;
  }

  /// The same with those that an `open_zones` has still to open.
  SortedMap<Integer, List<Group>> allZones(Collection<String> zoneSets) {
    SortedMap<Integer, List<Group>> zones = new TreeMap<>();
    for (Group group : deployment.groups().values()) {
      if (zoneSets.contains(group.zone().set())) {
        zones.computeIfAbsent(group.zone().id(), _ -> new ArrayList<>()).add(group);
      }
    }
    return zones;
  }

  /// Whether the state says anything of a group.
  boolean isRecorded(Group group) {
    return state.groups().containsKey(group.id());
  }

  /// What the state says of a group; for a group that no release has touched, what the deployment
  /// starts it with. Whatever is planned, it asks this of each group, so here a plan that nobody
  /// waits for ends.
  State.GroupState now(Group group) {
    asker.mustWait();
    State.GroupState recorded = state.groups().get(group.id());
    if (recorded != null) {
      return withinBounds(group, recorded);
    }
    return unrecorded.computeIfAbsent(group.id(), _ -> asWritten(group));
  }

  private State.GroupState asWritten(Group group) {
    SortedMap<Side, State.SideState> sides = new TreeMap<>();
    for (Workload workload : group.workloads()) {
      sides.put(
          workload.side(),
          new State.SideState(workload.version(), workload.replicas(), shape(workload).hash()));
    }
    return new State.GroupState(group.live().side(), sides);
  }

  /// Where an autoscaler writes the number of servers, the state only knows what it once was.
  private static State.GroupState withinBounds(Group group, State.GroupState recorded) {
    return group
        .zone()
        .body()
        .settings(group.role().name())
        .autoscale()
        .map(
            autoscale -> {
              SortedMap<Side, State.SideState> sides = new TreeMap<>(recorded.sides());
              sides.replaceAll(
                  (_, side) ->
                      new State.SideState(
                          side.version(), autoscale.start(side.replicas()), side.template()));
              return new State.GroupState(recorded.live(), sides, recorded.hosts());
            })
        .orElse(recorded);
  }

  State.GroupState now(String group) {
    return now(deployment.group(group));
  }

  /// The state of these groups alone.
  State recorded(List<Group> groups) {
    SortedMap<String, State.GroupState> recorded = new TreeMap<>();
    groups.forEach(group -> recorded.put(group.id(), now(group)));
    return withTemplates(recorded);
  }

  /// A state of groups with the templates that they name.
  State withTemplates(SortedMap<String, State.GroupState> groups) {
    SortedMap<String, String> named = new TreeMap<>();
    for (State.GroupState group : groups.values()) {
      for (State.SideState side : group.sides().values()) {
        String content =
            state.templates().getOrDefault(side.template(), contents.get(side.template()));
        if (content != null) {
          named.put(side.template(), content);
        }
      }
    }
    return new State(groups, named);
  }

  /// The hosts of a group's replicas.
  List<String> hosts(Group group) {
    List<String> moved = now(group).hosts();
    return moved.isEmpty()
        ? group.placements().stream().map(Group.Placement::primary).toList()
        : moved;
  }

  /// Both sides of a group; absent for a group with one side.
  Optional<Plan.PairedSets> pairedSets(Group group) {
    return group
        .b()
        .map(
            other ->
                new Plan.PairedSets(
                    group.id(), group.zone().id(), ref(group.a()), ref(other), group.isWarm()));
  }

  /// The workload of a side, which exists.
  static Workload workload(Group group, Side side) {
    return side == Side.A ? group.a() : group.b().orElseThrow();
  }

  static State.SideState side(State.GroupState group, Side side) {
    return Objects.requireNonNull(group.sides().get(side), side.label());
  }

  /// What a pod of a workload's version gets, as the source says it.
  Sizing.PodSize wanted(Workload workload) {
    return sizes
        .getOrDefault(workload.group(), new TreeMap<>())
        .getOrDefault(workload.version(), new Sizing.PodSize(workload.request(), workload.limit()));
  }

  /// The same workload when its pods are started anew in another version of its game, which exists;
  /// pods that are updated in place keep their size, see [Workload#inVersion].
  Workload anew(Workload workload, String versionName) {
    Workload there = workload.inVersion(versionName);
    return there.sized(wanted(there));
  }

  /// The shape of a workload's pod template, as the source says it.
  Shape shape(Workload workload) {
    Sizing.PodSize size = new Sizing.PodSize(workload.request(), workload.limit());
    return shapes
        .computeIfAbsent(workload.zone().body(), _ -> new HashMap<>())
        .computeIfAbsent(
            new ShapeKey(workload.role().name(), workload.side(), workload.version(), size),
            _ -> {
              Json content = templates.shape(workload);
              String text = content.print();
              String hash = TemplateHash.of(text);
              contents.put(hash, text);
              return new Shape(hash, content);
            });
  }

  /// The shape that a side runs: the stored one, else what its version says.
  Json current(Workload workload, State.SideState side) {
    String content = state.templates().get(side.template());
    if (content == null) {
      return shape(workload.inVersion(side.version())).content();
    }
    return stored.computeIfAbsent(side.template(), _ -> parse(content));
  }

  private static Json parse(String content) {
    try {
      return Json.parse(content);
    } catch (IOException broken) {
      throw new IllegalStateException("the state was read before", broken);
    }
  }

  /// Parts of a pod template in which the source now says something else of a side's version than
  /// what it was started with, in few words.
  SortedSet<String> differences(Workload workload, State.SideState side) {
    SortedSet<String> parts = new TreeSet<>();
    shapePatch(workload, side, shape(workload.inVersion(side.version())))
        .changes()
        .forEach(change -> parts.add(part(workload, change.path())));
    return parts;
  }

  /// Whether the source now says something else of a side's version than what it was started with.
  boolean differs(Workload workload, State.SideState side) {
    return state.templates().containsKey(side.template())
        && workload.game().versions().containsKey(side.version())
        && !shape(workload.inVersion(side.version())).hash().equals(side.template());
  }

  /// Whether another version has other persistent volumes than those that a set exists with.
  boolean storageDiffers(Workload workload, String to) {
    State.SideState side = now(deployment.group(workload.group())).sides().get(workload.side());
    return side != null && differs(workload, side, to, PodTemplates.CLAIMS);
  }

  /// Whether another version has another network than the one that a side's set exists with.
  boolean networkDiffers(Workload workload, State.SideState side, String to) {
    return differs(workload, side, to, PodTemplates.NETWORK);
  }

  private boolean differs(Workload workload, State.SideState side, String to, String member) {
    Shape target = shape(workload.inVersion(to));
    return !side.template().equals(target.hash())
        && !member(current(workload, side), member).equals(member(target.content(), member));
  }

  private static Optional<Json> member(Json template, String name) {
    return template instanceof Json.Obj object
        ? Optional.ofNullable(object.members().get(name))
        : Optional.empty();
  }

  /// What brings a set from what it runs to another version. Shapes are compared once; the patch of
  /// each workload differs only where its own names stand.
  ///
  /// @param to the workload in the other version
  Action.PatchTemplate patch(Workload workload, State.SideState side, Workload to) {
    Shape target = shape(to);
    JsonPatch ofShapes = shapePatch(workload, side, target);
    JsonPatch filled =
        new JsonPatch(
            ofShapes.changes().stream()
                .map(
                    c ->
                        new JsonPatch.Change(
                            c.path(),
                            templates.fill(c.from(), workload),
                            templates.fill(c.to(), workload)))
                .toList());
    return new Action.PatchTemplate(
        ref(workload),
        side.version(),
        to.version(),
        side.template(),
        target.hash(),
        filled.equals(ofShapes) ? ofShapes : filled);
  }

  /// Hosts and gateways whose switch has the login address of a group; one list for the many groups
  /// that have the same.
  List<String> carriers(Group group) {
    List<String> its = List.copyOf(steering.carriers(group));
    return carriers.computeIfAbsent(its, same -> same);
  }

  private JsonPatch shapePatch(Workload workload, State.SideState side, Shape target) {
    String from =
        side.template().isEmpty()
            ? shape(workload.inVersion(side.version())).hash()
            : side.template();
    return patches.computeIfAbsent(
        new ShapePair(from, target.hash()),
        _ -> JsonPatch.between(current(workload, side), target.content(), TEMPLATE));
  }

  static Action.SetRef ref(Workload workload) {
    return new Action.SetRef(
        workload.group(), workload.side(), workload.game().namespace(), workload.name());
  }

  /// The image of each container as the pods of a version have it.
  SortedMap<String, String> images(Workload workload, String version) {
    return images.computeIfAbsent(
        new ImagesKey(workload.game().name(), workload.role().name(), version),
        _ -> Collections.unmodifiableSortedMap(spelt(workload, version)));
  }

  private static SortedMap<String, String> spelt(Workload workload, String version) {
    SortedMap<String, String> images = new TreeMap<>();
    Workload there = workload.inVersion(version);
    for (String container : there.containerNames()) {
      Image image = there.images().get(container);
      if (image != null) {
        images.put(container, image.toString());
      }
    }
    return images;
  }

  /// Paths of the images of script sidecars in a workload's pod template.
  static List<String> sidecarImages(Workload workload) {
    List<String> names = workload.containerNames();
    return workload.role().hotUpdates().stream()
        .map(HotUpdate::name)
        .map(name -> TEMPLATE + "/spec/containers/" + names.indexOf(name) + "/image")
        .toList();
  }

  /// The container whose image stands at a path, if it is one.
  static Optional<String> imageOf(Workload workload, String path) {
    List<String> names = workload.containerNames();
    return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
        .filter(i -> path.equals(TEMPLATE + "/spec/containers/" + i + "/image"))
        .map(names::get)
        .findFirst();
  }

  /// A part of the pod template in few words: `engine.env`, `volumes`.
  static String part(Workload workload, String path) {
    Matcher container = CONTAINER.matcher(path);
    List<String> names = workload.containerNames();
    if (container.matches() && Integer.parseInt(container.group(1)) < names.size()) {
      String name = names.get(Integer.parseInt(container.group(1)));
      return container.group(2) == null ? name : name + "." + container.group(2);
    }
    List<String> words = List.of(path.substring(TEMPLATE.length() + 1).split("/", -1));
    return words.size() > 1 ? words.get(1) : words.getFirst();
  }

  /// Players that a zone admits.
  static long players(Zone zone) {
    return zone.body().players();
  }
}
