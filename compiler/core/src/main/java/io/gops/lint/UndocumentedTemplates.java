package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// GOPS7011: a template without documentation in a file that is there for other files.
final class UndocumentedTemplates implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Set<String> imported =
        subject.survey().files().values().stream()
            .flatMap(file -> file.imports().stream())
            .map(Survey.Imported::path)
            .collect(Collectors.toSet());
    for (Survey.File file : subject.files()) {
      boolean isShared =
          file.isLibrary() && (subject.isLibrary() || imported.contains(file.tree().file().path()));
      if (isShared) {
        for (var template : file.templates()) {
          Place head = file.tree().place(template.head());
          if (template.doc().isEmpty()) {
            Place name = file.tree().place(template.labels().getLast());
            report.accept(Diagnostic.of(Code.GOPS7011, name.text()).at(head).hint("hint"));
          }
        }
      }
    }
  }
}
