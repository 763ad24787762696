package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.text.Positions;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;

/// Ways from a declaration to what becomes of it.
public final class Lenses {
  /// Commands of the editor's extension; each takes the URI of the file and a name.
  public static final String COMPILED = "gops.showCompiled";

  public static final String DIFFERENCE = "gops.diffHead";
  public static final String PLAN = "gops.showPlan";
  public static final String CAPACITY = "gops.showCapacity";

  private Lenses() {}

  public static List<CodeLens> of(View view) {
    List<CodeLens> lenses = new ArrayList<>();
    if (!view.snapshot().place().isOnDisk()) {
      return lenses;
    }
    for (Definition definition : view.file().definitions()) {
      switch (definition.symbol().space()) {
        case "game", "zones" -> {
          lenses.add(lens(view, definition, "Show compiled output", COMPILED));
          lenses.add(lens(view, definition, "Diff against HEAD", DIFFERENCE));
        }
        case "release" -> lenses.add(lens(view, definition, "Show plan", PLAN));
        case "pool" -> lenses.add(lens(view, definition, "Show capacity", CAPACITY));
        default -> {}
      }
    }
    return lenses;
  }

  private static CodeLens lens(View view, Definition definition, String title, String command) {
    return new CodeLens(
        Positions.of(definition.name()),
        new Command(
            title,
            command,
            List.of(
                view.uri(definition.name()),
                definition.symbol().space(),
                definition.symbol().name())),
        null);
  }
}
