package io.gops.review;

import io.gops.diff.Change;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The generated files that a change may touch, as patterns below the output folder: no other file
/// differs because of it. `*` stands for any text in a name, `**` for any names, `{zones}` for the
/// id of one of the change's zones.
public final class TouchedFiles {
  /// Files that follow from the same things.
  private enum Part {
    /// What runs a zone.
    ZONES("kubernetes/*/zone-{zones}.yaml"),
    /// What runs any zone.
    ALL_ZONES("kubernetes/*/zone-*.yaml"),
    /// Quotas, limits and policies of a namespace, and which files it has.
    NAMESPACES("kubernetes/*/namespace.yaml", "kubernetes/*/kustomization.yaml"),
    POLICIES("kubernetes/*/policy.yaml"),
    ALERTS("kubernetes/*/alerts.yaml"),
    NODE_LABELS("kubernetes/node-labels.yaml"),
    SWITCHES("openvswitch/**", "report/network.html"),
    DIRECTORIES("directory/**"),
    CAPACITY("report/capacity.*", "report/certificate.json"),
    PLANS("rollout/**"),
    /// The pages of plans, which draw how full hosts are.
    PLAN_PAGES("rollout/*/plan.html");

    private final String patterns;

    Part(String... patterns) {
      this.patterns = String.join(" ", patterns);
    }
  }

  /// What follows from servers beside themselves.
  private static final List<Part> AROUND_SERVERS =
      List.of(
          Part.NAMESPACES,
          Part.POLICIES,
          Part.ALERTS,
          Part.NODE_LABELS,
          Part.SWITCHES,
          Part.DIRECTORIES,
          Part.CAPACITY,
          Part.PLANS);
  private static final List<Part> NETWORK =
      List.of(Part.POLICIES, Part.SWITCHES, Part.DIRECTORIES, Part.PLANS);

  private TouchedFiles() {}

  /// Patterns in alphabetical order.
  public static SortedSet<String> of(Change change, FleetDiff diff) {
    String home = diff.environment() + "/";
    String here = home + diff.cluster() + "/";
    return switch (change.kind()) {
      case ENVIRONMENT, CLUSTER -> new TreeSet<>(List.of(home + "**"));
      case ZONES -> parts(here, ofZones(change.edits()));
      case ROLLOUT -> named(here + "rollout/", change.subjects(), "/**");
      case CAPACITY -> parts(here, List.of(Part.CAPACITY, Part.ALERTS, Part.PLAN_PAGES));
      case POLICY, REACHABILITY, SERVICE -> parts(here, NETWORK);
      case VPC, GATEWAY, ADDRESS, NUMBERS ->
          parts(here, with(NETWORK, Part.ALL_ZONES, Part.CAPACITY));
      case HOST, POOL, PLACEMENT -> parts(here, with(AROUND_SERVERS, Part.ALL_ZONES));
      case SECRET -> parts(here, List.of(Part.ALL_ZONES, Part.NAMESPACES, Part.PLANS));
      case GAME ->
          union(
              parts(here, List.of(Part.ALERTS, Part.CAPACITY, Part.PLANS)),
              named(here + "kubernetes/", change.subjects(), "/**"),
              named(here + "directory/", change.subjects(), ".json"));
      case DIRECTORY -> parts(here, List.of(Part.DIRECTORIES, Part.PLANS));
    };
  }

  /// Another image is in the pods and in the plans; what a pod asks for counts for its host, too.
  private static List<Part> ofZones(List<Edit> edits) {
    if (edits.stream().allMatch(edit -> edit.path().endsWith(".image"))) {
      return List.of(Part.ZONES, Part.PLANS);
    }
    if (edits.stream().allMatch(edit -> isSize(edit.path()))) {
      return List.of(
          Part.ZONES, Part.NAMESPACES, Part.ALERTS, Part.CAPACITY, Part.PLANS, Part.SWITCHES);
    }
    return with(AROUND_SERVERS, Part.ZONES);
  }

  private static boolean isSize(String path) {
    return Stream.of("requests.", "limits.", "profile.").anyMatch(path::startsWith);
  }

  private static List<Part> with(List<Part> parts, Part... more) {
    return Stream.concat(parts.stream(), Arrays.stream(more)).toList();
  }

  @SafeVarargs
  private static SortedSet<String> union(SortedSet<String>... some) {
    SortedSet<String> all = new TreeSet<>();
    for (SortedSet<String> one : some) {
      all.addAll(one);
    }
    return all;
  }

  private static SortedSet<String> parts(String folder, List<Part> parts) {
    SortedSet<String> patterns = new TreeSet<>();
    for (Part part : parts) {
      for (String pattern : part.patterns.split(" ", -1)) {
        patterns.add(folder + pattern);
      }
    }
    return patterns;
  }

  private static SortedSet<String> named(String before, List<String> names, String behind) {
    SortedSet<String> patterns = new TreeSet<>();
    names.forEach(name -> patterns.add(before + name + behind));
    return patterns;
  }
}
