package io.gops.lsp.feature;

import io.gops.bind.Draft;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Severity;
import io.gops.lsp.fleet.Proved;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.text.Positions;
import io.gops.schema.Kind;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/// What a person can do about what is wrong: the fixes that the compiler knows and has tried, the
/// attributes that are missing, and answering for a warning.
public final class QuickFixes {
  private final View view;
  private final Span range;
  private final Catalogue catalogue;
  private final Findings findings;
  private final List<CodeAction> actions = new ArrayList<>();

  private QuickFixes(View view, Span range, Catalogue catalogue) {
    this.view = view;
    this.range = range;
    this.catalogue = catalogue;
    this.findings = new Findings(catalogue, view::uri);
  }

  /// @param range what is selected; the fixes of all that is underlined in it are offered
  public static List<CodeAction> of(View view, Span range, Catalogue catalogue) {
    QuickFixes fixes = new QuickFixes(view, range, catalogue);
    fixes.collect();
    return fixes.actions;
  }

  private void collect() {
    Optional<Draft> draft = view.snapshot().draft();
    if (draft.isEmpty()) {
      return;
    }
    List<Diagnostic> bound = draft.get().diagnostics();
    bound.stream().filter(this::isHere).forEach(d -> fixes(d, draft.get().fixes(d)));
    List<Diagnostic> proved =
        view.proof().filter(_ -> view.isProved()).map(Proved::diagnostics).orElse(List.of());
    List<Diagnostic> later =
        Stream.concat(proved.stream(), view.snapshot().style().stream())
            .distinct()
            .filter(d -> isHere(d) && !bound.contains(d))
            .toList();
    later.forEach(d -> fixes(d, d.fixes()));
    missing(bound);
    Stream.concat(bound.stream(), later.stream())
        .filter(d -> d.severity() != Severity.ERROR && isHere(d))
        .filter(d -> d.code() != Code.GOPS7902)
        .forEach(this::suppress);
  }

  private boolean isHere(Diagnostic diagnostic) {
    return diagnostic
        .place()
        .filter(place -> place.file().path().equals(view.file().path()))
        .filter(
            place -> place.span().offset() <= range.end() && range.offset() <= place.span().end())
        .isPresent();
  }

  private void fixes(Diagnostic diagnostic, List<Fix> fixes) {
    for (Fix fix : fixes) {
      Map<String, List<TextEdit>> edits = new TreeMap<>();
      for (Fix.Edit edit : fix.edits()) {
        edits
            .computeIfAbsent(view.uri(edit.place()), _ -> new ArrayList<>())
            .add(new TextEdit(Positions.of(edit.place()), edit.replacement()));
      }
      CodeAction action = action(catalogue.text(fix.title()), diagnostic, edits);
      // What a person must decide is never the one that the editor proposes.
      action.setIsPreferred(fixes.size() == 1 && !fix.decision());
    }
  }

  private CodeAction action(
      String title, Diagnostic diagnostic, Map<String, List<TextEdit>> edits) {
    CodeAction action = new CodeAction(title);
    action.setKind(CodeActionKind.QuickFix);
    action.setDiagnostics(List.of(findings.of(diagnostic)));
    action.setEdit(new WorkspaceEdit(edits));
    actions.add(action);
    return action;
  }

  // ---- what is missing

  /// One action for each declaration that lacks something, however much it lacks.
  private void missing(List<Diagnostic> bound) {
    Map<Place, Diagnostic> first = new LinkedHashMap<>();
    bound.stream()
        .filter(d -> d.code() == Code.GOPS2006 || d.code() == Code.GOPS2022)
        .filter(this::isHere)
        .forEach(d -> first.putIfAbsent(d.place().orElseThrow(), d));
    first.forEach(this::addMissing);
  }

