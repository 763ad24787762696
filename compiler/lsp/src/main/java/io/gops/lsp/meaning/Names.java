package io.gops.lsp.meaning;

import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every name that the files of a fleet declare.
public final class Names {
  private static final Pattern NUMBER = Pattern.compile("\\$\\{n(:[^}]*)?\\}");

  private final SortedMap<String, FileMarks> files;
  private final Map<Symbol, List<Definition>> definitions = new LinkedHashMap<>();

  /// @param files by path
  public Names(SortedMap<String, FileMarks> files) {
    this.files = new TreeMap<>(files);
    files
        .values()
        .forEach(
            file ->
                file.definitions()
                    .forEach(
                        d ->
                            definitions
                                .computeIfAbsent(d.symbol(), _ -> new ArrayList<>())
                                .add(d)));
  }

  public Collection<FileMarks> files() {
    return files.values();
  }

  public Optional<FileMarks> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  public boolean has(Symbol symbol) {
    return definitions.containsKey(symbol);
  }

  /// Where a symbol is declared, in the order of files; none for what is not.
  public List<Definition> definitions(Symbol symbol) {
    return definitions.getOrDefault(symbol, List.of());
  }

  /// Every symbol of a space, in no order.
  public Stream<Symbol> symbols(String space) {
    return definitions.keySet().stream().filter(symbol -> symbol.space().equals(space));
  }

  /// The names of a space that stand at the top, or inside `owner`; those of its templates too.
  public SortedMap<String, Definition> inside(List<String> owner, String space) {
    SortedMap<String, Definition> found = new TreeMap<>();
    for (List<String> place : lineage(owner)) {
      definitions.forEach(
          (symbol, list) -> {
            if (symbol.space().equals(space) && symbol.owner().equals(place)) {
              found.putIfAbsent(symbol.name(), list.getFirst());
            }
          });
    }
    return found;
  }

  /// The symbol of that name inside `owner`, or inside the template that the owner is made from.
  /// What both declare is one thing, which the template's declaration stands for.
  public Optional<Symbol> member(List<String> owner, String space, String name) {
    Optional<Symbol> found = Optional.empty();
    for (List<String> place : lineage(owner)) {
      Symbol symbol = Symbol.inside(place, space, name);
      if (has(symbol)) {
        found = Optional.of(symbol);
      }
    }
    return found;
  }

  /// The one symbol for all declarations that are merged to one thing.
  public Symbol canonical(Symbol symbol) {
    return symbol.owner().isEmpty()
        ? symbol
        : member(symbol.owner(), symbol.space(), symbol.name()).orElse(symbol);
  }

  /// An owner and the templates that it is made from, the nearest first.
  private List<List<String>> lineage(List<String> owner) {
    List<List<String>> all = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    List<String> place = owner;
    while (seen.add(place)) {
      all.add(place);
      Optional<List<String>> template = template(place);
      if (template.isEmpty()) {
        break;
      }
      place = template.get();
    }
    return all;
  }

