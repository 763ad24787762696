// What a person has in the real VS Code: every feature once, through the interface that VS Code gives to extensions.
const assert = require("node:assert/strict");
const { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const vscode = require("vscode");

const fleet = vscode.workspace.workspaceFolders[0].uri;
const work = dirname(fleet.fsPath);
const file = (...path) => vscode.Uri.joinPath(fleet, ...path);
const game = file("games", "clx.gops");
const choices = JSON.parse(readFileSync(join(work, "choices.json"), "utf8"));
const tests = [];
let editor;
let original;

function test(name, body) {
  tests.push({ name, body });
}

exports.run = async () => {
  let failed = 0;
  // The first one opens the file that the others work on.
  for (const { name, body } of tests.filter((t, i) => i === 0 || new RegExp(choices.only).test(t.name))) {
    try {
      await Promise.race([body(), tooLong(180)]);
      appendFileSync(join(work, "results.txt"), `✓ ${name}\n`);
    } catch (failure) {
      failed++;
      await picture(`failed-${failed}`);
      appendFileSync(join(work, "results.txt"), `✗ ${name}\n${failure.stack}\n`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
};

function tooLong(seconds) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000));
}

async function until(what, seconds = 30) {
  for (let i = 0; i < seconds * 10; i++) {
    const found = await what();
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`waited ${seconds} s for ${what}`);
}

/** A picture of what is on the screen, when pictures are wanted. */
async function picture(name) {
  if (choices.pictures) {
    await runnerDoes("picture", name);
  }
}

/** Waits until words stand on the screen, which extensions cannot ask VS Code; presses a key until they are gone. */
async function onScreen(words, key = "") {
  await runnerDoes("words", JSON.stringify({ words, key }));
}

/** Asks the runner by a file, which appears with its whole text at once, and waits until the runner takes it away. */
async function runnerDoes(name, text) {
  const asked = join(work, name);
  writeFileSync(`${asked}.part`, text);
  renameSync(`${asked}.part`, asked);
  await until(() => !existsSync(asked));
}

function at(piece, document = editor.document) {
  const text = document.getText();
  const found = text.indexOf(piece.replace("|", ""));
  assert.ok(found >= 0, `no ${piece}`);
  return document.positionAt(found + Math.max(0, piece.indexOf("|")));
}

const ask = (command, ...args) => vscode.commands.executeCommand(command, game, ...args);
const problems = () => vscode.languages.getDiagnostics(game);
const label = (item) => item.label.label ?? item.label;
const settings = () => vscode.workspace.getConfiguration("gops");
const set = (name, value) => settings().update(name, value, vscode.ConfigurationTarget.Workspace);

/** The server answers. */
const serves = () =>
  until(async () => (await ask("vscode.executeDocumentSymbolProvider"))?.length > 2, 60);

/** A file and what a provider says of it. */
async function of(path, command, ...args) {
  const document = await vscode.workspace.openTextDocument(file(...path.split("/")));
  return vscode.commands.executeCommand(command, document.uri, ...args.map((a) => (typeof a === "string" ? at(a, document) : a)));
}
const all = new vscode.Range(0, 0, 500, 0);
const hints = async (path) => ((await of(path, "vscode.executeInlayHintProvider", all)) ?? []).map((h) => String(h.label));
const titles = async (path) => [...new Set((await of(path, "vscode.executeCodeLensProvider")).map((l) => l.command.title))];
const completions = async (piece) => (await ask("vscode.executeCompletionItemProvider", at(piece))).items.map(label);
const hoverText = async (piece) =>
  (await ask("vscode.executeHoverProvider", at(piece))).flatMap((h) => h.contents.map((c) => c.value)).join("\n");

async function replace(part, other) {
  const start = at(part);
  await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, part.length)), other));
}

/** The file as it was at first. */
async function revert() {
  editor = await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), original));
  await until(() => problems().length === 0);
}

function look(piece) {
  editor.selection = new vscode.Selection(at(piece), at(piece));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
}

