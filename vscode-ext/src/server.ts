// How the language server is started, and what is said when it cannot be.
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { Executable } from "vscode-languageclient/node";
import { findJava, OLDEST } from "./java";

/** The command with its arguments; the arguments never pass through a shell, so blanks do no harm. */
export type Launch = { readonly run: Executable } | { readonly problem: string };

/** Java takes file names for ASCII where the locale is not installed; VS Code names one in any case. */
export const UTF_8_NAMES = { LC_ALL: "C.UTF-8" };

const OPTIONS = { env: { ...process.env, ...UTF_8_NAMES } };

/** A `gopsc` of one's own, or the compiler that comes with the extension and a Java to run it. */
export async function launch(extension: vscode.ExtensionContext, command: string[]): Promise<Launch> {
  const settings = vscode.workspace.getConfiguration("gops");
  const path = settings.get<string>("path", "");
  if (path) {
    return existsSync(path)
      ? { run: { command: path, args: command, options: OPTIONS } }
      : { problem: `gops.path names ${path}, which does not exist.` };
  }
  const jar = extension.asAbsolutePath(join("server", "lib", "gopsc.jar"));
  if (!existsSync(jar)) {
    return { problem: "The extension was packaged without a compiler: set gops.path to bin/gopsc." };
  }
  const search = await findJava(settings.get<string>("java.home", ""));
  if ("problem" in search) {
    return { problem: `gops needs Java ${OLDEST} or newer (${search.problem}).` };
  }
  const options = settings.get<string[]>("java.options", []);
  return {
    run: {
      command: search.java.command,
      args: [
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xmx384m",
        "--sun-misc-unsafe-memory-access=allow",
        ...options,
        "-jar",
        jar,
        ...command,
      ],
      options: OPTIONS,
    },
  };
}

/** Says why there are only colours, once, with a way out. */
export async function sayProblem(problem: string): Promise<void> {
  const settings = "Open Settings";
  const help = "How to set it up";
  const chosen = await vscode.window.showWarningMessage(
    `${problem} Until then .gops files have colours and nothing else.`,
    settings,
    help,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:gops.gops");
  } else if (chosen === help) {
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", "gops.gops#start");
  }
}
