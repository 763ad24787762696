package io.gops.bind;

import io.gops.source.Place;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes down what was read and bound, as a [Survey].
final class Surveyor {
  private final Defaults defaults = new Defaults();
  private final SortedMap<String, Scope> scopes = new TreeMap<>();
  private final List<Survey.Environment> environments = new ArrayList<>();

  /// Takes in one environment.
  ///
  /// @param declaration of the environment; absent for a single file
  /// @param read its files by path
  void add(
      String name,
      Optional<Block> declaration,
      Map<String, Scope> read,
      List<Block> blocks,
      List<Block.Rule> rules) {
    scopes.putAll(read);
    Optional<String> cluster =
        declaration
            .flatMap(block -> block.value("cluster"))
            .map(value -> value instanceof Value.Name(Path path, _) ? path.text() : null);
    environments.add(
        new Survey.Environment(
            name,
            declaration.flatMap(Block::place),
            cluster,
            blocks.stream().map(this::declared).toList(),
            rules.stream().map(Block.Rule::item).toList()));
  }

  /// @param root path of the first file
  /// @param present all files of the folder
  Survey survey(String root, List<String> present) {
    SortedMap<String, Survey.File> files = new TreeMap<>();
    List<Survey.Use> uses = new ArrayList<>();
    scopes.forEach(
        (path, scope) -> {
          files.put(path, new Survey.File(scope.tree(), imports(path, scope)));
          uses.addAll(NameUses.of(scope));
        });
    Optional<Place> settings =
        Optional.ofNullable(scopes.get(root))
            .flatMap(
                scope ->
                    scope.tree().declarations().stream()
                        .filter(d -> d.kind().text().equals("fleet"))
                        .findFirst()
                        .map(d -> scope.place(d.head())));
    List<String> unread = present.stream().filter(path -> !scopes.containsKey(path)).toList();
    return new Survey(files, uses, environments, settings, settings.isEmpty() ? List.of() : unread);
  }

  private static List<Survey.Imported> imports(String path, Scope scope) {
    return scope.tree().imports().stream()
        .flatMap(
            written ->
                NameUses.target(path, written)
                    .map(target -> new Survey.Imported(written, target))
                    .stream())
        .toList();
  }

  private Declared declared(Block block) {
    SortedMap<String, Said> attributes = new TreeMap<>();
    block.fields().forEach((name, field) -> attributes.put(name, said(name, field, block)));
    return new Declared(
        block.word(),
        block.label(),
        Completeness.title(block),
        block.declaration().place().orElseThrow(),
        block.place().orElseThrow(),
        attributes,
        block.children().stream().map(this::declared).toList(),
        block.members().stream().map(member -> declared(member.block())).toList(),
        block.base().map(Block.Base::name),
        block.rules().stream().<Item>map(Block.Rule::item).toList());
  }

  private Said said(String name, Block.Field field, Block block) {
    var attribute =
        Optional.ofNullable(block.kind().attributes().get(name))
            .or(block.kind()::anyAttribute)
            .orElseThrow();
    return new Said(
        name,
        attribute.type(),
        ValueText.of(field.value()),
        names(field.value()).toList(),
        field.origin().chain(),
        field.before().map(before -> said(name, before, block)),
        defaults.of(attribute).map(ValueText::of));
  }

  private static Stream<String> names(Value value) {
    return switch (value) {
      case Value.Name(Path path, _) -> Stream.of(path.text());
      case Value.Items(List<Value.Placed> elements) ->
          elements.stream().flatMap(element -> names(element.value()));
      case Value.Text _ -> Attributes.constant(value).stream();
      case Value _ -> Stream.empty();
    };
  }
}
