package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.Mark;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.lsp.text.Positions;
import io.gops.source.Place;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/// From a name to its declarations, and to all places that name the same.
public final class Navigation {
  private Navigation() {}

  /// Where what is named at an offset is declared; the file itself for the name of a file.
  public static List<LocationLink> definitions(View view, int offset) {
    Optional<Mark> mark = view.file().at(offset);
    if (mark.isEmpty()) {
      return List.of();
    }
    Range origin = Positions.of(view.text(), mark.get().span());
    if (mark.get() instanceof Mark.FileName(_, String path)) {
      Range top = new Range(new Position(0, 0), new Position(0, 0));
      return List.of(new LocationLink(view.uris().apply(path), top, top, origin));
    }
    return view.names().symbol(mark.get()).stream()
        .flatMap(symbol -> view.names().definitions(view.names().canonical(symbol)).stream())
        .map(definition -> link(view, definition, origin))
        .toList();
  }

  private static LocationLink link(View view, Definition definition, Range origin) {
    return new LocationLink(
        view.uri(definition.whole()),
        Positions.of(definition.whole()),
        Positions.of(definition.name()),
        origin);
  }

  /// Every place that names what is named at an offset.
  public static List<Location> references(View view, int offset, boolean withDeclarations) {
    return occurrences(view, offset).stream()
        .filter(found -> withDeclarations || !found.declares())
        .map(found -> new Location(view.uri(place(found)), Positions.of(place(found))))
        .toList();
  }

  /// The same in this file only.
  public static List<DocumentHighlight> highlights(View view, int offset) {
    return occurrences(view, offset).stream()
        .filter(found -> found.file().path().equals(view.file().path()))
        .map(
            found ->
                new DocumentHighlight(
                    Positions.of(place(found)),
                    found.declares() ? DocumentHighlightKind.Write : DocumentHighlightKind.Read))
        .toList();
  }

  static List<Names.Occurrence> occurrences(View view, int offset) {
    return symbol(view, offset).map(view.names()::occurrences).orElse(List.of());
  }

  /// What is named at an offset.
  static Optional<Symbol> symbol(View view, int offset) {
    return view.file().at(offset).flatMap(view.names()::symbol);
  }

  static Place place(Names.Occurrence occurrence) {
    return occurrence.file().tree().place(occurrence.mark().span());
  }
}
