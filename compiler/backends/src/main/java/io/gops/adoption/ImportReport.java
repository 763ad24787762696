package io.gops.adoption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of the objects of a cluster does not come back when the imported source is compiled. It is
/// found by comparing the two, so nothing is forgotten because nobody thought of it.
public final class ImportReport {
  /// Kinds of which gopsc makes objects; of others only the number is said.
  private static final Set<String> KNOWN =
      Set.of(
          "GameServerSet",
          "StatefulSet",
          "Fleet",
          "Service",
          "NetworkPolicy",
          "Namespace",
          "PriorityClass",
          "LimitRange",
          "ResourceQuota",
          "ConfigMap",
          "NetworkAttachmentDefinition",
          "PodUnavailableBudget",
          "HorizontalPodAutoscaler",
          "ScaledObject",
          "FleetAutoscaler",
          "GameServer",
          "CronJob",
          "ImagePullJob",
          "PrometheusRule");

  private static final Pattern PROOF = Pattern.compile("spec\\.groups\\[gops-[^]]*-proof]");

  private final SortedMap<String, String> names;
  private final SortedMap<String, Manifest> compiled = new TreeMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final SortedMap<String, Integer> added = new TreeMap<>();
  private final Map<String, List<Comparison.Difference>> lost = new LinkedHashMap<>();

  private final Map<String, List<String>> unsaid;

  private ImportReport(
      SortedMap<String, String> names, Map<String, List<String>> unsaid, List<Manifest> after) {
    this.names = names;
    this.unsaid = unsaid;
    after.forEach(manifest -> compiled.put(key(manifest, manifest.name()), manifest));
  }

  /// One value that does not come back, or one thing to know of an object.
  ///
  /// @param object `GameServerSet default/gs-demo`
  /// @param sentence about it
  public record Line(String object, String sentence) {
    @Override
    public String toString() {
      return object + ": " + sentence;
    }
  }

