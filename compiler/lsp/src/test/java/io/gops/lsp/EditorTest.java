package io.gops.lsp;

import static io.gops.lsp.Editor.get;
import static io.gops.lsp.Editor.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.lsp.server.GopsRequests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.eclipse.lsp4j.*;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every feature once, through the protocol, on a copy of an example.
final class EditorTest {
  private static final String GAME = "games/clx.gops";
  private static final String RELEASES = "releases.gops";
  private static final String NETWORK = "network.gops";
  private static final String SITE = "sites/hangzhou.gops";

  @TempDir private static Path scratch;
  private static Editor editor;

  @BeforeAll
  static void open() throws Exception {
    editor = Editor.onExample("wuxia", scratch);
    editor.open(GAME);
  }

  @BeforeEach
  void restore() throws Exception {
    editor.restore();
  }

  @AfterEach
  void nothingWentWrong() {
    assertEquals(List.of(), editor.log());
  }

  @AfterAll
  static void close() throws Exception {
    editor.close();
  }

  // ---- diagnostics

  @Test
  void aFleetThatCompilesHasNothingToSay() throws Exception {
    editor.awaitProof(GAME);
    assertEquals(List.of(), editor.diagnostics(GAME));
  }

  @Test
  void aMistakeIsToldWithItsCodePlaceAndPage() throws Exception {
    editor.replace(GAME, "players    = 3500", "playrs     = 3500");
    Diagnostic found = only(editor.diagnostics(GAME), d -> true);
    assertEquals("GOPS2005", found.getCode().getLeft());
    assertEquals(editor.at(GAME, "|playrs"), found.getRange().getStart());
    assertEquals("gops-library:/diagnostics/GOPS2005.md", found.getCodeDescription().getHref());
    assertEquals(
        "# GOPS2005",
        get(editor.server().library(new GopsRequests.Text(found.getCodeDescription().getHref()))));
  }

  @Test
  void aProofThatFailsNamesItsPlacesInOtherFiles() throws Exception {
    editor.replace(
        GAME,
        "override 10001..10003",
        "override 10007 { players = 7000 }\n  override 10001..10003");
    Diagnostic found = only(editor.diagnostics(GAME), d -> true);
    assertEquals("GOPS3006", found.getCode().getLeft());
    assertTrue(
        found.getRelatedInformation().stream()
            .anyMatch(r -> r.getLocation().getUri().equals(editor.uri("games/racing.gops"))),
        () -> found.toString());
    editor.replace(GAME, "players = 7000", "players = 3600");
    assertEquals(List.of(), editor.diagnostics(GAME));
  }

  @Test
  void aMistakeInAnUnsavedFileShowsWhereItIsUsed() throws Exception {
    editor.open(SITE);
    editor.replace(SITE, "pool std", "pool other");
    assertEquals("GOPS2016", editor.diagnostics(GAME).getFirst().getCode().getLeft());
    editor.replace(SITE, "pool other", "pool std");
    assertEquals(List.of(), editor.diagnostics(GAME));
  }

  @Test
  void positionsCountUtf16Units() throws Exception {
    editor.replace(GAME, "display = \"楚留香\"", "display = \"𠮷🎮香\", ownr = \"x\"");
    Diagnostic found =
        only(editor.diagnostics(GAME), d -> d.getMessage().getLeft().contains("ownr"));
    assertEquals(editor.at(GAME, "|ownr"), found.getRange().getStart());
  }

  @Test
  void aFileThatNoFleetReadsIsOneOfItsOwn() throws Exception {
    Files.writeString(editor.folder().resolve("notes.gops"), "const a = 1\nconst a = 2\n");
    editor.open("notes.gops");
    assertEquals("GOPS2008", only(editor.diagnostics("notes.gops"), d -> true).getCode().getLeft());
    assertEquals(List.of(), editor.diagnostics(GAME));
  }

  // ---- completion

  private List<CompletionItem> complete(String path, String piece) throws Exception {
    var answer =
        get(
            editor
                .texts()
                .completion(new CompletionParams(editor.id(path), editor.at(path, piece))));
    return answer.getRight().getItems();
  }

  private static List<String> labels(List<CompletionItem> items) {
    return items.stream().map(CompletionItem::getLabel).toList();
  }

