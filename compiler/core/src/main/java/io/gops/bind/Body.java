package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Label.Form;
import io.gops.schema.Type;
import io.gops.source.Origin;
import io.gops.source.Place;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Collects the items of one body.
final class Body {
  private static final String OVERRIDE = "override";

  private final Binder binder;
  private final Problems problems;
  private final Kind kind;
  private final Scope scope;
  private final SortedMap<String, Block.Field> fields = new TreeMap<>();
  private final List<Block> children = new ArrayList<>();
  private final List<Block.Member> members = new ArrayList<>();
  private final List<Block.Rule> rules = new ArrayList<>();
  private final Map<String, Place> demands = new LinkedHashMap<>();
  private final Map<String, Inner> inner = new LinkedHashMap<>();
  private boolean damaged;

  /// A block that a dotted path leads into: `pair.initial = b` means `pair { initial = b }`.
  ///
  /// @param place the first path that leads into it
  private record Inner(Kind kind, String word, String label, Body body, Place place) {
    Block block() {
      return new Block(
          kind,
          word,
          label,
          Optional.empty(),
          body.fields,
          body.children,
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          body.damaged,
          body.scope,
          Origin.of(place),
          Origin.of(place));
    }
  }

  Body(Binder binder, Kind kind, Scope scope) {
    this.binder = binder;
    this.problems = binder.problems();
    this.kind = kind;
    this.scope = scope;
  }

  SortedMap<String, Block.Field> fields() {
    return fields;
  }

  List<Block> children() {
    return children;
  }

  List<Block.Member> members() {
    return members;
  }

  List<Block.Rule> rules() {
    return rules;
  }

  Map<String, Place> demands() {
    return demands;
  }

  boolean damaged() {
    return damaged;
  }

  void add(Item item) {
    switch (item) {
      case Item.Assignment assignment -> assign(assignment);
      case Item.Declaration declaration -> nest(declaration);
      case Item.Required required -> demand(required);
      case Item.Rule _ -> rule(item, "a rule", kind.rules() == Kind.Rules.POLICY);
      case Item.ExpectReachable _, Item.ExpectProperty _ ->
          rule(item, "expect", kind.rules() != Kind.Rules.NONE);
      case Item.Broken _ -> {
        damaged = true;
        kind.nested().keySet().forEach(problems.suspects()::nameless);
      }
    }
  }

  private void demand(Item.Required required) {
    String name = required.path().text();
    if (kind.attributes().containsKey(name) || kind.nested().containsKey(name)) {
      demands.putIfAbsent(name, scope.place(required));
    } else {
      damaged = true;
      unknownAttribute(name, scope.place(required.path()));
    }
  }

  private void rule(Item item, String what, boolean allowed) {
    if (allowed) {
      rules.add(new Block.Rule(item, scope));
    } else {
      problems.report(Diagnostic.of(Code.GOPS2039, what, kind.name()).at(scope.place(item)));
    }
  }

  private void assign(Item.Assignment assignment) {
    assign(assignment, assignment.path().segments());
  }

  /// Takes in an assignment whose path, from here, is `path`.
  ///
  /// @return the attribute that it sets; absent after a report
  private Optional<Attribute> assign(Item.Assignment assignment, List<Path.Segment> path) {
    Body target = this;
    int next = 0;
    while (next < path.size() - 1) {
      Optional<Step> step = target.step(path.subList(next, path.size()));
      if (step.isEmpty()) {
        damaged = true;
        return Optional.empty();
      }
      target = step.get().body();
      next += step.get().segments();
    }
    return target.assign(assignment, path.getLast());
  }

  /// The next block on a path.
  ///
  /// @param segments how many of the path say which
  private record Step(Body body, int segments) {}

