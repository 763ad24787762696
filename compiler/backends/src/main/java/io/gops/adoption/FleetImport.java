package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A source for the server sets of a cluster: one game for the sets of one name and shape, one
/// version for each group of images, one `zones` for numbers that follow each other.
///
/// Machines are not in manifests, so the source has a pool that is large enough and says that it is
/// made up.
public final class FleetImport {
  private static final long CORES_OF_HOST = 64_000;
  private static final long MEMORY_OF_HOST = 256L << 30;
  private static final int MOST_HOSTS = 250;

  private final List<ServerSet> sets;
  private final SortedMap<String, SortedSet<String>> secrets = new TreeMap<>();
  private final SortedMap<String, String> names = new TreeMap<>();
  private final SortedSet<Integer> ids = new TreeSet<>();
  private final SortedSet<String> labels = new TreeSet<>();

  private FleetImport(List<ServerSet> sets) {
    this.sets = sets;
  }

  /// The source, and under which name each set of the manifests comes back.
  ///
  /// @param names name of the set to be, by `namespace/name` of the one that was
  /// @param rest objects of kinds that no source is made from, and that no set explains
  public record Result(String text, SortedMap<String, String> names, List<Manifest> rest) {
    public Result {
      names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
      rest = List.copyOf(rest);
    }
  }

  /// Absent sets give an empty text.
  public static Result of(List<Manifest> manifests) {
    List<ServerSet> sets = new ArrayList<>();
    List<Manifest> rest = new ArrayList<>();
    for (Manifest manifest : manifests) {
      ServerSet.of(manifest).ifPresentOrElse(sets::add, () -> rest.add(manifest));
    }
    FleetImport imports = new FleetImport(sets);
    String text = sets.isEmpty() ? "" : imports.text();
    return new Result(text, imports.names, rest);
  }

  /// What sets must have in common to be one game.
  private record Shape(String namespace, String game, String body) {}

  private String text() {
    Map<Shape, List<ServerSet>> games = new LinkedHashMap<>();
    for (ServerSet set : sets) {
      Shape shape =
          new Shape(set.manifest().namespace(), set.game(), ImportedGame.body(set, secrets));
      games.computeIfAbsent(shape, _ -> new ArrayList<>()).add(set);
    }
    StringBuilder declarations = new StringBuilder();
    SortedSet<String> taken = new TreeSet<>();
    games.forEach((shape, of) -> declarations.append(game(shape, of, unused(shape.game(), taken))));
    StringBuilder text = new StringBuilder();
    text.append(
            "// The versions of what the cluster runs, and its machines as they are, are yours to")
        .append(" write.\n");
    text.append(
        "cluster imported { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\" }\n\n");
    text.append(pool());
    secrets.forEach(
        (name, keys) ->
            text.append("secret ")
                .append(Spelled.label(name))
                .append(" { keys = ")
                .append(Spelled.list(List.copyOf(keys)))
                .append(" }\n\n"));
    return text.append(declarations).toString();
  }