  @Test
  void completesKindsWithAllThatTheyMustHave() throws Exception {
    editor.typeAndGoOn(GAME, editor.text(GAME) + "\nzon");
    CompletionItem zones = only(complete(GAME, "\nzon|"), item -> item.getLabel().equals("zones"));
    assertEquals(InsertTextFormat.Snippet, zones.getInsertTextFormat());
    assertEquals(
        """
        zones ${1:name} {
          game = ${2|clx,racing|}
          ids = ${3:10001..10200}
          run = ${4|"1.8.3","1.8.3-hot1","1.8.4","2.3.0"|}
          pool = ${5|hangzhou.std|}
        }""",
        zones.getTextEdit().getLeft().getNewText());
  }

  @Test
  void completesWhatABlockStillLacks() throws Exception {
    editor.typeAndGoOn(GAME, editor.text(GAME) + "\nzones more {\n  game = clx\n  \n}\n");
    List<CompletionItem> items = complete(GAME, "game = clx\n  |");
    CompletionItem all = only(items, item -> item.getLabel().equals("required attributes"));
    String text = all.getTextEdit().getLeft().getNewText();
    assertTrue(text.startsWith("ids = "), text);
    assertFalse(text.contains("game = "), text);
    assertFalse(labels(items).contains("game"), "an attribute that is set");
    assertTrue(labels(items).containsAll(List.of("players", "pair", "override")));
  }

  @Test
  void completesReferencesWordsAndUnits() throws Exception {
    editor.typeAndGoOn(
        GAME, editor.text(GAME) + "\nzones more {\n  pool = han\n  pair { standby = w }\n}\n");
    assertEquals(List.of("hangzhou.std"), labels(complete(GAME, "pool = han|")).subList(0, 1));
    assertTrue(labels(complete(GAME, "standby = w|")).containsAll(List.of("stopped", "warm")));
    editor.typeAndGoOn(GAME, editor.text(GAME).replace("memory = 2Gi", "memory = 2"));
    assertTrue(
        labels(complete(GAME, "500mcores, memory = 2|")).containsAll(List.of("2Mi", "2Gi", "2Ti")));
    assertTrue(labels(complete(GAME, "run        = |")).contains("\"1.8.4\""));
    assertFalse(labels(complete(GAME, "run        = |")).contains("\"2.3.0\""), "of another game");
    assertTrue(labels(complete(GAME, "DB_PASSWORD = |")).contains("secret.clx-db."));
    assertTrue(labels(complete(GAME, "ready http  { port = |")).contains("admin"));
    assertTrue(labels(complete(GAME, "reload http  { port = |")).contains("engine.admin"));
  }

  @Test
  void completesInterpolationsImportsRulesAndBases() throws Exception {
    assertTrue(labels(complete(GAME, "engine  = \"${reg|")).contains("registry"));
    editor.open(NETWORK);
    editor.typeAndGoOn(
        NETWORK,
        "import \"\"\n"
            + editor.text(NETWORK)
            + "\npolicy p {\n  vpc = wuxia\n  allow internet -> clx.engine:\n}\ngateway g from ");
    assertTrue(labels(complete(NETWORK, "import \"|\"\n")).contains("std/gateways.gops"));
    assertTrue(
        labels(complete(NETWORK, "clx.engine:|\n}")).containsAll(List.of("client", "admin")));
    assertTrue(labels(complete(NETWORK, "allow internet -> |clx.engine:\n")).contains("vpc.wuxia"));
    assertTrue(labels(complete(NETWORK, "gateway g from |")).contains("gateways.Internet25"));
  }

  // ---- hover

  private String hover(String path, String piece) throws Exception {
    Hover hover =
        get(editor.texts().hover(new HoverParams(editor.id(path), editor.at(path, piece))));
    return hover == null ? "" : hover.getContents().getRight().getValue();
  }

  @Test
  void hoverConvertsUnits() throws Exception {
    assertTrue(
        hover(GAME, "memory = 2|Gi").contains("2Gi = 2,147,483,648 B"),
        hover(GAME, "memory = 2|Gi"));
    assertTrue(
        hover(GAME, "within = 9|0s").contains("90,000 ms = 1.5 min"), hover(GAME, "within = 9|0s"));
  }

