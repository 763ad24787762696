package io.gops.quality;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.syntax.Parser;
import io.gops.syntax.SourceText;
import io.gops.syntax.Tokens;

/// For a fuzzer: any bytes give a tree whose tokens are the text, and errors that lie in the text.
public final class ParserFuzz {
  private ParserFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceText.decode("fuzz.gops", bytes, diagnostics);
    Tokens tokens = Parser.parse(file, diagnostics).tokens();
    boolean isText = file.text().indexOf('\0') < 0;
    if (isText && !file.text().isEmpty()) {
      int end = tokens.size() == 0 ? 0 : tokens.end(tokens.size() - 1);
      check(tokens.size() > 0 && tokens.start(0) == 0 && end == file.text().length(), "tokens");
    }
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      Place place = diagnostic.place().orElseThrow();
      check(place.span().end() <= file.text().length(), "place of " + diagnostic.code());
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("wrong: " + what);
    }
  }
}
