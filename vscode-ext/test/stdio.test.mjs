// The shipped server over stdio, as an editor that knows nothing of Java starts it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require("vscode-jsonrpc/node");
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "gops 区服 "));
const folder = join(scratch, "five zones");
const uri = pathToFileURL(join(folder, "arena.gops")).toString();

let server;
let connection;
let complaints = "";
const told = new Map();
const proved = new Map();

before(async () => {
  cpSync(join(root, "examples", "five-zones"), folder, { recursive: true });
  server = spawn(join(root, "bin", "gopsc"), ["lsp"], { stdio: ["pipe", "pipe", "pipe"] });
  server.stderr.on("data", (text) => (complaints += text));
  connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.onNotification("textDocument/publishDiagnostics", (d) => told.set(d.uri, d.diagnostics));
  connection.onNotification("gops/proved", (p) => Object.entries(p.versions).forEach(([k, v]) => proved.set(k, v)));
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const hello = await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  assert.equal(hello.serverInfo.name, "gopsc");
  connection.sendNotification("initialized", {});
});

after(() => {
  server.kill();
  rmSync(scratch, { recursive: true, force: true });
});

async function until(what) {
  for (let i = 0; i < 600 && !what(); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(what(), complaints);
}

test("diagnostics come and go with the text", async () => {
  const text = readFileSync(join(folder, "arena.gops"), "utf8");
  connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "gops", version: 1, text },
  });
  await until(() => proved.get(uri) === 1);
  assert.deepEqual(told.get(uri) ?? [], []);
  const line = text.split("\n").findIndex((l) => l.includes("players = 500"));
  const range = { start: { line, character: 2 }, end: { line, character: 9 } };
  connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range, text: "playrs" }],
  });
  await until(() => proved.get(uri) === 2);
  assert.equal(told.get(uri)[0].code, "GOPS2005");
  const actions = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: told.get(uri)[0].range,
    context: { diagnostics: [] },
  });
  assert.equal(actions[0].edit.changes[uri][0].newText, "players");
});

test("the server says good-bye with zero and complained of nothing", async () => {
  await connection.sendRequest("shutdown");
  connection.sendNotification("exit");
  const code = await new Promise((resolve) => server.on("exit", resolve));
  assert.equal(code, 0);
  assert.equal(complaints, "");
});
