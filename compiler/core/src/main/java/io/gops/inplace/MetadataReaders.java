package io.gops.inplace;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Containers whose environment is taken from a label or annotation: OpenKruise restarts them when
/// that one gets another value. When it is gone, or the first of its kind, nobody restarts; who
/// read it keeps the value of its last start.
final class MetadataReaders {
  private MetadataReaders() {}

  /// Names of the containers that read what differs.
  static List<String> of(Json template, Difference difference) {
    List<String> readers = new ArrayList<>();
    if (difference.to().isEmpty()) {
      return readers;
    }
    for (Json container : containers(template)) {
      boolean reads =
          items(container, "env").stream()
              .flatMap(variable -> fieldPath(variable).stream())
              .anyMatch(field -> isPlaceOf(difference.path(), field));
      if (reads) {
        text(container, "name").ifPresent(readers::add);
      }
    }
    return readers;
  }

  static List<Json> containers(Json template) {
    return member(template, "spec").map(spec -> items(spec, "containers")).orElse(List.of());
  }

  private static Optional<String> fieldPath(Json variable) {
    return member(variable, "valueFrom")
        .flatMap(source -> member(source, "fieldRef"))
        .flatMap(reference -> text(reference, "fieldPath"));
  }

  /// Whether `metadata.labels['a/b']` names the place `/metadata/labels/a~1b`.
  private static boolean isPlaceOf(String pointer, String field) {
    int open = field.indexOf("['");
    int close = field.lastIndexOf("']");
    if (open < 0 || close < open) {
      return false;
    }
    String key = field.substring(open + 2, close).replace("~", "~0").replace("/", "~1");
    return pointer.equals("/" + field.substring(0, open).replace('.', '/') + "/" + key);
  }

  private static Optional<Json> member(Json value, String name) {
    return value instanceof Json.Obj object
        ? Optional.ofNullable(object.members().get(name))
        : Optional.empty();
  }

  private static List<Json> items(Json value, String name) {
    return member(value, name).orElse(null) instanceof Json.Arr(List<Json> items)
        ? items
        : List.of();
  }

  private static Optional<String> text(Json value, String name) {
    return member(value, name).orElse(null) instanceof Json.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
