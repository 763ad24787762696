package io.gops.lint;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.Set;
import java.util.function.Consumer;

/// GOPS7002: a template that nothing is made from.
final class UnusedTemplates implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    if (subject.isLibrary()) {
      return;
    }
    Set<Place> used = subject.used();
    for (var file : subject.files()) {
      for (var template : file.templates()) {
        Place head = file.tree().place(template.head());
        if (!used.contains(head)) {
          Place all = Removal.of(file.tree().place(template), template.doc());
          report.accept(
              Diagnostic.of(Code.GOPS7002, file.tree().place(template.labels().getLast()).text())
                  .at(head)
                  .fix(all, "", "fix"));
        }
      }
    }
  }
}