test("a fleet that compiles has no problems, and hints show what zones add up to", async () => {
  editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(game));
  original = editor.document.getText();
  assert.equal(editor.document.languageId, "gops");
  const found = await until(async () => {
    const shown = await hints("games/clx.gops");
    return shown.length > 0 && shown;
  }, 60);
  assert.ok(found.includes("700,000 in 200 zones"), found.join());
  assert.deepEqual(problems(), []);
});

test("hints show the worst fill of a pool, what one host may move, and the address of a zone", async () => {
  await until(async () => (await hints("sites/hangzhou.gops")).some((h) => /^fullest [0-9.]+ %$/.test(h)));
  await until(async () => (await hints("releases.gops")).some((h) => /^at most \d+ would hold$/.test(h)));
  await replace("override 10001..10003 {", "override 10007 { importance = 2 }\n  override 10001..10003 {");
  await until(async () => (await hints("games/clx.gops")).some((h) => h.startsWith("203.0.113.")));
  await revert();
});

test("outline, folds, selections and colours by meaning", async () => {
  const symbols = await ask("vscode.executeDocumentSymbolProvider");
  assert.ok(["registry", "clx", "clx-main"].every((name) => symbols.some((s) => s.name === name)));
  assert.ok((await ask("vscode.executeFoldingRangeProvider")).length > 5);
  assert.equal(await colour("game cl|x {"), "class");
  assert.equal(await colour("standby = st|opped"), "enumMember");
  const ranges = await ask("vscode.executeSelectionRangeProvider", [at("number = 70|01")]);
  assert.equal(editor.document.getText(ranges[0].range), "7001");
  assert.equal((await ask("vscode.executeDocumentHighlights", at("game cl|x {"))).length, 3);
});

/** What a name is coloured as. */
async function colour(piece) {
  const { data } = await ask("vscode.provideDocumentSemanticTokens");
  const legend = await ask("vscode.provideDocumentSemanticTokensLegend");
  const wanted = at(piece);
  let line = 0;
  let column = 0;
  for (let i = 0; i < data.length; i += 5) {
    column = data[i] === 0 ? column + data[i + 1] : data[i + 1];
    line += data[i];
    if (line === wanted.line && column <= wanted.character && wanted.character < column + data[i + 2]) {
      return legend.tokenTypes[data[i + 3]];
    }
  }
  return undefined;
}

test("hover tells what a word means, what an amount is, and what a value comes to", async () => {
  assert.match(await hoverText("memory = 2|Gi"), /2,147,483,648 B/);
  const players = await hoverText("pla|yers    = 3500");
  assert.match(players, /Most players that the login gate admits/);
  assert.match(players, /zones clx-main: players = 3500/);
  assert.match(players, /set at \[games\/clx/);
});

test("hover tells the sum of the proof", async () => {
  const hover = await until(async () => {
    const found = await ask("vscode.executeHoverProvider", at("pool       = hangzhou.s|td"));
    const text = found.map((h) => h.contents.map((c) => c.value).join()).join();
    return text.includes("fullest host") && text;
  });
  assert.match(hover, /steady .* \+ moving .* ≤/);
  look("pool       = hangzhou.s|td");
  await vscode.commands.executeCommand("editor.action.showHover");
  await picture("vscode-hover");
});

test("definition, references and symbols of closed files", async () => {
  const site = await ask("vscode.executeDefinitionProvider", at("hangzhou.s|td"));
  assert.match((site[0].targetUri ?? site[0].uri).path, /sites\/hangzhou\.gops$/);
  const references = await ask("vscode.executeReferenceProvider", at("game cl|x {"));
  assert.ok(references.some((r) => r.uri.path.endsWith("/network.gops")));
  const found = await vscode.commands.executeCommand("vscode.executeWorkspaceSymbolProvider", "nightly");
  assert.ok(found.some((s) => s.name === "nightly"));
});

test("files of the library and pages of diagnostics open read-only", async () => {
  const text = await vscode.workspace.openTextDocument(vscode.Uri.parse("gops-library:/std/gateways.gops"));
  assert.match(text.getText(), /template gateway/);
  const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("gops-library:/diagnostics/GOPS3006.md"));
  assert.match(page.getText(), /GOPS3006/);
});

