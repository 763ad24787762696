package io.gops.lsp.fleet;

import io.gops.bind.Draft;
import io.gops.bind.Survey;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Suppressions;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.lint.Linter;
import io.gops.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `gopsc lint` finds in a fleet as the editor shows it; a suppression counts here as there.
final class StyleCheck {
  private StyleCheck() {}

  static List<Diagnostic> of(FleetPlace place, Draft draft) {
    Optional<Survey> survey = draft.survey();
    if (survey.isEmpty()) {
      return List.of();
    }
    Diagnostics diagnostics = new Diagnostics();
    draft.reportTo(diagnostics);
    Linter.lint(survey.get(), states(place, survey.get()), diagnostics);
    Suppressions.reportUnused(diagnostics, Code::isStyle);
    List<Diagnostic> style = new ArrayList<>(diagnostics.sorted());
    style.removeAll(draft.diagnostics());
    return List.copyOf(style);
  }

  /// What is wrong with a state is for the proofs to say.
  private static SortedMap<String, State> states(FleetPlace place, Survey survey) {
    SortedMap<String, State> states = new TreeMap<>();
    if (place.isOnDisk()) {
      FleetFolder folder = FleetFolder.of(place.source());
      for (Survey.Environment environment : survey.environments()) {
        states.put(environment.name(), folder.readState(environment.name(), new Diagnostics()));
      }
    }
    return states;
  }
}
