package io.gops.kubernetes.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What the objects of all files must be to each other: each is there once, what one names exists,
/// what one selects is there, and every file is listed.
final class Output {
  private static final Pattern NUMBER = Pattern.compile("\\d+$");

  /// What does something when it is applied, and so is in no list.
  private static final Set<String> ACTING = Set.of("ImagePullJob", ObjectInspection.START);

  private static final String KUSTOMIZATION = "kustomization.yaml";

  private final SortedMap<String, List<Facts>> files;
  private final Map<String, ? extends Set<String>> secrets;
  private final Map<String, Facts> objects = new HashMap<>();
  private final Map<Found, List<Facts.Labelled>> labelled = new HashMap<>();

  /// The names of the volumes that sets claim, without the numbers of the servers.
  private final Set<String> claims = new HashSet<>();

  /// The labels that somebody selects by.
  private final Set<String> asked = new HashSet<>();

  private final List<Defect> defects = new ArrayList<>();

  /// Where something with labels is looked for.
  ///
  /// @param key of a label; empty for all
  private record Found(Selector.Labelled what, String namespace, String key, String value) {}

  /// @param secrets keys of the Secrets that are declared, by their names
  Output(SortedMap<String, List<Facts>> files, Map<String, ? extends Set<String>> secrets) {
    this.files = files;
    this.secrets = secrets;
  }

  List<Defect> defects() {
    for (List<Facts> file : files.values()) {
      for (Facts object : file) {
        object.selectors().forEach(selector -> asked.addAll(selector.labels().keySet()));
      }
    }
    files.forEach(this::take);
    for (List<Facts> file : files.values()) {
      for (Facts object : file) {
        object.references().forEach(reference -> exists(object, reference));
        object.selectors().forEach(selector -> finds(object, selector));
      }
    }
    files.forEach(this::lists);
    return defects;
  }

  private void take(String file, List<Facts> inFile) {
    Set<String> here = new HashSet<>();
    for (Facts object : inFile) {
      if (object.kind().equals("Kustomization") || object.kind().equals(ObjectInspection.START)) {
        continue;
      }
      Facts other = objects.putIfAbsent(object.name(), object);
      boolean again = !here.add(object.name());
      // Games may share a namespace, and say the same of it.
      if (again || (other != null && !other.content().equals(object.content()))) {
        defects.add(new Defect(object.name(), "", "twice, again in " + file, "the only one there"));
      }
      object.labelled().ifPresent(this::index);
      if (object.kind().equals("GameServerSet")) {
        claims.addAll(object.keys());
      }
    }
  }

  private void index(Facts.Labelled one) {
    index(one, "");
    if (!one.namespace().isEmpty()) {
      index(one, one.namespace());
    }
  }

  private void index(Facts.Labelled one, String namespace) {
    put(new Found(one.what(), namespace, "", ""), one);
    one.labels()
        .forEach(
            (key, value) -> {
              if (asked.contains(key)) {
                put(new Found(one.what(), namespace, key, value), one);
              }
            });
  }

  private void put(Found place, Facts.Labelled one) {
    labelled.computeIfAbsent(place, _ -> new ArrayList<>()).add(one);
  }

  private void exists(Facts object, Reference to) {
    boolean there =
        switch (to.kind()) {
          // Theirs, not ours: the source declares them.
          case "Secret" -> {
            Set<String> keys = secrets.get(to.name());
            yield keys != null && (to.key().isEmpty() || keys.contains(to.key()));
          }
          case "PersistentVolumeClaim" ->
              isGenerated(to) || claims.contains(NUMBER.matcher(to.name()).replaceFirst(""));
          case "PriorityClass" -> to.name().startsWith("system-") || isGenerated(to);
          case "ServiceAccount" -> to.name().equals("default") || isGenerated(to);
          default -> isGenerated(to);
        };
    if (!there) {
      String key = to.key().isEmpty() ? "" : " key " + to.key();
      defects.add(
          new Defect(
              object.name(),
              to.path(),
              Facts.name(to.kind(), to.namespace(), to.name()) + key,
              "something that is generated or declared"));
    }
  }

  private boolean isGenerated(Reference to) {
    Facts object = objects.get(Facts.name(to.kind(), to.namespace(), to.name()));
    return object != null && (to.key().isEmpty() || object.keys().contains(to.key()));
  }

  private void finds(Facts object, Selector selector) {
    List<Facts.Labelled> candidates =
        labelled.getOrDefault(new Found(selector.what(), selector.namespace(), "", ""), List.of());
    for (Map.Entry<String, String> label : selector.labels().entrySet()) {
      List<Facts.Labelled> fewer =
          labelled.getOrDefault(
              new Found(selector.what(), selector.namespace(), label.getKey(), label.getValue()),
              List.of());
      candidates = fewer.size() < candidates.size() ? fewer : candidates;
    }
    if (candidates.stream().noneMatch(one -> selector.matches(one.labels()))) {
      defects.add(
          new Defect(
              object.name(), selector.path(), selector.print(), selector.what().description()));
    }
  }

  /// A file beside a list of files is in the list, unless it does something when it is applied.
  private void lists(String path, List<Facts> inFile) {
    if (!path.endsWith("/" + KUSTOMIZATION)) {
      return;
    }
    String folder = path.substring(0, path.length() - KUSTOMIZATION.length());
    SortedSet<String> wanted = new TreeSet<>();
    files
        .subMap(folder, folder + Character.MAX_VALUE)
        .forEach(
            (file, objectsOfFile) -> {
              boolean acts = objectsOfFile.stream().anyMatch(o -> ACTING.contains(o.kind()));
              if (!file.equals(path) && !acts) {
                wanted.add(file.substring(folder.length()));
              }
            });
    for (Facts list : inFile) {
      if (!wanted.equals(new TreeSet<>(list.listed())) || wanted.size() != list.listed().size()) {
        defects.add(
            new Defect(
                path, "resources", String.join(", ", list.listed()), String.join(", ", wanted)));
      }
    }
  }
}
