package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Diagnostics;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.source.Origin;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import io.gops.syntax.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The laws of the merge rule: scalars replace, blocks merge by kind and label, lists replace, `+=`
/// appends.
class MergeProperties {
  private static final SourceFile FILE = new SourceFile("test.gops", "");
  private static final Scope SCOPE =
      new Scope(Parser.parse(FILE, new Diagnostics()), new Suspects());
  private static final Place PLACE = new Place(FILE, new Span(0, 0));
  private static final Kind KIND = Schema.language().kinds().get("zones");

  /// What a block says without where it says it.
  record Said(Map<String, Value> values, Map<String, Said> children) {}

  @Provide
  Arbitrary<Block> bodies() {
    return bodies(2);
  }

  private static Arbitrary<Block> bodies(int depth) {
    Arbitrary<List<Block>> children =
        depth == 0
            ? Arbitraries.just(List.of())
            : Arbitraries.lazy(() -> bodies(depth - 1))
                .flatMap(b -> Arbitraries.of("x", "y", "z").map(label -> labelled(b, label)))
                .list()
                .ofMaxSize(3)
                .map(MergeProperties::distinct);
    return Combinators.combine(fields(), children)
        .as((fields, nested) -> labelled(block(fields, nested), ""));
  }

  private static Arbitrary<SortedMap<String, Block.Field>> fields() {
    Arbitrary<Block.Field> scalar =
        Arbitraries.longs().between(0, 9).map(n -> field(new Value.Whole(n), false));
    Arbitrary<Block.Field> list =
        Combinators.combine(
                Arbitraries.longs().between(0, 9).list().ofMaxSize(3), Arbitraries.of(true, false))
            .as(
                (numbers, append) ->
                    field(
                        new Value.Items(
                            numbers.stream()
                                .map(n -> new Value.Placed(new Value.Whole(n), PLACE))
                                .toList()),
                        append));
    Arbitrary<Map<String, Block.Field>> scalars =
        Arbitraries.maps(Arbitraries.of("a", "b"), scalar).ofMaxSize(2);
    Arbitrary<Map<String, Block.Field>> lists =
        Arbitraries.maps(Arbitraries.of("l", "m"), list).ofMaxSize(2);
    return Combinators.combine(scalars, lists)
        .as(
            (some, more) -> {
              SortedMap<String, Block.Field> all = new TreeMap<>(some);
              all.putAll(more);
              return all;
            });
  }

  private static Block.Field field(Value value, boolean append) {
    return new Block.Field(value, Origin.of(PLACE), append);
  }

  private static List<Block> distinct(List<Block> blocks) {
    Map<String, Block> first = new TreeMap<>();
    blocks.forEach(block -> first.putIfAbsent(block.label(), block));
    return List.copyOf(first.values());
  }

  private static Block block(SortedMap<String, Block.Field> fields, List<Block> children) {
    return new Block(
        KIND,
        "zones",
        "",
        Optional.empty(),
        fields,
        children,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        false,
        SCOPE,
        Origin.of(PLACE),
        Origin.of(PLACE));
  }

  private static Block labelled(Block block, String label) {
    return new Block(
        block.kind(),
        block.word(),
        label,
        block.numbers(),
        block.fields(),
        block.children(),
        block.members(),
        block.rules(),
        block.base(),
        block.demands(),
        block.damaged(),
        block.scope(),
        block.declaration(),
        block.name());
  }

  private static Said said(Block block) {
    Map<String, Value> values = new TreeMap<>();
    block.fields().forEach((name, field) -> values.put(name, field.value()));
    Map<String, Said> children = new TreeMap<>();
    block.children().forEach(child -> children.put(child.label(), said(child)));
    return new Said(values, children);
  }

  @Property(tries = 200)
  void anEmptyBodyChangesNothing(@ForAll("bodies") Block body) {
    Block empty = block(new TreeMap<>(), List.of());
    assertEquals(said(body), said(Merge.over(body, empty)));
    assertEquals(said(body), said(Merge.over(empty, body)));
  }

  @Property(tries = 200)
  void aChainIsTheSameFromEitherEnd(
      @ForAll("bodies") Block low, @ForAll("bodies") Block middle, @ForAll("bodies") Block high) {
    assertEquals(
        said(Merge.over(Merge.over(low, middle), high)),
        said(Merge.over(low, Merge.over(middle, high))));
  }

  @Property(tries = 200)
  void eachAttributeFollowsTheRule(@ForAll("bodies") Block low, @ForAll("bodies") Block high) {
    Said merged = said(Merge.over(low, high));
    high.fields()
        .forEach(
            (name, field) -> {
              Block.Field below = low.fields().get(name);
              Value expected =
                  field.append() && below != null
                      ? joined(below.value(), field.value())
                      : field.value();
              assertEquals(expected, merged.values().get(name));
            });
    low.fields()
        .forEach(
            (name, field) -> {
              if (!high.has(name)) {
                assertEquals(field.value(), merged.values().get(name));
              }
            });
  }

  @Property(tries = 200)
  void blocksMergeByLabel(@ForAll("bodies") Block low, @ForAll("bodies") Block high) {
    Map<String, Said> below = said(low).children();
    Map<String, Said> above = said(high).children();
    Map<String, Said> merged = said(Merge.over(low, high)).children();
    Set<String> labels = new TreeSet<>(below.keySet());
    labels.addAll(above.keySet());
    assertEquals(labels, merged.keySet());
    for (Block lower : low.children()) {
      for (Block upper : high.children()) {
        if (lower.label().equals(upper.label())) {
          assertEquals(said(Merge.over(lower, upper)), merged.get(lower.label()));
        }
      }
    }
    above.keySet().stream()
        .filter(label -> !below.containsKey(label))
        .forEach(label -> assertEquals(above.get(label), merged.get(label)));
    below.keySet().stream()
        .filter(label -> !above.containsKey(label))
        .forEach(label -> assertEquals(below.get(label), merged.get(label)));
  }

  private static Value joined(Value first, Value second) {
    List<Value.Placed> all = new ArrayList<>(((Value.Items) first).elements());
    all.addAll(((Value.Items) second).elements());
    return new Value.Items(all);
  }
}
