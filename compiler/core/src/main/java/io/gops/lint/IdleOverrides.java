package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Said;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import io.gops.syntax.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// GOPS7007: an override, of members of a range or by an environment, that sets what is so already.
final class IdleOverrides implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    for (Survey.Environment environment : subject.survey().environments()) {
      environment.place().ifPresent(place -> settings(subject, environment, place, report));
      environment.declarations().forEach(declared -> members(declared, report));
    }
  }

  private record Idle(Declared declared, Said said) {
    Place place() {
      return said.places().getFirst();
    }
  }

  /// What the environment sets in its declarations. A block in which nothing else stands goes
  /// whole, and is said once.
  private static void settings(
      Subject subject,
      Survey.Environment environment,
      Place place,
      Consumer<Diagnostic.Builder> report) {
    List<Idle> idle =
        environment.declarations().stream()
            .flatMap(
                declared -> declared.attributes().values().stream().map(s -> new Idle(declared, s)))
            .filter(each -> each.said().places().getLast().equals(place))
            .filter(each -> isIdle(each.said(), each.said().before()))
            .toList();
    Set<Place> whole = new HashSet<>();
    for (Idle each : idle) {
      Optional<Place> block = onlyIdle(subject, each, idle);
      if (block.isEmpty() || whole.add(block.get())) {
        idle(
            each.declared().title(),
            each.said(),
            each.said().before(),
            each.place(),
            block.orElse(each.place()),
            report);
      }
    }
  }

  /// The block around a setting, if every statement in it is idle.
  private static Optional<Place> onlyIdle(Subject subject, Idle setting, List<Idle> idle) {
    Set<Place> places = idle.stream().map(Idle::place).collect(Collectors.toSet());
    return subject.files().stream()
        .map(Survey.File::tree)
        .flatMap(
            tree ->
                tree.declarations().stream()
                    .flatMap(fleet -> blocks(fleet, "environment"))
                    .flatMap(environment -> blocks(environment, "override"))
                    .filter(
                        block ->
                            block.items().stream()
                                    .map(tree::place)
                                    .toList()
                                    .contains(setting.place())
                                && block.items().stream()
                                    .map(tree::place)
                                    .allMatch(places::contains))
                    .map(tree::place))
        .findFirst();
  }

  private static Stream<Item.Declaration> blocks(Item.Declaration outer, String word) {
    return outer.items().stream()
        .flatMap(
            item ->
                item instanceof Item.Declaration inner && inner.kind().text().equals(word)
                    ? Stream.of(inner)
                    : Stream.empty());
  }

  /// Overrides of members; a later one may restore what an earlier one of the same range changed.
  private static void members(Declared range, Consumer<Diagnostic.Builder> report) {
    Set<String> changed = new HashSet<>();
    for (Declared member : range.members()) {
      List<Said> idle =
          member.attributes().values().stream()
              .filter(said -> changed.add(said.attribute()))
              .filter(said -> isIdle(said, all(range, said)))
              .toList();
      boolean isAll = member.children().isEmpty() && idle.size() == member.attributes().size();
      for (Said said : isAll ? idle.subList(0, Math.min(1, idle.size())) : idle) {
        Place place = isAll ? member.place() : said.places().getFirst();
        idle(range.title(), said, all(range, said), place, place, report);
      }
    }
    range.children().forEach(child -> members(child, report));
  }

  /// What the range says for all its members.
  private static Optional<Said> all(Declared range, Said said) {
    return Optional.ofNullable(range.attributes().get(said.attribute()));
  }

  private static boolean isIdle(Said said, Optional<Said> before) {
    return before.map(Said::value).or(said::standard).equals(Optional.of(said.value()));
  }

  private static void idle(
      String title,
      Said said,
      Optional<Said> before,
      Place place,
      Place superfluous,
      Consumer<Diagnostic.Builder> report) {
    report.accept(
        Diagnostic.of(Code.GOPS7007, title, said.attribute(), said.value())
            .at(place)
            .related(before.map(b -> b.places().getFirst()), "related")
            .fix(Removal.of(superfluous), "", "fix"));
  }
}
