package io.gops.lsp.feature;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Related;
import io.gops.lsp.text.Positions;
import io.gops.lsp.text.Uris;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// Diagnostics as an editor shows them.
public final class Findings {
  private static final String SOURCE = "gopsc";

  private static final Set<Code> IDLE =
      Set.of(Code.GOPS7001, Code.GOPS7002, Code.GOPS7003, Code.GOPS7007, Code.GOPS7902);

  private final Catalogue catalogue;
  private final Function<Place, String> uris;

  /// @param uris makes the URI of a place
  public Findings(Catalogue catalogue, Function<Place, String> uris) {
    this.catalogue = catalogue;
    this.uris = uris;
  }

  public org.eclipse.lsp4j.Diagnostic of(Diagnostic diagnostic) {
    org.eclipse.lsp4j.Diagnostic shown = new org.eclipse.lsp4j.Diagnostic();
    shown.setRange(
        diagnostic
            .place()
            .map(Findings::range)
            .orElseGet(() -> new Range(new Position(0, 0), new Position(0, 0))));
    shown.setSeverity(severity(diagnostic));
    shown.setCode(Either.forLeft(diagnostic.code().name()));
    shown.setCodeDescription(
        new DiagnosticCodeDescription(Uris.library("diagnostics/" + diagnostic.code() + ".md")));
    shown.setSource(SOURCE);
    shown.setMessage(text(diagnostic));
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    for (Related other : diagnostic.related()) {
      related.add(
          new DiagnosticRelatedInformation(
              new Location(uris.apply(other.place()), range(other.place())),
              catalogue.text(other.message())));
    }
    shown.setRelatedInformation(related);
    if (isIdle(diagnostic.code())) {
      shown.setTags(List.of(DiagnosticTag.Unnecessary));
    }
    return shown;
  }

  /// What has no effect is shown faded.
  private static boolean isIdle(Code code) {
    return IDLE.contains(code);
  }

  /// The sentence and the advice below it.
  String text(Diagnostic diagnostic) {
    String sentence = catalogue.text(diagnostic.message());
    return diagnostic.hint().map(hint -> sentence + "\n" + catalogue.text(hint)).orElse(sentence);
  }

  /// A place of no length has nothing to underline: the character behind it, or before it at the
  /// end of a line, is taken.
  private static Range range(Place place) {
    Range range = Positions.of(place);
    if (place.span().length() > 0) {
      return range;
    }
    Position at = range.getStart();
    int length = place.file().lineText(at.getLine() + 1).length();
    return at.getCharacter() < length
        ? new Range(at, new Position(at.getLine(), at.getCharacter() + 1))
        : new Range(new Position(at.getLine(), Math.max(0, at.getCharacter() - 1)), at);
  }

  /// Style never looks like something wrong.
  private static DiagnosticSeverity severity(Diagnostic diagnostic) {
    if (diagnostic.code().isStyle()) {
      return DiagnosticSeverity.Information;
    }
    return switch (diagnostic.severity()) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case NOTE -> DiagnosticSeverity.Information;
    };
  }
}
