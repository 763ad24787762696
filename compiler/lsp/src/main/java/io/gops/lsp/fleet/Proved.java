package io.gops.lsp.fleet;

import io.gops.diagnostic.Diagnostic;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a whole check of a snapshot found.
///
/// @param diagnostics all, those of binding included
/// @param standing by environment; empty when a proof failed
public record Proved(
    Snapshot of, List<Diagnostic> diagnostics, SortedMap<String, Standing> standing) {
  public Proved {
    diagnostics = List.copyOf(diagnostics);
    standing = Collections.unmodifiableSortedMap(new TreeMap<>(standing));
  }
}
