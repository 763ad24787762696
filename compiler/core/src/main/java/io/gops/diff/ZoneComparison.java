package io.gops.diff;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Amounts;
import io.gops.fleet.Image;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.ZoneBody;
import io.gops.json.Json;
import io.gops.source.Place;
import io.gops.state.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares the servers of zones. Zones that share what they say, and what they run, are compared
/// once: ten thousand zones have a handful of bodies.
final class ZoneComparison {
  /// Members of a body that have their own say elsewhere.
  private static final Set<String> TOLD_ELSEWHERE = Set.of("game", "run");

  /// Members of a role that stand in no pod template.
  private static final Set<String> NOT_IN_PODS =
      Set.of("probes", "profile", "imageSizes", "replicas", "name", "implicit");

  /// Says how the engine behaves; nothing is generated from it.
  private static final String ONLY_TOLD = ".reload.settle";

  /// Resources that a pod template names.
  private static final List<Resource> IN_PODS =
      List.of(Resource.CPU, Resource.MEMORY, Resource.DISK);

  private final Revision before;
  private final Revision after;
  private final ChangedLines lines;
  private final Map<Key, List<SourcedEdit>> known = new HashMap<>();
  private final Map<ShapeKey, Json> shapes = new HashMap<>();
  private final Map<String, Json> stored = new HashMap<>();
  private final Map<VerdictKey, PodVerdict> verdicts = new HashMap<>();

  ZoneComparison(Revision before, Revision after, ChangedLines lines) {
    this.before = before;
    this.after = after;
    this.lines = lines;
  }