test("imports and included files are links", async () => {
  const links = await of("fleet.gops", "vscode.executeLinkProvider");
  assert.ok(links.some((l) => l.target.path.endsWith("/releases.gops")), JSON.stringify(links));
});

test("rename says what it would change", async () => {
  const prepared = await ask("vscode.prepareRename", at("version \"1.8|.4\""));
  assert.equal(prepared.placeholder, "1.8.4");
  const edit = await ask("vscode.executeDocumentRenameProvider", at("port ad|min"), "manage");
  assert.ok(edit.entries().some(([uri]) => uri.path.endsWith("/network.gops")));
});

test("completion fills in what must be given", async () => {
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nzones more {\n  \n}\n"));
  const list = await ask("vscode.executeCompletionItemProvider", at("zones more {\n  |"));
  const required = list.items.find((i) => label(i) === "required attributes");
  assert.match(required.insertText.value, /pool = \$\{\d\|hangzhou\.std\|\}/);
  look("zones more {\n  |");
  await vscode.commands.executeCommand("editor.action.triggerSuggest");
  await picture("vscode-completion");
  await vscode.commands.executeCommand("hideSuggestWidget");
});

test("completion knows kinds, attributes, references, words and units", async () => {
  await replace("zones more {\n  \n}", "zones more {\n  pool = han\n  pair { standby = w }\n}\nconst m = 2\nzon");
  assert.ok((await completions("pool = han|")).includes("hangzhou.std"));
  assert.ok((await completions("standby = w|")).includes("warm"));
  assert.ok((await completions("pool = han\n  |pair")).includes("players"));
  assert.ok((await completions("const m = 2\nzon|")).includes("zones"));
  await replace("memory = 2Gi", "memory = 2");
  assert.ok((await completions("500mcores, memory = 2|")).includes("2Gi"));
  await replace("500mcores, memory = 2", "500mcores, memory = 2Gi");
  await replace("zones more {\n  pool = han\n  pair { standby = w }\n}\nconst m = 2\nzon", "zones more {\n  \n}");
});

test("a quick fix adds what is missing", async () => {
  const problem = await until(() => problems().find((d) => d.code.value === "GOPS2006"));
  assert.match(String(problem.code.target), /GOPS2006\.md/);
  const actions = await ask("vscode.executeCodeActionProvider", problem.range);
  const add = actions.find((a) => a.title.startsWith("Add what is missing"));
  await vscode.workspace.applyEdit(add.edit);
  await until(() => !problems().some((d) => d.code.value === "GOPS2006"));
  await revert();
});

test("a slip is underlined and mended", async () => {
  await replace("players    = 3500", "playrs     = 3500");
  const problem = await until(() => problems()[0]);
  assert.equal(problem.code.value, "GOPS2005");
  const actions = await ask("vscode.executeCodeActionProvider", problem.range);
  await vscode.workspace.applyEdit(actions[0].edit);
  await until(() => problems().length === 0);
  await revert();
});

test("style is information, and a person can answer for it with a reason", async () => {
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "const spare = 3\n"));
  const problem = await until(() => problems().find((d) => d.code.value === "GOPS7001"));
  assert.equal(problem.severity, vscode.DiagnosticSeverity.Information);
  assert.deepEqual(problem.tags, [vscode.DiagnosticTag.Unnecessary]);
  const actions = await ask("vscode.executeCodeActionProvider", problem.range);
  await vscode.workspace.applyEdit(actions.find((a) => a.title.startsWith("Answer for GOPS7001")).edit);
  assert.match(editor.document.getText(), /^@suppress\("GOPS7001", reason = "[^"]+"\)\nconst spare/);
  await until(() => problems().length === 0);
  await revert();
});

test("capacity is proved while a person types", async () => {
  await replace("override 10001..10003 {", "override 10007 { players = 7000 }\n  override 10001..10003 {");
  const problem = await until(() => problems().find((d) => d.code.value === "GOPS3006"));
  assert.ok(problem.relatedInformation.length > 0);
  look("override 10007 { play|ers");
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  await picture("vscode-capacity");
  await vscode.commands.executeCommand("workbench.action.closePanel");
  await revert();
});

