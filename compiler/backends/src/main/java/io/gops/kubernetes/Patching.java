package io.gops.kubernetes;

import io.gops.fleet.Interpolation;
import io.gops.fleet.Patch;
import io.gops.fleet.Units;
import io.gops.kubernetes.inspection.PatchMark;
import io.gops.source.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts what people patch into a generated object, and marks the object.
///
/// Objects merge. Of lists those merge whose elements Kubernetes tells apart by a field; other
/// lists, and everything that is neither, are replaced. Nothing is taken away.
final class Patching {
  private final Function<Interpolation, Object> text;

  /// @param text how texts are written: with slots, or for one zone and side
  Patching(Function<Interpolation, Object> text) {
    this.text = text;
  }

  /// The object with the patches of its kind.
  Map<String, Object> apply(Map<String, Object> object, String kind, List<Patch> patches) {
    Map<String, Object> patched = object;
    TreeSet<String> paths = new TreeSet<>();
    for (Patch patch : patches) {
      if (patch.object().equals(kind)) {
        patched = merged(patched, patch.fields(), PatchedObjects.type(kind));
        collect(patch.fields(), "", paths);
      }
    }
    return paths.isEmpty() ? patched : marked(patched, String.join(", ", paths));
  }

  private static Map<String, Object> marked(Map<String, Object> object, String paths) {
    Map<String, Object> metadata = copy(object.get("metadata"));
    Map<String, Object> annotations = copy(metadata.get("annotations"));
    annotations.put(PatchMark.ANNOTATION, paths);
    Map<String, Object> sorted = new LinkedHashMap<>();
    new TreeSet<>(annotations.keySet())
        .forEach(name -> sorted.put(name, Objects.requireNonNull(annotations.get(name))));
    metadata.put("annotations", sorted);
    Map<String, Object> result = new LinkedHashMap<>(object);
    result.put("metadata", metadata);
    return result;
  }

  private static Map<String, Object> copy(@Nullable Object map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (map instanceof Map<?, ?> members) {
      members.forEach((name, value) -> copy.put((String) name, Objects.requireNonNull(value)));
    }
    return copy;
  }

  /// @param type of the object, while the model knows it
  private Map<String, Object> merged(
      @Nullable Object before, Patch.Fields fields, Optional<ObjectType> type) {
    Map<String, Object> result = copy(before);
    fields
        .members()
        .forEach(
            (name, content) ->
                result.put(name, merged(name, result.get(name), content, member(type, name))));
    return result;
  }

  private Object merged(
      String name, @Nullable Object before, Patch.Content content, Optional<ObjectType> type) {
    return switch (content) {
      case Patch.Fields fields -> merged(before, fields, type);
      case Patch.Elements(List<Patch.Content> items, Optional<Place> _) -> {
        Optional<ObjectType> element = type.map(ObjectType::element);
        Optional<String> key = PatchedObjects.listKey(name);
        if (key.isPresent() && before instanceof List<?> list) {
          yield mergedByKey(list, items, key.get(), element);
        }
        List<Object> written = new ArrayList<>(PatchedObjects.kept(name, before));
        items.forEach(item -> written.add(merged("", null, item, element)));
        yield written;
      }
      case Patch.Text(Interpolation written, Optional<Place> _) -> text.apply(written);
      case Patch.Whole(long number, Optional<Place> _) ->
          type.filter(ObjectType.Amount.class::isInstance).isPresent()
              ? Long.toString(number)
              : (Object) number;
      case Patch.Flag(boolean set, Optional<Place> _) -> set;
      case Patch.Span(Duration duration, Optional<Place> _) ->
          type.filter(ObjectType.Whole.class::isInstance).isPresent()
              ? (Object) duration.toSeconds()
              : Units.duration(duration).replace("min", "m");
    };
  }

  private List<Object> mergedByKey(
      List<?> before, List<Patch.Content> items, String key, Optional<ObjectType> element) {
    List<Object> result = new ArrayList<>(before);
    for (Patch.Content item : items) {
      int at = item instanceof Patch.Fields fields ? find(result, key, fields) : -1;
      if (at < 0) {
        result.add(merged("", null, item, element));
      } else {
        result.set(at, merged("", result.get(at), item, element));
      }
    }
    return result;
  }

  private int find(List<Object> list, String key, Patch.Fields item) {
    Object wanted =
        item.members().get(key) instanceof Patch.Text(Interpolation name, Optional<Place> _)
            ? text.apply(name)
            : "";
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> element && wanted.equals(element.get(key))) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<ObjectType> member(Optional<ObjectType> type, String name) {
    return type.flatMap(
        known ->
            known instanceof ObjectType.Names(ObjectType value)
                ? Optional.of(value)
                : known
                    .fieldTypes()
                    .map((SortedMap<String, ObjectType> fields) -> fields.get(name)));
  }

  /// The patched fields: a list is one field, unless its elements are told apart.
  private void collect(Patch.Fields fields, String path, Set<String> paths) {
    fields
        .members()
        .forEach(
            (name, content) -> {
              String at = path.isEmpty() ? name : path + "." + name;
              switch (content) {
                case Patch.Fields inner -> collect(inner, at, paths);
                case Patch.Elements(List<Patch.Content> items, Optional<Place> _)
                    when name.equals("containers") ->
                    items.forEach(item -> container(item, at, paths));
                case Patch.Elements _, Patch.Text _, Patch.Whole _, Patch.Flag _, Patch.Span _ ->
                    paths.add(at);
              }
            });
  }

  private void container(Patch.Content item, String path, Set<String> paths) {
    if (item instanceof Patch.Fields fields) {
      SortedMap<String, Patch.Content> rest = new TreeMap<>(fields.members());
      Object name =
          rest.remove("name") instanceof Patch.Text(Interpolation written, Optional<Place> _)
              ? text.apply(written)
              : "";
      collect(new Patch.Fields(rest, fields.place()), path + "[" + name + "]", paths);
    }
  }
}
