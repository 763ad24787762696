package io.gops.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.bind.Draft;
import io.gops.bind.FleetLoader;
import io.gops.bind.ParsedFiles;
import io.gops.bind.Survey;
import io.gops.compilation.Backend;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.compilation.Suppressions;
import io.gops.compilation.Target;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.lint.Linter;
import io.gops.lsp.feature.Findings;
import io.gops.lsp.text.Uris;
import io.gops.state.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.*;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People who type anything anywhere, ask for everything in between and never wait. Afterwards the
/// log is empty and what is wrong is what a fresh compile of the same texts finds.
final class RandomEditsTest {
  /// An example and the files of it that are edited; the first one is the root.
  private record Example(String name, List<String> files) {
    /// What a command line would name.
    Path source(Path folder) {
      return files.contains("fleet.gops") ? folder : folder.resolve(files.getFirst());
    }
  }

  private static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "five-zones", List.of("fleet.gops", "machines.gops", "arena.gops", "staging.gops")),
          new Example("web2048", List.of("web2048.gops")),
          new Example(
              "wuxia",
              List.of(
                  "fleet.gops",
                  "cluster.gops",
                  "network.gops",
                  "releases.gops",
                  "games/clx.gops",
                  "sites/hangzhou.gops")));

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "${",
          "=",
          "+=",
          "->",
          ":",
          ".",
          ",",
          "\n",
          " ",
          "//",
          "/*",
          "@",
          "zones x { ",
          "override 3 { players = 9 }",
          "import \"machines.gops\"",
          "const a = 1\n",
          "template zones T {\n}\n",
          "from",
          "6Gi",
          "players",
          "区",
          "𠮷",
          "allow internet -> ",
          "\u0000",
          "\r",
          "999999999999999999999999",
          "@suppress(\"GOPS7001\", reason = \"x\")\n");

  @TempDir private Path scratch;

  /// `-Dgops.edits=1000` for the whole number; a part of it in each build.
  private static int sequences() {
    return Integer.getInteger("gops.edits", 30);
  }

  /// Of ten seeds one goes to the large example, three to the one of one file.
  private static Example example(int seed) {
    int one = seed % 10;
    return EXAMPLES.get(one == 9 ? 2 : one > 5 ? 1 : 0);
  }

  @Test
  void neverFailsAndAgreesWithAFreshCompile() throws Exception {
    for (Example example : EXAMPLES) {
      try (Editor editor = Editor.onExample(example.name(), scratch)) {
        for (String file : example.files()) {
          editor.open(file);
        }
        for (int seed = 0; seed < sequences(); seed++) {
          if (example(seed).equals(example)) {
            tryIt(example, editor, seed);
          }
        }
      }
    }
  }

  private void tryIt(Example example, Editor editor, int seed) throws Exception {
    String which = example.name() + ", seed " + seed;
    sequence(example, editor, new Random(seed));
    assertEquals(List.of(), editor.log(), which);
    Map<String, List<String>> told = told(editor);
    // What the fleet does not read is a fleet of its own, of which the compile knows nothing.
    told.keySet().removeIf(uri -> !isRead(example, editor, uri));
    assertEquals(printable(fresh(example, editor)), printable(told), which);
    editor.restore();
  }

  /// Without characters that a report cuts a message at.
  private static String printable(Map<String, List<String>> told) {
    return told.toString().replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  private static void sequence(Example example, Editor editor, Random random) throws Exception {
    List<String> files = example.files();
    List<CompletableFuture<?>> questions = new ArrayList<>();
    String path = files.get(random.nextInt(files.size()));
    int edits = 1 + random.nextInt(8);
    for (int i = 0; i < edits; i++) {
      if (random.nextInt(4) == 0) {
        path = files.get(random.nextInt(files.size()));
      }
      editor.typeAndGoOn(path, edited(editor.text(path), random));
      questions.addAll(ask(editor, path, random));
    }
    for (CompletableFuture<?> question : questions) {
      try {
        Editor.get(question);
      } catch (ExecutionException failure) {
        boolean expected =
            failure.getCause() instanceof ResponseErrorException refused
                && List.of(
                        ResponseErrorCode.ContentModified.getValue(),
                        ResponseErrorCode.RequestFailed.getValue())
                    .contains(refused.getResponseError().getCode());
        if (!expected) {
          throw failure;
        }
      }
    }
    editor.type(path, editor.text(path));
  }

  private static String edited(String text, Random random) {
    int at = offset(text, text.isEmpty() ? 0 : random.nextInt(text.length()));
    return switch (random.nextInt(3)) {
      case 0 ->
          text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(offset(text, at + 1 + random.nextInt(12)));
      default -> {
        int from = offset(text, text.isEmpty() ? 0 : random.nextInt(text.length()));
        String copied = text.substring(from, offset(text, from + random.nextInt(60)));
        yield text.substring(0, at) + copied + text.substring(at);
      }
    };
  }

  /// Inside the text and not between the two halves of a character, where no editor cuts: half of
  /// one has no bytes in a file.
  private static int offset(String text, int at) {
    int inside = Math.min(text.length(), at);
    boolean splits =
        inside > 0
            && inside < text.length()
            && Character.isSurrogatePair(text.charAt(inside - 1), text.charAt(inside));
    return splits ? inside - 1 : inside;
  }

  private static List<CompletableFuture<?>> ask(Editor editor, String path, Random random) {
    TextDocumentIdentifier id = editor.id(path);
    String text = editor.text(path);
    Position at = Editor.position(text, text.isEmpty() ? 0 : random.nextInt(text.length()));
    Range all = new Range(new Position(0, 0), new Position(10_000, 0));
    return switch (random.nextInt(6)) {
      case 0 ->
          List.of(
              editor.texts().completion(new CompletionParams(id, at)),
              editor.texts().signatureHelp(new SignatureHelpParams(id, at)));
      case 1 ->
          List.of(
              editor.texts().hover(new HoverParams(id, at)),
              editor.texts().definition(new DefinitionParams(id, at)));
      case 2 ->
          List.of(
              editor.texts().references(new ReferenceParams(id, at, new ReferenceContext(true))),
              editor.texts().rename(new RenameParams(id, at, "other")),
              editor.texts().documentHighlight(new DocumentHighlightParams(id, at)));
      case 3 ->
          List.of(
              editor.texts().semanticTokensFull(new SemanticTokensParams(id)),
              editor.texts().foldingRange(new FoldingRangeRequestParams(id)),
              editor.texts().documentSymbol(new DocumentSymbolParams(id)),
              editor.texts().selectionRange(new SelectionRangeParams(id, List.of(at))));
      case 4 ->
          List.of(
              editor.texts().inlayHint(new InlayHintParams(id, all)),
              editor.texts().codeLens(new CodeLensParams(id)),
              editor
                  .texts()
                  .formatting(new DocumentFormattingParams(id, new FormattingOptions(2, true))));
      default ->
          List.of(
              editor
                  .texts()
                  .codeAction(new CodeActionParams(id, all, new CodeActionContext(List.of()))));
    };
  }

  private static boolean isRead(Example example, Editor editor, String uri) {
    SortedMap<String, String> texts = new TreeMap<>();
    example.files().forEach(file -> texts.put(file, editor.text(file)));
    Draft draft = Draft.of(example.source(editor.folder()), texts, new ParsedFiles()).orElseThrow();
    return example.files().stream()
        .filter(file -> editor.uri(file).equals(uri))
        .allMatch(file -> draft.trees().containsKey(file));
  }

  /// What the editor shows, by file.
  private static Map<String, List<String>> told(Editor editor) {
    Map<String, List<String>> told = new TreeMap<>();
    editor
        .allDiagnostics()
        .forEach(
            (uri, params) -> {
              if (!params.getDiagnostics().isEmpty()) {
                told.put(
                    uri,
                    params.getDiagnostics().stream().map(RandomEditsTest::text).sorted().toList());
              }
            });
    return told;
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.getCode().getLeft()
        + " "
        + diagnostic.getRange()
        + " "
        + diagnostic.getMessage();
  }

  /// What `gopsc check` says of the same texts on disk.
  private Map<String, List<String>> fresh(Example example, Editor editor) throws Exception {
    Path copy = Files.createTempDirectory(scratch, "fresh");
    Editor.copy(editor.folder(), copy);
    for (String file : example.files()) {
      Files.writeString(copy.resolve(file), editor.text(file));
    }
    FleetFolder folder = FleetFolder.of(example.source(copy));
    Target target = ServiceLoader.load(Target.class).findFirst().orElseThrow();
    Compilation compilation =
        new Compilation(
            folder, Optional.empty(), target, Optional.of(LocalDate.now(ZoneOffset.UTC)));
    for (Compiled one : compilation.compiled().values()) {
      ServiceLoader.load(Backend.class).forEach(b -> b.check(one, compilation.diagnostics()));
    }
    FleetLoader.survey(folder.source(), new Diagnostics())
        .ifPresent(
            survey -> {
              SortedMap<String, State> states = new TreeMap<>();
              for (Survey.Environment environment : survey.environments()) {
                states.put(
                    environment.name(), folder.readState(environment.name(), new Diagnostics()));
              }
              Diagnostics style = new Diagnostics();
              compilation.diagnostics().suppressions().forEach(style::suppress);
              Linter.lint(survey, states, style);
              Suppressions.reportUnused(style, Code::isStyle);
              compilation.diagnostics().reportAll(style.sorted());
            });
    Findings findings =
        new Findings(Catalogue.of(Language.ENGLISH), place -> editor.uri(place.file().path()));
    Map<String, List<String>> found = new TreeMap<>();
    for (io.gops.diagnostic.Diagnostic diagnostic : compilation.diagnostics().sorted()) {
      String path = diagnostic.place().map(p -> p.file().path()).orElse(example.files().getFirst());
      String uri = path.startsWith("std/") ? Uris.library(path) : editor.uri(path);
      found.computeIfAbsent(uri, _ -> new ArrayList<>()).add(text(findings.of(diagnostic)));
    }
    found.replaceAll((_, list) -> list.stream().sorted().toList());
    return found;
  }
}
