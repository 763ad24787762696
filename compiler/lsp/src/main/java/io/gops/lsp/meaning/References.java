package io.gops.lsp.meaning;

import io.gops.schema.Target;
import io.gops.schema.Type;
import io.gops.source.Span;
import io.gops.syntax.Endpoint;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import io.gops.syntax.Name;
import io.gops.syntax.Path;
import io.gops.syntax.Port;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Marks the names of what is declared elsewhere. Which declaration is meant depends on the whole
/// fleet, so each mark holds the question.
final class References {
  private final String file;
  private final List<Mark> marks;

  References(String file, List<Mark> marks) {
    this.file = file;
    this.marks = marks;
  }

  void use(Span span, String space, Mark.Meaning meaning) {
    marks.add(new Mark.Use(span, space, meaning));
  }

  // ---- names of one file

  /// `registry`, or `std.registry` with the name of an import.
  void constant(Path path) {
    fileName(path, Symbol.CONST, names -> names.constant(file, path));
  }

  void template(Path path) {
    fileName(path, Symbol.TEMPLATE, names -> names.template(file, path));
  }

  private void fileName(Path path, String space, Mark.Meaning meaning) {
    List<Path.Segment> segments = path.segments();
    if (segments.size() == 2) {
      Symbol alias = Symbol.of(Symbol.ALIAS, file, path.head());
      use(segments.getFirst().span(), Symbol.ALIAS, names -> declared(alias, names));
    }
    if (segments.size() <= 2) {
      use(segments.getLast().span(), space, meaning);
    }
  }

  private static Optional<Symbol> declared(Symbol symbol, Names names) {
    return names.has(symbol) ? Optional.of(symbol) : Optional.empty();
  }

  // ---- names of the fleet

  /// A name where a value stands: a word of a list, a constant, or what the attribute holds.
  void reference(Path path, Optional<Type> type, Around around) {
    Optional<Type> element = type.map(MarkReader::element);
    switch (element.orElse(new Type.Scalar())) {
      case Type.Word(List<String> words) when words.contains(path.text()) ->
          marks.add(new Mark.Word(path.span()));
      case Type.WholeOr(_, String word) when word.equals(path.text()) ->
          marks.add(new Mark.Word(path.span()));
      case Type.Reference(Target target) -> named(path, target, around);
      case Type.EnvironmentValue() when path.head().equals("secret") -> secret(path);
      case Type.FreeName() -> {}
      case Type _ -> constant(path);
    }
  }

  /// `secret.clx-db.password`.
  private void secret(Path path) {
    List<Path.Segment> segments = path.segments();
    marks.add(new Mark.Keyword(segments.getFirst().span()));
    if (segments.size() > 1) {
      Symbol symbol = Symbol.of("secret", segments.get(1).text());
      use(segments.get(1).span(), "secret", names -> declared(symbol, names));
    }
  }

  private void named(Path path, Target target, Around around) {
    List<Path.Segment> segments = path.segments();
    if (target == Target.POOL && segments.size() == 2) {
      Symbol site = Symbol.of("site", path.head());
      Symbol pool = Symbol.of("pool", path.head(), segments.getLast().text());
      use(segments.getFirst().span(), "site", names -> declared(site, names));
      use(segments.getLast().span(), "pool", names -> declared(pool, names));
    } else if (target == Target.CONTAINER_PORT && segments.size() == 2) {
      use(
          segments.getFirst().span(),
          "container",
          names -> names.member(around.role(), "container", path.head()));
      use(
          segments.getLast().span(),
          "port",
          names ->
              names.member(inside(around.role(), path.head()), "port", segments.getLast().text()));
    } else if (segments.size() == 1) {
      use(
          path.span(),
          space(target),
          names ->
              names.constant(file, path).or(() -> meaning(target, path.head(), around, names)));
    } else {
      constant(path);
    }
  }

  /// A name in quotes: a version, a host.
  void quoted(Expression.StringLiteral text, Target target, Around around) {
    String name = text.constant().orElse("");
    use(text.span(), space(target), names -> meaning(target, name, around, names));
  }