  private static String unused(String wanted, SortedSet<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private String pool() {
    long cpu = 0;
    long memory = 0;
    long apart = 0;
    for (ServerSet set : sets) {
      apart = Math.max(apart, set.replicas());
      for (Json container : set.containers()) {
        cpu += ImportedGame.amount(container, "cpu") * Math.max(1, set.replicas());
        memory += ImportedGame.amount(container, "memory") * Math.max(1, set.replicas());
      }
    }
    long wanted = 2 + Math.max(cpu * 2 / CORES_OF_HOST, memory * 2 / MEMORY_OF_HOST);
    long hosts = Math.min(MOST_HOSTS, Math.max(wanted, apart + 1));
    long larger = Math.ceilDiv(wanted, MOST_HOSTS);
    return "// Made up: as many machines as these servers need twice.\n"
        + "site imported {\n  pool std {\n    hosts 1.."
        + hosts
        + " {\n      name     = \"host-${n}\"\n      underlay = 10.255.0.1..10.255.0."
        + hosts
        + "\n      cpu      = "
        + 64 * larger
        + "cores\n      memory   = "
        + 256 * larger
        + "Gi\n    }\n  }\n}\n\n";
  }

  private String game(Shape shape, List<ServerSet> of, String name) {
    SortedMap<String, SortedMap<String, String>> versions = new TreeMap<>();
    SortedMap<Integer, ServerSet> numbered = new TreeMap<>();
    SortedMap<Integer, String> runs = new TreeMap<>();
    for (ServerSet set : of) {
      int id = set.number().filter(number -> !ids.contains(number)).orElseGet(this::nextId);
      ids.add(id);
      numbered.put(id, set);
      runs.put(id, version(set, versions));
      names.put(set.manifest().namespace() + "/" + set.name(), name + "-" + id);
    }
    StringBuilder text = new StringBuilder("game " + Spelled.label(name) + " {\n");
    String body = shape.body();
    if (!name.equals(shape.game()) && !body.startsWith("  namespace = ")) {
      text.append("  namespace = ").append(Spelled.quoted(shape.namespace())).append('\n');
    }
    text.append(body);
    versions.forEach((version, images) -> text.append(version(version, images)));
    text.append("}\n\n");
    text.append(zones(name, numbered, runs));
    return text.toString();
  }

  private int nextId() {
    return ids.isEmpty() ? 1 : ids.last() + 1;
  }

  /// The version of these images, named by the tag of the first container where that is free.
  private static String version(
      ServerSet set, SortedMap<String, SortedMap<String, String>> versions) {
    SortedMap<String, String> images = new TreeMap<>();
    for (Json container : set.containers()) {
      images.put(
          Manifest.text(container, "name").orElse("engine"),
          Manifest.text(container, "image").orElse(""));
    }
    for (Map.Entry<String, SortedMap<String, String>> known : versions.entrySet()) {
      if (known.getValue().equals(images)) {
        return known.getKey();
      }
    }
    String first =
        set.containers().isEmpty()
            ? ""
            : Manifest.text(set.containers().getFirst(), "image").orElse("");
    String tag = first.replaceFirst("@.*", "").replaceFirst("^.*/", "");
    String wanted = tag.contains(":") ? tag.substring(tag.indexOf(':') + 1) : "1";
    String name = wanted;
    for (int i = 2; versions.containsKey(name); i++) {
      name = wanted + "-" + i;
    }
    versions.put(name, images);
    return name;
  }

  private static String version(String name, SortedMap<String, String> images) {
    StringBuilder text = new StringBuilder("  version " + Spelled.quoted(name) + " {\n");
    images.forEach(
        (container, image) ->
            text.append("    ")
                .append(container)
                .append(" = ")
                .append(Spelled.quoted(image))
                .append('\n'));
    return text.append("  }\n").toString();
  }

  private String zones(
      String game, SortedMap<Integer, ServerSet> numbered, SortedMap<Integer, String> runs) {
    StringBuilder text = new StringBuilder();
    List<Integer> all = List.copyOf(numbered.keySet());
    int from = 0;
    while (from < all.size()) {
      int to = from;
      while (to + 1 < all.size() && follows(all.get(to), all.get(to + 1), numbered, runs)) {
        to++;
      }
      int first = all.get(from);
      String label = label(numbered, first, game);
      text.append("zones ")
          .append(Spelled.label(label))
          .append(" { game = ")
          .append(Spelled.label(game))
          .append(", ids = ")
          .append(first)
          .append("..")
          .append(all.get(to))
          .append(", run = ")
          .append(Spelled.quoted(runs.getOrDefault(first, "")))
          .append(", pool = imported.std }\n\n");
      from = to + 1;
    }
    return text.toString();
  }

  private static boolean follows(
      int id, int next, SortedMap<Integer, ServerSet> numbered, SortedMap<Integer, String> runs) {
    return next == id + 1
        && runs.getOrDefault(id, "").equals(runs.get(next))
        && written(numbered, id).equals(written(numbered, next));
  }

  /// The label of the declaration that the set was compiled from, if it was.
  private static String written(SortedMap<Integer, ServerSet> numbered, int id) {
    ServerSet set = numbered.get(id);
    return set == null
        ? ""
        : Manifest.text(set.template(), "metadata", "labels", "gops.dev/zones").orElse("");
  }

  private String label(SortedMap<Integer, ServerSet> numbered, int first, String game) {
    String known = written(numbered, first);
    return unused(known.isEmpty() ? game + "-" + first : known, labels);
  }
}