  @Test
  void hoverTellsWhatAnAttributeIsAndComesTo() throws Exception {
    String text = hover(GAME, "pla|yers    = 3500");
    assertTrue(text.contains("Most players that the login gate admits"), text);
    assertTrue(text.contains("zones clx-main: players = 3500"), text);
    assertTrue(text.contains("set at [games/clx"), text);
  }

  @Test
  void hoverOnAPoolIsTheSumThatWasProved() throws Exception {
    editor.awaitProof(GAME);
    String text = hover(GAME, "pool       = hangzhou.s|td");
    assertTrue(text.contains("pool std"), text);
    assertTrue(
        text.matches("(?s).*fullest host `hz-g[0-9]{3}`: .* steady .* \\+ moving .* ≤ .*"), text);
    assertTrue(hover(GAME, "zones clx-m|ain").contains("200 zones, 700,000 players"));
  }

  @Test
  void hoverShowsDocsOfNamesAndKinds() throws Exception {
    assertTrue(hover(GAME, "hot_up|date scripts").contains("**hot_update**"));
    assertTrue(hover(GAME, "zones clx-main {\n  game       = cl|x").contains("Zones never stop"));
    assertTrue(hover(GAME, "engine  = \"${regi|stry}").contains("registry.example.com/clx"));
  }

  // ---- names

  private List<String> definitions(String path, String piece) throws Exception {
    List<String> found = new ArrayList<>();
    for (LocationLink link :
        get(editor
                .texts()
                .definition(new DefinitionParams(editor.id(path), editor.at(path, piece))))
            .getRight()) {
      found.add(
          link.getTargetUri().replace(editor.uri(""), "")
              + ":"
              + (link.getTargetSelectionRange().getStart().getLine() + 1));
    }
    return found;
  }

  /// Where a piece of a file stands: `games/clx.gops:32`.
  private static String line(String path, String piece) throws Exception {
    String text = Files.readString(editor.folder().resolve(path));
    return path + ":" + (Editor.position(text, text.indexOf(piece)).getLine() + 1);
  }

  @Test
  void definitionsLeadToOtherFilesAndTheLibrary() throws Exception {
    assertEquals(List.of(line(SITE, "pool std {")), definitions(GAME, "hangzhou.s|td"));
    assertEquals(List.of(line(SITE, "site hangzhou {")), definitions(GAME, "hang|zhou.std"));
    assertEquals(
        List.of(line(GAME, "version \"1.8.3\" {")), definitions(GAME, "run        = \"1.|8.3\""));
    assertEquals(
        List.of(line(GAME, "const registry")), definitions(GAME, "engine  = \"${regi|stry}"));
    assertEquals(List.of(line(GAME, "container engine {")), definitions(GAME, "mount eng|ine"));
    assertEquals(List.of(line(GAME, "port admin")), definitions(GAME, "engine.ad|min"));
    editor.open(NETWORK);
    assertEquals(
        List.of(line(GAME, "container engine {")), definitions(NETWORK, "allow clx.eng|ine -> db"));
    assertEquals(List.of(line(GAME, "port client")), definitions(NETWORK, "clx.engine:cli|ent"));
    assertTrue(
        definitions(NETWORK, "gateways.Inter|net25")
            .getFirst()
            .startsWith("gops-library:/std/gateways.gops:"));
    assertTrue(
        definitions(NETWORK, "\"std/gate|ways.gops\"")
            .getFirst()
            .startsWith("gops-library:/std/gateways.gops"));
    editor.open(RELEASES);
    assertEquals(
        List.of(line(GAME, "version \"1.8.4\"")), definitions(RELEASES, "to     = \"1.8|.4\""));
    assertEquals(
        List.of(line(RELEASES, "window nightly {")), definitions(RELEASES, "window = night|ly"));
  }