  /// The same object, whatever it holds.
  private record Same(Object object) {
    @Override
    @SuppressWarnings("ReferenceEquality") // the point of the class
    public boolean equals(@Nullable Object other) {
      return other instanceof Same(Object o) && o == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  /// What of a side its edits follow from.
  private record SideKey(
      Same role,
      String version,
      boolean live,
      int replicas,
      int wanted,
      Object request,
      Object limit,
      String template) {}

  private record Key(Same from, Same to, List<SideKey> sidesFrom, List<SideKey> sidesTo) {}

  private record ShapeKey(boolean isNew, Same body, SideKey side, boolean paired) {}

  private record VerdictKey(Same from, Same to, Same role) {}

  /// What differs in a group that both revisions have.
  List<SourcedEdit> between(Group from, Group to) {
    Key key =
        new Key(
            new Same(from.zone().body()),
            new Same(to.zone().body()),
            keys(from, before),
            keys(to, after));
    return known.computeIfAbsent(key, _ -> compare(from, to));
  }

  private static List<SideKey> keys(Group group, Revision revision) {
    return group.workloads().stream().map(workload -> key(workload, revision)).toList();
  }

  private static SideKey key(Workload workload, Revision revision) {
    return new SideKey(
        new Same(workload.role()),
        workload.version(),
        workload.live(),
        workload.replicas(),
        workload.wanted(),
        workload.request(),
        workload.limit(),
        recorded(workload, revision).map(State.SideState::template).orElse(""));
  }

  private static Optional<State.SideState> recorded(Workload workload, Revision revision) {
    return Optional.ofNullable(revision.inputs().state().groups().get(workload.group()))
        .map(group -> group.sides().get(workload.side()));
  }

  private List<SourcedEdit> compare(Group from, Group to) {
    List<SourcedEdit> edits = new ArrayList<>(bodies(from, to));
    Map<Side, Workload> old = bySide(from);
    Map<Side, Workload> fresh = bySide(to);
    for (Side side : Side.values()) {
      Workload one = old.get(side);
      Workload two = fresh.get(side);
      if (one != null && two != null) {
        workloads(one, two).forEach(edit -> add(edits, edit));
      } else if (one != null || two != null) {
        add(edits, set(side, one != null, to.zone().body()));
      }
    }
    if (from.live().side() != to.live().side()) {
      add(
          edits,
          unsourced(
              "live side",
              from.live().side().label(),
              to.live().side().label(),
              ConsequenceClass.R2));
    }
    return List.copyOf(edits);
  }

  private static Map<Side, Workload> bySide(Group group) {
    Map<Side, Workload> sides = new LinkedHashMap<>();
    group.workloads().forEach(workload -> sides.put(workload.side(), workload));
    return sides;
  }

  /// Both sides mostly have the same edits; what is said of one is then not repeated, but the worse
  /// consequence counts.
  private static void add(List<SourcedEdit> edits, SourcedEdit more) {
    for (int i = 0; i < edits.size(); i++) {
      Edit known = edits.get(i).edit();
      if (known.isSameAs(more.edit())) {
        if (more.edit().risk().compareTo(known.risk()) > 0) {
          edits.set(i, more);
        }
        return;
      }
    }
    edits.add(more);
  }

  private List<SourcedEdit> bodies(Group from, Group to) {
    List<SourcedEdit> edits = new ArrayList<>();
    ZoneBody one = from.zone().body();
    ZoneBody two = to.zone().body();
    for (ValueChange change : ModelComparison.between(one, two, TOLD_ELSEWHERE)) {
      edits.add(sourced(change, change.with(ofBody(change.path()))));
    }
    return edits;
  }

  /// How much a change of what a zone says disturbs, beyond what its pods show.
  private static ConsequenceClass ofBody(String path) {
    String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    return switch (first) {
      case "importance" -> ConsequenceClass.R0;
      case "pool" -> ConsequenceClass.R4;
      case "vpc" -> ConsequenceClass.R5;
      case "pair" -> path.startsWith("pair.switching") ? ConsequenceClass.R5 : ConsequenceClass.R1;
      default -> ConsequenceClass.R1;
    };
  }

  private SourcedEdit set(Side side, boolean isGone, ZoneBody body) {
    Edit edit =
        isGone
            ? new Edit(
                "side " + side.label(),
                Optional.of("servers"),
                Optional.empty(),
                ConsequenceClass.R5)
            : new Edit(
                "side " + side.label(),
                Optional.empty(),
                Optional.of("servers"),
                ConsequenceClass.R1);
    return sourced(
        new ValueChange(
            edit.path(), edit.from(), edit.to(), body.origins().of("pair").chain(), List.of()),
        edit);
  }

  private List<SourcedEdit> workloads(Workload from, Workload to) {
    PodVerdict verdict = verdict(from, to);
    boolean runs = from.replicas() > 0;
    List<SourcedEdit> edits = new ArrayList<>();
    if (!from.version().equals(to.version())) {
      edits.add(version(from, to, verdict));
    }
    images(from, to, verdict, edits);
    roles(from, to, verdict, edits);
    sizes(from, to, verdict, edits);
    numbers(from, to, edits);
    ConsequenceClass worst =
        edits.stream().map(e -> e.edit().risk()).reduce(ConsequenceClass.R0, ConsequenceClass::max);
    if (verdict.risk().compareTo(worst) > 0) {
      edits.add(template(from, to, verdict));
    }
    return runs ? edits : edits.stream().map(ZoneComparison::ofStoppedSide).toList();
  }

  /// A side without pods disconnects nobody.
  private static SourcedEdit ofStoppedSide(SourcedEdit sourced) {
    Edit edit = sourced.edit();
    boolean isMild =
        edit.risk().compareTo(ConsequenceClass.R1) <= 0
            || edit.risk().compareTo(ConsequenceClass.R5) >= 0;
    return isMild
        ? sourced
        : new SourcedEdit(
            new Edit(
                edit.path(),
                edit.from(),
                edit.to(),
                ConsequenceClass.R1,
                edit.remark().or(() -> Optional.of(Remark.STOPPED_SIDE))),
            sourced.cause());
  }

  private SourcedEdit version(Workload from, Workload to, PodVerdict verdict) {
    Edit edit =
        new Edit(
            "version",
            Optional.of(from.version()),
            Optional.of(to.version()),
            verdict.risk().max(ConsequenceClass.R1));
    return sourced(change(edit, ran(to)), edit);
  }

  /// What says which version a set runs; nothing when the state does.
  private List<Place> ran(Workload to) {
    return recorded(to, after).isPresent()
        ? List.of()
        : to.zone().body().origins().of("run").chain();
  }

  private static ValueChange change(Edit edit, List<Place> after) {
    return new ValueChange(edit.path(), edit.from(), edit.to(), after, List.of());
  }

  private void images(Workload from, Workload to, PodVerdict verdict, List<SourcedEdit> edits) {
    SortedSet<String> names = new TreeSet<>(from.images().keySet());
    names.addAll(to.images().keySet());
    boolean isNewVersion = !from.version().equals(to.version());
    for (String name : names) {
      Optional<String> one = Optional.ofNullable(from.images().get(name)).map(Image::toString);
      Optional<String> two = Optional.ofNullable(to.images().get(name)).map(Image::toString);
      if (!one.equals(two)) {
        boolean isEngine = PodVerdict.engines(to).contains(name);
        ConsequenceClass alone =
            one.isEmpty() || two.isEmpty()
                ? ConsequenceClass.R4
                : isEngine ? ConsequenceClass.R3 : ConsequenceClass.R2;
        Edit edit = new Edit(name + ".image", one, two, least(alone, verdict.risk()));
        List<Place> places = new ArrayList<>(isNewVersion ? ran(to) : List.of());
        places.addAll(ofVersion(to, name));
        edits.add(sourced(change(edit, places), edit));
      }
    }
  }

  private static List<Place> ofVersion(Workload workload, String image) {
    Version version = workload.game().versions().get(workload.version());
    return version == null ? List.of() : version.origins().of(image).chain();
  }

  private void roles(Workload from, Workload to, PodVerdict verdict, List<SourcedEdit> edits) {
    Role one = from.role();
    Role two = to.role();
    boolean isNewVersion = !from.version().equals(to.version());
    for (ValueChange change : ModelComparison.between(one, two)) {
      if (change.path().endsWith(ONLY_TOLD)) {
        continue;
      }
      List<Place> places = new ArrayList<>(isNewVersion ? ran(to) : List.of());
      places.addAll(change.after());
      ValueChange placed =
          new ValueChange(change.path(), change.from(), change.to(), places, change.before());
      edits.add(sourced(placed, ofRole(change, verdict)));
    }
  }

  private static Edit ofRole(ValueChange change, PodVerdict verdict) {
    String path = change.path();
    String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    String shown = path.replaceFirst("^(containers|hotUpdates)\\.", "");
    if (first.equals("exposures")) {
      boolean isNew = change.from().isEmpty();
      return new Edit(
          shown,
          change.from(),
          change.to(),
          isNew ? ConsequenceClass.R6 : ConsequenceClass.R5,
          verdict.network() ? Optional.of(Remark.REFUSED_BY_API) : Optional.empty());
    }
    if (path.endsWith(".whenStopped") || path.endsWith(".whenDeleted")) {
      return new Edit(
          shown,
          change.from(),
          change.to(),
          ConsequenceClass.R0,
          Optional.of(Remark.NO_EFFECT_YET));
    }
    if (first.equals("volumes") && verdict.storage()) {
      return new Edit(
          shown,
          change.from(),
          change.to(),
          ConsequenceClass.R5,
          Optional.of(Remark.REFUSED_BY_API));
    }
    ConsequenceClass risk =
        first.equals("profile") || first.equals("imageSizes")
            ? ConsequenceClass.R0
            : NOT_IN_PODS.contains(first) || verdict.risk() == ConsequenceClass.R0
                ? ConsequenceClass.R1
                : least(verdict.risk(), ConsequenceClass.R4);
    return new Edit(shown, change.from(), change.to(), risk);
  }

  private static ConsequenceClass least(ConsequenceClass one, ConsequenceClass other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// What a pod asks for and may use follows from its profile and its players.
  private void sizes(Workload from, Workload to, PodVerdict verdict, List<SourcedEdit> edits) {
    List<Place> places = new ArrayList<>(to.zone().body().origins().of("players").chain());
    places.addAll(to.role().profile().origins().name().chain());
    size("requests", from.request(), to.request(), places, verdict, edits);
    size("limits", from.limit(), to.limit(), places, verdict, edits);
  }

  private void size(
      String path,
      Amounts from,
      Amounts to,
      List<Place> places,
      PodVerdict verdict,
      List<SourcedEdit> edits) {
    for (Resource resource : IN_PODS) {
      if (from.get(resource) != to.get(resource)) {
        Edit edit =
            new Edit(
                path + "." + resource.word(),
                Optional.of(resource.print(from.get(resource))),
                Optional.of(resource.print(to.get(resource))),
                least(verdict.risk(), ConsequenceClass.R4));
        edits.add(sourced(change(edit, places), edit));
      }
    }
  }

  private void numbers(Workload from, Workload to, List<SourcedEdit> edits) {
    List<Place> places = to.role().origins().of("replicas").chain();
    if (from.replicas() != to.replicas()) {
      Edit edit =
          number(
              "servers running",
              from.replicas(),
              to.replicas(),
              from.replicas() > to.replicas() ? ConsequenceClass.R4 : ConsequenceClass.R1);
      edits.add(sourced(change(edit, recorded(to, after).isPresent() ? List.of() : places), edit));
    }
    if (from.wanted() != to.wanted()) {
      Edit edit = number("servers", from.wanted(), to.wanted(), ConsequenceClass.R1);
      edits.add(sourced(change(edit, places), edit));
    }
  }

  private static Edit number(String path, int from, int to, ConsequenceClass risk) {
    return new Edit(
        path, Optional.of(Integer.toString(from)), Optional.of(Integer.toString(to)), risk);
  }

  /// What no member of the model explains: a compiler that spells pods in another way, or pods that
  /// were started with something else than the source says.
  private static SourcedEdit template(Workload from, Workload to, PodVerdict verdict) {
    String places = String.join(", ", verdict.places().stream().limit(3).toList());
    boolean isSameVersion = from.version().equals(to.version());
    return new SourcedEdit(
        new Edit(
            "pod template",
            Optional.of("as it runs"),
            Optional.of("differs at " + places),
            verdict.risk(),
            isSameVersion ? Optional.of(Remark.DEPLOYED_VERSION) : Optional.empty()),
        Optional.empty());
  }

  /// What becomes of the pods of a side.
  PodVerdict verdict(Workload from, Workload to) {
    Json one = running(from);
    Json two = shape(to, true);
    return verdicts.computeIfAbsent(
        new VerdictKey(new Same(one), new Same(two), new Same(to.role())),
        _ -> one.equals(two) ? PodVerdict.NONE : PodVerdict.of(one, two, to));
  }

  /// The template that the pods of a side were started with, so that another compiler cannot hide
  /// what it changes; what the old source says when nothing was recorded.
  private Json running(Workload from) {
    String hash = recorded(from, before).map(State.SideState::template).orElse("");
    String content = before.inputs().state().templates().get(hash);
    return content == null
        ? shape(from, false)
        : stored.computeIfAbsent(hash, _ -> parsed(content));
  }

  private static Json parsed(String content) {
    try {
      return Json.parse(content);
    } catch (IOException broken) {
      throw new IllegalStateException("the state was read before", broken);
    }
  }

  private Json shape(Workload workload, boolean isNew) {
    Revision revision = isNew ? after : before;
    ShapeKey key =
        new ShapeKey(
            isNew, new Same(workload.zone().body()), key(workload, revision), workload.paired());
    return shapes.computeIfAbsent(key, _ -> revision.templates().shape(workload));
  }

  private SourcedEdit sourced(ValueChange change, Edit edit) {
    return new SourcedEdit(edit, lines.cause(change));
  }

  private static SourcedEdit unsourced(String path, String from, String to, ConsequenceClass risk) {
    return new SourcedEdit(
        new Edit(path, Optional.of(from), Optional.of(to), risk), Optional.empty());
  }
}
