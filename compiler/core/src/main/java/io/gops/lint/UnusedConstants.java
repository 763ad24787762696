package io.gops.lint;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import java.util.Set;
import java.util.function.Consumer;

/// GOPS7001: a constant that no file names.
final class UnusedConstants implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    if (subject.isLibrary()) {
      return;
    }
    Set<Place> used = subject.used();
    for (var file : subject.files()) {
      for (var constant : file.tree().consts()) {
        Place name = file.tree().place(constant.name());
        if (!used.contains(name)) {
          Place all = Removal.of(file.tree().place(constant), constant.doc());
          report.accept(Diagnostic.of(Code.GOPS7001, constant.name()).at(name).fix(all, "", "fix"));
        }
      }
    }
  }
}