  /// The path of the template that the declaration at `owner`, or one around it, is made from.
  private Optional<List<String>> template(List<String> owner) {
    for (int depth = owner.size(); depth > 0; depth--) {
      List<String> head = owner.subList(0, depth);
      for (Definition definition : at(head)) {
        Optional<Symbol> template =
            definition.inherits().flatMap(p -> template(definition.name().file().path(), p));
        if (template.isPresent()) {
          List<String> path = new ArrayList<>(template.get().path());
          path.addAll(owner.subList(depth, owner.size()));
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  private List<Definition> at(List<String> path) {
    return Stream.of("game", "role", "container", "hot_update", Symbol.TEMPLATE, "zones")
        .flatMap(space -> definitions(new Symbol(space, path)).stream())
        .toList();
  }

  /// The constant that a path means in a file.
  public Optional<Symbol> constant(String file, Path path) {
    return visible(file, path, Symbol.CONST);
  }

  /// The template that a path means in a file.
  public Optional<Symbol> template(String file, Path path) {
    return visible(file, path, Symbol.TEMPLATE);
  }

  private Optional<Symbol> visible(String file, Path path, String space) {
    FileMarks marks = files.get(file);
    if (marks == null || path.segments().size() > 2) {
      return Optional.empty();
    }
    String name = path.segments().getLast().text();
    Optional<String> alias =
        path.segments().size() == 2 ? Optional.of(path.head()) : Optional.empty();
    Stream<String> own = alias.isEmpty() ? Stream.of(file) : Stream.empty();
    Stream<String> imported =
        marks.imports().stream().filter(i -> i.alias().equals(alias)).map(FileMarks.Imported::path);
    return Stream.concat(own, imported)
        .map(from -> Symbol.of(space, from, name))
        .filter(this::has)
        .findFirst();
  }

  /// The names of constants or templates as a file may write them.
  public SortedMap<String, Definition> visible(String file, String space) {
    SortedMap<String, Definition> found = new TreeMap<>();
    FileMarks marks = files.get(file);
    if (marks == null) {
      return found;
    }
    inside(List.of(file), space).forEach((name, definition) -> found.putIfAbsent(name, definition));
    for (FileMarks.Imported imported : marks.imports()) {
      String prefix = imported.alias().map(alias -> alias + ".").orElse("");
      inside(List.of(imported.path()), space)
          .forEach((name, definition) -> found.putIfAbsent(prefix + name, definition));
    }
    return found;
  }

  /// The host of that name: one of its own, or a member of a range.
  public Optional<Symbol> host(String name) {
    Symbol own = Symbol.of("host", name);
    if (has(own)) {
      return Optional.of(own);
    }
    return symbols("hosts")
        .filter(symbol -> definitions(symbol).stream().anyMatch(d -> names(d, name)))
        .findFirst();
  }

  /// Whether one of a range of machines has that name.
  private boolean names(Definition hosts, String name) {
    return hostPattern(hosts).filter(p -> pattern(p).matcher(name).matches()).isPresent();
  }

  /// `"hz-g${n:03d}"`, as the range or its template says it.
  private Optional<String> hostPattern(Definition hosts) {
    Optional<String> own =
        hosts.declaration().stream()
            .flatMap(d -> d.items().stream())
            .filter(Item.Assignment.class::isInstance)
            .map(Item.Assignment.class::cast)
            .filter(assignment -> assignment.path().text().equals("name"))
            .map(assignment -> hosts.name().file().text(assignment.value().span()))
            .findFirst();
    return own.or(
        () ->
            hosts
                .inherits()
                .flatMap(path -> template(hosts.name().file().path(), path))
                .flatMap(template -> definitions(template).stream().findFirst())
                .flatMap(this::hostPattern));
  }

  private static Pattern pattern(String quoted) {
    StringBuilder expression = new StringBuilder();
    String name = quoted.replace("\"", "");
    Matcher hole = NUMBER.matcher(name);
    int at = 0;
    while (hole.find()) {
      expression.append(Pattern.quote(name.substring(at, hole.start()))).append("[0-9]+");
      at = hole.end();
    }
    return Pattern.compile(expression.append(Pattern.quote(name.substring(at))).toString());
  }

  /// The game of a `zones` declaration.
  public Optional<String> gameOfZones(String zones) {
    return definitions(Symbol.of("zones", zones)).stream()
        .flatMap(d -> d.declaration().stream())
        .flatMap(d -> reference(d, "game").stream())
        .findFirst()
        .or(() -> onlyGame());
  }

  /// The only game there is, which needs no naming to be meant.
  private Optional<String> onlyGame() {
    Set<String> games = new TreeSet<>();
    symbols("game").forEach(symbol -> games.add(symbol.name()));
    return games.size() == 1 ? games.stream().findFirst() : Optional.empty();
  }

  /// The name that an attribute of a declaration is set to; the first one of a list.
  public static Optional<String> reference(Item.Declaration declaration, String attribute) {
    return declaration.items().stream()
        .filter(Item.Assignment.class::isInstance)
        .map(Item.Assignment.class::cast)
        .filter(assignment -> assignment.path().text().equals(attribute))
        .flatMap(assignment -> names(assignment.value()))
        .findFirst();
  }

  private static Stream<String> names(Expression value) {
    return switch (value) {
      case Expression.Reference(_, Path path) -> Stream.of(path.text());
      case Expression.ListLiteral(_, List<Expression> elements) ->
          elements.stream().flatMap(Names::names);
      case Expression _ -> Stream.empty();
    };
  }

  /// A use of a symbol.
  ///
  /// @param declares whether it is a declaration
  public record Occurrence(FileMarks file, Mark mark, boolean declares) {}

  /// Every place that names a symbol, declarations included, in the order of files and text.
  public List<Occurrence> occurrences(Symbol symbol) {
    Symbol wanted = canonical(symbol);
    List<Occurrence> found = new ArrayList<>();
    for (FileMarks file : files.values()) {
      for (Mark mark : file.marks()) {
        symbol(mark)
            .map(this::canonical)
            .filter(wanted::equals)
            .ifPresent(_ -> found.add(new Occurrence(file, mark, mark instanceof Mark.Declares)));
      }
    }
    return found;
  }

  /// What a mark names or declares.
  public Optional<Symbol> symbol(Mark mark) {
    return switch (mark) {
      case Mark.Declares(_, Definition definition) -> Optional.of(definition.symbol());
      case Mark.Use(_, _, Mark.Meaning meaning) -> meaning.in(this);
      case Mark.KindWord _,
          Mark.Keyword _,
          Mark.AnnotationName _,
          Mark.AttributeName _,
          Mark.Word _,
          Mark.Amount _,
          Mark.FileName _ ->
          Optional.empty();
    };
  }
}
