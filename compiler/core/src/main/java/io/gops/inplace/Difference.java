package io.gops.inplace;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One place in which two documents differ.
///
/// @param path JSON Pointer (RFC 6901)
/// @param from absent when the place is new
/// @param to absent when the place is gone
public record Difference(String path, Optional<Json> from, Optional<Json> to) {
  private static final Pattern IMAGE = Pattern.compile("/spec/containers/([0-9]+)/image");

  /// All differences, in the order of member names and items. Items of arrays are compared by
  /// position, as OpenKruise does: a reordered container differs in all that it says.
  public static List<Difference> between(Json from, Json to) {
    List<Difference> differences = new ArrayList<>();
    compare(Optional.of(from), Optional.of(to), "", differences);
    return differences;
  }

  /// Whether it is in the labels, annotations or other metadata.
  public boolean isMetadata() {
    return path.startsWith("/metadata/");
  }

  /// Whether it is another image of a container that was there before.
  public boolean isImage() {
    return from.isPresent() && to.isPresent() && IMAGE.matcher(path).matches();
  }

  /// Position of the container whose image it is.
  int containerIndex() {
    Matcher matcher = IMAGE.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalStateException("no image: " + path);
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static void compare(
      Optional<Json> from, Optional<Json> to, String path, List<Difference> differences) {
    if (from.equals(to)) {
      return;
    }
    if (from.orElse(null) instanceof Json.Obj a && to.orElse(null) instanceof Json.Obj b) {
      SortedSet<String> names = new TreeSet<>(a.members().keySet());
      names.addAll(b.members().keySet());
      for (String name : names) {
        compare(
            Optional.ofNullable(a.members().get(name)),
            Optional.ofNullable(b.members().get(name)),
            path + "/" + name.replace("~", "~0").replace("/", "~1"),
            differences);
      }
    } else if (from.orElse(null) instanceof Json.Arr(List<Json> a)
        && to.orElse(null) instanceof Json.Arr(List<Json> b)) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        compare(item(a, i), item(b, i), path + "/" + i, differences);
      }
    } else {
      differences.add(new Difference(path, from, to));
    }
  }

  private static Optional<Json> item(List<Json> items, int index) {
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
  }
}
