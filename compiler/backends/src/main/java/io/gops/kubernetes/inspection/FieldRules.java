package io.gops.kubernetes.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The [FieldRule]s of an object by the paths of its fields, as a tree that is walked beside the
/// object.
///
/// @param often whether many objects share this part, so that whoever saw it need not look again
/// @param rules for the value itself
/// @param fields for its fields by name
/// @param members for members of other names; null when there are none
/// @param elements for the elements of a list; null when there are none
record FieldRules(
    boolean often,
    List<FieldRule> rules,
    Map<String, FieldRules> fields,
    @Nullable FieldRules members,
    @Nullable FieldRules elements) {
  private static final String ELEMENTS = "[]";
  private static final String MEMBERS = "*";

  /// Paths and their rules, in the order of the paths: `spec.ports[].port`. `[]` stands for each
  /// element of a list and `*` for a member of any name.
  static final class Table {
    private final SortedMap<String, List<FieldRule>> rules = new TreeMap<>();
    private final SortedSet<String> often = new TreeSet<>();

    /// @param path empty for the object itself
    Table at(String path, FieldRule... rule) {
      rules.computeIfAbsent(path, _ -> new ArrayList<>()).addAll(List.of(rule));
      return this;
    }

    /// The same rules for several fields of one object.
    ///
    /// @param names with blanks between them
    Table each(String prefix, String names, FieldRule... rule) {
      for (String name : names.split(" ", -1)) {
        at(prefix + name, rule);
      }
      return this;
    }

    /// Says that many objects share the parts at these paths.
    Table often(String... paths) {
      often.addAll(List.of(paths));
      return this;
    }

    /// All paths and their rules.
    SortedMap<String, List<FieldRule>> all() {
      return rules;
    }

    FieldRules build() {
      Node root = new Node();
      rules.forEach((path, ofPath) -> root.below(path).rules.addAll(ofPath));
      often.forEach(path -> root.below(path).often = true);
      return root.build();
    }
  }

  /// A tree that grows path by path.
  private static final class Node {
    private final List<FieldRule> rules = new ArrayList<>();
    private final SortedMap<String, Node> next = new TreeMap<>();
    private boolean often;

    Node below(String path) {
      Node node = this;
      for (String step : path.replace(ELEMENTS, "." + ELEMENTS).split("\\.", -1)) {
        node = step.isEmpty() ? node : node.next.computeIfAbsent(step, _ -> new Node());
      }
      return node;
    }

    FieldRules build() {
      Map<String, FieldRules> fields = new HashMap<>();
      next.forEach((name, node) -> fields.put(name, node.build()));
      FieldRules members = fields.remove(MEMBERS);
      FieldRules elements = fields.remove(ELEMENTS);
      return new FieldRules(often, List.copyOf(rules), Map.copyOf(fields), members, elements);
    }
  }

  /// Walks an object beside its rules.
  ///
  /// @param seen parts that were looked at and were right
  /// @param defects takes the path and the fault of each value that breaks a rule
  void walk(Object object, Seen seen, BiConsumer<String, FieldRule.Fault> defects) {
    new Walk(seen, defects).value(object, this);
  }

  private static final class Walk {
    private final Seen seen;
    private final BiConsumer<String, FieldRule.Fault> defects;

    /// Names of fields and numbers of elements. A path is put together only when something is
    /// wrong.
    private final List<Object> steps = new ArrayList<>();

    private int found;

    Walk(Seen seen, BiConsumer<String, FieldRule.Fault> defects) {
      this.seen = seen;
      this.defects = defects;
    }

    void value(@Nullable Object value, FieldRules rules) {
      if (value == null || (rules.often && seen.contains(value, rules))) {
        return;
      }
      int before = found;
      for (FieldRule rule : rules.rules) {
        Optional<FieldRule.Fault> fault = rule.fault(value);
        if (fault.isPresent()) {
          found++;
          defects.accept(path(fault.get().name()), fault.get());
        }
      }
      switch (value) {
        case Map<?, ?> map -> members(map, rules);
        case List<?> list -> elements(list, rules);
        default -> {}
      }
      if (rules.often && found == before) {
        seen.add(value, rules);
      }
    }

    private void members(Map<?, ?> map, FieldRules rules) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        FieldRules below = rules.fields.get(entry.getKey());
        below = below == null ? rules.members : below;
        if (below != null) {
          steps.add(entry.getKey());
          value(entry.getValue(), below);
          steps.removeLast();
        }
      }
    }

    private void elements(List<?> list, FieldRules rules) {
      if (rules.elements != null) {
        for (int index = 0; index < list.size(); index++) {
          steps.add(index);
          value(list.get(index), rules.elements);
          steps.removeLast();
        }
      }
    }

    private String path(String name) {
      StringBuilder path = new StringBuilder();
      for (Object step : steps) {
        switch (step) {
          case Integer index -> path.append('[').append(index.intValue()).append(']');
          default -> path.append(path.isEmpty() ? "" : ".").append(step);
        }
      }
      return path.append(path.isEmpty() || name.isEmpty() ? "" : ".").append(name).toString();
    }
  }
}
