package io.gops.lsp.fleet;

import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostics;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A whole check, with all that output is made from.
///
/// @param compiled by environment; empty when something is wrong
public record Checked(Diagnostics diagnostics, SortedMap<String, Compiled> compiled) {
  public Checked {
    compiled = Collections.unmodifiableSortedMap(new TreeMap<>(compiled));
  }
}