  private void addMissing(Place head, Diagnostic diagnostic) {
    Optional<Item.Declaration> declaration = declaration(head, view.tree().items());
    Optional<Item.Body> body = declaration.flatMap(Item.Declaration::body);
    if (body.isEmpty()) {
      return;
    }
    int inside = body.get().span().offset() + 1;
    Optional<Kind> kind = Cursor.at(view.tree(), inside).kind();
    if (kind.isEmpty()) {
      return;
    }
    Set<String> wanted = new TreeSet<>();
    view.snapshot().draft().stream()
        .flatMap(draft -> draft.diagnostics().stream())
        .filter(d -> d.code() == Code.GOPS2006 || d.code() == Code.GOPS2022)
        .filter(d -> d.place().filter(head::equals).isPresent())
        .forEach(d -> wanted.add(d.message().arguments().get(1)));
    Set<String> present = new TreeSet<>(kind.get().attributes().keySet());
    present.removeAll(wanted);
    kind.get().nested().keySet().forEach(present::add);
    List<String> lines =
        new ArrayList<>(new Missing(view.names(), false).lines(kind.get(), present));
    // What only a template asks for.
    wanted.stream()
        .flatMap(name -> Optional.ofNullable(kind.get().attributes().get(name)).stream())
        .filter(attribute -> !attribute.required())
        .forEach(
            attribute ->
                lines.add(
                    attribute.name()
                        + " = "
                        + attribute.example().or(attribute::defaultText).orElse("0")));
    if (!lines.isEmpty() && isClosed(body.get())) {
      TextEdit edit = insertion(body.get(), lines);
      action(
          "Add what is missing: " + String.join(", ", wanted),
          diagnostic,
          Map.of(view.uri(head), List.of(edit)));
    }
  }

  private static Optional<Item.Declaration> declaration(Place head, List<Item> items) {
    for (Item item : items) {
      if (item instanceof Item.Declaration declaration) {
        if (declaration.head().equals(head.span())) {
          return Optional.of(declaration);
        }
        Optional<Item.Declaration> inner = declaration(head, declaration.items());
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether the brace that ends a block is there; while somebody types it may not be.
  private boolean isClosed(Item.Body body) {
    int end = body.span().end() - 1;
    return end > body.span().offset() && view.text().text().charAt(end) == '}';
  }

  /// Lines before the closing brace; with commas in a block of one line.
  private TextEdit insertion(Item.Body body, List<String> lines) {
    SourceFile file = view.text();
    int end = body.span().end() - 1;
    boolean oneLine = file.line(body.span().offset()) == file.line(end);
    String content = file.text().substring(body.span().offset() + 1, end);
    if (oneLine) {
      int at = body.span().offset() + 1 + content.stripTrailing().length();
      String text =
          (content.isBlank() ? " " : ", ")
              + String.join(", ", lines)
              + (content.isBlank() ? " " : "");
      return new TextEdit(Positions.of(file, new Span(at, 0)), text);
    }
    String indent = indent(file, end);
    String lineEnd = file.text().contains("\r\n") ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(indent).append("  ").append(line).append(lineEnd));
    int start = file.lineStart(file.line(end));
    return new TextEdit(Positions.of(file, new Span(start, 0)), text.toString());
  }

  private static String indent(SourceFile file, int offset) {
    String line = file.lineText(file.line(offset));
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  // ---- answering for a warning

  private void suppress(Diagnostic diagnostic) {
    Place place = diagnostic.place().orElseThrow();
    Optional<Span> statement = statement(place.span());
    if (statement.isEmpty()) {
      return;
    }
    SourceFile file = view.text();
    int at = statement.get().offset();
    String before = file.text().substring(file.lineStart(file.line(at)), at);
    boolean ownLine = before.isBlank();
    String text =
        "@suppress(\"%s\", reason = \"%s\")%s"
            .formatted(diagnostic.code(), "seen and accepted", ownLine ? "\n" + before : " ");
    CodeAction action =
        action(
            "Answer for " + diagnostic.code() + " with a reason",
            diagnostic,
            Map.of(
                view.uri(place), List.of(new TextEdit(Positions.of(file, new Span(at, 0)), text))));
    action.setIsPreferred(false);
  }

  /// The innermost statement around a place.
  private Optional<Span> statement(Span span) {
    Optional<Span> found =
        view.tree().consts().stream().map(c -> c.span()).filter(s -> covers(s, span)).findFirst();
    List<Item> items = view.tree().items();
    while (true) {
      Optional<Item> around = items.stream().filter(i -> covers(i.span(), span)).findFirst();
      if (around.isEmpty()) {
        return found;
      }
      found = Optional.of(around.get().span());
      items = around.get() instanceof Item.Declaration d ? d.items() : List.of();
    }
  }

  private static boolean covers(Span outer, Span inner) {
    return outer.offset() <= inner.offset() && inner.end() <= outer.end();
  }
}
