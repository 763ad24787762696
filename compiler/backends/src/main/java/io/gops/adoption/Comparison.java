package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The values of one object that another does not have, or has differently.
///
/// Elements of lists that Kubernetes tells apart by a field are the same wherever they stand. Of
/// other lists of objects an element is there when some element has all that it says. Lists of
/// plain values are compared in their order.
public final class Comparison {
  /// Fields by which the elements of lists are told apart.
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("env", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("serviceQualities", "name"),
          Map.entry("groups", "name"),
          Map.entry("networkConf", "name"));

  /// Amounts, which have many spellings.
  private static final Set<String> AMOUNTS =
      Set.of("cpu", "memory", "storage", "ephemeral-storage", "sizeLimit", "pods");

  /// One step from an object to a value in it.
  public sealed interface Step {
    /// A member.
    record Field(String name) implements Step {}

    /// The element of a list whose field has a value.
    record Element(String field, String value) implements Step {}

    /// An element by its position.
    record Index(int position) implements Step {}
  }

  /// A value that is not there, or is another.
  ///
  /// @param now absent when it is not there
  public record Difference(List<Step> path, Json before, Optional<Json> now) {
    public Difference {
      path = List.copyOf(path);
    }

    /// `pod.spec.containers[engine].image`.
    public String place() {
      StringBuilder place = new StringBuilder();
      for (Step step : path) {
        switch (step) {
          case Step.Field(String name) -> place.append(place.isEmpty() ? "" : ".").append(name);
          case Step.Element(String _, String value) -> place.append('[').append(value).append(']');
          case Step.Index(int position) -> place.append('[').append(position).append(']');
        }
      }
      return place.toString();
    }
  }

  private final List<Difference> found = new ArrayList<>();

  private Comparison() {}

  /// What `now` lacks of `before`.
  static List<Difference> of(Json before, Json now) {
    Comparison comparison = new Comparison();
    comparison.compare(before, Optional.of(now), List.of());
    return comparison.found;
  }

  private static List<Step> with(List<Step> path, Step step) {
    List<Step> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private void compare(Json before, Optional<Json> now, List<Step> path) {
    switch (before) {
      case Json.Obj object when !object.members().isEmpty() ->
          object
              .members()
              .forEach(
                  (name, member) ->
                      compare(
                          member,
                          now.flatMap(value -> Manifest.at(value, name)),
                          with(path, new Step.Field(name))));
      case Json.Arr(List<Json> items) when !items.isEmpty() ->
          list(items, now.map(value -> Manifest.items(value)).orElse(List.of()), path);
      case Json.Null _ -> {
        // Nothing is said.
      }
      case Json.Text _, Json.Num _, Json.Bool _, Json.Obj _, Json.Arr _ -> {
        if (now.isEmpty() || !isSame(before, now.get(), path)) {
          found.add(new Difference(path, before, now));
        }
      }
    }
  }

  private void list(List<Json> items, List<Json> now, List<Step> path) {
    Optional<String> key = key(items, path);
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      Json item = items.get(i);
      int position = i;
      if (key.isPresent()) {
        String value = spelled(Manifest.at(item, key.get().split("\\.", -1)).orElseThrow());
        Optional<Json> other =
            now.stream()
                .filter(
                    candidate ->
                        Manifest.at(candidate, key.get().split("\\.", -1))
                            .map(Comparison::spelled)
                            .equals(Optional.of(value)))
                .findFirst();
        compare(item, other, with(path, new Step.Element(key.get(), value)));
      } else if (item instanceof Json.Obj) {
        covered(item, position, now, taken, path);
      } else {
        Optional<Json> other = i < now.size() ? Optional.of(now.get(i)) : Optional.empty();
        compare(item, other, with(path, new Step.Index(i)));
      }
    }
  }

  /// Looks for an element that says all of it; the one at the same place is compared if there is
  /// none.
  private void covered(
      Json item, int position, List<Json> now, Set<Integer> taken, List<Step> path) {
    List<Step> at = with(path, new Step.Index(position));
    for (int i = 0; i < now.size(); i++) {
      Comparison trial = new Comparison();
      trial.compare(item, Optional.of(now.get(i)), at);
      if (!taken.contains(i) && trial.found.isEmpty()) {
        taken.add(i);
        return;
      }
    }
    boolean isFree = position < now.size() && !taken.contains(position);
    compare(item, isFree ? Optional.of(now.get(position)) : Optional.empty(), at);
  }

  /// The field that tells elements apart, when all of them have it and no two the same.
  private static Optional<String> key(List<Json> items, List<Step> path) {
    String name = path.getLast() instanceof Step.Field(String field) ? field : "";
    return switch (name) {
      case "ports" ->
          Optional.of("containerPort")
              .filter(key -> isKey(key, items))
              .or(() -> Optional.of("port").filter(key -> isKey(key, items)));
      case "volumeClaimTemplates" -> Optional.of("metadata.name").filter(key -> isKey(key, items));
      default -> Optional.ofNullable(KEYS.get(name)).filter(key -> isKey(key, items));
    };
  }

  private static boolean isKey(String key, List<Json> items) {
    List<String> values =
        items.stream()
            .flatMap(item -> Manifest.at(item, key.split("\\.", -1)).stream())
            .map(Comparison::spelled)
            .toList();
    return values.size() == items.size() && new HashSet<>(values).size() == items.size();
  }

  private static boolean isSame(Json before, Json now, List<Step> path) {
    boolean isBare = before instanceof Json.Obj && now instanceof Json.Obj;
    if (before.equals(now) || isBare) {
      return true;
    }
    String name = path.getLast() instanceof Step.Field(String field) ? field : "";
    String resource = name.substring(name.lastIndexOf('.') + 1);
    return AMOUNTS.contains(resource)
        && Quantity.of(before, resource).isPresent()
        && Quantity.of(before, resource).equals(Quantity.of(now, resource));
  }

  /// The value at the end of a path.
  static Optional<Json> at(Json from, List<Step> path) {
    Optional<Json> found = Optional.of(from);
    for (Step step : path) {
      found =
          found.flatMap(
              value ->
                  switch (step) {
                    case Step.Field(String name) -> Manifest.at(value, name);
                    case Step.Index(int position) ->
                        Manifest.items(value).stream().skip(position).findFirst();
                    case Step.Element(String field, String wanted) ->
                        Manifest.items(value).stream()
                            .filter(
                                item ->
                                    Manifest.at(item, field.split("\\.", -1))
                                        .map(Comparison::spelled)
                                        .equals(Optional.of(wanted)))
                            .findFirst();
                  });
    }
    return found;
  }

  /// A value as a report shows it.
  static String spelled(Json value) {
    return value instanceof Json.Text(String text) ? text : value.print();
  }
}
