package io.gops.bind;

import io.gops.fleet.Interpolation;
import io.gops.fleet.Patch;
import io.gops.fleet.Percent;
import io.gops.fleet.Units;
import io.gops.schema.Measure;
import io.gops.source.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes patches: a block of any fields as the tree of an object, amounts as Kubernetes spells
/// them.
final class Patches {
  private Patches() {}

  static Patch patch(Block block) {
    return new Patch(block.label(), fields(block), block.origins());
  }

  private static Patch.Fields fields(Block block) {
    SortedMap<String, Patch.Content> members = new TreeMap<>();
    block
        .fields()
        .forEach(
            (name, field) ->
                content(field.value(), field.origin().place())
                    .ifPresent(content -> members.put(name, content)));
    block.children().forEach(child -> members.put(child.word(), fields(child)));
    return new Patch.Fields(members, block.place());
  }

  private static Optional<Patch.Content> content(Value.Placed placed) {
    return content(placed.value(), Optional.of(placed.place()));
  }

  /// The content of a field; absent for a value that was reported.
  private static Optional<Patch.Content> content(Value value, Optional<Place> place) {
    return switch (value) {
      case Value.Text(List<Value.Part> parts) ->
          Optional.of(new Patch.Text(Roles.interpolation(parts), place));
      case Value.Whole(long number) -> Optional.of(new Patch.Whole(number, place));
      case Value.Flag(boolean set) -> Optional.of(new Patch.Flag(set, place));
      case Value.Amount(Measure measure, long base) -> Optional.of(amount(measure, base, place));
      case Value.Items(List<Value.Placed> elements) ->
          Optional.of(
              new Patch.Elements(
                  elements.stream().flatMap(element -> content(element).stream()).toList(), place));
      case Value.Members(SortedMap<String, Value.Placed> written) -> {
        SortedMap<String, Patch.Content> members = new TreeMap<>();
        written.forEach(
            (name, field) -> content(field).ifPresent(content -> members.put(name, content)));
        yield Optional.of(new Patch.Fields(members, place));
      }
      case Value _ -> Optional.empty();
    };
  }

  private static Patch.Content amount(Measure measure, long base, Optional<Place> place) {
    return switch (measure) {
      case DURATION -> new Patch.Span(Duration.ofMillis(base), place);
      case CPU -> text(base % 1000 == 0 ? Long.toString(base / 1000) : base + "m", place);
      case MEMORY -> text(Units.memory(base).replaceFirst("B$", ""), place);
      case SHARE -> text(new Percent(base).toString().replace(" ", ""), place);
      case BANDWIDTH, PACKETS, RATE ->
          throw new IllegalStateException("Kubernetes has no " + measure);
    };
  }

  private static Patch.Content text(String text, Optional<Place> place) {
    return new Patch.Text(Interpolation.of(text), place);
  }
}