  private static String space(Target target) {
    return switch (target) {
      case INTERNET_GATEWAY, BACKBONE_GATEWAY -> "gateway";
      case PERSISTENT_VOLUME -> "volume";
      case CLUSTER,
          POOL,
          HOST,
          VPC,
          GAME,
          VERSION,
          ALERT,
          ZONES,
          WINDOW,
          SECRET,
          SECRET_KEY,
          CONTAINER,
          PORT,
          CONTAINER_PORT ->
          target.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Optional<Symbol> meaning(Target target, String name, Around around, Names names) {
    return switch (target) {
      case CLUSTER, INTERNET_GATEWAY, BACKBONE_GATEWAY, VPC, GAME, ZONES, WINDOW, SECRET ->
          declared(Symbol.of(space(target), name), names);
      case HOST -> names.host(name);
      case VERSION -> version(name, around, names);
      case ALERT -> game(around, names).flatMap(game -> names.member(List.of(game), "alert", name));
      case CONTAINER -> names.member(around.role(), "container", name);
      case PERSISTENT_VOLUME -> names.member(around.role(), "volume", name);
      case PORT -> names.member(around.container(), "port", name);
      case POOL, SECRET_KEY, CONTAINER_PORT -> Optional.empty();
    };
  }

  /// `from "1.8.3"` of a version.
  void version(Path base, Around around) {
    use(base.span(), "version", names -> version(base.text(), around, names));
  }

  private static Optional<Symbol> version(String name, Around around, Names names) {
    return game(around, names)
        .flatMap(game -> names.member(List.of(game), "version", name))
        .or(() -> anyVersion(name, names));
  }

  /// The game whose versions are meant: the one around, that of the zones, or that of a release.
  private static Optional<String> game(Around around, Names names) {
    if (around.isInGame()) {
      return around.owner().stream().findFirst();
    }
    return around
        .nearest("zones")
        .flatMap(zones -> Names.reference(zones, "game"))
        .or(() -> zonesOfRelease(around).flatMap(names::gameOfZones));
  }

  private static Optional<String> zonesOfRelease(Around around) {
    Optional<Item.Declaration> release = around.nearest("release");
    return release.flatMap(found -> Names.reference(found, "zones"));
  }

  private static Optional<Symbol> anyVersion(String name, Names names) {
    List<Symbol> found = names.symbols("version").filter(s -> s.name().equals(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// `engine = "registry…"` in a version: the image of a container or sidecar.
  void image(Name name, Around around) {
    use(
        name.span(),
        "container",
        names ->
            names
                .member(around.role(), "container", name.text())
                .or(() -> names.member(around.role(), "hot_update", name.text())));
  }

  /// A label that names something: where a volume is mounted, which port is exposed.
  ///
  /// @return false for a label that declares its own name
  boolean label(String word, Label label, Around around) {
    String name = Labels.text(label);
    switch (word) {
      case "mount" -> {
        boolean isSidecar = around.nearest("hot_update").isPresent();
        String space = isSidecar ? "container" : "volume";
        use(label.span(), space, names -> names.member(around.role(), space, name));
      }
      case "expose" -> use(label.span(), "port", names -> portOfRole(around.role(), name, names));
      default -> {
        return false;
      }
    }
    return true;
  }

  /// What a container adds to its template's stands under its own path, so names are followed by
  /// their path and not by what they mean.
  private static Optional<Symbol> portOfRole(List<String> role, String port, Names names) {
    return names.inside(role, "container").keySet().stream()
        .flatMap(container -> names.member(inside(role, container), "port", port).stream())
        .findFirst();
  }

  private static List<String> inside(List<String> owner, String name) {
    return Symbol.inside(owner, "", name).path();
  }

  // ---- ends of rules

  /// `internet`, `clx.engine:client`, `vpc.wuxia`.
  void endpoint(Endpoint endpoint) {
    List<Path.Segment> segments = endpoint.path().segments();
    String head = endpoint.path().head();
    Span first = segments.getFirst().span();
    switch (head) {
      case "internet", "servers", "any" -> marks.add(new Mark.Keyword(first));
      case "vpc" -> {
        marks.add(new Mark.Keyword(first));
        if (segments.size() > 1) {
          Symbol vpc = Symbol.of("vpc", segments.get(1).text());
          use(segments.get(1).span(), "vpc", names -> declared(vpc, names));
        }
      }
      default -> {
        use(first, "game", names -> head(head, names));
        for (int i = 1; i < segments.size(); i++) {
          part(segments.subList(0, i + 1));
        }
      }
    }
    endpoint
        .port()
        .ifPresent(
            port -> {
              if (port instanceof Port.Named(Span span, String name)) {
                use(span, "port", names -> port(segments, name, names));
              }
            });
  }

  private static Optional<Symbol> head(String name, Names names) {
    return declared(Symbol.of("game", name), names)
        .or(() -> declared(Symbol.of("zones", name), names))
        .or(() -> declared(Symbol.of("service", name), names));
  }

  private void part(List<Path.Segment> segments) {
    Path.Segment last = segments.getLast();
    if (last.text().equals("a") || last.text().equals("b")) {
      marks.add(new Mark.Word(last.span()));
    } else {
      List<String> words = segments.stream().map(Path.Segment::text).toList();
      use(last.span(), "container", names -> servers(words, names));
    }
  }

  /// The role or container that the words narrow a game to.
  private static Optional<Symbol> servers(List<String> words, Names names) {
    List<String> owner = serverPath(words.subList(0, words.size() - 1), names);
    String name = words.getLast();
    return names.member(owner, "role", name).or(() -> names.member(owner, "container", name));
  }

  /// The names that lead to the servers which the words mean; sides lead nowhere.
  private static List<String> serverPath(List<String> words, Names names) {
    List<String> path = gameOf(words.getFirst(), names).map(List::of).orElse(List.of());
    for (String word : words.subList(1, words.size())) {
      path = word.equals("a") || word.equals("b") ? path : inside(path, word);
    }
    return path;
  }

  private static Optional<String> gameOf(String head, Names names) {
    return names.has(Symbol.of("game", head))
        ? Optional.of(head)
        : names.has(Symbol.of("zones", head)) ? names.gameOfZones(head) : Optional.empty();
  }

  private static Optional<Symbol> port(List<Path.Segment> segments, String port, Names names) {
    List<String> words = segments.stream().map(Path.Segment::text).toList();
    Symbol service = Symbol.of("service", words.getFirst());
    if (names.has(service)) {
      return names.member(service.path(), "port", port);
    }
    List<String> path = serverPath(words, names);
    return path.isEmpty()
        ? Optional.empty()
        : names.member(path, "port", port).or(() -> portOfRole(path, port, names));
  }
}