test("the formatter lays the file out", async () => {
  await replace("  game       = clx", "      game=clx");
  const edits = await ask("vscode.executeFormatDocumentProvider", { tabSize: 2, insertSpaces: true });
  assert.ok(edits.length > 0);
  const options = { tabSize: 2, insertSpaces: true };
  const line = at("game=clx").line;
  const there = await ask("vscode.executeFormatRangeProvider", new vscode.Range(line, 0, line, 20), options);
  assert.ok(there.length > 0 && there.every((e) => e.range.start.line === line), JSON.stringify(there));
  const above = await ask("vscode.executeFormatRangeProvider", new vscode.Range(0, 0, 2, 0), options);
  assert.deepEqual(above ?? [], []);
  await revert();
});

test("signature help while a rule is written", async () => {
  const network = vscode.Uri.joinPath(fleet, "network.gops");
  const document = await vscode.workspace.openTextDocument(network);
  const offset = document.getText().indexOf("db:3306");
  const help = await vscode.commands.executeCommand(
    "vscode.executeSignatureHelpProvider", network, document.positionAt(offset), " ");
  assert.equal(help.activeParameter, 1);
});

test("lenses lead to plans and reports", async () => {
  assert.deepEqual(await titles("games/clx.gops"), ["Show compiled output", "Diff against HEAD"]);
  assert.deepEqual(await titles("releases.gops"), ["Show plan"]);
  assert.deepEqual(await titles("sites/hangzhou.gops"), ["Show capacity"]);
  await vscode.commands.executeCommand("gops.showPlan", game.toString(), "release", "clx-1-8-4");
  await until(() => tabs().some((t) => /runbook/.test(t)));
  await vscode.commands.executeCommand("gops.showNetwork", game.toString(), "", "");
  await until(() => tabs().includes("Network"));
  await vscode.commands.executeCommand("gops.showCapacity", game.toString(), "pool", "std");
  await until(() => tabs().includes("Capacity"));
  await picture("vscode-report");
  editor = await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
});

test("generated files are shown, and what the changes since the last commit do", async () => {
  await vscode.commands.executeCommand("workbench.action.closeOtherEditors");
  const shown = vscode.commands.executeCommand("gops.showCompiled", game.toString(), "zones", "clx-main");
  await onScreen("more not listed", "Enter");
  await shown;
  const generated = vscode.window.activeTextEditor.document;
  assert.equal(generated.uri.scheme, "gops-generated");
  assert.match(generated.getText(), /^kind: GameServerSet$/m);
  editor = await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  await replace("override 10001..10003 {", "override 10007 { players = 3600 }\n  override 10001..10003 {");
  await vscode.commands.executeCommand("gops.diffHead", game.toString(), "zones", "clx-main");
  await until(() => tabs().includes("Diff against HEAD"), 90);
  await picture("vscode-diff");
  await revert();
});

test("rules of the team are judged, and a person can waive a change", async () => {
  const rules = join(fleet.fsPath, "policies");
  mkdirSync(rules);
  writeFileSync(join(rules, "no-clx.cel"), '// message: not this game\n// each: games\nname == "clx"\n');
  const found = await until(() => problems().find((p) => String(p.code.value ?? p.code) === "GOPS7921"), 60);
  assert.equal(found.range.start.line, at("game |clx").line);
  rmSync(rules, { recursive: true });
  await until(() => problems().length === 0, 60);
  await replace("zones clx-main {", '@waive("R4", reason = "planned", until = "2099-01-31")\nzones clx-main {');
  assert.match(await hoverText("@wa|ive"), /--fail-on/);
  await revert();
});

test("tasks check, compile and lint the fleet", async () => {
  const tasks = await vscode.tasks.fetchTasks({ type: "gops" });
  assert.deepEqual(tasks.map((t) => t.definition.command).sort(), ["check", "compile", "lint"]);
});

