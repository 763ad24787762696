package io.gops.lsp.feature;

import io.gops.bind.Sources;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.text.Positions;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// Declarations of a fleet by name.
public final class WorkspaceSymbols {
  /// More than a person would scroll through.
  private static final int MOST = 500;

  private WorkspaceSymbols() {}

  /// @param query letters that the head of a declaration has in this order, in any case
  /// @param uris makes the URI of a place
  public static List<WorkspaceSymbol> of(Names names, String query, Function<Place, String> uris) {
    List<WorkspaceSymbol> found = new ArrayList<>();
    for (FileMarks file : names.files()) {
      for (Definition definition : file.definitions()) {
        if (found.size() < MOST
            && !Sources.isStandard(file.path())
            && matches(query, definition.head())) {
          found.add(symbol(definition, uris));
        }
      }
    }
    return found;
  }

  private static WorkspaceSymbol symbol(Definition definition, Function<Place, String> uris) {
    String space = definition.symbol().space();
    String name = space.equals("hosts") ? definition.head() : definition.symbol().name();
    return new WorkspaceSymbol(
        name,
        Outline.kind(space),
        Either.forLeft(
            new Location(uris.apply(definition.name()), Positions.of(definition.name()))),
        space);
  }

  private static boolean matches(String query, String head) {
    String wanted = query.toLowerCase(Locale.ROOT);
    String text = head.toLowerCase(Locale.ROOT);
    int at = 0;
    for (int i = 0; i < wanted.length(); i++) {
      at = text.indexOf(wanted.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }
}
