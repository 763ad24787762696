package io.gops.lsp.feature;

import static io.gops.lsp.feature.Proposals.FIRST;
import static io.gops.lsp.feature.Proposals.LAST;
import static io.gops.lsp.feature.Proposals.REQUIRED;
import static io.gops.lsp.feature.Proposals.SECOND;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.syntax.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionList;

/// What may be written at a place, from the schema and the names of the fleet. Binds nothing, so it
/// is there before the next key.
public final class Completions {
  public static final List<String> LIBRARY =
      List.of(
          "std/alerts.gops",
          "std/drain.gops",
          "std/gateways.gops",
          "std/hosts.gops",
          "std/policies.gops",
          "std/reload.gops",
          "std/waves.gops");

  private final View view;
  private final Names names;
  private final Cursor cursor;
  private final Enclosing around;
  private final Missing missing;
  private final boolean snippets;
  private final Proposals proposals;

  private Completions(View view, int offset, boolean snippets) {
    this.view = view;
    this.names = view.names();
    this.cursor = Cursor.at(view.tree(), offset);
    this.around = new Enclosing(view, offset, cursor);
    this.missing = new Missing(names, snippets);
    this.snippets = snippets;
    this.proposals = new Proposals(view, offset, cursor, snippets);
  }

  /// @param snippets whether the editor jumps from hole to hole
  /// @param bySpace whether a space asked, which is no reason to propose a new statement
  public static CompletionList at(View view, int offset, boolean snippets, boolean bySpace) {
    Completions completions = new Completions(view, offset, snippets);
    if (!bySpace || !completions.cursor.before().isEmpty()) {
      completions.collect();
    }
    // Units depend on the number before them: each digit asks anew.
    boolean isNumber =
        !completions.cursor.word().isEmpty()
            && Character.isDigit(completions.cursor.word().charAt(0));
    return new CompletionList(isNumber, completions.proposals.items());
  }

  private void collect() {
    List<String> before = cursor.before();
    Optional<String> attribute = cursor.attribute();
    if (cursor.inText()) {
      values().text(attribute);
    } else if (attribute.isPresent()) {
      values().value(attribute.get());
    } else if (before.isEmpty()) {
      items();
    } else if (before.getFirst().equals("@")) {
      annotation();
    } else {
      switch (before.getFirst()) {
        case "allow", "deny", "expect" -> new RuleCompletions(names, proposals).endpoint(before);
        case "required" -> attributes(true);
        case "import" -> {}
        default -> head(before);
      }
    }
  }

  private ValueCompletions values() {
    return new ValueCompletions(view, cursor, around, missing, proposals);
  }

  private void items() {
    Optional<Kind> kind = cursor.kind();
    if (cursor.isTopLevel()) {
      Schema.language().kinds().values().forEach(k -> kind(k, FIRST));
      keyword("template", "template ${1:kind} ${2:Name} {\n  $0\n}", "template", LAST);
      keyword("const", "const ${1:name} = $0", "const", LAST);
      keyword("import", "import \"$1\"", "import", LAST);
      keyword("expect", "expect ", "expect", LAST);
      return;
    }
    if (kind.isEmpty()) {
      return;
    }
    boolean isEnvironmentOverride =
        cursor.blocks().size() > 1
            && cursor.blocks().getLast().getFirst().equals("override")
            && cursor.label("environment").isPresent();
    if (isEnvironmentOverride) {
      overridable();
      return;
    }
    everythingMissing(kind.get());
    attributes(false);
    for (Kind inner : kind.get().nested().values()) {
      boolean isTaken =
          inner.occurs() == Kind.Occurs.ONCE && cursor.present().contains(inner.name());
      if (!isTaken) {
        kind(inner, SECOND);
      }
    }
    if (kind.get().members() && !cursor.blocks().getLast().getFirst().equals("override")) {
      keyword("override", "override ${1:10001} { $0 }", "override", LAST);
    }
    if (cursor.isInTemplate()) {
      keyword("required", "required ", "required", LAST);
    }
    if (kind.get().rules() == Kind.Rules.POLICY) {
      keyword("allow", "allow ${1:internet} -> ${2:servers}", "allow", SECOND);
      keyword("deny", "deny ${1:from} -> ${2:to}", "deny", SECOND);
    }
    if (kind.get().rules() != Kind.Rules.NONE) {
      keyword("expect", "expect ${1:internet} -> ${2:servers}", "expect", SECOND);
      keyword("expect not", "expect not ${1:from} -> ${2:to}", "expect not", SECOND);
    }
  }

  /// One entry that fills in all that must be given.
  private void everythingMissing(Kind kind) {
    List<String> lines = missing.lines(kind, present());
    if (!lines.isEmpty() && !cursor.isInTemplate() && !isOverride()) {
      CompletionItem item =
          proposals.item(
              "required attributes",
              CompletionItemKind.Snippet,
              String.join("\n", lines),
              REQUIRED);
      item.setDetail(
          String.join(
              ", ", Missing.attributes(kind, present()).stream().map(Attribute::name).toList()));
      item.setFilterText(cursor.word().isEmpty() ? "required" : cursor.word());
      proposals.snippet(item);
    }
  }

  private boolean isOverride() {
    return cursor.blocks().getLast().getFirst().equals("override");
  }

  /// What the block has, and what its template gives it.
  private Set<String> present() {
    Set<String> present = new TreeSet<>(cursor.present());
    cursor.base().ifPresent(base -> inherited(base, view.file().path(), present, 0));
    return present;
  }