test("what a task says stands in the Problems view", async () => {
  const folder = join(fleet.fsPath, "broken 破");
  mkdirSync(folder);
  writeFileSync(join(folder, "x.gops"), "const a = 1\nconst a = 2\n");
  const [any] = await vscode.tasks.fetchTasks({ type: "gops" });
  assert.equal(any.execution.process, settings().get("path"));
  const run = new vscode.ProcessExecution(any.execution.process, ["check", folder]);
  const task = new vscode.Task(
    { type: "gops", command: "check", fleet: folder }, vscode.TaskScope.Workspace, "check broken", "gopsc", run, "$gopsc");
  const ended = new Promise((resolve) => vscode.tasks.onDidEndTaskProcess((end) => resolve(end.exitCode)));
  await vscode.tasks.executeTask(task);
  assert.equal(await ended, 3);
  const uri = vscode.Uri.file(join(folder, "x.gops"));
  const problem = await until(() => vscode.languages.getDiagnostics(uri)[0]);
  assert.equal(String(problem.code.value ?? problem.code), "GOPS2008");
  assert.equal(problem.range.start.line, 1);
  rmSync(folder, { recursive: true });
});

test("colours without the server, in fences of Markdown too", async () => {
  const page = join(work, "page.md");
  writeFileSync(page, "# A page\n\n```gops\ngame clx {\n}\n```\n");
  const shown = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(page));
  shown.selection = new vscode.Selection(3, 1, 3, 1);
  await vscode.commands.executeCommand("editor.action.inspectTMScopes");
  await onScreen("storage.type.kind.gops meta.declaration.gops meta.embedded.block.gops");
  await vscode.commands.executeCommand("editor.action.inspectTMScopes");
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
});

test("the editor knows comments, indentation and snippets of the language", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "gops", content: "const a = 1\n" });
  const scratch = await vscode.window.showTextDocument(document);
  assert.equal(scratch.options.tabSize, 2);
  await vscode.commands.executeCommand("editor.action.commentLine");
  assert.match(document.getText(), /^\/\/ const a/);
  await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "gops", name: "Answer for a warning" });
  assert.match(document.getText(), /@suppress\("GOPS3012", reason = "why"/);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});

test("the extension brings an icon, a walkthrough, settings and commands", async () => {
  const extension = vscode.extensions.getExtension("gops.gops");
  const { contributes } = extension.packageJSON;
  assert.ok(existsSync(join(extension.extensionPath, contributes.languages[0].icon.dark)));
  assert.equal(settings().inspect("language").defaultValue, "en");
  const commands = await vscode.commands.getCommands(true);
  assert.deepEqual(contributes.commands.filter((c) => !commands.includes(c.command)), []);
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", "gops.gops#start");
  await onScreen("Open a fleet");
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  await vscode.commands.executeCommand("gops.showLog");
  await vscode.commands.executeCommand("workbench.action.closePanel");
});

test("the server can be restarted", async () => {
  await vscode.commands.executeCommand("gops.restartServer");
  await serves();
});

test("diagnostics are said in Chinese to whom wants it", async () => {
  await set("language", "zh");
  await serves();
  editor = await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  await replace("players    = 3500", "playrs     = 3500");
  const problem = await until(() => problems().find((d) => d.code.value === "GOPS2005"));
  assert.match(problem.message, /\p{Script=Han}/u);
  await revert();
  await set("language", undefined);
  await serves();
});

test("without a compiler there are colours, and a sentence that says why", async () => {
  await set("path", "/nowhere/gopsc");
  await onScreen("gops.path names /nowhere/gopsc, which does not exist. Until then .gops files have colours");
  await until(async () => ((await ask("vscode.executeDocumentSymbolProvider")) ?? []).length === 0);
});

test("the compiler that comes with the extension serves, from a folder with a space and Chinese", async () => {
  await set("path", "");
  await serves();
});

test("without a Java that is new enough it says which was found", async () => {
  await set("java.home", "/nowhere");
  await onScreen("gops needs Java 25 or newer (/nowhere/bin/java: not there)");
  await set("java.home", undefined);
  await set("path", undefined);
  await serves();
});

function tabs() {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}
