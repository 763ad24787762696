package io.gops.bind;

import io.gops.bind.EffectiveValue.Role;
import io.gops.bind.EffectiveValue.Step;
import io.gops.source.Place;
import io.gops.syntax.Const;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Finds the effective values that one line of a file has a part in: those it sets, those of the
/// declaration that begins on it, and those that it brings in or that replaced what it says.
final class LineValues {
  private final String path;
  private final int line;
  private final ConstantUses constants;
  private final Evaluator evaluator;

  LineValues(String path, int line, ConstantUses constants, Evaluator evaluator) {
    this.path = path;
    this.line = line;
    this.constants = constants;
    this.evaluator = evaluator;
  }

  /// @param environments the merged declarations of each
  List<EffectiveValue> of(SortedMap<String, List<Block>> environments) {
    Map<EffectiveValue, List<String>> found = new LinkedHashMap<>();
    environments.forEach(
        (environment, blocks) -> {
          List<EffectiveValue> values = new ArrayList<>();
          blocks.forEach(block -> collect("", block, false, values));
          values.forEach(
              value -> found.computeIfAbsent(value, _ -> new ArrayList<>()).add(environment));
        });
    List<EffectiveValue> grouped = new ArrayList<>();
    found.forEach(
        (value, names) ->
            grouped.add(
                new EffectiveValue(
                    names, value.declaration(), value.attribute(), value.value(), value.steps())));
    return grouped;
  }

  /// @param outer the declarations around the block, with a space behind
  /// @param part whether the block belongs to a declaration that begins on the line
  private void collect(String outer, Block block, boolean part, List<EffectiveValue> values) {
    String title = outer + Completeness.title(block);
    boolean begins = part || block.place().filter(this::covers).isPresent();
    block
        .fields()
        .forEach(
            (name, field) -> {
              if (begins || touches(field)) {
                values.add(
                    new EffectiveValue(
                        List.of(), title, name, ValueText.of(field.value()), steps(field)));
              }
            });
    for (Block child : block.children()) {
      // What an environment overrides is shown where it ends up.
      if (!child.word().equals("override")) {
        collect(title + " ", child, begins && child.label().isEmpty(), values);
      }
    }
    for (Block.Member member : block.members()) {
      member(title, block, member, values);
    }
  }

  /// What an override of some members of a range makes of its attributes.
  private void member(String title, Block range, Block.Member member, List<EffectiveValue> values) {
    Block merged = Merge.member(range, member);
    boolean begins = covers(member.place());
    for (String name : member.block().fields().keySet()) {
      Block.Field field = merged.fields().get(name);
      if (field != null && (begins || touches(field))) {
        values.add(
            new EffectiveValue(
                List.of(),
                title + " override " + member.numbers().text(),
                name,
                ValueText.of(field.value()),
                steps(field)));
      }
    }
  }

  private boolean touches(Block.Field field) {
    return field.origin().chain().stream().anyMatch(this::covers)
        || field.before().filter(this::touches).isPresent();
  }

  private boolean covers(Place place) {
    return place.file().path().equals(path)
        && place.line() <= line
        && line <= place.file().line(Math.max(place.span().offset(), place.span().end() - 1));
  }

  private List<Step> steps(Block.Field field) {
    List<Step> steps = new ArrayList<>();
    String value = ValueText.of(field.value());
    for (Place place : field.origin().chain()) {
      steps.add(new Step(steps.isEmpty() ? Role.SET : Role.BROUGHT_IN, value, place));
    }
    for (Place place : field.origin().chain()) {
      for (Scope.Found<Const> found : constants.of(place)) {
        Value constant = evaluator.constant(found.declaration(), found.scope());
        Place declared = found.scope().place(found.declaration());
        steps.add(new Step(Role.CONSTANT, ValueText.of(constant), declared));
      }
    }
    field.before().ifPresent(before -> before(before, steps));
    return steps;
  }

  private static void before(Block.Field field, List<Step> steps) {
    String value = ValueText.of(field.value());
    Role role = Role.BEFORE;
    for (Place place : field.origin().chain()) {
      steps.add(new Step(role, value, place));
      role = Role.BROUGHT_IN;
    }
    field.before().ifPresent(before -> before(before, steps));
  }
}