  @Test
  void referencesFindEveryUseInClosedFilesToo() throws Exception {
    List<? extends Location> all =
        get(
            editor
                .texts()
                .references(
                    new ReferenceParams(
                        editor.id(GAME),
                        editor.at(GAME, "game cl|x {"),
                        new ReferenceContext(true))));
    Map<String, Long> byFile =
        all.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    l -> l.getUri().replace(editor.uri(""), ""),
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.counting()));
    assertEquals(Map.of(GAME, 3L, NETWORK, 6L), byFile);
    assertEquals(
        3,
        get(editor
                .texts()
                .documentHighlight(
                    new DocumentHighlightParams(editor.id(GAME), editor.at(GAME, "game cl|x {"))))
            .size());
  }

  @Test
  void renameChangesEveryUseAndTheFleetStillCompiles() throws Exception {
    editor.open(NETWORK);
    WorkspaceEdit edit =
        get(
            editor
                .texts()
                .rename(
                    new RenameParams(editor.id(GAME), editor.at(GAME, "port ad|min"), "manage")));
    for (var change : edit.getDocumentChanges()) {
      String path = change.getLeft().getTextDocument().getUri().replace(editor.uri(""), "");
      List<TextEdit> edits = change.getLeft().getEdits().stream().map(e -> e.getLeft()).toList();
      editor.typeAndGoOn(path, Editor.applied(editor.text(path), edits));
    }
    editor.type(GAME, editor.text(GAME));
    assertTrue(
        editor.text(GAME).contains("reload http  { port = engine.manage"), editor.text(GAME));
    assertTrue(editor.text(NETWORK).contains("clx.engine:manage"));
    assertEquals(List.of(), editor.diagnostics(GAME));
    assertEquals(List.of(), editor.diagnostics(NETWORK));
  }

  @Test
  void renameSaysWhyItCannot() throws Exception {
    PrepareRenameResult prepared =
        get(editor
                .texts()
                .prepareRename(
                    new PrepareRenameParams(
                        editor.id(GAME), editor.at(GAME, "version \"1.8|.4\""))))
            .getSecond();
    assertEquals("1.8.4", prepared.getPlaceholder());
    assertEquals(editor.at(GAME, "version \"|1.8.4\""), prepared.getRange().getStart());
    var refused =
        assertThrows(
            ExecutionException.class,
            () ->
                get(
                    editor
                        .texts()
                        .rename(
                            new RenameParams(
                                editor.id(GAME), editor.at(GAME, "game cl|x {"), "racing"))));
    assertTrue(
        refused.getMessage().contains("there is already a game racing"), refused.getMessage());
    assertThrows(
        ExecutionException.class,
        () ->
            get(
                editor
                    .texts()
                    .prepareRename(
                        new PrepareRenameParams(editor.id(GAME), editor.at(GAME, "own|er")))));
  }

  // ---- shape

  @Test
  void outlineIsTheTreeOfDeclarations() throws Exception {
    var symbols = get(editor.texts().documentSymbol(new DocumentSymbolParams(editor.id(GAME))));
    assertEquals(
        List.of("registry", "clx", "clx-main", "clx-zones"),
        symbols.stream().map(s -> s.getRight().getName()).toList());
    List<String> inside =
        symbols.get(1).getRight().getChildren().stream().map(DocumentSymbol::getName).toList();
    assertEquals(List.of("engine", "scripts", "profile", "online"), inside.subList(0, 4));
    assertEquals("\"1.8.4\"", inside.getLast());
  }

  @Test
  void workspaceSymbolsFindClosedFiles() throws Exception {
    var found =
        get(editor.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("nightly")));
    assertEquals(
        editor.uri(RELEASES), found.getRight().getFirst().getLocation().getLeft().getUri());
  }

  @Test
  void foldsAndGrowsSelections() throws Exception {
    List<FoldingRange> folds =
        get(editor.texts().foldingRange(new FoldingRangeRequestParams(editor.id(GAME))));
    int game = editor.at(GAME, "game clx").getLine();
    assertTrue(
        folds.stream().anyMatch(f -> f.getStartLine() == game && f.getEndLine() > game + 30));
    SelectionRange inner =
        get(editor
                .texts()
                .selectionRange(
                    new SelectionRangeParams(
                        editor.id(GAME), List.of(editor.at(GAME, "number = 70|01")))))
            .getFirst();
    List<String> texts = new ArrayList<>();
    for (SelectionRange r = inner; r != null; r = r.getParent()) {
      String text = editor.text(GAME);
      texts.add(
          text.substring(
              Editor.offset(text, r.getRange().getStart()),
              Editor.offset(text, r.getRange().getEnd())));
    }
    assertEquals("7001", texts.get(0));
    assertEquals("number = 7001", texts.get(1));
    assertTrue(texts.contains("port client { number = 7001, protocol = tcp }"), texts.toString());
    assertEquals(editor.text(GAME), texts.getLast());
  }

  @Test
  void coloursNamesByWhatTheyMean() throws Exception {
    List<Integer> data =
        get(editor.texts().semanticTokensFull(new SemanticTokensParams(editor.id(GAME)))).getData();
    assertEquals(0, data.size() % 5);
    List<String> words = new ArrayList<>();
    int line = 0;
    int column = 0;
    String[] lines = editor.text(GAME).split("\n", -1);
    for (int i = 0; i < data.size(); i += 5) {
      column = data.get(i) == 0 ? column + data.get(i + 1) : data.get(i + 1);
      line += data.get(i);
      words.add(lines[line].substring(column, column + data.get(i + 2)) + "/" + data.get(i + 3));
    }
    assertTrue(
        words.containsAll(List.of("registry/6", "game/1", "clx/3", "players/2", "stopped/7")),
        words.toString());
  }

  @Test
  void formatsAndLeavesBrokenTextAlone() throws Exception {
    String formatted = editor.text(GAME);
    editor.typeAndGoOn(GAME, formatted.replace("  game       = clx\n", "     game=clx\n"));
    List<? extends TextEdit> edits =
        get(
            editor
                .texts()
                .formatting(
                    new DocumentFormattingParams(editor.id(GAME), new FormattingOptions(2, true))));
    assertEquals(formatted, Editor.applied(editor.text(GAME), edits));
    editor.typeAndGoOn(GAME, editor.text(GAME) + "\ngame {{{ =");
    assertEquals(
        List.of(),
        get(
            editor
                .texts()
                .formatting(
                    new DocumentFormattingParams(
                        editor.id(GAME), new FormattingOptions(2, true)))));
  }

  @Test
  void formatsTheSelectedLinesOnly() throws Exception {
    String formatted = editor.text(GAME);
    editor.typeAndGoOn(
        GAME,
        formatted
            .replace("  game       = clx\n", "     game=clx\n")
            .replace("  owner   = ", "owner   =  "));
    Range zone =
        new Range(
            new Position(editor.at(GAME, "zones clx-main {").getLine(), 0),
            new Position(editor.at(GAME, "ids        =").getLine(), 0));
    List<? extends TextEdit> edits =
        get(
            editor
                .texts()
                .rangeFormatting(
                    new DocumentRangeFormattingParams(
                        editor.id(GAME), new FormattingOptions(2, true), zone)));
    assertEquals(
        formatted.replace("  owner   = ", "owner   =  "), Editor.applied(editor.text(GAME), edits));
  }

  @Test
  void linksLeadToImportsAndIncludedFiles() throws Exception {
    editor.open(NETWORK);
    editor.open("fleet.gops");
    assertEquals(List.of("gops-library:/std/gateways.gops"), links(NETWORK));
    assertTrue(links("fleet.gops").contains(editor.uri("releases.gops")), links("fleet.gops") + "");
  }

  private List<String> links(String path) throws Exception {
    return get(editor.texts().documentLink(new DocumentLinkParams(editor.id(path)))).stream()
        .map(DocumentLink::getTarget)
        .toList();
  }

  // ---- quick fixes

  private List<CodeAction> actions(String path, Diagnostic about) throws Exception {
    return get(
            editor
                .texts()
                .codeAction(
                    new CodeActionParams(
                        editor.id(path), about.getRange(), new CodeActionContext(List.of(about)))))
        .stream()
        .map(a -> a.getRight())
        .toList();
  }

  private void apply(String path, CodeAction action) throws Exception {
    editor.type(
        path,
        Editor.applied(editor.text(path), action.getEdit().getChanges().get(editor.uri(path))));
  }

  @Test
  void aFixMendsTheMistake() throws Exception {
    editor.replace(GAME, "players    = 3500", "playrs     = 3500");
    List<CodeAction> actions = actions(GAME, editor.diagnostics(GAME).getFirst());
    CodeAction fix = only(actions, a -> Boolean.TRUE.equals(a.getIsPreferred()));
    apply(GAME, fix);
    assertEquals(List.of(), editor.diagnostics(GAME));
  }

  @Test
  void missingAttributesAreAddedAtOnce() throws Exception {
    editor.type(GAME, editor.text(GAME) + "\nzones more {\n  game = clx\n  ids = 30001\n}\n");
    Diagnostic about = editor.diagnostics(GAME).getFirst();
    assertEquals("GOPS2006", about.getCode().getLeft());
    CodeAction add =
        only(actions(GAME, about), a -> a.getTitle().startsWith("Add what is missing"));
    apply(GAME, add);
    assertEquals(
        List.of(),
        editor.diagnostics(GAME).stream()
            .filter(d -> d.getCode().getLeft().equals("GOPS2006"))
            .toList());
    assertTrue(editor.text(GAME).contains("  pool = hangzhou.std\n}"), editor.text(GAME));
  }

  // ---- figures

  @Test
  void hintsShowPlayersFillAndAddress() throws Exception {
    editor.replace(
        GAME,
        "override 10001..10003",
        "override 10007 { importance = 2 }\n  override 10001..10003");
    List<String> hints = hints(GAME);
    assertTrue(hints.contains("700,000 in 200 zones"), hints.toString());
    assertTrue(hints.stream().anyMatch(h -> h.startsWith("203.0.113.")), hints.toString());
    editor.open(SITE);
    assertTrue(
        hints(SITE).stream().anyMatch(h -> h.matches("fullest [0-9.]+ %")), hints(SITE).toString());
    editor.open(RELEASES);
    assertTrue(
        hints(RELEASES).stream().anyMatch(h -> h.matches("at most [0-9]+ would hold")),
        hints(RELEASES).toString());
  }

  private List<String> hints(String path) throws Exception {
    Range all = new Range(new Position(0, 0), new Position(10_000, 0));
    return get(editor.texts().inlayHint(new InlayHintParams(editor.id(path), all))).stream()
        .map(h -> h.getLabel().getLeft())
        .toList();
  }

  @Test
  void lensesLeadToOutputPlanAndCapacity() throws Exception {
    editor.open(RELEASES);
    editor.open(SITE);
    assertEquals(
        List.of(
            "Show compiled output",
            "Diff against HEAD",
            "Show compiled output",
            "Diff against HEAD"),
        lenses(GAME));
    assertEquals(List.of("Show plan", "Show plan"), lenses(RELEASES));
    assertEquals(List.of("Show capacity"), lenses(SITE));
  }

  private List<String> lenses(String path) throws Exception {
    return get(editor.texts().codeLens(new CodeLensParams(editor.id(path)))).stream()
        .map(l -> l.getCommand().getTitle())
        .toList();
  }

  @Test
  void signatureHelpSaysWhatComesNext() throws Exception {
    editor.open(NETWORK);
    SignatureHelp help =
        get(
            editor
                .texts()
                .signatureHelp(
                    new SignatureHelpParams(
                        editor.id(NETWORK), editor.at(NETWORK, "allow clx.engine -> |db:3306"))));
    assertEquals(1, help.getActiveParameter());
    assertNull(
        get(
            editor
                .texts()
                .signatureHelp(
                    new SignatureHelpParams(
                        editor.id(NETWORK),
                        editor.at(NETWORK, "mtu|".substring(0, 0) + "vpc |wuxia")))));
  }

  // ---- what becomes of it

  @Test
  void compiledOutputPlanCapacityAndNetworkAreShown() throws Exception {
    GopsRequests.Output zones =
        get(
            editor
                .server()
                .compiled(new GopsRequests.Named(editor.uri(GAME), "zones", "clx-main")));
    assertEquals("", zones.reason());
    assertTrue(zones.files().size() + zones.more() >= 200, zones.files().size() + "");
    assertTrue(zones.files().getFirst().text().contains("kind: GameServerSet"));
    GopsRequests.Output plan =
        get(editor.server().plan(new GopsRequests.Named(editor.uri(GAME), "release", "clx-1-8-4")));
    assertTrue(plan.files().getFirst().text().contains("clx-1-8-4"), plan.reason());
    GopsRequests.Output capacity =
        get(editor.server().capacity(new GopsRequests.Named(editor.uri(GAME), "pool", "std")));
    assertTrue(capacity.files().getFirst().text().contains("<html"), capacity.reason());
    GopsRequests.Output network =
        get(editor.server().network(new GopsRequests.Named(editor.uri(GAME), "", "")));
    assertTrue(network.files().getFirst().text().contains("deny"), network.reason());
  }

  @Test
  void theDifferenceToTheLastCommitIsShown() throws Exception {
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x");
    GopsRequests.Named zones = new GopsRequests.Named(editor.uri(GAME), "zones", "clx-main");
    assertTrue(difference(zones).contains("no runtime change"), difference(zones));
    editor.replace(GAME, "number = 3000", "number = 3001");
    String changed = difference(zones);
    assertTrue(changed.contains("zones 10001–10200 (200)"), changed);
    assertTrue(changed.contains("engine.ports.admin.number: 3000 → 3001"), changed);
    assertTrue(changed.contains("games/clx.gops:"), changed);
    editor.replace(GAME, "number = 3001", "number = nothing");
    assertEquals(
        "There is an error, so nothing is generated.",
        get(editor.server().difference(zones)).reason());
  }

  private static String difference(GopsRequests.Named named) throws Exception {
    GopsRequests.Output output = get(editor.server().difference(named));
    assertEquals("", output.reason());
    return output.files().getFirst().text();
  }

  @Test
  void rulesOfTheTeamAreJudgedWithEachProof() throws Exception {
    Path policies = Files.createDirectories(editor.folder().resolve("policies"));
    Path rule = policies.resolve("no-database.cel");
    Files.writeString(
        rule,
        """
        // message: a game reaches a database
        // each: policies
        it.rules.exists(rule, rule.allow && rule.to.kind == "service")
        """);
    try {
      editor.open(NETWORK);
      editor.replace(NETWORK, "policy wuxia-traffic {", "policy wuxia-traffic { // judged");
      editor.awaitProof(NETWORK);
      Diagnostic found = only(editor.diagnostics(NETWORK), EditorTest::isOfTeam);
      assertEquals(
          editor.at(NETWORK, "policy |wuxia-traffic").getLine(),
          found.getRange().getStart().getLine());
      editor.replace(NETWORK, "allow clx.engine -> db:3306", "");
      editor.awaitProof(NETWORK);
      assertTrue(editor.diagnostics(NETWORK).stream().noneMatch(EditorTest::isOfTeam));
    } finally {
      Files.delete(rule);
      Files.delete(policies);
    }
  }

  private static boolean isOfTeam(Diagnostic diagnostic) {
    return diagnostic.getCode().getLeft().equals("GOPS7921");
  }

  @Test
  void annotationsAreOfferedAndExplained() throws Exception {
    editor.replace(
        GAME,
        "zones clx-main {",
        "@waive(\"R4\", reason = \"x\", until = \"2099-01-31\")\nzones clx-main {");
    assertTrue(hover(GAME, "@wa|ive").contains("--fail-on"), hover(GAME, "@wa|ive"));
    editor.replace(GAME, "@waive(\"R4\", reason = \"x\", until = \"2099-01-31\")", "@");
    assertTrue(
        labels(complete(GAME, "@|\nzones clx-main")).containsAll(List.of("suppress", "waive")));
  }

  private void git(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .directory(editor.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  @Test
  void aTextThatWasNeverSavedHasItsMistakesToo() throws Exception {
    String uri = "untitled:Untitled-1";
    editor
        .texts()
        .didOpen(
            new DidOpenTextDocumentParams(
                new TextDocumentItem(uri, "gops", 1, "const a = 1\nconst a = 2\n")));
    for (int i = 0; i < 100 && !editor.allDiagnostics().containsKey(uri); i++) {
      Thread.sleep(50);
    }
    assertEquals(
        Optional.of("GOPS2008"),
        Optional.ofNullable(editor.allDiagnostics().get(uri))
            .map(told -> told.getDiagnostics().getFirst().getCode().getLeft()));
  }
}
