// The extension: starts the language server and shows what it knows.
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient } from "vscode-languageclient/node";
import { OutputViews } from "./output";
import { launch, sayProblem } from "./server";
import { Tasks } from "./tasks";

/** More ends of the server in this time are no accident. */
const MOST_ENDS = 4;
const TIME = 3 * 60 * 1000;

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel;
let status: vscode.StatusBarItem;
let restarting = Promise.resolve();

export async function activate(extension: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("gops", { log: true });
  status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right);
  status.command = "workbench.actions.view.problems";
  new OutputViews(extension, () => client).register();
  extension.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand("gops.restartServer", () => restart(extension)),
    vscode.commands.registerCommand("gops.showLog", () => log.show()),
    vscode.tasks.registerTaskProvider("gops", new Tasks(extension)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("gops")) {
        await restart(extension);
      }
    }),
  );
  await start(extension);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** One restart after the other: settings may change faster than a server starts. */
function restart(extension: vscode.ExtensionContext): Promise<void> {
  restarting = restarting.then(async () => {
    const old = client;
    client = undefined;
    await old?.dispose().catch((failure: unknown) => log.warn(String(failure)));
    await start(extension);
  });
  return restarting;
}

async function start(extension: vscode.ExtensionContext): Promise<void> {
  const server = await launch(extension, ["lsp"]);
  if ("problem" in server) {
    log.warn(server.problem);
    void sayProblem(server.problem);
    return;
  }
  const ends: number[] = [];
  const started = new LanguageClient(
    "gops",
    "gops",
    { run: server.run, debug: server.run },
    {
      documentSelector: [
        { scheme: "file", language: "gops" },
        { scheme: "untitled", language: "gops" },
        { scheme: "gops-library", language: "gops" },
      ],
      outputChannel: log,
      initializationOptions: {
        language: vscode.workspace.getConfiguration("gops").get("language", "en"),
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => {
          const now = Date.now();
          ends.push(now);
          if (ends.filter((end) => now - end < TIME).length < MOST_ENDS) {
            return { action: CloseAction.Restart, handled: true };
          }
          void sayCrashes(extension);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  started.onNotification("gops/proved", (fleet: { errors: number }) => {
    status.text = fleet.errors === 0 ? "$(check) gops" : `$(error) gops ${fleet.errors}`;
    status.tooltip = fleet.errors === 0 ? "The fleet is proved." : "The fleet has errors.";
    status.show();
  });
  client = started;
  try {
    await started.start();
  } catch (failure) {
    client = undefined;
    void sayProblem(`The language server did not start: ${failure}.`);
  }
}

async function sayCrashes(extension: vscode.ExtensionContext): Promise<void> {
  const again = "Restart";
  const show = "Show log";
  const chosen = await vscode.window.showErrorMessage(
    `The gops language server ended ${MOST_ENDS} times in three minutes. Colours still work.`,
    again,
    show,
  );
  if (chosen === again) {
    await restart(extension);
  } else if (chosen === show) {
    log.show();
  }
}
