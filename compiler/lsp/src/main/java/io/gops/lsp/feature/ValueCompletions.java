package io.gops.lsp.feature;

import static io.gops.lsp.feature.Proposals.FIRST;
import static io.gops.lsp.feature.Proposals.SECOND;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.schema.Attribute;
import io.gops.schema.Measure;
import io.gops.schema.Schema;
import io.gops.schema.Target;
import io.gops.schema.TextShape;
import io.gops.schema.Type;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// What may stand behind the `=` of an attribute, and inside its texts.
final class ValueCompletions {
  private final View view;
  private final Names names;
  private final Cursor cursor;
  private final Enclosing around;
  private final Missing missing;
  private final Proposals proposals;

  ValueCompletions(
      View view, Cursor cursor, Enclosing around, Missing missing, Proposals proposals) {
    this.view = view;
    this.names = view.names();
    this.cursor = cursor;
    this.around = around;
    this.missing = missing;
    this.proposals = proposals;
  }

  void value(String attribute) {
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
      case Type.Points points -> proposals.plain(points.example(), "points");
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
              .forEach(text -> proposals.plain(text, attribute.doc()));
    }
  }

  private void word(String word, Attribute attribute) {
    CompletionItem item = proposals.item(word, CompletionItemKind.EnumMember, word, FIRST);
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
          .forEach(text -> proposals.plain(text, attribute.doc()));
      return;
    }
    for (Measure.Unit unit : measure.units()) {
      boolean isUsual = measure.usualUnits().contains(unit.suffix());
      CompletionItem item =
          proposals.item(
              number + unit.suffix(),
              CompletionItemKind.Unit,
              number + unit.suffix(),
              isUsual ? FIRST : SECOND);
      item.setDetail(measure.phrase());
    }
  }

  private void references(Target target) {
    switch (target) {
      case CONTAINER ->
          names
              .inside(around.owner(), "container")
              .forEach((name, d) -> proposals.defined(name, d, CompletionItemKind.Module));
      case PERSISTENT_VOLUME ->
          names
              .inside(around.owner(), "volume")
              .forEach((name, d) -> proposals.defined(name, d, CompletionItemKind.Module));
      case PORT ->
          names
              .inside(around.container(), "port")
              .forEach((name, d) -> proposals.defined(name, d, CompletionItemKind.Field));
      case CONTAINER_PORT -> ports(around.owner(), ".");
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
          missing
              .references(target)
              .forEach(name -> proposals.path(name, CompletionItemKind.Reference, ""));
    }
  }

  private void alerts() {
    around
        .game()
        .map(name -> names.inside(List.of(name), "alert"))
        .orElseGet(TreeMap::new)
        .forEach((name, d) -> proposals.defined(name, d, CompletionItemKind.Event));
  }

  private void versions() {
    SortedMap<String, Definition> found =
        around.game().map(name -> names.inside(List.of(name), "version")).orElseGet(TreeMap::new);
    found.forEach((name, d) -> proposals.defined('"' + name + '"', d, CompletionItemKind.Event));
    if (found.isEmpty()) {
      missing
          .references(Target.VERSION)
          .forEach(name -> proposals.item(name, CompletionItemKind.Event, name, FIRST));
    }
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
                        port ->
                            proposals.path(
                                container + separator + port, CompletionItemKind.Field, "")));
  }

  private void secrets() {
    names
        .inside(List.of(), "secret")
        .keySet()
        .forEach(name -> proposals.path("secret." + name + ".", CompletionItemKind.Reference, ""));
  }

  /// Constants may stand wherever a value stands.
  private void constants() {
    names
        .visible(view.file().path(), Symbol.CONST)
        .forEach(
            (name, definition) ->
                proposals.path(name, CompletionItemKind.Constant, definition.head()));
  }

  /// Inside a text: names in `${}`, and files.
  void text(Optional<String> attribute) {
    int hole = cursor.word().lastIndexOf("${");
    if (hole >= 0 && cursor.word().indexOf('}', hole) < 0) {
      int start = cursor.wordStart() + hole + 2;
      Stream.of("zone.id", "side", "n")
          .forEach(name -> proposals.add(name, CompletionItemKind.Variable, name, SECOND, start));
      names
          .visible(view.file().path(), Symbol.CONST)
          .forEach(
              (name, d) -> proposals.add(name, CompletionItemKind.Constant, name, FIRST, start));
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
          .forEach(path -> proposals.add(path, CompletionItemKind.File, path, FIRST, start));
    }
    if (isImport) {
      Completions.LIBRARY.forEach(
          path -> proposals.add(path, CompletionItemKind.File, path, SECOND, start));
    }
  }
}
