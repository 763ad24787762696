package io.gops.syntax;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.source.SourceFile;
import java.util.List;
import java.util.stream.Collectors;

/// A text parsed for a test, with what the parser said about it.
record Parsed(SyntaxTree tree, List<Diagnostic> errors) {
  static Parsed of(String text) {
    return of("test.gops", text);
  }

  static Parsed of(String path, String text) {
    Diagnostics diagnostics = new Diagnostics();
    SyntaxTree tree = Parser.parse(new SourceFile(path, text), diagnostics);
    return new Parsed(tree, diagnostics.sorted());
  }

  /// One line an error: place, code, sentence.
  String report() {
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    return errors.stream()
        .map(
            error ->
                error.place().orElseThrow().line()
                    + ":"
                    + error.place().orElseThrow().column()
                    + " "
                    + error.code()
                    + " "
                    + catalogue.text(error.message()))
        .collect(Collectors.joining("\n"));
  }
}
