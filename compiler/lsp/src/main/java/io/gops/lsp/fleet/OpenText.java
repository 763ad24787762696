package io.gops.lsp.fleet;

import java.nio.file.Path;
import java.util.Optional;

/// A text that is open in the editor.
///
/// @param uri as the editor spells it
/// @param file where it is saved; absent for a text that never was
/// @param version as the editor counts
public record OpenText(String uri, Optional<Path> file, int version, String text) {}