  private Optional<Step> step(List<Path.Segment> path) {
    Path.Segment word = path.getFirst();
    if (kind.open()) {
      return Optional.of(new Step(inner(kind.called(word.text()), word.text(), "", word), 1));
    }
    Kind named = kind.nested().get(word.text());
    if (named == null) {
      unknownBlock(word);
      return Optional.empty();
    }
    int used = 1;
    Kind chosen = named;
    if (!named.variants().isEmpty()) {
      Path.Segment variant = path.get(used++);
      Kind found = named.variants().get(variant.text());
      if (found == null) {
        String words = String.join(", ", named.variants().keySet());
        Place place = scope.place(variant);
        problems.report(
            Names.meant(
                Diagnostic.of(Code.GOPS2004, named.name(), variant.text(), words).at(place),
                place,
                variant.text(),
                named.variants().keySet()));
        return Optional.empty();
      }
      chosen = found;
    }
    String label = "";
    if (chosen.label().isPresent()) {
      if (used == path.size() || chosen.label().get().form() == Form.RANGE) {
        problems.report(
            Diagnostic.of(Code.GOPS2028, word.text(), "a block")
                .at(scope.place(word))
                .hint("block", word.text()));
        return Optional.empty();
      }
      label = path.get(used++).text();
    }
    if (used == path.size()) {
      problems.report(
          Diagnostic.of(Code.GOPS2028, word.text(), "a block")
              .at(scope.place(word))
              .hint("block", word.text()));
      return Optional.empty();
    }
    return Optional.of(new Step(inner(chosen, named.name(), label, word), used));
  }

  private Body inner(Kind chosen, String word, String label, Path.Segment segment) {
    return inner
        .computeIfAbsent(
            word + " " + chosen.name() + " " + label,
            _ ->
                new Inner(
                    chosen, word, label, new Body(binder, chosen, scope), scope.place(segment)))
        .body();
  }

