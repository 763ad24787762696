package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.diagnostic.Diagnostics;
import io.gops.state.State;
import java.util.SortedMap;

/// Judges the sources of a fleet by every rule of style.
public final class Linter {
  private Linter() {}

  /// @param states what runs, by environment
  public static void lint(Survey survey, SortedMap<String, State> states, Diagnostics diagnostics) {
    Subject subject = new Subject(survey, states);
    Rule.ALL.forEach(rule -> rule.judge(subject, diagnostics::report));
  }

  /// How many rules there are.
  public static int rules() {
    return Rule.ALL.size();
  }
}
