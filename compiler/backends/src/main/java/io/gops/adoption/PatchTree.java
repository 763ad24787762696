package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a `patch kubernetes` block is to say: values of an object that no attribute carries.
///
/// Every value stands on a line of its own, so that what the compiler refuses can be taken out line
/// by line.
sealed interface PatchTree {
  /// An object.
  record Branch(SortedMap<String, PatchTree> members) implements PatchTree {}

  /// A list whose elements are told apart by a field.
  record Keyed(String field, SortedMap<String, PatchTree> elements) implements PatchTree {}

  /// A value.
  record Leaf(Wording value) implements PatchTree {}

  static Branch empty() {
    return new Branch(new TreeMap<>());
  }

  /// Puts a value at a path.
  ///
  /// @param value the whole list where the path leads through a position of one
  static void put(
      Branch root, List<Comparison.Step> path, Json value, Optional<Integer> number, String side) {
    Branch at = root;
    for (int i = 0; i < path.size(); i++) {
      if (!(path.get(i) instanceof Comparison.Step.Field(String name))) {
        return;
      }
      boolean isLast = i + 1 == path.size();
      Optional<Comparison.Step.Element> element =
          !isLast && path.get(i + 1) instanceof Comparison.Step.Element found
              ? Optional.of(found)
              : Optional.empty();
      if (element.isPresent()) {
        PatchTree list =
            at.members()
                .computeIfAbsent(name, _ -> new Keyed(element.get().field(), new TreeMap<>()));
        if (!(list instanceof Keyed keyed)
            || !(keyed.elements().computeIfAbsent(element.get().value(), _ -> empty())
                instanceof Branch inner)) {
          return;
        }
        at = inner;
        i++;
      } else if (isLast) {
        Wording words = new Wording(number, side);
        if (write(value, words)) {
          at.members().putIfAbsent(name, new Leaf(words));
        }
      } else if (at.members().computeIfAbsent(name, _ -> empty()) instanceof Branch inner) {
        at = inner;
      } else {
        return;
      }
    }
  }

  /// Writes a value on one line.
  ///
  /// @return whether the language has such values
  private static boolean write(Json value, Wording to) {
    return switch (value) {
      case Json.Text(String text) -> {
        to.text(text);
        yield true;
      }
      case Json.Num(String digits) -> {
        to.say(digits);
        yield digits.matches("[0-9]{1,18}");
      }
      case Json.Bool(boolean set) -> {
        to.say(Boolean.toString(set));
        yield true;
      }
      case Json.Null _ -> false;
      case Json.Arr(List<Json> items) -> {
        to.say("[");
        boolean isFirst = true;
        for (Json item : items) {
          to.say(isFirst ? "" : ", ");
          isFirst = false;
          if (!write(item, to)) {
            yield false;
          }
        }
        to.say("]");
        yield true;
      }
      case Json.Obj object -> {
        to.say("{ ");
        boolean isFirst = true;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
          to.say(isFirst ? "" : ", ").say(Spelled.label(member.getKey())).say(" = ");
          isFirst = false;
          if (!write(member.getValue(), to)) {
            yield false;
          }
        }
        to.say(" }");
        yield true;
      }
    };
  }

  /// What two sets have in common; absent when nothing.
  static Optional<PatchTree> common(PatchTree one, PatchTree other) {
    return switch (one) {
      case Leaf(Wording value) ->
          other instanceof Leaf(Wording second)
              ? value.with(second).map(Leaf::new)
              : Optional.empty();
      case Branch(SortedMap<String, PatchTree> members) ->
          other instanceof Branch(SortedMap<String, PatchTree> second)
              ? common(members, second).map(Branch::new)
              : Optional.empty();
      case Keyed(String field, SortedMap<String, PatchTree> elements) ->
          other instanceof Keyed(String key, SortedMap<String, PatchTree> second)
                  && key.equals(field)
              ? common(elements, second).map(both -> new Keyed(field, both))
              : Optional.empty();
    };
  }

  private static Optional<SortedMap<String, PatchTree>> common(
      SortedMap<String, PatchTree> one, SortedMap<String, PatchTree> other) {
    SortedMap<String, PatchTree> both = new TreeMap<>();
    one.forEach(
        (name, part) -> {
          PatchTree second = other.get(name);
          if (second != null) {
            common(part, second).ifPresent(found -> both.put(name, found));
          }
        });
    return both.isEmpty() ? Optional.empty() : Optional.of(both);
  }

  /// The lines of the block of an object.
  static void write(Branch tree, String object, String indent, Wording to) {
    if (tree.members().isEmpty()) {
      return;
    }
    to.say(indent + "patch kubernetes " + object + " {\n");
    lines(tree, "", indent + "  ", to);
    to.say(indent + "}\n");
  }

  private static void lines(Branch tree, String path, String indent, Wording to) {
    tree.members()
        .forEach(
            (name, part) -> {
              String at = path + Spelled.label(name);
              switch (part) {
                case Leaf(Wording value) -> to.say(indent + at + " = ").add(value).say("\n");
                case Branch inner -> lines(inner, at + ".", indent, to);
                case Keyed(String field, SortedMap<String, PatchTree> elements) -> {
                  to.say(indent + at + " = [\n");
                  elements.forEach((key, element) -> element(field, key, element, indent, to));
                  to.say(indent + "]\n");
                }
              }
            });
  }

  private static void element(
      String field, String key, PatchTree element, String indent, Wording to) {
    to.say(indent + "  {\n");
    to.say(indent + "    " + field + " = ").text(key).say("\n");
    if (element instanceof Branch inner) {
      object(inner, indent + "    ", to);
    }
    to.say(indent + "  },\n");
  }

  /// Members of an object in a list have no dotted names.
  private static void object(Branch tree, String indent, Wording to) {
    tree.members()
        .forEach(
            (name, part) -> {
              to.say(indent + Spelled.label(name) + " = ");
              switch (part) {
                case Leaf(Wording value) -> to.add(value).say("\n");
                case Branch inner -> {
                  to.say("{\n");
                  object(inner, indent + "  ", to);
                  to.say(indent + "}\n");
                }
                case Keyed(String field, SortedMap<String, PatchTree> elements) -> {
                  to.say("[\n");
                  elements.forEach((key, e) -> element(field, key, e, indent, to));
                  to.say(indent + "]\n");
                }
              }
            });
  }
}
