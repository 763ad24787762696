package io.gops.kubernetes.inspection;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// That one object selects others by their labels.
///
/// @param path where
/// @param what is selected
/// @param namespace in which; empty for all
record Selector(
    String path,
    Labelled what,
    String namespace,
    SortedMap<String, String> labels,
    List<Expression> expressions) {
  /// The number of a server, which its controller writes.
  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

  /// What has labels.
  enum Labelled {
    POD("the labels of a pod"),
    NODE("the labels of a machine"),
    NAMESPACE("the labels of a namespace");

    private final String description;

    Labelled(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
  record Expression(String key, String operator, List<String> values) {
    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }

    static Expression of(Tree tree) {
      return new Expression(
          tree.at("key").scalar(),
          tree.at("operator").scalar(),
          tree.at("values").elements().stream().map(Tree::scalar).toList());
    }
  }

  /// A LabelSelector as it stands in objects.
  static Selector of(String path, Labelled what, String namespace, Tree selector) {
    return new Selector(
        path,
        what,
        namespace,
        labels(selector.at("matchLabels")),
        selector.at("matchExpressions").elements().stream().map(Expression::of).toList());
  }

  static SortedMap<String, String> labels(Tree map) {
    SortedMap<String, String> labels = new TreeMap<>();
    map.members()
        .filter(entry -> !entry.getKey().equals(POD_INDEX))
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().scalar()));
    return labels;
  }

  boolean matches(Map<String, String> candidate) {
    return labels.entrySet().stream()
            .allMatch(label -> label.getValue().equals(candidate.get(label.getKey())))
        && expressions.stream().allMatch(expression -> expression.matches(candidate));
  }

  /// As a person would write it.
  String print() {
    StringBuilder text = new StringBuilder();
    labels.forEach((key, value) -> text.append(key).append('=').append(value).append(' '));
    for (Expression expression : expressions) {
      text.append(expression.key()).append(' ').append(expression.operator());
      expression.values().forEach(value -> text.append(' ').append(value));
      text.append(' ');
    }
    return text.toString().strip();
  }
}
