package io.gops.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A change of a JSON document that is refused unless the document has the expected old values:
/// each change is a `test` of the old value and a `replace` (RFC 6902).
///
/// Only existing places are replaced. Where members come or go, the smallest value around them
/// that exists before and after is replaced as a whole; so the reverse is always a patch of the
/// same kind.
public final class JsonPatch {
  private final List<Change> changes;
  private final int hash;
  private @Nullable JsonPatch reverse;

  public JsonPatch(List<Change> changes) {
    this.changes = List.copyOf(changes);
    this.hash = this.changes.hashCode();
  }

  /// The places that change.
  public List<Change> changes() {
    return changes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof JsonPatch patch
            && hash == patch.hash
            && changes.equals(patch.changes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// One place that changes.
  ///
  /// @param path JSON Pointer (RFC 6901)
  public record Change(String path, Json from, Json to) {}

  /// What turns `from` into `to`, with `prefix` before every path.
  public static JsonPatch between(Json from, Json to, String prefix) {
    List<Change> changes = new ArrayList<>();
    compare(from, to, prefix, changes);
    return new JsonPatch(changes);
  }

  private static void compare(Json from, Json to, String path, List<Change> changes) {
    if (from.equals(to)) {
      return;
    }
    if (from instanceof Json.Obj a
        && to instanceof Json.Obj b
        && a.members().keySet().equals(b.members().keySet())) {
      b.members()
          .forEach(
              (name, value) ->
                  compare(
                      a.members().getOrDefault(name, new Json.Null()),
                      value,
                      path + "/" + escape(name),
                      changes));
    } else if (from instanceof Json.Arr a
        && to instanceof Json.Arr b
        && a.items().size() == b.items().size()) {
      for (int i = 0; i < a.items().size(); i++) {
        compare(a.items().get(i), b.items().get(i), path + "/" + i, changes);
      }
    } else {
      changes.add(new Change(path, from, to));
    }
  }

  /// The patch that takes this one back, which this one takes back in turn. Made once, because
  /// every task that patches a set says how it is taken back.
  public JsonPatch reverse() {
    JsonPatch back = reverse;
    if (back == null) {
      back =
          new JsonPatch(
              changes.reversed().stream().map(c -> new Change(c.path, c.to, c.from)).toList());
      back.reverse = this;
      reverse = back;
    }
    return back;
  }

  /// The operations: all tests first, so that a refused patch says what it expected.
  public Json.Arr operations() {
    List<Json> operations = new ArrayList<>(expected().items());
    for (Change change : changes) {
      operations.add(operation("replace", change.path, change.to));
    }
    return new Json.Arr(operations);
  }

  /// Only the tests of the old values.
  public Json.Arr expected() {
    return new Json.Arr(
        changes.stream().<Json>map(c -> operation("test", c.path, c.from)).toList());
  }

  /// One operation of RFC 6902.
  public static Json.Obj operation(String name, String path, Json value) {
    return Json.object().with("op", name).with("path", path).with("value", value).end();
  }

  /// The document after the patch; empty when a test fails.
  public Optional<Json> apply(Json document) {
    Optional<Json> result = Optional.of(document);
    for (Change change : changes) {
      result = result.flatMap(now -> replace(now, steps(change.path), change));
    }
    return result;
  }

  private static Optional<Json> replace(Json here, List<String> steps, Change change) {
    if (steps.isEmpty()) {
      return here.equals(change.from) ? Optional.of(change.to) : Optional.empty();
    }
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    return switch (here) {
      case Json.Obj object -> {
        Json member = object.members().get(step);
        yield member == null
            ? Optional.empty()
            : replace(member, rest, change).map(value -> with(object, step, value));
      }
      case Json.Arr array -> {
        int index = step.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(step) : -1;
        yield index < 0 || index >= array.items().size()
            ? Optional.empty()
            : replace(array.items().get(index), rest, change)
                .map(value -> with(array, index, value));
      }
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static Json with(Json.Obj object, String name, Json value) {
    TreeMap<String, Json> members = new TreeMap<>(object.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  private static Json with(Json.Arr array, int index, Json value) {
    List<Json> items = new ArrayList<>(array.items());
    items.set(index, value);
    return new Json.Arr(items);
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String step : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return steps;
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
