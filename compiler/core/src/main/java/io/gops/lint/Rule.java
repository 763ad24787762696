package io.gops.lint;

import io.gops.diagnostic.Diagnostic;
import java.util.List;
import java.util.function.Consumer;

/// One rule of style. Its code, with the same number in the name of its page, is in what it says.
sealed interface Rule
    permits UnusedConstants,
        UnusedTemplates,
        UnusedImports,
        SharedNames,
        UnreferencedDeclarations,
        RepeatedTemplates,
        IdleOverrides,
        RepeatedNumbers,
        SpelledOutConstants,
        UntestedPolicies,
        UndocumentedTemplates,
        UnreadFiles {
  /// Every rule, in the order of their codes.
  List<Rule> ALL =
      List.of(
          new UnusedConstants(),
          new UnusedTemplates(),
          new UnusedImports(),
          new SharedNames(),
          new UnreferencedDeclarations(),
          new RepeatedTemplates(),
          new IdleOverrides(),
          new RepeatedNumbers(),
          new SpelledOutConstants(),
          new UntestedPolicies(),
          new UndocumentedTemplates(),
          new UnreadFiles());

  /// Hands over what breaks the rule.
  void judge(Subject subject, Consumer<Diagnostic.Builder> report);
}
