package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Said;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.Optional;
import java.util.function.Consumer;

/// GOPS7006: an attribute with the value that the template gives anyway. It would stay behind when
/// the template changes.
final class RepeatedTemplates implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    for (Survey.Environment environment : subject.survey().environments()) {
      environment.declarations().forEach(declared -> judge(declared, environment.place(), report));
    }
  }

  private static void judge(
      Declared declared, Optional<Place> environment, Consumer<Diagnostic.Builder> report) {
    for (Said said : declared.attributes().values()) {
      // What an environment sets again is IdleOverrides' business.
      boolean isSetting = environment.filter(said.places().getLast()::equals).isPresent();
      Optional<Said> below = isSetting ? said.before().flatMap(Said::before) : said.before();
      Said upper = isSetting ? said.before().orElse(said) : said;
      below
          .filter(template -> template.value().equals(upper.value()))
          .ifPresent(template -> repeated(upper, template, report));
    }
    declared.children().forEach(child -> judge(child, environment, report));
  }

  private static void repeated(Said said, Said template, Consumer<Diagnostic.Builder> report) {
    Place place = said.places().getFirst();
    report.accept(
        Diagnostic.of(Code.GOPS7006, said.attribute() + " = " + said.value())
            .at(place)
            .related(template.places().getFirst(), "related")
            .fix(Removal.of(place), "", "fix", said.attribute()));
  }
}
