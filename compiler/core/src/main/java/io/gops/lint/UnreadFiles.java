package io.gops.lint;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import java.util.function.Consumer;

/// GOPS7012: a file of the folder that no environment includes and no file imports. What it says
/// has no effect, and nothing else would tell.
final class UnreadFiles implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    for (String path : subject.survey().unread()) {
      report.accept(
          Diagnostic.of(Code.GOPS7012, path).at(subject.survey().settings()).hint("hint"));
    }
  }
}
