package io.gops.kubernetes.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes one field of a tree, and makes what is missing on the way to it.
final class Change {
  private Change() {}

  /// The steps of a path: `spec.ports[0].port`; `[]` is the first element, `*` a member.
  static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String part : path.replace("[", ".[").split("\\.", -1)) {
      if (!part.isEmpty()) {
        steps.add(part.equals("*") ? "x" : part.equals("[]") ? "[0]" : part);
      }
    }
    return steps;
  }

  static Object put(Object tree, String path, Object value) {
    return change(tree, steps(path), _ -> Optional.of(value));
  }

  static Object remove(Object tree, String path) {
    return change(tree, steps(path), _ -> Optional.empty());
  }

  /// @param change of the value at the path, which may be missing; empty to take it away
  static Object change(Object tree, List<String> steps, UnaryOperator<Optional<Object>> change) {
    Optional<Object> changed = at(Optional.of(tree), steps, change);
    return changed.orElseThrow();
  }

  private static Optional<Object> at(
      Optional<Object> value, List<String> steps, UnaryOperator<Optional<Object>> change) {
    if (steps.isEmpty()) {
      return change.apply(value);
    }
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    if (step.startsWith("[")) {
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      List<Object> list = new ArrayList<>();
      value.filter(List.class::isInstance).ifPresent(old -> list.addAll((List<?>) old));
      Optional<Object> old = index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
      Optional<Object> changed = at(old, rest, change);
      if (index < list.size()) {
        list.remove(index);
      }
      changed.ifPresent(element -> list.add(index, element));
      return Optional.of(list);
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    value.filter(Map.class::isInstance).ifPresent(old -> map.putAll((Map<?, ?>) old));
    Optional<Object> changed = at(Optional.ofNullable(map.get(step)), rest, change);
    changed.ifPresentOrElse(member -> map.put(step, member), () -> map.remove(step));
    return Optional.of(map);
  }
}
