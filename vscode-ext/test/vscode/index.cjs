// What a person has in the real VS Code: every feature once, through the interface that VS Code gives to extensions.
const assert = require("node:assert/strict");
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const vscode = require("vscode");

const fleet = vscode.workspace.workspaceFolders[0].uri;
const work = dirname(fleet.fsPath);
const game = vscode.Uri.joinPath(fleet, "games", "clx.gops");
const tests = [];
let editor;
let original;

function test(name, body) {
  tests.push({ name, body });
}

exports.run = async () => {
  let failed = 0;
  for (const { name, body } of tests) {
    try {
      await body();
      appendFileSync(join(work, "results.txt"), `✓ ${name}\n`);
    } catch (failure) {
      failed++;
      appendFileSync(join(work, "results.txt"), `✗ ${name}\n${failure.stack}\n`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
};

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
  if (JSON.parse(readFileSync(join(work, "pictures.json"), "utf8")).on) {
    writeFileSync(join(work, "picture"), name);
    await until(() => !existsSync(join(work, "picture")));
  }
}

function at(piece) {
  const text = editor.document.getText();
  const found = text.indexOf(piece.replace("|", ""));
  assert.ok(found >= 0, `no ${piece}`);
  return editor.document.positionAt(found + Math.max(0, piece.indexOf("|")));
}

const ask = (command, ...args) => vscode.commands.executeCommand(command, game, ...args);
const problems = () => vscode.languages.getDiagnostics(game);

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
  const hints = await until(async () => {
    const found = await ask("vscode.executeInlayHintProvider", new vscode.Range(0, 0, 500, 0));
    return found?.length > 0 && found;
  }, 60);
  assert.ok(hints.some((h) => String(h.label) === "700,000 in 200 zones"), JSON.stringify(hints));
  assert.deepEqual(problems(), []);
});

test("outline, folds, selections and colours by meaning", async () => {
  const symbols = await ask("vscode.executeDocumentSymbolProvider");
  assert.ok(["registry", "clx", "clx-main"].every((name) => symbols.some((s) => s.name === name)));
  assert.ok((await ask("vscode.executeFoldingRangeProvider")).length > 5);
  assert.ok((await ask("vscode.provideDocumentSemanticTokens")).data.length > 100);
  const ranges = await ask("vscode.executeSelectionRangeProvider", [at("number = 70|01")]);
  assert.equal(editor.document.getText(ranges[0].range), "7001");
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

test("rename says what it would change", async () => {
  const edit = await ask("vscode.executeDocumentRenameProvider", at("port ad|min"), "manage");
  assert.ok(edit.entries().some(([uri]) => uri.path.endsWith("/network.gops")));
});

test("completion fills in what must be given", async () => {
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nzones more {\n  \n}\n"));
  const list = await ask("vscode.executeCompletionItemProvider", at("zones more {\n  |"));
  const all = list.items.find((i) => (i.label.label ?? i.label) === "required attributes");
  assert.match(all.insertText.value, /pool = \$\{\d\|hangzhou\.std\|\}/);
  look("zones more {\n  |");
  await vscode.commands.executeCommand("editor.action.triggerSuggest");
  await picture("vscode-completion");
  await vscode.commands.executeCommand("hideSuggestWidget");
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

test("lenses lead to generated files, plans and reports", async () => {
  const lenses = await ask("vscode.executeCodeLensProvider");
  const titles = new Set(lenses.map((l) => l.command.title));
  assert.deepEqual([...titles], ["Show compiled output", "Diff against HEAD"]);
  await vscode.commands.executeCommand("gops.showPlan", game.toString(), "release", "clx-1-8-4");
  await until(() => tabs().some((t) => /runbook/.test(t)));
  await vscode.commands.executeCommand("gops.showNetwork", game.toString(), "", "");
  await until(() => tabs().includes("Network"));
  await vscode.commands.executeCommand("gops.showCapacity", game.toString(), "pool", "std");
  await until(() => tabs().includes("Capacity"));
  await picture("vscode-report");
});

test("tasks check, compile and lint the fleet", async () => {
  const tasks = await vscode.tasks.fetchTasks({ type: "gops" });
  assert.deepEqual(tasks.map((t) => t.definition.command).sort(), ["check", "compile", "lint"]);
});

test("the server can be restarted", async () => {
  await vscode.commands.executeCommand("gops.restartServer");
  await until(async () => (await ask("vscode.executeDocumentSymbolProvider"))?.length > 2);
});

test("without a compiler there are colours, and no error", async () => {
  const settings = () => vscode.workspace.getConfiguration("gops");
  await settings().update("path", "/nowhere/gopsc", vscode.ConfigurationTarget.Workspace);
  await until(async () => ((await ask("vscode.executeDocumentSymbolProvider")) ?? []).length === 0);
  await settings().update("path", undefined, vscode.ConfigurationTarget.Workspace);
  await until(async () => (await ask("vscode.executeDocumentSymbolProvider"))?.length > 2);
});

function tabs() {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}