  private void inherited(String base, String file, Set<String> present, int depth) {
    Definition template = names.visible(file, Symbol.TEMPLATE).get(base);
    if (template == null || depth > 20) {
      return;
    }
    template.declaration().stream()
        .flatMap(declaration -> declaration.items().stream())
        .forEach(item -> said(item).ifPresent(present::add));
    template
        .inherits()
        .ifPresent(
            path -> inherited(path.text(), template.name().file().path(), present, depth + 1));
  }

  private static Optional<String> said(Item item) {
    return switch (item) {
      case Item.Assignment assignment -> Optional.of(assignment.path().head());
      case Item.Declaration declaration -> Optional.of(declaration.kind().text());
      case Item.Required _,
          Item.Rule _,
          Item.ExpectReachable _,
          Item.ExpectProperty _,
          Item.Broken _ ->
          Optional.empty();
    };
  }

  /// @param bare only the names, without a value
  private void attributes(boolean bare) {
    Optional<Kind> kind = cursor.kind();
    if (kind.isEmpty()) {
      return;
    }
    for (Attribute attribute : kind.get().attributes().values()) {
      if (bare || !cursor.present().contains(attribute.name())) {
        CompletionItem item =
            proposals.item(
                attribute.name(),
                CompletionItemKind.Property,
                attribute.name() + (bare ? "" : " = "),
                attribute.required() ? FIRST : SECOND);
        item.setDetail(attribute.type().describe() + (attribute.required() ? ", required" : ""));
        item.setDocumentation(
            Proposals.documentation(
                attribute.doc()
                    + attribute.defaultText().map(t -> "\n\nWhen left out: `" + t + "`.").orElse("")
                    + attribute.example().map(t -> "\n\nExample: `" + t + "`.").orElse("")));
      }
    }
    if (kind.get().name().equals("version") && !bare) {
      images();
    }
  }

  /// Containers and sidecars whose image a version names.
  private void images() {
    List<String> owner = around.owner();
    Stream.of("container", "hot_update")
        .flatMap(space -> names.inside(owner, space).keySet().stream())
        .filter(name -> !cursor.present().contains(name))
        .forEach(
            name ->
                proposals
                    .item(name, CompletionItemKind.Property, name + " = ", FIRST)
                    .setDetail("image of " + name));
  }

  private void kind(Kind kind, String rank) {
    String body = String.join("\n", missing.declaration(kind));
    CompletionItem item = proposals.item(kind.name(), CompletionItemKind.Struct, body, rank);
    item.setDetail(kind.label().map(label -> kind.name() + " " + label.meaning()).orElse(""));
    item.setDocumentation(Proposals.documentation(kind.doc()));
    proposals.snippet(item);
  }

  private void keyword(String word, String snippet, String plain, String rank) {
    CompletionItem item =
        proposals.item(word, CompletionItemKind.Keyword, snippets ? snippet : plain, rank);
    if (snippets && snippet.contains("$")) {
      proposals.snippet(item);
    }
  }

  /// `zones.clx-main.players` in the override of an environment.
  private void overridable() {
    for (Kind kind : Schema.language().kinds().values()) {
      for (Attribute attribute : kind.attributes().values()) {
        if (attribute.overridable()) {
          names
              .inside(List.of(), kind.name())
              .keySet()
              .forEach(
                  label ->
                      proposals.path(
                          kind.name() + "." + label + "." + attribute.name(),
                          CompletionItemKind.Property,
                          attribute.doc()));
        }
      }
    }
  }

  /// Behind the word of a kind: which variant, and `from`.
  private void head(List<String> before) {
    Map<String, Kind> kinds =
        cursor.isTopLevel()
            ? Schema.language().kinds()
            : cursor.kind().map(Kind::nested).orElse(Map.of());
    if (before.getLast().equals("from") || before.contains("from")) {
      bases(before);
      return;
    }
    Kind kind = kinds.get(before.getFirst());
    if (before.size() == 1 && kind != null && !kind.variants().isEmpty()) {
      kind.variants()
          .forEach(
              (word, variant) ->
                  proposals
                      .item(word, CompletionItemKind.EnumMember, word, FIRST)
                      .setDocumentation(Proposals.documentation(variant.doc())));
    } else if (before.getFirst().equals(Symbol.TEMPLATE) && before.size() == 1) {
      Schema.language()
          .kinds()
          .keySet()
          .forEach(w -> proposals.item(w, CompletionItemKind.Struct, w, FIRST));
    } else {
      proposals.item("from", CompletionItemKind.Keyword, "from ", LAST);
    }
  }

  private void bases(List<String> before) {
    if (before.getFirst().equals("version")) {
      names
          .inside(around.owner(), "version")
          .forEach((name, d) -> proposals.defined('"' + name + '"', d, CompletionItemKind.Event));
      return;
    }
    names
        .visible(view.file().path(), Symbol.TEMPLATE)
        .forEach(
            (name, definition) -> {
              boolean fits =
                  definition.head().startsWith("template " + before.getFirst() + " ")
                      || (before.getFirst().equals(Symbol.TEMPLATE) && before.size() > 1);
              if (fits) {
                proposals.path(name, CompletionItemKind.Interface, definition.doc().orElse(""));
              }
            });
  }

  private void annotation() {
    for (AnnotationForm form : AnnotationForm.values()) {
      CompletionItem item =
          proposals.item(form.word(), CompletionItemKind.Keyword, form.insertion(snippets), FIRST);
      item.setDocumentation(Proposals.documentation(form.meaning()));
      if (snippets) {
        proposals.snippet(item);
      }
    }
  }
}
