package io.gops.diff;

import io.gops.fleet.Policy;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares two values of the models member by member. It knows no kind of thing: a member that is
/// added to a record tomorrow is compared tomorrow. Where values were written is not compared, so
/// that moving text changes nothing.
final class ModelComparison {
  private final List<ValueChange> found = new ArrayList<>();

  private ModelComparison() {}

  /// What differs between two records of one kind.
  static List<ValueChange> between(Record from, Record to) {
    return between(from, to, Set.of());
  }

  /// The same without some members of the records themselves.
  static List<ValueChange> between(Record from, Record to, Set<String> without) {
    ModelComparison comparison = new ModelComparison();
    comparison.members("", from, to, Site.NOWHERE, without);
    return List.copyOf(comparison.found);
  }

  /// Where an attribute is written: in which declarations, and under which name.
  private record Site(Origins before, Origins after, String attribute) {
    static final Site NOWHERE = new Site(Origins.NONE, Origins.NONE, "");

    Site at(String member) {
      return new Site(before, after, attribute.isEmpty() ? member : attribute + "." + member);
    }

    List<Place> placesAfter() {
      return places(after);
    }

    List<Place> placesBefore() {
      return places(before);
    }

    /// The attribute with this path, or the one that it belongs to.
    private List<Place> places(Origins origins) {
      String path = attribute;
      while (!path.isEmpty()) {
        if (origins.attributes().containsKey(path)) {
          return origins.of(path).chain();
        }
        int dot = path.lastIndexOf('.');
        path = dot < 0 ? "" : path.substring(0, dot);
      }
      return origins.name().chain();
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same object needs no look inside
  private void compare(String path, @Nullable Object before, @Nullable Object after, Site site) {
    Object from = inner(before);
    Object to = inner(after);
    if (from == to) {
      return;
    }
    if (from instanceof Map<?, ?> one && to instanceof Map<?, ?> two) {
      maps(path, one, two, site);
    } else if (from instanceof Collection<?> one && to instanceof Collection<?> two) {
      collections(path, one, two, site);
    } else if (from instanceof Record one
        && to instanceof Record two
        && one.getClass() == two.getClass()
        && !PrintedValue.isWhole(one)) {
      members(path, one, two, site, Set.of());
    } else {
      value(path, from, to, site);
    }
  }

  private void members(String path, Record from, Record to, Site site, Set<String> without) {
    Optional<Origins> before = origins(from);
    Optional<Origins> after = origins(to);
    Site inside =
        before.isPresent() || after.isPresent()
            ? new Site(before.orElse(Origins.NONE), after.orElse(Origins.NONE), "")
            : site;
    Map<String, @Nullable Object> ofOther = PrintedValue.members(to);
    Map<String, @Nullable Object> own = PrintedValue.members(from);
    Set<String> names = new LinkedHashSet<>(own.keySet());
    names.addAll(ofOther.keySet());
    for (String name : names) {
      if (!without.contains(name)) {
        compare(join(path, name), own.get(name), ofOther.get(name), inside.at(name));
      }
    }
  }

  private void maps(String path, Map<?, ?> from, Map<?, ?> to, Site site) {
    Map<String, Object> before = texts(from);
    Map<String, Object> after = texts(to);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      compare(join(path, key), before.get(key), after.get(key), site.at(key));
    }
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new TreeMap<>();
    map.forEach((key, value) -> texts.put(PrintedValue.of(key), value));
    return texts;
  }

  /// Things with names are compared by name, rules by what they say, anything else as a whole.
  private void collections(String path, Collection<?> from, Collection<?> to, Site site) {
    Optional<Map<String, Object>> before = byName(from);
    Optional<Map<String, Object>> after = byName(to);
    if (before.isPresent() && after.isPresent()) {
      maps(path, before.get(), after.get(), site);
      String order = String.join(", ", before.get().keySet());
      String other = String.join(", ", after.get().keySet());
      boolean isSameSet = before.get().keySet().equals(after.get().keySet());
      if (isSameSet && !order.equals(other)) {
        leaf(join(path, "order"), Optional.of(order), Optional.of(other), site, List.of());
      }
    } else if (isOfRules(from) && isOfRules(to)) {
      rules(path, from, to, site);
    } else {
      value(path, from, to, site);
    }
  }

  private static Optional<Map<String, Object>> byName(Collection<?> items) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (Object item : items) {
      Object name = item instanceof Record record ? PrintedValue.members(record).get("name") : null;
      if (!(name instanceof String text) || named.put(text, item) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  private static boolean isOfRules(Collection<?> items) {
    return items.stream().allMatch(Policy.Rule.class::isInstance);
  }

  private void rules(String path, Collection<?> from, Collection<?> to, Site site) {
    List<String> before = from.stream().map(PrintedValue::of).toList();
    List<String> after = to.stream().map(PrintedValue::of).toList();
    List<String> gone = without(before, after);
    List<String> fresh = without(after, before);
    if (gone.isEmpty() && fresh.isEmpty() && !before.equals(after)) {
      leaf(path, Optional.of(before.toString()), Optional.of(after.toString()), site, List.of());
    }
    for (Object item : from) {
      if (gone.remove(PrintedValue.of(item))) {
        leaf(path, Optional.of(PrintedValue.of(item)), Optional.empty(), site, places(item));
      }
    }
    for (Object item : to) {
      if (fresh.remove(PrintedValue.of(item))) {
        leaf(path, Optional.empty(), Optional.of(PrintedValue.of(item)), site, places(item));
      }
    }
  }

  private static List<Place> places(Object item) {
    return item instanceof Policy.Rule rule ? List.of(rule.place()) : List.of();
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }

  private void value(String path, @Nullable Object from, @Nullable Object to, Site site) {
    String before = PrintedValue.of(from);
    String after = PrintedValue.of(to);
    boolean isEqual = (from == null) == (to == null) && before.equals(after);
    if (!isEqual) {
      leaf(path, present(from, before), present(to, after), site, declared(from, to));
    }
  }

  private static Optional<String> present(@Nullable Object value, String text) {
    return value == null ? Optional.empty() : Optional.of(text);
  }

  /// Where a declaration that came or went stands.
  private static List<Place> declared(@Nullable Object from, @Nullable Object to) {
    Object only = to == null ? from : from == null ? to : null;
    return only instanceof Record record
        ? origins(record).map(found -> found.name().chain()).orElse(List.of())
        : List.of();
  }

  private void leaf(
      String path, Optional<String> from, Optional<String> to, Site site, List<Place> own) {
    List<Place> after = new ArrayList<>(to.isPresent() ? own : List.of());
    List<Place> before = new ArrayList<>(to.isPresent() ? List.of() : own);
    after.addAll(site.placesAfter());
    before.addAll(site.placesBefore());
    found.add(new ValueChange(path, from, to, after, before));
  }

  private static Optional<Origins> origins(Record record) {
    for (var component : record.getClass().getRecordComponents()) {
      if (component.getType() == Origins.class
          && PrintedValue.value(record, component) instanceof Origins origins) {
        return Optional.of(origins);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object inner(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
