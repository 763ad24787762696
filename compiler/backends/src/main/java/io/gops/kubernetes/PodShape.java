package io.gops.kubernetes;

import io.gops.deployment.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod template for all zones and both sides of one game, role, version and size: typed and
/// checked once, then written for each zone by filling its slots.
///
/// @param tree maps, lists and scalars; texts with slots are [SlottedText], and whatever has none
///     in it is [Fixed]
record PodShape(Map<String, Object> tree) {
  /// A map or list without slots. All templates of the shape have the same one.
  record Fixed(Object tree) {}

  /// Takes a typed object's tree, in which slots are still marks in its texts.
  static PodShape of(Map<String, Object> typed) {
    Map<String, Object> tree = LinkedHashMap.newLinkedHashMap(typed.size());
    typed.forEach((name, member) -> tree.put(name, slotted(member)));
    return new PodShape(tree);
  }

  /// The template of one workload.
  Map<String, @Nullable Object> fill(Workload workload) {
    return members(tree, workload);
  }

  private static Map<String, @Nullable Object> members(Map<?, ?> map, Workload workload) {
    Map<String, @Nullable Object> filled = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((key, value) -> filled.put((String) key, fill(value, workload)));
    return filled;
  }

  private static @Nullable Object fill(@Nullable Object value, Workload workload) {
    return switch (value) {
      case Fixed(Object same) -> same;
      case SlottedText text -> text.fill(workload);
      case Map<?, ?> map -> members(map, workload);
      case List<?> list -> list.stream().map(item -> fill(item, workload)).toList();
      case null, default -> value;
    };
  }

  private static Object slotted(Object value) {
    return switch (value) {
      case String text when SlottedText.isIn(text) -> SlottedText.parse(text);
      case Map<?, ?> map -> {
        Map<String, Object> result = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, member) -> result.put((String) key, slotted(member)));
        yield result.values().stream().allMatch(PodShape::isFixed) ? new Fixed(map) : result;
      }
      case List<?> list -> {
        List<Object> result = list.stream().map(PodShape::slotted).toList();
        yield result.stream().allMatch(PodShape::isFixed) ? new Fixed(list) : result;
      }
      default -> value;
    };
  }

  private static boolean isFixed(Object value) {
    return !(value instanceof SlottedText || value instanceof Map || value instanceof List);
  }
}
