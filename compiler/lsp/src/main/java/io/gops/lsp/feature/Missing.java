package io.gops.lsp.feature;

import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Target;
import io.gops.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a declaration must have and has not, as lines to be filled in.
///
/// @param names of the fleet, for values that can be chosen from
/// @param snippets whether the editor jumps from hole to hole
record Missing(Names names, boolean snippets) {
  private static final String INDENT = "  ";

  /// The attributes that a block of a kind must have, in the order of the schema.
  static List<Attribute> attributes(Kind kind, Set<String> present) {
    return kind.attributes().values().stream()
        .filter(Attribute::required)
        .filter(attribute -> !present.contains(attribute.name()))
        .toList();
  }

  static List<Kind> kinds(Kind kind, Set<String> present) {
    return kind.nested().values().stream()
        .filter(inner -> inner.occurs() == Kind.Occurs.REQUIRED)
        .filter(inner -> !present.contains(inner.name()))
        .toList();
  }

  /// What is missing, one line each, without indentation.
  List<String> lines(Kind kind, Set<String> present) {
    return lines(kind, present, new int[] {1});
  }

  private List<String> lines(Kind kind, Set<String> present, int[] hole) {
    List<String> lines = new ArrayList<>();
    for (Attribute attribute : attributes(kind, present)) {
      lines.add(attribute.name() + " = " + value(attribute, hole));
    }
    for (Kind inner : kinds(kind, present)) {
      lines.addAll(block(inner, hole));
    }
    return lines;
  }

  /// A whole declaration with everything that it must have.
  List<String> declaration(Kind kind) {
    return block(kind, new int[] {1});
  }

  /// @param hole number of the next hole
  private List<String> block(Kind kind, int[] hole) {
    Kind shape = kind.variants().isEmpty() ? kind : kind.variants().values().iterator().next();
    StringBuilder head = new StringBuilder(kind.name());
    if (!kind.variants().isEmpty()) {
      head.append(' ').append(choice(List.copyOf(kind.variants().keySet()), hole));
    }
    shape.label().ifPresent(label -> head.append(' ').append(label(label, hole)));
    List<String> lines = new ArrayList<>();
    lines.add(head.append(" {").toString());
    lines(shape, Set.of(), hole).forEach(line -> lines.add(INDENT + line));
    if (lines.size() == 1) {
      lines.add(INDENT + (snippets ? "$0" : ""));
    }
    lines.add("}");
    return lines;
  }

  private String label(io.gops.schema.Label label, int[] hole) {
    boolean needsQuotes =
        label.form() == io.gops.schema.Label.Form.NAME && !label.shape().matches("name");
    return switch (label.form()) {
      case RANGE -> placeholder("1..10", hole);
      case NAME ->
          needsQuotes
              ? '"' + placeholder(label.meaning(), hole) + '"'
              : placeholder(label.meaning().toLowerCase(Locale.ROOT), hole);
    };
  }

  private String value(Attribute attribute, int[] hole) {
    List<String> choices = choices(attribute.type());
    if (!choices.isEmpty()) {
      return choice(choices, hole);
    }
    return placeholder(
        attribute.example().or(attribute::defaultText).orElseGet(() -> standIn(attribute.type())),
        hole);
  }

  private static String standIn(Type type) {
    return type instanceof Type.Quantity(var measure, _, _) ? measure.example() : "0";
  }

  /// The words or names that a value may be, where there are some.
  List<String> choices(Type type) {
    return switch (type) {
      case Type.Word(List<String> words) -> words;
      case Type.Flag() -> List.of("true", "false");
      case Type.Reference(Target target) -> references(target);
      case Type.Items(Type element, boolean single) when single -> choices(element);
      case Type _ -> List.of();
    };
  }

  /// The names that a reference may name, where that does not depend on what stands around.
  List<String> references(Target target) {
    return switch (target) {
      case POOL -> names.symbols("pool").map(s -> String.join(".", s.path())).sorted().toList();
      case VERSION ->
          names.symbols("version").map(s -> '"' + s.name() + '"').distinct().sorted().toList();
      case INTERNET_GATEWAY, BACKBONE_GATEWAY -> top("gateway");
      case CLUSTER, VPC, GAME, ZONES, WINDOW, SECRET, HOST ->
          top(target.name().toLowerCase(Locale.ROOT));
      case ALERT, SECRET_KEY, CONTAINER, PERSISTENT_VOLUME, PORT, CONTAINER_PORT -> List.of();
    };
  }

  private List<String> top(String space) {
    return names
        .symbols(space)
        .filter(symbol -> symbol.path().size() == 1)
        .map(Symbol::name)
        .distinct()
        .sorted()
        .toList();
  }

  private String choice(List<String> choices, int[] hole) {
    if (!snippets) {
      return choices.getFirst();
    }
    return "${%d|%s|}"
        .formatted(
            hole[0]++,
            choices.stream()
                .map(c -> c.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|"))
                .collect(Collectors.joining(",")));
  }

  private String placeholder(String text, int[] hole) {
    return snippets ? "${%d:%s}".formatted(hole[0]++, escaped(text)) : text;
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}");
  }
}
