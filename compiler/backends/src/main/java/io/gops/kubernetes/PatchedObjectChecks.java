package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.InvalidOutput;
import io.gops.fleet.Patch;
import io.gops.kubernetes.inspection.Defect;
import io.gops.kubernetes.inspection.ObjectInspection;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Whether objects are still what Kubernetes takes once patches are in them. What is wrong then is
/// the fault of a patch, and the person who wrote it is told at the line.
final class PatchedObjectChecks {
  private static final String TEMPLATE = "spec.gameServerTemplate.";

  private final Deployment deployment;
  private final ObjectInspection inspection;
  private final ZoneObjects zones;
  private final PodShapes shapes;
  private final Diagnostics diagnostics;
  private final Set<Reported> reported = new HashSet<>();

  PatchedObjectChecks(Deployment deployment, ObjectInspection inspection, Diagnostics diagnostics) {
    this.deployment = deployment;
    this.inspection = inspection;
    this.shapes = new PodShapes(deployment);
    this.zones = new ZoneObjects(deployment, shapes, NetworkPlugin.load());
    this.diagnostics = diagnostics;
  }

  /// A patch that several versions inherit is wrong once.
  private record Reported(Optional<Place> place, String path, String wanted) {}

  /// Looks at every version of every role that runs, deployed or not.
  void run() {
    Set<String> seen = new HashSet<>();
    for (Workload workload : deployment.workloads().values()) {
      role(workload, seen);
      for (String version : workload.game().versions().keySet()) {
        role(workload.inVersion(version), seen);
      }
    }
  }

  private void role(Workload workload, Set<String> seen) {
    List<Patch> patches = workload.role().patches();
    String role =
        String.join("/", workload.game().name(), workload.role().name(), workload.version());
    if (patches.isEmpty() || !seen.add(role)) {
      return;
    }
    List<Defect> before = defects(workload, List.of());
    if (!before.isEmpty()) {
      throw new InvalidOutput(before.getFirst().toString());
    }
    for (Defect defect : defects(workload, patches)) {
      report(defect, place(patches, some -> shows(defect, defects(workload, some))));
    }
  }

  private List<Defect> defects(Workload workload, List<Patch> patches) {
    List<Defect> defects =
        new ArrayList<>(inspection.defects(ZoneObjects.service(workload, patches)));
    defects.addAll(
        inspection.defects(zones.set(workload, shapes.template(workload, patches), patches)));
    return defects;
  }

  private void report(Defect defect, Optional<Place> place) {
    boolean inPod = defect.path().startsWith(TEMPLATE);
    String path = inPod ? defect.path().substring(TEMPLATE.length()) : defect.path();
    String kind =
        inPod ? "Pod" : defect.object().substring(0, Math.max(0, defect.object().indexOf(' ')));
    if (reported.add(new Reported(place, path, defect.wanted()))) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS6126, path, kind, defect.found(), defect.wanted()).at(place));
    }
  }

  /// Whether a defect is among others. Elements of lists may have other numbers there.
  private static boolean shows(Defect wanted, List<Defect> defects) {
    return defects.stream()
        .anyMatch(
            other ->
                withoutNumbers(other).equals(withoutNumbers(wanted))
                    && other.object().equals(wanted.object())
                    && other.wanted().equals(wanted.wanted()));
  }

  private static String withoutNumbers(Defect defect) {
    return defect.path().replaceAll("\\[\\d+]", "[]");
  }

  /// The smallest part of the patches that alone brings a defect about.
  private static Optional<Place> place(List<Patch> patches, Predicate<List<Patch>> shows) {
    for (Patch patch : patches) {
      if (shows.test(List.of(patch))) {
        return inFields(
            patch.fields(),
            "",
            part -> shows.test(List.of(new Patch(patch.object(), part, patch.origins()))),
            Patch.Fields.class::cast);
      }
    }
    return patches.getLast().origins().place();
  }

  /// @param list the list whose element the fields are; empty when they are none
  /// @param whole the whole patch around a part of these fields
  private static Optional<Place> inFields(
      Patch.Fields fields,
      String list,
      Predicate<Patch.Fields> shows,
      Function<Patch.Content, Patch.Fields> whole) {
    Optional<String> key = PatchedObjects.listKey(list);
    for (var member : fields.members().entrySet()) {
      String name = member.getKey();
      Function<Patch.Content, Patch.Fields> alone =
          content -> {
            SortedMap<String, Patch.Content> kept = new TreeMap<>();
            key.map(field -> fields.members().get(field))
                .ifPresent(value -> kept.put(key.get(), value));
            kept.put(name, content);
            return whole.apply(new Patch.Fields(kept, fields.place()));
          };
      if (!key.filter(name::equals).isPresent() && shows.test(alone.apply(member.getValue()))) {
        return inContent(member.getValue(), name, shows, alone);
      }
    }
    return fields.place();
  }

  private static Optional<Place> inContent(
      Patch.Content content,
      String name,
      Predicate<Patch.Fields> shows,
      Function<Patch.Content, Patch.Fields> whole) {
    return switch (content) {
      case Patch.Fields fields -> inFields(fields, "", shows, whole);
      case Patch.Elements(List<Patch.Content> items, Optional<Place> place) -> {
        for (Patch.Content item : items) {
          Function<Patch.Content, Patch.Fields> alone =
              one -> whole.apply(new Patch.Elements(List.of(one), place));
          if (shows.test(alone.apply(item))) {
            yield item instanceof Patch.Fields fields
                ? inFields(fields, name, shows, alone)
                : item.place();
          }
        }
        yield place;
      }
      case Patch.Text _, Patch.Whole _, Patch.Flag _, Patch.Span _ -> content.place();
    };
  }
}
