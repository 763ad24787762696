package io.gops.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.bind.Draft;
import io.gops.bind.ParsedFiles;
import io.gops.bind.Sources;
import io.gops.diagnostic.Diagnostic;
import io.gops.lsp.feature.Renaming;
import io.gops.lsp.fleet.FleetPlace;
import io.gops.lsp.fleet.Snapshot;
import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Definition;
import io.gops.lsp.meaning.FileMarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is renamed, the fleet binds as before: no use is left behind and none is taken along.
/// The binder, which resolves names in its own way, is the judge.
final class RenameEverythingTest {
  /// Blocks that name what something else declares are no declarations of their own.
  private static final Set<String> SKIPPED =
      Set.of("hosts", "fleet", "environment", "subnet", "config");

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "five-zones", "web2048/web2048.gops"})
  void everyNameCanBeAnother(String example) {
    Path source = Path.of(System.getProperty("gops.root"), "examples", example);
    FleetPlace place =
        example.endsWith(".gops") ? FleetPlace.ofFile(source) : FleetPlace.ofFolder(source);
    Snapshot snapshot = new Snapshot(place, new TreeMap<>());
    assertEquals(List.of(), snapshot.draft().orElseThrow().diagnostics());
    int renamed = 0;
    for (FileMarks file : snapshot.names().files()) {
      if (Sources.isStandard(file.path())) {
        continue;
      }
      View view = new View(snapshot, file, snapshot.names(), Optional.empty(), path -> path);
      for (Definition definition : file.definitions()) {
        if (!SKIPPED.contains(definition.symbol().space())) {
          rename(view, definition);
          renamed++;
        }
      }
    }
    assertTrue(renamed > 5, "only " + renamed);
  }

  private static void rename(View view, Definition definition) {
    String name = definition.symbol().space().equals("port") ? "renamed" : "renamed-one";
    WorkspaceEdit edit;
    try {
      edit = Renaming.rename(view, definition.name().span().offset() + 1, name, false);
    } catch (Renaming.Refused refused) {
      throw new AssertionError(definition.head() + ": " + refused.getMessage(), refused);
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (var change : edit.getDocumentChanges()) {
      String path = change.getLeft().getTextDocument().getUri();
      List<TextEdit> edits = change.getLeft().getEdits().stream().map(e -> e.getLeft()).toList();
      String text = view.snapshot().trees().get(path).file().text();
      texts.put(path, Editor.applied(text, edits));
    }
    Draft after =
        Draft.of(view.snapshot().place().source(), texts, new ParsedFiles()).orElseThrow();
    List<String> wrong = new ArrayList<>();
    for (Diagnostic diagnostic : after.diagnostics()) {
      wrong.add(
          diagnostic.code() + " " + diagnostic.message().arguments() + " " + diagnostic.place());
    }
    assertEquals(List.of(), wrong, "renaming " + definition.head());
  }
}
