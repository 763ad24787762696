package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.source.Place;
import io.gops.state.State;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What the rules judge: the sources of a fleet, and what runs of it.
///
/// @param states by environment
record Subject(Survey survey, SortedMap<String, State> states) {
  /// The files that the team wrote; nobody here can mend the library.
  List<Survey.File> files() {
    return survey.files().values().stream().filter(file -> !file.isStandard()).toList();
  }

  /// Whether it is one file that offers templates and constants to fleets that are not here.
  boolean isLibrary() {
    return files().stream().allMatch(Survey.File::isLibrary);
  }

  /// The constants and templates that something names.
  Set<Place> used() {
    return survey.uses().stream().map(Survey.Use::meant).collect(Collectors.toSet());
  }
}
