package io.gops.kubernetes.inspection;

import io.gops.diagnostic.InvalidOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The inspection of all objects of one deployment, file by file as they are made and at the end as
/// a whole. Safe for several threads.
public final class Inspection {
  /// How many defects a message names.
  private static final int MENTIONED = 5;

  private final ObjectInspection objects;
  private final Map<String, ? extends Set<String>> secrets;
  private final ConcurrentHashMap<String, List<Facts>> files = new ConcurrentHashMap<>();

  /// @param objects looks at single objects
  /// @param secrets keys of the Secrets that are declared, by their names in Kubernetes
  public Inspection(ObjectInspection objects, Map<String, ? extends Set<String>> secrets) {
    this.objects = objects;
    this.secrets = secrets;
  }

  /// Looks at the objects of a file. A file that is made again takes the place of the first.
  ///
  /// @param bytes of the file as it is written
  public void file(String path, List<?> documents, long bytes) {
    List<Facts> facts = new ArrayList<>();
    for (Object document : documents) {
      facts.add(objects.facts(document, bytes > ObjectInspection.LARGEST));
    }
    files.put(path, List.copyOf(facts));
  }

  /// Everything that is wrong, after the last file.
  public List<Defect> defects() {
    SortedMap<String, List<Facts>> sorted = new TreeMap<>(files);
    List<Defect> defects = new ArrayList<>();
    sorted.values().forEach(file -> file.forEach(object -> defects.addAll(object.defects())));
    defects.addAll(new Output(sorted, secrets).defects());
    return defects;
  }

  /// Whoever generates objects that are no good has a bug.
  ///
  /// @throws InvalidOutput when anything was found
  public void demand() {
    List<Defect> defects = defects();
    if (!defects.isEmpty()) {
      int more = Math.max(0, defects.size() - MENTIONED);
      throw new InvalidOutput(
          defects.stream().limit(MENTIONED).map(Defect::toString).collect(Collectors.joining("; "))
              + (more == 0 ? "" : "; and " + more + " more"));
    }
  }
}
