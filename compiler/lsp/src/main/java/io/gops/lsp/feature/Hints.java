package io.gops.lsp.feature;

import io.gops.fleet.Zone;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import io.gops.lsp.text.Positions;
import io.gops.source.Span;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// Figures behind the words that they follow from: how full a pool gets, how many players zones
/// add up to, how many pairs of one host may move, the address of a zone.
public final class Hints {
  private final View view;
  private final Span range;
  private final List<InlayHint> hints = new ArrayList<>();

  private Hints(View view, Span range) {
    this.view = view;
    this.range = range;
  }

  public static List<InlayHint> of(View view, Span range) {
    Hints hints = new Hints(view, range);
    for (Definition definition : view.file().definitions()) {
      if (definition.whole().span().offset() <= range.end()
          && range.offset() <= definition.whole().span().end()) {
        hints.of(definition);
      }
    }
    return hints.hints;
  }

  private void of(Definition definition) {
    switch (definition.symbol().space()) {
      case "pool" -> pool(definition);
      case "zones" -> zones(definition);
      case "release" -> release(definition);
      default -> {}
    }
  }

  private Optional<CapacityFigures> figures() {
    return view.proof().map(proof -> new CapacityFigures(proof, view.isProved()));
  }

  private void pool(Definition definition) {
    String key = String.join(".", definition.symbol().path());
    figures()
        .flatMap(figures -> figures.worstInstant(key))
        .ifPresent(
            fill ->
                hint(
                    definition.name().span().end(),
                    "fullest " + fill,
                    "The fullest host and resource of the pool at the worst instant."));
  }

  private void zones(Definition definition) {
    String set = definition.symbol().name();
    List<Zone> zones =
        view.snapshot().draft().stream()
            .flatMap(draft -> draft.fleets().values().stream().limit(1))
            .flatMap(fleet -> fleet.zones().values().stream())
            .filter(zone -> zone.set().equals(set))
            .toList();
    for (Item item : definition.declaration().map(Item.Declaration::items).orElse(List.of())) {
      switch (item) {
        case Item.Assignment assignment when assignment.path().text().equals("players") ->
            players(assignment, zones);
        case Item.Declaration override when override.kind().text().equals("override") ->
            address(override);
        case Item _ -> {}
      }
    }
  }

  private void players(Item.Assignment assignment, List<Zone> zones) {
    if (!zones.isEmpty()) {
      long sum = zones.stream().mapToLong(zone -> zone.body().players()).sum();
      hint(
          assignment.span().end(),
          "%s in %d zones".formatted(CapacityFigures.grouped(sum), zones.size()),
          "Players of all zones, overrides included.");
    }
  }

  /// Where players of a zone log in; of a single zone only.
  private void address(Item.Declaration override) {
    if (override.labels().size() == 1
        && override.labels().getFirst()
            instanceof Label.Numbers(Span span, Expression.Int(_, String digits))
        && digits.length() < 9) {
      figures()
          .flatMap(figures -> figures.loginAddress(Integer.parseInt(digits)))
          .ifPresent(
              address -> hint(span.end(), address, "The address under which players log in."));
    }
  }

  /// How many pairs of one host could move at once, behind what the release says.
  private void release(Definition definition) {
    Optional<String> pool =
        definition
            .declaration()
            .flatMap(d -> Names.reference(d, "zones"))
            .flatMap(this::poolOfZones);
    Optional<Integer> wave = figures().flatMap(figures -> pool.flatMap(figures::largestSafeWave));
    if (wave.isEmpty()) {
      return;
    }
    for (Item item : definition.declaration().map(Item.Declaration::items).orElse(List.of())) {
      if (item instanceof Item.Declaration waves && waves.kind().text().equals("waves")) {
        for (Item inner : waves.items()) {
          if (inner instanceof Item.Assignment a && a.path().text().equals("per_host")) {
            hint(
                a.span().end(),
                "at most " + wave.get() + " would hold",
                "Pairs of one host that could move at the same time on every host.");
          }
        }
      }
    }
  }

  private Optional<String> poolOfZones(String zones) {
    return view.names().definitions(Symbol.of("zones", zones)).stream()
        .flatMap(d -> d.declaration().stream())
        .flatMap(d -> Names.reference(d, "pool").stream())
        .findFirst();
  }

  private void hint(int offset, String text, String tooltip) {
    if (offset < range.offset() || offset > range.end()) {
      return;
    }
    Position position = Positions.of(view.text(), offset);
    InlayHint hint = new InlayHint(position, Either.forLeft(text));
    hint.setPaddingLeft(true);
    hint.setTooltip(tooltip + (view.isProved() ? "" : " As it was before the last change."));
    hints.add(hint);
  }
}
