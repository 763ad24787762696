package io.gops.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The reference of the language as Markdown, made from the schema: one page for each kind of the
/// top level, with a section for each kind that may stand inside it.
public final class LanguageReference {
  private static final int DEEPEST_HEADING = 6;

  private final Schema schema;

  public LanguageReference(Schema schema) {
    this.schema = schema;
  }

  /// A kind at its place in the schema.
  ///
  /// @param path words from the top level, with the variant: `game.container`, `release.ab_switch`
  /// @param written the words that begin a declaration of it: `container`, `release ab_switch`
  public record Entry(String path, String written, Kind kind) {}

  /// An attribute of a kind.
  public record Found(Entry owner, Attribute attribute) {}

  /// Every page by its file name.
  public SortedMap<String, String> pages() {
    SortedMap<String, String> pages = new TreeMap<>();
    schema.kinds().values().forEach(kind -> pages.put(kind.name() + ".md", page(kind)));
    pages.put("README.md", contents());
    pages.put("values.md", values());
    return pages;
  }

  /// Every kind in the order of the pages: outer kinds before what stands in them.
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    schema.kinds().values().forEach(kind -> collect("", kind, entries));
    return entries;
  }

  /// @param outer the path of the kind around it with a dot; empty at the top level
  private static void collect(String outer, Kind kind, List<Entry> entries) {
    String path = outer + kind.name();
    entries.add(new Entry(path, kind.name(), kind));
    kind.nested().values().forEach(inner -> collect(path + ".", inner, entries));
    for (Kind variant : kind.variants().values()) {
      String name = path + "." + variant.name();
      entries.add(new Entry(name, kind.name() + " " + variant.name(), variant));
      variant.nested().values().forEach(inner -> collect(name + ".", inner, entries));
    }
  }

  /// The kinds that a path names, from its last word or from the top level: `port` names
  /// `game.container.port` and `service.port`. An exact path names only its own kind.
  public List<Entry> kinds(String path) {
    List<Entry> exact = entries().stream().filter(e -> e.path().equals(path)).toList();
    return exact.isEmpty()
        ? distinct(entries().stream().filter(e -> e.path().endsWith("." + path)).toList())
        : exact;
  }

  /// The first entry of each kind: a version may hold the same containers as its game.
  private static List<Entry> distinct(List<Entry> entries) {
    Map<Kind, Entry> first = new LinkedHashMap<>();
    entries.forEach(entry -> first.putIfAbsent(entry.kind(), entry));
    return List.copyOf(first.values());
  }

  /// The attributes that `KIND.ATTRIBUTE` names.
  public List<Found> attributes(String path) {
    int dot = path.lastIndexOf('.');
    if (dot < 0) {
      return List.of();
    }
    String name = path.substring(dot + 1);
    return kinds(path.substring(0, dot)).stream()
        .flatMap(
            entry ->
                Optional.ofNullable(entry.kind().attributes().get(name)).stream()
                    .map(attribute -> new Found(entry, attribute)))
        .toList();
  }

  private String contents() {
    StringBuilder page = new StringBuilder("# The language, kind by kind\n\n");
    page.append("Made from the schema that the compiler itself reads. How values and their units")
        .append(" are written stands in [values](values.md).\n\n| kind | says |\n|---|---|\n");
    for (Kind kind : schema.kinds().values()) {
      page.append("| [`%s`](%s.md) | %s |\n".formatted(kind.name(), kind.name(), cell(kind.doc())));
    }
    return page.toString();
  }

  private static String values() {
    StringBuilder page = new StringBuilder("# Values and their units\n\n");
    page.append("A quantity carries its unit, and only a unit that fits is accepted. Amounts are")
        .append(" exact: what is no whole number of the smallest unit is an error.\n\n")
        .append("| measure | units, smallest first | example |\n|---|---|---|\n");
    for (Measure measure : Measure.values()) {
      page.append(
          "| %s | %s | `%s` |\n".formatted(measure.phrase(), units(measure), measure.example()));
    }
    page.append("\n## Addresses\n\n")
        .append("An IPv4 address is `10.1.0.11`, a prefix `10.20.0.0/16`, a range of addresses")
        .append(" `10.1.0.11..10.1.0.40`. IPv6 addresses and prefixes are values too,")
        .append(" `2001:db8::11` and `2001:db8:1::/48`: a constant may hold them, and a text that")
        .append(" names the constant gets the shortest spelling (RFC 5952). Networks are IPv4:")
        .append(" where an attribute holds an address, an IPv6 one is an error of its own")
        .append(" ([GOPS2063](../diagnostics/GOPS2063.md)).\n");
    return page.toString();
  }

  private static String units(Measure measure) {
    return measure.units().stream()
        .map(unit -> "`" + unit.suffix() + "`")
        .collect(Collectors.joining(" "));
  }

  private static String page(Kind kind) {
    List<Entry> entries = new ArrayList<>();
    collect("", kind, entries);
    Map<Kind, String> sections = new HashMap<>();
    for (Entry entry : distinct(entries)) {
      sections.put(entry.kind(), entry.path().replace('.', '-'));
    }
    return distinct(entries).stream()
        .map(entry -> section(entry, inner -> link(inner, sections)))
        .collect(Collectors.joining("\n"));
  }

  /// The name of a kind, leading to the section that describes it.
  private static String link(Kind kind, Map<Kind, String> sections) {
    return "[`" + kind.name() + "`](#" + sections.get(kind) + ")";
  }

  /// What there is to know of one kind.
  public static String section(Entry entry) {
    return section(entry, inner -> "`" + inner.name() + "`");
  }

  /// @param mention how a kind is named that has a section of its own
  private static String section(Entry entry, Function<Kind, String> mention) {
    Kind kind = entry.kind();
    int depth = entry.path().split("\\.", -1).length;
    StringBuilder text = new StringBuilder();
    text.append("#".repeat(Math.min(depth, DEEPEST_HEADING)))
        .append(" `")
        .append(entry.path().replace('.', ' '))
        .append("`\n\n")
        .append(kind.doc())
        .append("\n\n");
    if (kind.variants().isEmpty()) {
      text.append("Written `")
          .append(entry.written())
          .append(kind.label().map(label -> " " + label.meaning()).orElse(""))
          .append(" { … }`, ")
          .append(occurrence(kind))
          .append(".\n");
    }
    inside(kind, mention, text);
    attributes(kind, text);
    kind.example().ifPresent(code -> text.append("\n```gops\n").append(code).append("\n```\n"));
    return text.toString();
  }

  private static String occurrence(Kind kind) {
    return switch (kind.occurs()) {
      case ONCE -> "at most once";
      case REQUIRED -> kind.label().isPresent() ? "at least once" : "exactly once";
      case REPEATED -> "once for each name";
    };
  }

  private static void inside(Kind kind, Function<Kind, String> mention, StringBuilder text) {
    if (!kind.variants().isEmpty()) {
      text.append("The word behind it says which: ")
          .append(words(kind.variants(), mention))
          .append(".\n");
    }
    if (!kind.nested().isEmpty()) {
      text.append("\nInside it may stand ").append(words(kind.nested(), mention)).append(".\n");
    }
    if (kind.members()) {
      text.append("\n`override NUMBERS { … }` says what is different for some of its members.\n");
    }
    switch (kind.rules()) {
      case NONE -> {}
      case EXPECTATIONS -> text.append("\n`expect` says what must be true of it.\n");
      case POLICY -> text.append("\nIts rules begin with `allow`, `deny` or `expect`.\n");
    }
  }

  private static String words(Map<String, Kind> kinds, Function<Kind, String> mention) {
    return kinds.values().stream().map(mention).collect(Collectors.joining(", "));
  }

  private static void attributes(Kind kind, StringBuilder text) {
    List<Attribute> all = new ArrayList<>(kind.attributes().values());
    kind.anyAttribute().ifPresent(all::add);
    if (all.isEmpty()) {
      return;
    }
    text.append("\n| attribute | holds | when left out | meaning |\n|---|---|---|---|\n");
    for (Attribute attribute : all) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  attribute.name(),
                  cell(holds(attribute.type())),
                  cell(leftOut(attribute)),
                  cell(meaning(attribute))));
    }
  }

  private static String leftOut(Attribute attribute) {
    if (attribute.required()) {
      return "an error";
    }
    return attribute.defaultText().map(text -> "`" + text + "`").orElse("");
  }

  private static String meaning(Attribute attribute) {
    return attribute.doc()
        + attribute.example().map(text -> " Example: `" + text + "`.").orElse("")
        + (attribute.overridable() ? " An environment may set it." : "");
  }

  /// What an attribute holds, with the limits of an amount.
  private static String holds(Type type) {
    return type instanceof Type.Quantity(Measure measure, long min, long max)
        ? type.describe()
            + (min > 0 ? ", at least " + measure.print(min) : "")
            + (max < Long.MAX_VALUE ? ", at most " + measure.print(max) : "")
        : type.describe();
  }

  /// What there is to know of one attribute.
  public static String section(Found found) {
    Attribute attribute = found.attribute();
    StringBuilder text = new StringBuilder();
    text.append(
        "# `%s.%s`\n\n%s\n\n".formatted(found.owner().path(), attribute.name(), attribute.doc()));
    text.append("- holds ").append(holds(attribute.type())).append('\n');
    if (attribute.type() instanceof Type.Quantity(Measure measure, _, _)) {
      text.append("- units ").append(units(measure)).append('\n');
    }
    String otherwise = leftOut(attribute);
    text.append(otherwise.isEmpty() ? "" : "- when left out: " + otherwise + "\n");
    attribute
        .example()
        .ifPresent(
            example -> text.append("- example: `%s = %s`\n".formatted(attribute.name(), example)));
    text.append(attribute.overridable() ? "- an environment may set it\n" : "");
    return text.toString();
  }

  /// Text in a cell of a table.
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  /// The names that `explain` knows: for a proposal when a name is wrong.
  public List<String> names() {
    return entries().stream()
        .flatMap(
            entry -> {
              List<String> names = new ArrayList<>();
              names.add(entry.kind().name());
              entry
                  .kind()
                  .attributes()
                  .keySet()
                  .forEach(attribute -> names.add(entry.path() + "." + attribute));
              return names.stream();
            })
        .distinct()
        .sorted()
        .toList();
  }
}
