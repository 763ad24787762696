package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Said;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// GOPS7007: an override, of members of a range or by an environment, that sets what is so already.
final class IdleOverrides implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    for (Survey.Environment environment : subject.survey().environments()) {
      for (Declared declared : environment.declarations()) {
        environment.place().ifPresent(place -> settings(declared, place, report));
        members(declared, report);
      }
    }
  }

  /// What the environment sets in a declaration.
  private static void settings(
      Declared declared, Place environment, Consumer<Diagnostic.Builder> report) {
    for (Said said : declared.attributes().values()) {
      boolean isSetting = said.places().getLast().equals(environment);
      if (isSetting && isIdle(said, said.before())) {
        idle(declared.title(), said, said.before(), said.places().getFirst(), report);
      }
    }
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
        idle(range.title(), said, all(range, said), place, report);
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
      Consumer<Diagnostic.Builder> report) {
    report.accept(
        Diagnostic.of(Code.GOPS7007, title, said.attribute(), said.value())
            .at(place)
            .related(before.map(b -> b.places().getFirst()), "related")
            .fix(Removal.of(place), "", "fix"));
  }
}
