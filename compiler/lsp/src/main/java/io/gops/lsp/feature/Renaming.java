package io.gops.lsp.feature;

import io.gops.bind.Sources;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.lsp.text.Positions;
import io.gops.schema.Kind;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.AnnotatedTextEdit;
import org.eclipse.lsp4j.ChangeAnnotation;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// Another name for a constant, a template or what a declaration names, in all files of the fleet.
public final class Renaming {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(-+[A-Za-z0-9_]+)*");
  private static final String ANNOTATION = "objects";

  /// Kinds whose names become names of Kubernetes objects, addresses or records of the lock.
  private static final Set<String> RUNNING =
      Set.of(
          "game",
          "role",
          "container",
          "hot_update",
          "volume",
          "host",
          "pool",
          "site",
          "vpc",
          "gateway",
          "node",
          "fleet",
          "environment",
          "directory",
          "version",
          "subnet");

  private Renaming() {}

  /// Why a name cannot be another.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  /// What would be renamed at an offset.
  ///
  /// @throws Refused when nothing there has a name that can be another
  public static PrepareRenameResult prepare(View view, int offset) throws Refused {
    Symbol symbol = symbol(view, offset);
    Place place =
        Navigation.occurrences(view, offset).stream()
            .map(Navigation::place)
            .filter(found -> found.file().equals(view.text()) && found.span().touches(offset))
            .findFirst()
            .orElseThrow(() -> new Refused("nothing that can be renamed stands here"));
    return new PrepareRenameResult(Positions.of(unquoted(place)), symbol.name());
  }

  /// The edits that rename what is named at an offset.
  ///
  /// @param annotated whether the editor can ask before it changes what runs
  /// @throws Refused with the reason, as a sentence
  public static WorkspaceEdit rename(View view, int offset, String name, boolean annotated)
      throws Refused {
    Symbol symbol = symbol(view, offset);
    check(view.names(), symbol, name);
    boolean asks = annotated && RUNNING.contains(symbol.space());
    Map<String, List<Either<TextEdit, org.eclipse.lsp4j.SnippetTextEdit>>> edits = new TreeMap<>();
    for (Names.Occurrence occurrence : view.names().occurrences(symbol)) {
      Place place = Navigation.place(occurrence);
      TextEdit edit = edit(place, name, asks);
      edits.computeIfAbsent(view.uri(place), _ -> new ArrayList<>()).add(Either.forLeft(edit));
    }
    WorkspaceEdit edit = new WorkspaceEdit();
    List<Either<TextDocumentEdit, org.eclipse.lsp4j.ResourceOperation>> changes = new ArrayList<>();
    edits.forEach(
        (uri, list) ->
            changes.add(
                Either.forLeft(
                    new TextDocumentEdit(new VersionedTextDocumentIdentifier(uri, null), list))));
    edit.setDocumentChanges(changes);
    if (asks) {
      ChangeAnnotation annotation = new ChangeAnnotation("Rename what runs");
      annotation.setDescription(
          symbol.space()
              + " "
              + symbol.name()
              + " runs under this name: objects, addresses and"
              + " state carry it");
      annotation.setNeedsConfirmation(false);
      edit.setChangeAnnotations(Map.of(ANNOTATION, annotation));
    }
    return edit;
  }

  private static TextEdit edit(Place place, String name, boolean annotated) {
    boolean quoted = place.text().startsWith("\"");
    String written =
        quoted || IDENTIFIER.matcher(name).matches() || isPath(place) ? name : '"' + name + '"';
    Place where = quoted ? unquoted(place) : place;
    return annotated
        ? new AnnotatedTextEdit(Positions.of(where), written, ANNOTATION)
        : new TextEdit(Positions.of(where), written);
  }

  /// Whether the name stands between dots, where only identifiers may be written without quotes.
  private static boolean isPath(Place place) {
    String text = place.file().text();
    int end = place.span().end();
    return end < text.length() && text.charAt(end) == ':';
  }

  private static Place unquoted(Place place) {
    return place.text().startsWith("\"") && place.span().length() >= 2
        ? new Place(
            place.file(),
            io.gops.source.Span.between(place.span().offset() + 1, place.span().end() - 1))
        : place;
  }

  private static Symbol symbol(View view, int offset) throws Refused {
    Symbol symbol =
        Navigation.symbol(view, offset)
            .map(view.names()::canonical)
            .orElseThrow(() -> new Refused("nothing that can be renamed stands here"));
    List<Definition> definitions = view.names().definitions(symbol);
    if (definitions.isEmpty()) {
      throw new Refused(symbol.name() + " is not declared in this fleet");
    }
    if (symbol.space().equals("hosts")) {
      throw new Refused("the name comes from the pattern of the hosts: change the pattern");
    }
    for (Names.Occurrence occurrence : view.names().occurrences(symbol)) {
      if (Sources.isStandard(occurrence.file().path())) {
        throw new Refused(symbol.name() + " comes with the compiler");
      }
    }
    return symbol;
  }

  private static void check(Names names, Symbol symbol, String name) throws Refused {
    boolean isWord = Set.of(Symbol.CONST, Symbol.TEMPLATE, Symbol.ALIAS).contains(symbol.space());
    if (isWord && !IDENTIFIER.matcher(name).matches()) {
      throw new Refused(name + " is not a name: letters, digits, '_' and '-' inside");
    }
    Optional<Kind> kind =
        names.definitions(symbol).stream().flatMap(d -> d.kind().stream()).findFirst();
    if (!isWord && kind.isPresent()) {
      Optional<io.gops.schema.Label> label = kind.get().label();
      if (label.isPresent() && !label.get().shape().matches(name)) {
        throw new Refused(name + " must be " + label.get().shape().description());
      }
    }
    Symbol other = Symbol.inside(symbol.owner(), symbol.space(), name);
    if (!other.equals(symbol) && names.has(other)) {
      throw new Refused("there is already a " + symbol.space() + " " + name);
    }
  }
}
