package io.gops.syntax;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.source.SourceFile;
import java.util.List;
import java.util.stream.Collectors;

/// A text parsed for a test, with what the parser said about it.
public record Parsed(SyntaxTree tree, List<Diagnostic> errors) {
  public static Parsed of(String text) {
    return of("test.gops", text);
  }

  public static Parsed of(String path, String text) {
    Diagnostics diagnostics = new Diagnostics();
    SyntaxTree tree = Parser.parse(new SourceFile(path, text), diagnostics);
    return new Parsed(tree, diagnostics.sorted());
  }

  /// One line an error: place, code, sentence.
  public String report() {
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

  /// What the text says, without spans: equal for two layouts of one text.
  public String meaning() {
    return withoutSpans(tree.imports()) + withoutSpans(tree.consts()) + withoutSpans(tree.items());
  }

  /// The value of the first assignment, without spans.
  String value() {
    assertNoErrors();
    Item.Assignment first = (Item.Assignment) tree.items().getFirst();
    return withoutSpans(first.value());
  }

  /// The path of the first assignment's value, a reference.
  Path path() {
    return ((Expression.Reference) ((Item.Assignment) tree.items().getFirst()).value()).path();
  }

  /// The segments of [#path], without spans.
  String segments() {
    return withoutSpans(path().segments());
  }

  /// The first item, without spans.
  String item() {
    assertNoErrors();
    return withoutSpans(tree.items().getFirst());
  }

  private void assertNoErrors() {
    if (!errors.isEmpty()) {
      throw new AssertionError(report());
    }
  }

  private static String withoutSpans(Object node) {
    return node.toString()
        .replaceAll("span=Span\\[offset=\\d+, length=\\d+\\](, )?", "")
        .replaceAll("Optional\\.empty|Optional\\[\\]", "-");
  }
}
