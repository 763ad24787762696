package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.lsp.text.Positions;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Measure;
import io.gops.schema.Schema;
import io.gops.schema.Target;
import io.gops.schema.TextShape;
import io.gops.schema.Type;
import io.gops.source.Span;
import io.gops.syntax.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// What may be written at a place, from the schema and the names of the fleet. Binds nothing, so it
/// is there before the next key.
public final class Completions {
  private static final String REQUIRED = "0";
  private static final String FIRST = "1";
  private static final String SECOND = "2";
  private static final String LAST = "3";
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
  private final int offset;
  private final Cursor cursor;
  private final Missing missing;
  private final boolean snippets;
  private final List<CompletionItem> items = new ArrayList<>();

  private Completions(View view, int offset, boolean snippets) {
    this.view = view;
    this.names = view.names();
    this.offset = offset;
    this.cursor = Cursor.at(view.tree(), offset);
    this.missing = new Missing(names, snippets);
    this.snippets = snippets;
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
    return new CompletionList(isNumber, completions.items);
  }

  private void collect() {
    List<String> before = cursor.before();
    Optional<String> attribute = cursor.attribute();
    if (cursor.inText()) {
      text(attribute);
    } else if (attribute.isPresent()) {
      value(attribute.get());
    } else if (before.isEmpty()) {
      items();
    } else if (before.getFirst().equals("@")) {
      annotation();
    } else {
      switch (before.getFirst()) {
        case "allow", "deny", "expect" -> endpoint(before);
        case "required" -> attributes(true);
        case "import" -> {}
        default -> head(before);
      }
    }
  }