  /// Compares.
  ///
  /// @param before the objects that were imported
  /// @param imports what was made of them
  /// @param after the objects that the source compiles to
  public static ImportReport of(List<Manifest> before, FleetImport imports, List<Manifest> after) {
    ImportReport report = new ImportReport(imports.names(), imports.unsaid(), after);
    SortedMap<String, List<String>> unknown = new TreeMap<>();
    List<String> machines = new ArrayList<>();
    for (Manifest manifest : before) {
      if (Machines.isHost(manifest)) {
        machines.add(manifest.name());
      } else if (KNOWN.contains(manifest.kind())) {
        report.compare(manifest);
      } else {
        String kind = manifest.kind().isEmpty() ? "objects without a kind" : manifest.kind();
        String name = manifest.name().isEmpty() ? manifest.file().path() : manifest.name();
        unknown.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name);
      }
    }
    if (!machines.isEmpty()) {
      report.lines.add(
          new Line(
              "Node",
              "of "
                  + some(machines)
                  + " name, address, CPU, memory and pods are carried, no more"));
    }
    unknown.forEach((kind, found) -> report.lines.add(new Line(kind, uncarried(found))));
    return report;
  }

  private static String uncarried(List<String> found) {
    return found.size()
        + (found.size() == 1 ? " object is" : " objects are")
        + " no part of a source: "
        + some(found);
  }

  private static String some(List<String> names) {
    return String.join(", ", names.stream().limit(5).toList())
        + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
  }

  /// One line for each value that is lost or different, by object.
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /// The lines, those that say the same of several objects of a kind as one.
  public List<String> summary() {
    Map<String, List<Line>> alike = new LinkedHashMap<>();
    for (Line line : lines) {
      String kind = line.object().replaceFirst(" .*", "");
      alike.computeIfAbsent(kind + "\n" + line.sentence(), _ -> new ArrayList<>()).add(line);
    }
    List<String> summary = new ArrayList<>();
    alike
        .values()
        .forEach(
            same ->
                summary.add(
                    same.getFirst().object()
                        + (same.size() > 1 ? " and " + (same.size() - 1) + " more" : "")
                        + ": "
                        + same.getFirst().sentence()));
    return summary;
  }

  /// What sets of servers have in the compiled fleet and had not, each with the number of sets.
  public List<String> additions() {
    return added.entrySet().stream()
        .map(
            value ->
                value.getKey()
                    + " in "
                    + value.getValue()
                    + (value.getValue() == 1 ? " set" : " sets"))
        .toList();
  }

  /// The values of sets that do not come back, by `namespace/name`.
  public Map<String, List<Comparison.Difference>> lost() {
    return Map.copyOf(lost);
  }

  private static String key(Manifest manifest, String name) {
    return manifest.kind() + " " + manifest.namespace() + "/" + name;
  }

  private void compare(Manifest manifest) {
    String own = manifest.namespace() + "/" + manifest.name();
    String name = name(manifest);
    Optional<ServerSet> set = ServerSet.of(manifest);
    Optional<Manifest> back =
        Optional.ofNullable(compiled.get(key(manifest, name)))
            .or(
                () ->
                    set.map(
                        _ -> compiled.get("GameServerSet " + manifest.namespace() + "/" + name)));
    String shown = manifest.kind() + " " + own;
    List<String> rules = unsaid.get(own);
    if (manifest.kind().equals("NetworkPolicy") && rules != null) {
      lines.add(new Line(shown, "is part of policy imported-traffic"));
      rules.forEach(rule -> lines.add(new Line(shown, rule)));
      return;
    }
    if (back.isEmpty()) {
      lines.add(new Line(shown, "no object like it is compiled"));
      return;
    }
    if (!name.equals(manifest.name())) {
      lines.add(new Line(shown, "is called " + name));
    }
    if (!back.get().kind().equals(manifest.kind())) {
      lines.add(new Line(shown, "becomes a " + back.get().kind()));
    }
    List<Comparison.Difference> differences =
        Comparison.of(Viewed.of(manifest), Viewed.of(back.get()));
    differences.stream()
        .map(ImportReport::sentence)
        .distinct()
        .forEach(sentence -> lines.add(new Line(shown, sentence)));
    if (set.isPresent()) {
      lost.put(own, differences);
      Comparison.of(Viewed.of(back.get()), Viewed.of(manifest)).stream()
          .filter(difference -> difference.now().isEmpty())
          .forEach(
              difference ->
                  added.merge(
                      difference.place() + " = " + Comparison.spelled(difference.before()),
                      1,
                      Integer::sum));
    }
  }

  /// The rules that hold what was proved for each machine are one thing.
  private static String sentence(Comparison.Difference difference) {
    Matcher proof = PROOF.matcher(difference.place());
    if (proof.lookingAt()) {
      return proof.group() + " follows from the machines, and is another with others";
    }
    String before = Comparison.spelled(difference.before());
    return difference.place()
        + difference
            .now()
            .map(now -> " was " + before + ", is " + Comparison.spelled(now))
            .orElse(" is lost (" + before + ")");
  }

  /// The name of the object that comes back for this one: sets and what is called like them, and
  /// what points to them, are called like the sets.
  private String name(Manifest manifest) {
    String namespace = manifest.namespace() + "/";
    String own = names.get(namespace + manifest.name());
    if (own != null) {
      return own;
    }
    Optional<String> target =
        switch (manifest.kind()) {
          case "HorizontalPodAutoscaler", "ScaledObject" ->
              manifest.text("spec", "scaleTargetRef", "name");
          case "FleetAutoscaler" -> manifest.text("spec", "fleetName");
          case "PodUnavailableBudget" ->
              manifest.text("spec", "selector", "matchLabels", "game.kruise.io/owner-gss");
          case "Service" -> manifest.text("spec", "selector", "game.kruise.io/owner-gss");
          default -> Optional.empty();
        };
    if (manifest.kind().equals("GameServer")) {
      String set = manifest.name().replaceFirst("-[0-9]+$", "");
      String ordinal = manifest.name().substring(set.length());
      return names.getOrDefault(namespace + set, set) + ordinal;
    }
    return target
        .flatMap(set -> Optional.ofNullable(names.get(namespace + set)))
        .orElse(manifest.name());
  }
}
