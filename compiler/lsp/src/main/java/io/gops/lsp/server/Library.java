package io.gops.lsp.server;

import io.gops.diagnostic.Code;
import io.gops.lsp.text.Uris;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Texts that come with the compiler: the files of the standard library and the pages about
/// diagnostics. Editors show them read-only.
///
/// @param pages the page about a code in Markdown; empty when there is none
public record Library(Function<Code, String> pages) {
  private static final String PAGES = "diagnostics/";

  /// The text of a URI that begins with [Uris#LIBRARY].
  public Optional<String> text(String uri) {
    String prefix = Uris.LIBRARY + ":/";
    if (!uri.startsWith(prefix)) {
      return Optional.empty();
    }
    String path = uri.substring(prefix.length());
    return path.startsWith(PAGES) ? page(path.substring(PAGES.length())) : source(path);
  }

  private Optional<String> page(String name) {
    return Arrays.stream(Code.values())
        .filter(code -> name.equals(code.name() + ".md"))
        .map(pages)
        .filter(page -> !page.isEmpty())
        .findFirst();
  }

  private static Optional<String> source(String path) {
    if (!path.matches("std/[a-z-]+\\.gops")) {
      return Optional.empty();
    }
    try (InputStream in = Library.class.getResourceAsStream("/" + path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
