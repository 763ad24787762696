package io.gops.inplace;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What happens to the pods of a set with the policy `InPlaceIfPossible` when its pod template
/// changes.
///
/// OpenKruise compares the two templates place by place. It updates a pod in place when every
/// difference is the image of a container or belongs to the metadata; anything else deletes the
/// pod, and nobody is told (kruise, `pkg/util/inplaceupdate`, `defaultCalculateInPlaceUpdateSpec`).
public sealed interface TemplateChange {
  /// Nothing happens.
  record Unchanged() implements TemplateChange {}

  /// The pod stays. It is not ready for a moment, even when no container restarts.
  ///
  /// @param restarts names of the containers that restart
  /// @param differences in the order of the template
  record InPlace(SortedSet<String> restarts, List<Difference> differences)
      implements TemplateChange {
    public InPlace {
      restarts = new TreeSet<>(restarts);
      differences = List.copyOf(differences);
    }
  }

  /// The pod is deleted and made again: its players are disconnected, its scratch volumes are lost.
  ///
  /// @param reasons the differences that allow nothing else
  record Recreate(List<Difference> reasons) implements TemplateChange {
    public Recreate {
      reasons = List.copyOf(reasons);
    }
  }

  /// Compares two pod templates, each an object with `metadata` and `spec`.
  static TemplateChange between(Json from, Json to) {
    List<Difference> differences = Difference.between(from, to);
    if (differences.isEmpty()) {
      return new Unchanged();
    }
    List<Difference> reasons = new ArrayList<>();
    SortedSet<String> restarts = new TreeSet<>();
    for (Difference difference : differences) {
      if (difference.isMetadata()) {
        restarts.addAll(MetadataReaders.of(to, difference));
      } else if (difference.isImage()) {
        restarts.add(containerName(to, difference.containerIndex()));
      } else {
        reasons.add(difference);
      }
    }
    return reasons.isEmpty() ? new InPlace(restarts, differences) : new Recreate(reasons);
  }

  private static String containerName(Json template, int index) {
    return MetadataReaders.containers(template).get(index) instanceof Json.Obj container
            && container.members().get("name") instanceof Json.Text(String name)
        ? name
        : Integer.toString(index);
  }
}
