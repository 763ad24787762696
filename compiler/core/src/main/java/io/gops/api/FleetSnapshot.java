package io.gops.api;

import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.LogLine;
import io.gops.json.Json;
import io.gops.model.Model;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one compile found.
///
/// @param environments by name; empty when the source, a proof or a plan has an error
/// @param diagnostics errors, warnings and notes, sorted by place
public record FleetSnapshot(
    SortedMap<String, Compiled> environments, List<Diagnostic> diagnostics) {
  public FleetSnapshot {
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
    diagnostics = List.copyOf(diagnostics);
  }

  /// Whether there is something to work with.
  public boolean isValid() {
    return !environments.isEmpty();
  }

  /// The environment of that name.
  ///
  /// @throws NoSuchElementException when there is none
  public Compiled environment(String name) {
    Compiled found = environments.get(name);
    if (found == null) {
      throw new NoSuchElementException("no environment " + name);
    }
    return found;
  }

  /// The diagnostics as sentences, each with its place.
  public List<String> messages() {
    return diagnostics.stream().map(LogLine::of).toList();
  }

  /// The models as `gopsc model` prints them.
  public Json json() {
    return Model.of(environments.values());
  }
}
