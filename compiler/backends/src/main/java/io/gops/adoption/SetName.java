package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the name of a set says: `clx-10001-gate-a` is side A of the gates of zone 10001 of clx.
///
/// Sets that gopsc wrote say it in labels. Of others the name is read, and a label of the pods
/// whose
/// key ends in `side`, `slot` or `color`.
///
/// @param game what is left of the name
/// @param number of the zone, if the name has one
/// @param role behind the number; empty when there is none
/// @param side `a` or `b`; empty for a set that is no half of anything
/// @param zones the declaration that gopsc made it from; empty for others
record SetName(String game, Optional<Integer> number, String role, String side, String zones) {
  private static final Pattern PARTS =
      Pattern.compile(
          "(.*?[A-Za-z0-9])(?:-([1-9][0-9]{0,8})(?:-([a-z](?:[a-z0-9-]*[a-z0-9])?))?)?");

  private static final Pattern GLUED = Pattern.compile("(.*[A-Za-z])([1-9][0-9]{0,8})");

  private static final List<String> WORDS_OF_A = List.of("a", "blue");
  private static final List<String> WORDS_OF_B = List.of("b", "green");

  /// What a set is called, before anybody looked for its other half.
  static SetName of(String name, Json template) {
    Optional<String> game = label(template, "gops.dev/game");
    Optional<String> zone = label(template, "gops.dev/zone").filter(n -> n.matches("[0-9]{1,9}"));
    if (game.isPresent()
        && zone.isPresent()
        && (name + "-").startsWith(game.get() + "-" + zone.get() + "-")) {
      return generated(name, game.get(), zone.get(), template);
    }
    String side = sideOfLabel(template).or(() -> sideOfName(name)).orElse("");
    String rest = withoutSide(name, side);
    Matcher glued = GLUED.matcher(rest);
    if (!side.isEmpty() && glued.matches() && !rest.matches(".*-[0-9]+")) {
      return new SetName(glued.group(1), number(glued.group(2)), "", side, "");
    }
    Matcher parts = PARTS.matcher(rest);
    return parts.matches()
        ? new SetName(
            parts.group(1),
            number(parts.group(2)),
            parts.group(3) == null ? "" : parts.group(3),
            side,
            "")
        : new SetName(rest, Optional.empty(), "", side, "");
  }

  private static SetName generated(String name, String game, String zone, Json template) {
    String rest = name.substring(Math.min(name.length(), game.length() + zone.length() + 2));
    String side = label(template, "gops.dev/side").orElse("");
    String role = rest.equals(side) ? "" : withoutSide(rest, side);
    return new SetName(
        game, number(zone), role, side, label(template, "gops.dev/zones").orElse(""));
  }

  private static Optional<Integer> number(@Nullable String digits) {
    return digits == null ? Optional.empty() : Optional.of(Integer.parseInt(digits));
  }

  private static Optional<String> label(Json template, String key) {
    return Manifest.text(template, "metadata", "labels", key);
  }

  private static Optional<String> sideOfLabel(Json template) {
    return Manifest.members(template, "metadata", "labels").entrySet().stream()
        .filter(label -> label.getKey().matches("(.*[/.-])?(side|slot|color)"))
        .flatMap(
            label ->
                label.getValue() instanceof Json.Text(String value)
                    ? side(value.toLowerCase(Locale.ROOT)).stream()
                    : Stream.empty())
        .findFirst();
  }

  private static Optional<String> sideOfName(String name) {
    return side(name.substring(name.lastIndexOf('-') + 1)).filter(_ -> name.contains("-"));
  }

  private static Optional<String> side(String word) {
    return WORDS_OF_A.contains(word)
        ? Optional.of("a")
        : WORDS_OF_B.contains(word) ? Optional.of("b") : Optional.empty();
  }

  private static String withoutSide(String name, String side) {
    int last = name.lastIndexOf('-');
    return last > 0
            && !side.isEmpty()
            && side(name.substring(last + 1)).filter(side::equals).isPresent()
        ? name.substring(0, last)
        : name;
  }

  /// The set as one that is no half of anything: its other half is not there.
  SetName alone(String name) {
    return new SetName(name, Optional.empty(), "", "", "");
  }
}
