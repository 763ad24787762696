package io.gops.lsp;

import static io.gops.lsp.Editor.get;
import static io.gops.lsp.Editor.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an editor is told beside mistakes: style, in which language, and what nothing is known of.
final class WhatIsToldTest {
  private static final String GAME = "arena.gops";

  @TempDir private Path scratch;

  private static List<String> codes(Editor editor, String path) {
    return editor.diagnostics(path).stream().map(d -> d.getCode().getLeft()).toList();
  }

  private static List<CodeAction> actions(Editor editor, Diagnostic about) throws Exception {
    return get(
            editor
                .texts()
                .codeAction(
                    new CodeActionParams(
                        editor.id(GAME), about.getRange(), new CodeActionContext(List.of(about)))))
        .stream()
        .map(a -> a.getRight())
        .toList();
  }

  private static void apply(Editor editor, CodeAction action) throws Exception {
    editor.type(
        GAME,
        Editor.applied(editor.text(GAME), action.getEdit().getChanges().get(editor.uri(GAME))));
  }

  @Test
  void styleIsInformationThatCanBeMendedOrAnsweredFor() throws Exception {
    try (Editor editor = Editor.onExample("five-zones", scratch)) {
      String saved = editor.open(GAME);
      assertEquals(List.of(), editor.diagnostics(GAME));
      editor.type(GAME, "const spare = 3\n" + saved);
      Diagnostic unused = only(editor.diagnostics(GAME), d -> true);
      assertEquals("GOPS7001", unused.getCode().getLeft());
      assertEquals(DiagnosticSeverity.Information, unused.getSeverity());
      assertEquals(List.of(DiagnosticTag.Unnecessary), unused.getTags());
      assertEquals(editor.at(GAME, "const |spare"), unused.getRange().getStart());

      apply(editor, only(actions(editor, unused), a -> a.getIsPreferred()));
      assertEquals(saved, editor.text(GAME));
      editor.type(GAME, "const spare = 3\n" + saved);
      apply(editor, only(actions(editor, unused), a -> a.getTitle().startsWith("Answer for")));
      assertTrue(
          editor
              .text(GAME)
              .startsWith("@suppress(\"GOPS7001\", reason = \"seen and accepted\")\nconst spare"),
          editor.text(GAME));
      assertEquals(List.of(), editor.diagnostics(GAME));

      editor.replace(GAME, "const spare = 3\n", "");
      assertEquals(List.of("GOPS7902"), codes(editor, GAME));
      editor.replace(GAME, "players = 500", "playrs = 500");
      assertTrue(codes(editor, GAME).contains("GOPS2005"), codes(editor, GAME).toString());
      assertEquals(List.of(), editor.log());
    }
  }

  @Test
  void chineseIsSpokenWhenTheEditorAsksForIt() throws Exception {
    try (Editor editor = Editor.onExample("five-zones", scratch, Optional.of("zh"))) {
      editor.open(GAME);
      editor.replace(GAME, "players = 500", "playrs = 500");
      Diagnostic mistake = only(editor.diagnostics(GAME), d -> true);
      assertTrue(
          mistake
              .getMessage()
              .getLeft()
              .matches("(?s).*\\p{IsHan}.*playrs.*|.*playrs.*\\p{IsHan}.*"),
          mistake.getMessage().getLeft());
    }
  }

  @Test
  void whatNeedsHostsSaysOnceThatThereAreNone() throws Exception {
    String fleet =
        """
        cluster c { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
        game g {
          container engine {
            port client { number = 7001, protocol = tcp }
          }
          profile {
            base { cpu = 500mcores, memory = 1Gi }
          }
          version "1" { engine = "registry.example.com/g:1@sha256:%s" }
        }
        zones one { game = g, ids = 1..5, run = "1", pool = s.p, players = 10 }
        zones two { game = g, ids = 11..15, run = "1", pool = s.p, players = 10 }
        """
            .formatted("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
    try (Editor editor = Editor.on(scratch, Map.of("game.gops", fleet))) {
      editor.open("game.gops");
      assertEquals(List.of("GOPS2016"), codes(editor, "game.gops"));
      editor.type("game.gops", fleet + "site s {\n  pool p {\n  }\n}\n");
      assertEquals(List.of("GOPS3005"), codes(editor, "game.gops"));
      assertEquals(List.of(), editor.log());
    }
  }
}
