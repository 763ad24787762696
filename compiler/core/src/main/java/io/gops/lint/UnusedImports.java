package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// GOPS7003: an import of which nothing is used. An import also makes the declarations of the other
/// file part of the fleet; one that does so is used.
final class UnusedImports implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Set<Place> used =
        subject.survey().uses().stream()
            .map(Survey.Use::through)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    for (Survey.File file : subject.files()) {
      Set<String> brought = new HashSet<>();
      for (Survey.Imported imported : file.imports()) {
        Place place = file.tree().place(imported.written());
        boolean isFirst = brought.add(imported.path());
        boolean brings = isFirst && declares(imported.path(), subject.survey(), new HashSet<>());
        if (!used.contains(place) && !brings) {
          report.accept(
              Diagnostic.of(Code.GOPS7003, imported.path())
                  .at(place)
                  .fix(Removal.of(place), "", "fix"));
        }
      }
    }
  }

  /// Whether a file, or one that it imports, has more than constants and templates.
  private static boolean declares(String path, Survey survey, Set<String> seen) {
    Survey.File file = survey.files().get(path);
    return file != null
        && seen.add(path)
        && (!file.isLibrary()
            || file.imports().stream().anyMatch(i -> declares(i.path(), survey, seen)));
  }
}