  private void unknownBlock(Path.Segment word) {
    if (kind.attributes().containsKey(word.text())) {
      problems.report(
          Diagnostic.of(
                  Code.GOPS2028, word.text(), kind.attributes().get(word.text()).type().describe())
              .at(scope.place(word))
              .hint("assign", word.text()));
      return;
    }
    Place place = scope.place(word);
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2002, kind.name(), word.text()).at(place);
    Set<String> known = kind.nested().keySet();
    if (Spelling.nearest(word.text(), known).isEmpty() && !known.isEmpty()) {
      problem.hint("known", Names.list(known));
    }
    problems.report(Names.meant(problem, place, word.text(), known));
  }

  /// Puts what dotted paths said beside the blocks that were written.
  void finish() {
    for (Inner dotted : inner.values()) {
      dotted.body().finish();
      add(dotted.block());
    }
    inner.clear();
  }

  private void add(Block dotted) {
    damaged |= dotted.damaged();
    for (int i = 0; i < children.size(); i++) {
      Block written = children.get(i);
      if (written.word().equals(dotted.word()) && written.label().equals(dotted.label())) {
        children.set(i, join(written, dotted));
        return;
      }
    }
    children.add(dotted);
  }

  /// One block of what was written between braces and by dotted paths; an attribute is written
  /// once, whichever way.
  private Block join(Block written, Block dotted) {
    if (!written.kind().name().equals(dotted.kind().name())) {
      problems.report(
          Diagnostic.of(Code.GOPS2008, written.word())
              .at(dotted.place())
              .related(written.place(), "related"));
      return written;
    }
    dotted
        .fields()
        .forEach(
            (name, field) -> {
              Block.Field before = written.fields().get(name);
              if (before != null && !field.append()) {
                problems.report(
                    Diagnostic.of(Code.GOPS2007, name)
                        .at(field.origin().place())
                        .related(before.origin().place(), "related"));
              }
            });
    Body both = new Body(binder, written.kind(), scope);
    both.children.addAll(written.children());
    dotted.children().forEach(both::add);
    return written.with(
        Merge.over(written, dotted).fields(),
        both.children,
        written.damaged() || dotted.damaged() || both.damaged);
  }

  private Optional<Attribute> assign(Item.Assignment assignment, Path.Segment last) {
    String name = last.text();
    Place place = scope.place(last);
    if (kind.open()
        && assignment.value()
            instanceof Expression.ObjectLiteral(Span _, List<Item.Assignment> entries)) {
      entries.forEach(inner(kind.called(name), name, "", last)::assign);
      return kind.anyAttribute();
    }
    Attribute attribute =
        Optional.ofNullable(kind.attributes().get(name)).or(kind::anyAttribute).orElse(null);
    if (attribute == null) {
      damaged = true;
      unknownAttribute(name, place, assignment);
      return Optional.empty();
    }
    assign(assignment, name, place, attribute);
    return Optional.of(attribute);
  }

  private void assign(Item.Assignment assignment, String name, Place place, Attribute attribute) {
    Block.Field before = fields.get(name);
    boolean append = assignment.operator() == Item.Assignment.Operator.APPEND;
    if (before != null && !append) {
      problems.report(
          Diagnostic.of(Code.GOPS2007, name).at(place).related(before.origin().place(), "related"));
      return;
    }
    boolean list =
        attribute.type() instanceof Type.Items
            || (attribute.type() instanceof Type.ObjectField
                && assignment.value() instanceof Expression.ListLiteral);
    if (append && !list) {
      problems.report(Diagnostic.of(Code.GOPS2041, name).at(place).hint("hint"));
      damaged = true;
      return;
    }
    Value value = binder.conformance().value(assignment.value(), attribute.type(), scope, name);
    fields.put(
        name,
        new Block.Field(
            before == null ? value : Merge.append(before.value(), value),
            Origin.of(scope.place(assignment)),
            before == null ? append : before.append()));
  }

  private void unknownAttribute(String name, Place place, Item.Assignment assignment) {
    if (kind.nested().containsKey(name)) {
      if (!problems.suspects().inside(scope.place(assignment))) {
        problems.report(
            Diagnostic.of(Code.GOPS2028, name, "a block").at(place).hint("block", name));
      }
      return;
    }
    unknownAttribute(name, place);
  }

  private void unknownAttribute(String name, Place place) {
    Set<String> names = new TreeSet<>(kind.attributes().keySet());
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2005, kind.name(), name).at(place);
    Optional<String> meant = Spelling.nearest(name, names);
    if (meant.isPresent()) {
      problem.fix(place, meant.get(), "fix", meant.get()).hint("meant", meant.get());
    } else if (!names.isEmpty()) {
      problem.hint("known", Names.list(names));
    }
    problems.report(problem);
  }

  private void nest(Item.Declaration declaration) {
    if (declaration.kind().text().equals(OVERRIDE) && kind.members()) {
      override(declaration);
      return;
    }
    if (declaration.kind().text().equals(OVERRIDE) && kind.nested().containsKey(OVERRIDE)) {
      settings(declaration);
      return;
    }
    Optional<Block> bound =
        kind.open()
            ? openBlock(declaration)
            : binder.bind(declaration, kind.nested(), Optional.of(kind), scope);
    if (bound.isEmpty()) {
      damaged = true;
      return;
    }
    Block block = bound.get();
    damaged |= block.damaged();
    Optional<Block> before =
        children.stream()
            .filter(c -> c.word().equals(block.word()) && c.label().equals(block.label()))
            .findFirst();
    if (before.isPresent() && !(block.damaged() && block.label().isEmpty())) {
      String what = block.label().isEmpty() ? block.word() : block.word() + " " + block.label();
      problems.report(
          Diagnostic.of(Code.GOPS2008, what)
              .at(block.place())
              .related(before.get().place(), "related"));
      return;
    }
    children.add(block);
  }

  /// `override { zones.clx-main.players = 300 }`: one child for each declaration that it names.
  private void settings(Item.Declaration declaration) {
    if (!declaration.labels().isEmpty()) {
      problems.report(
          Diagnostic.of(Code.GOPS2026, OVERRIDE, "no label")
              .at(scope.place(declaration.labels().getFirst())));
      damaged = true;
      return;
    }
    for (Item item : declaration.items()) {
      switch (item) {
        case Item.Assignment assignment -> setting(declaration, assignment);
        case Item.Broken _ -> damaged = true;
        case Item.Declaration _,
            Item.Required _,
            Item.Rule _,
            Item.ExpectReachable _,
            Item.ExpectProperty _ ->
            problems.report(Diagnostic.of(Code.GOPS2056).at(scope.place(item)).hint("hint"));
      }
    }
  }

  /// A block of any name, where fields of any name may stand.
  private Optional<Block> openBlock(Item.Declaration declaration) {
    String word = declaration.kind().text();
    if (!declaration.labels().isEmpty()) {
      problems.report(
          Diagnostic.of(Code.GOPS2026, word, "no label")
              .at(scope.place(declaration.labels().getFirst())));
      return Optional.empty();
    }
    Kind chosen = kind.called(word);
    return Optional.of(binder.block(declaration, word, chosen, scope));
  }

  private void setting(Item.Declaration declaration, Item.Assignment assignment) {
    List<Path.Segment> path = assignment.path().segments();
    Kind target = path.size() > 2 ? binder.schema().kinds().get(path.getFirst().text()) : null;
    if (target == null) {
      problems.report(Diagnostic.of(Code.GOPS2056).at(scope.place(assignment.path())).hint("hint"));
      return;
    }
    Body body = new Body(binder, target, scope);
    boolean fixed = !target.variants().isEmpty();
    if (!fixed) {
      Optional<Attribute> attribute = body.assign(assignment, path.subList(2, path.size()));
      fixed = attribute.filter(found -> !found.overridable()).isPresent();
    }
    if (fixed) {
      List<String> words =
          path.stream().skip(2).map(Path.Segment::text).collect(Collectors.toList());
      words.addFirst(target.name());
      problems.report(
          Diagnostic.of(Code.GOPS2057, String.join(".", words))
              .at(scope.place(assignment.path()))
              .hint("hint", overridable(target)));
      return;
    }
    body.finish();
    children.add(
        new Block(
            target,
            OVERRIDE,
            path.get(1).text(),
            Optional.empty(),
            body.fields,
            body.children,
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            body.damaged,
            scope,
            Origin.of(scope.place(declaration)),
            Origin.of(scope.place(assignment.path()))));
  }

  private static String overridable(Kind kind) {
    List<String> names = overridable(kind, "").toList();
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  /// What an environment may set, by its path; blocks with a label stand in no path.
  private static Stream<String> overridable(Kind kind, String prefix) {
    return Stream.concat(
        kind.attributes().values().stream()
            .filter(Attribute::overridable)
            .map(attribute -> prefix + attribute.name()),
        kind.nested().values().stream()
            .filter(inner -> inner.label().isEmpty() && inner.variants().isEmpty())
            .flatMap(inner -> overridable(inner, prefix + inner.name() + ".")));
  }

  private void override(Item.Declaration declaration) {
    Place head = scope.place(declaration.head());
    if (declaration.labels().size() != 1) {
      problems.report(Diagnostic.of(Code.GOPS2026, OVERRIDE, "numbers such as 3 or 1..3").at(head));
      return;
    }
    Optional<NumberSet> numbers = binder.numbers(declaration.labels().getFirst(), OVERRIDE, scope);
    Body body = binder.read(declaration, kind, scope);
    Block block =
        new Block(
            kind,
            OVERRIDE,
            "",
            numbers,
            body.fields,
            body.children,
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            body.damaged,
            scope,
            Origin.of(scope.place(declaration)),
            Origin.of(head));
    numbers.ifPresent(set -> members.add(new Block.Member(set, block, head)));
  }
}
