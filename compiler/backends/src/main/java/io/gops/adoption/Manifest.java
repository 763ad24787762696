package io.gops.adoption;

import io.gops.json.Json;
import io.gops.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One object of Kubernetes as somebody wrote it.
///
/// @param file where it stands
/// @param line where it begins, from 1
public record Manifest(Json.Obj content, SourceFile file, int line) {

  /// `GameServerSet`, or nothing.
  public String kind() {
    return text("kind").orElse("");
  }

  public String name() {
    return text("metadata", "name").orElse("");
  }

  /// The namespace; `default` when none is written, as Kubernetes has it.
  public String namespace() {
    return text("metadata", "namespace").orElse("default");
  }

  /// The value at a path of member names.
  public Optional<Json> at(String... path) {
    return at(content, path);
  }

  /// The text at a path.
  public Optional<String> text(String... path) {
    return text(content, path);
  }

  /// The value at a path of member names below a value.
  static Optional<Json> at(Json from, String... path) {
    Optional<Json> found = Optional.of(from);
    for (String name : path) {
      found =
          found.flatMap(
              value ->
                  value instanceof Json.Obj object
                      ? Optional.ofNullable(object.members().get(name))
                      : Optional.empty());
    }
    return found;
  }

  /// The text at a path below a value.
  static Optional<String> text(Json from, String... path) {
    return at(from, path)
        .flatMap(
            value ->
                value instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  /// The whole number at a path below a value.
  static Optional<Long> number(Json from, String... path) {
    return at(from, path)
        .flatMap(
            value ->
                value instanceof Json.Num(String digits) && digits.matches("-?[0-9]{1,18}")
                    ? Optional.of(Long.parseLong(digits))
                    : Optional.empty());
  }

  /// The items of the list at a path below a value; none when there is no list.
  static List<Json> items(Json from, String... path) {
    return at(from, path)
        .map(value -> value instanceof Json.Arr(List<Json> items) ? items : List.<Json>of())
        .orElse(List.of());
  }

  /// The texts of the list at a path below a value, without what is no text.
  static List<String> texts(Json from, String... path) {
    return items(from, path).stream()
        .flatMap(item -> item instanceof Json.Text(String word) ? Stream.of(word) : Stream.empty())
        .toList();
  }

  /// Whether the value at a path below a value is `true`.
  static boolean isSet(Json from, String... path) {
    return at(from, path).filter(new Json.Bool(true)::equals).isPresent();
  }

  /// The members of the object at a path below a value; none when there is no object.
  static SortedMap<String, Json> members(Json from, String... path) {
    return at(from, path)
        .filter(Json.Obj.class::isInstance)
        .map(value -> ((Json.Obj) value).members())
        .orElseGet(TreeMap::new);
  }
}