  // ---- statements

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
          item(
              "required attributes",
              CompletionItemKind.Snippet,
              String.join("\n", lines),
              REQUIRED);
      item.setDetail(
          String.join(
              ", ", Missing.attributes(kind, present()).stream().map(Attribute::name).toList()));
      item.setFilterText(cursor.word().isEmpty() ? "required" : cursor.word());
      snippet(item);
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
            item(
                attribute.name(),
                CompletionItemKind.Property,
                attribute.name() + (bare ? "" : " = "),
                attribute.required() ? FIRST : SECOND);
        item.setDetail(attribute.type().describe() + (attribute.required() ? ", required" : ""));
        item.setDocumentation(
            documentation(
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
    List<String> owner = owner();
    Stream.of("container", "hot_update")
        .flatMap(space -> names.inside(owner, space).keySet().stream())
        .filter(name -> !cursor.present().contains(name))
        .forEach(
            name ->
                item(name, CompletionItemKind.Property, name + " = ", FIRST)
                    .setDetail("image of " + name));
  }

  private void kind(Kind kind, String rank) {
    String body = String.join("\n", missing.declaration(kind));
    CompletionItem item = item(kind.name(), CompletionItemKind.Struct, body, rank);
    item.setDetail(kind.label().map(label -> kind.name() + " " + label.meaning()).orElse(""));
    item.setDocumentation(documentation(kind.doc()));
    snippet(item);
  }

  private void keyword(String word, String snippet, String plain, String rank) {
    CompletionItem item = item(word, CompletionItemKind.Keyword, snippets ? snippet : plain, rank);
    if (snippets && snippet.contains("$")) {
      snippet(item);
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
                      path(
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
                  item(word, CompletionItemKind.EnumMember, word, FIRST)
                      .setDocumentation(documentation(variant.doc())));
    } else if (before.getFirst().equals(Symbol.TEMPLATE) && before.size() == 1) {
      Schema.language().kinds().keySet().forEach(w -> item(w, CompletionItemKind.Struct, w, FIRST));
    } else {
      item("from", CompletionItemKind.Keyword, "from ", LAST);
    }
  }

  private void bases(List<String> before) {
    if (before.getFirst().equals("version")) {
      names
          .inside(owner(), "version")
          .forEach((name, d) -> defined('"' + name + '"', d, CompletionItemKind.Event));
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
                path(name, CompletionItemKind.Interface, definition.doc().orElse(""));
              }
            });
  }

  private void annotation() {
    CompletionItem item =
        item(
            "suppress",
            CompletionItemKind.Keyword,
            snippets
                ? "suppress(\"${1:GOPS3012}\", reason = \"${2:why}\", until = \"${3:2027-01-31}\")"
                : "suppress(\"GOPS3012\", reason = \"why\")",
            FIRST);
    item.setDocumentation(
        documentation("Somebody has seen a warning and answers for it, until a day."));
    if (snippets) {
      snippet(item);
    }
  }

  // ---- values

  private void value(String attribute) {
    Optional<Attribute> known = attribute(attribute);
    known.ifPresent(found -> value(found.type(), found));
    constants();
  }

  private Optional<Attribute> attribute(String name) {
    if (name.contains(".")) {
      String[] words = name.split("\\.", -1);
      return Optional.ofNullable(Schema.language().kinds().get(words[0]))
          .map(kind -> kind.attributes().get(words[words.length - 1]));
    }
    return cursor
        .kind()
        .flatMap(kind -> Optional.ofNullable(kind.attributes().get(name)).or(kind::anyAttribute));
  }

  private void value(Type type, Attribute attribute) {
    switch (type) {
      case Type.Items(Type element, _) -> value(element, attribute);
      case Type.Quantity(Measure measure, _, _) -> quantity(measure, attribute);
      case Type.Points points -> plain(points.example(), "points");
      case Type.Word(List<String> words) -> words.forEach(word -> word(word, attribute));
      case Type.Flag() -> Stream.of("true", "false").forEach(word -> word(word, attribute));
      case Type.WholeOr(_, String word) -> word(word, attribute);
      case Type.Reference(Target target) -> references(target);
      case Type.EnvironmentValue() -> secrets();
      case Type.Whole _,
          Type.Text _,
          Type.FreeName _,
          Type.Address _,
          Type.Prefix _,
          Type.PerMember _,
          Type.Moment _,
          Type.Numbers _,
          Type.NumberRange _,
          Type.ZoneText _,
          Type.FileLine _,
          Type.Query _,
          Type.Sentence _,
          Type.ObjectField _,
          Type.Scalar _ ->
          Stream.concat(attribute.defaultText().stream(), attribute.example().stream())
              .distinct()
              .forEach(text -> plain(text, attribute.doc()));
    }
  }

  private void word(String word, Attribute attribute) {
    CompletionItem item = item(word, CompletionItemKind.EnumMember, word, FIRST);
    if (attribute.defaultText().filter(word::equals).isPresent()) {
      item.setDetail("when left out");
    }
  }

  /// A number that is there gets its units; without one, values as people write them.
  private void quantity(Measure measure, Attribute attribute) {
    String number = cursor.word().replaceFirst("[^0-9.].*$", "");
    if (number.isEmpty()) {
      Stream.of(attribute.defaultText(), attribute.example(), Optional.of(measure.example()))
          .flatMap(Optional::stream)
          .distinct()
          .forEach(text -> plain(text, attribute.doc()));
      return;
    }
    for (Measure.Unit unit : measure.units()) {
      boolean isUsual = measure.usualUnits().contains(unit.suffix());
      CompletionItem item =
          item(
              number + unit.suffix(),
              CompletionItemKind.Unit,
              number + unit.suffix(),
              isUsual ? FIRST : SECOND);
      item.setDetail(measure.phrase());
    }
  }

  private void plain(String text, String doc) {
    item(text, CompletionItemKind.Value, text, FIRST).setDocumentation(documentation(doc));
  }

  private void references(Target target) {
    switch (target) {
      case CONTAINER ->
          names
              .inside(owner(), "container")
              .forEach((name, d) -> defined(name, d, CompletionItemKind.Module));
      case PERSISTENT_VOLUME ->
          names
              .inside(owner(), "volume")
              .forEach((name, d) -> defined(name, d, CompletionItemKind.Module));
      case PORT ->
          names
              .inside(container(), "port")
              .forEach((name, d) -> defined(name, d, CompletionItemKind.Field));
      case CONTAINER_PORT -> ports(owner(), ".");
      case VERSION -> versions();
      case ALERT -> alerts();
      case CLUSTER,
          POOL,
          HOST,
          INTERNET_GATEWAY,
          BACKBONE_GATEWAY,
          VPC,
          GAME,
          ZONES,
          WINDOW,
          SECRET,
          SECRET_KEY ->
          missing.references(target).forEach(name -> path(name, CompletionItemKind.Reference, ""));
    }
  }

  private void alerts() {
    game()
        .map(name -> names.inside(List.of(name), "alert"))
        .orElseGet(TreeMap::new)
        .forEach((name, d) -> defined(name, d, CompletionItemKind.Event));
  }

  /// The game that the declaration around speaks of.
  private Optional<String> game() {
    return cursor
        .label("game")
        .or(() -> assigned("game"))
        .or(() -> assigned("zones").flatMap(names::gameOfZones))
        .or(() -> cursor.label("zones").flatMap(names::gameOfZones));
  }

  private void versions() {
    SortedMap<String, Definition> found =
        game().map(name -> names.inside(List.of(name), "version")).orElseGet(TreeMap::new);
    found.forEach((name, d) -> defined('"' + name + '"', d, CompletionItemKind.Event));
    if (found.isEmpty()) {
      missing
          .references(Target.VERSION)
          .forEach(name -> item(name, CompletionItemKind.Event, name, FIRST));
    }
  }

  /// What the innermost declaration around sets an attribute to.
  private Optional<String> assigned(String attribute) {
    return view.file().definitions().stream()
        .filter(d -> d.whole().span().touches(offset))
        .flatMap(d -> d.declaration().stream())
        .flatMap(d -> Names.reference(d, attribute).stream())
        .findFirst();
  }

  private void ports(List<String> owner, String separator) {
    names
        .inside(owner, "container")
        .forEach(
            (container, _) ->
                names
                    .inside(Symbol.inside(owner, "", container).path(), "port")
                    .keySet()
                    .forEach(
                        port -> path(container + separator + port, CompletionItemKind.Field, "")));
  }

  private void secrets() {
    names
        .inside(List.of(), "secret")
        .keySet()
        .forEach(name -> path("secret." + name + ".", CompletionItemKind.Reference, ""));
  }

  /// Constants may stand wherever a value stands.
  private void constants() {
    names
        .visible(view.file().path(), Symbol.CONST)
        .forEach((name, definition) -> path(name, CompletionItemKind.Constant, definition.head()));
  }

  // ---- names around

  /// The names that lead to the game or role around.
  private List<String> owner() {
    List<String> owner = new ArrayList<>();
    cursor.label("game").ifPresent(owner::add);
    cursor.label("role").ifPresent(owner::add);
    if (owner.isEmpty()) {
      cursor
          .label(Symbol.TEMPLATE)
          .ifPresent(
              name -> {
                owner.add(view.file().path());
                owner.add(name);
              });
    }
    return owner;
  }

  private List<String> container() {
    List<String> container = owner();
    cursor.label("container").ifPresent(container::add);
    return container;
  }

  // ---- rules

  private void endpoint(List<String> before) {
    boolean needsArrow = isEnd(before);
    if (needsArrow) {
      item("->", CompletionItemKind.Operator, "-> ", FIRST);
      item("<->", CompletionItemKind.Operator, "<-> ", SECOND);
      return;
    }
    if (before.getLast().equals(":")) {
      ports(before);
      return;
    }
    if (before.size() == 1 && before.getFirst().equals("expect")) {
      item("not", CompletionItemKind.Keyword, "not ", SECOND);
      item("fits", CompletionItemKind.Function, "fits { failed_hosts = 1 }", SECOND);
    }
    Stream.of("internet", "servers").forEach(w -> path(w, CompletionItemKind.Keyword, ""));
    names
        .inside(List.of(), "service")
        .keySet()
        .forEach(n -> path(n, CompletionItemKind.Reference, "service"));
    names
        .inside(List.of(), "vpc")
        .keySet()
        .forEach(n -> path("vpc." + n, CompletionItemKind.Reference, "vpc"));
    names
        .inside(List.of(), "zones")
        .keySet()
        .forEach(n -> path(n, CompletionItemKind.Reference, "zones"));
    for (String game : names.inside(List.of(), "game").keySet()) {
      path(game, CompletionItemKind.Class, "game");
      Stream.of("a", "b")
          .forEach(side -> path(game + "." + side, CompletionItemKind.EnumMember, "side"));
      Stream.of("role", "container")
          .flatMap(space -> names.inside(List.of(game), space).keySet().stream())
          .forEach(part -> path(game + "." + part, CompletionItemKind.Module, ""));
    }
  }

  /// Whether the words before end with a whole endpoint.
  private static boolean isEnd(List<String> before) {
    String last = before.getLast();
    return before.size() > 1
        && !Set.of("->", "<->", ".", ":", "not", "expect", "allow", "deny").contains(last);
  }

  /// Ports behind `clx.engine:`.
  private void ports(List<String> before) {
    int from = before.size() - 1;
    while (from > 0
        && !Set.of("->", "<->", "allow", "deny", "expect", "not").contains(before.get(from - 1))) {
      from--;
    }
    List<String> path =
        before.subList(from, before.size() - 1).stream().filter(w -> !w.equals(".")).toList();
    Set<String> ports = new TreeSet<>();
    List<String> owner = path.isEmpty() ? List.of() : path;
    ports.addAll(names.inside(owner, "port").keySet());
    names
        .inside(owner, "container")
        .keySet()
        .forEach(
            c -> ports.addAll(names.inside(Symbol.inside(owner, "", c).path(), "port").keySet()));
    if (!owner.isEmpty() && owner.getFirst().equals("servers")) {
      names.symbols("port").forEach(symbol -> ports.add(symbol.name()));
    }
    ports.forEach(port -> item(port, CompletionItemKind.Field, port, FIRST));
  }

  // ---- inside texts

  private void text(Optional<String> attribute) {
    int hole = cursor.word().lastIndexOf("${");
    if (hole >= 0 && cursor.word().indexOf('}', hole) < 0) {
      int start = cursor.wordStart() + hole + 2;
      Stream.of("zone.id", "side", "n")
          .forEach(name -> add(name, CompletionItemKind.Variable, name, SECOND, start));
      names
          .visible(view.file().path(), Symbol.CONST)
          .forEach((name, d) -> add(name, CompletionItemKind.Constant, name, FIRST, start));
      return;
    }
    boolean isImport = !cursor.before().isEmpty() && cursor.before().getFirst().equals("import");
    boolean isInclude =
        attribute
            .flatMap(this::attribute)
            .filter(
                a ->
                    a.type() instanceof Type.Items(Type.Text(TextShape shape), _)
                        && shape == TextShape.FILES)
            .isPresent();
    int start = cursor.wordStart() + 1;
    if (isImport || isInclude) {
      names.files().stream()
          .map(FileMarks::path)
          .filter(path -> !path.equals(view.file().path()) && !path.startsWith("std/"))
          .forEach(path -> add(path, CompletionItemKind.File, path, FIRST, start));
    }
    if (isImport) {
      LIBRARY.forEach(path -> add(path, CompletionItemKind.File, path, SECOND, start));
    }
  }

  // ---- entries

  private void defined(String text, Definition definition, CompletionItemKind kind) {
    CompletionItem item = item(text, kind, text, FIRST);
    item.setDetail(definition.head());
    definition
        .doc()
        .ifPresent(
            doc ->
                item.setDocumentation(
                    Either.forRight(new MarkupContent(MarkupKind.PLAINTEXT, doc))));
  }

  /// A dotted name, which takes the place of all of its parts that stand there.
  private void path(String text, CompletionItemKind kind, String doc) {
    String line = view.text().text();
    int start = cursor.wordStart();
    while (start > 0 && isPart(line.charAt(start - 1))) {
      start--;
    }
    CompletionItem item = add(text, kind, text, FIRST, start);
    if (!doc.isEmpty()) {
      item.setDocumentation(Either.forRight(new MarkupContent(MarkupKind.PLAINTEXT, doc)));
    }
  }

  private static boolean isPart(char c) {
    return c == '.' || c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }

  private CompletionItem item(String label, CompletionItemKind kind, String text, String rank) {
    return add(label, kind, text, rank, cursor.wordStart());
  }

  private CompletionItem add(
      String label, CompletionItemKind kind, String text, String rank, int start) {
    CompletionItem item = new CompletionItem(label);
    item.setKind(kind);
    item.setSortText(rank + label);
    Range range = Positions.of(view.text(), Span.between(start, offset));
    item.setTextEdit(Either.forLeft(new TextEdit(range, text)));
    items.add(item);
    return item;
  }

  private void snippet(CompletionItem item) {
    if (snippets) {
      item.setInsertTextFormat(InsertTextFormat.Snippet);
    }
    item.setInsertTextMode(InsertTextMode.AdjustIndentation);
  }

  private static Either<String, MarkupContent> documentation(String markup) {
    return Either.forRight(new MarkupContent(MarkupKind.MARKDOWN, markup));
  }
}
