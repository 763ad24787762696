// Finds a Java that can run the server.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The oldest Java that the compiler runs on. */
export const OLDEST = 25;

export interface Java {
  readonly command: string;
  readonly version: number;
}

/** What was found, or in words why nothing will do. */
export type Search = { readonly java: Java } | { readonly problem: string };

/** The Java of a setting, of JAVA_HOME, or of the PATH: the first that is new enough. */
export async function findJava(setting: string): Promise<Search> {
  const seen: string[] = [];
  const candidates = setting
    ? [home(setting)]
    : [...(process.env.JAVA_HOME ? [home(process.env.JAVA_HOME)] : []), "java"];
  for (const command of candidates) {
    const version = await versionOf(command);
    if (version !== undefined && version >= OLDEST) {
      return { java: { command, version } };
    }
    seen.push(version === undefined ? `${command}: not there` : `${command}: Java ${version}`);
  }
  return { problem: seen.join("; ") };
}

function home(folder: string): string {
  return join(folder, "bin", process.platform === "win32" ? "java.exe" : "java");
}

/** The version says itself in a file beside a home; the one on the PATH must be asked. */
async function versionOf(command: string): Promise<number | undefined> {
  const release = join(command, "..", "..", "release");
  if (command !== "java") {
    if (!existsSync(command)) {
      return undefined;
    }
    if (existsSync(release)) {
      const found = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(readFileSync(release, "utf8"));
      if (found) {
        return Number(found[1]);
      }
    }
  }
  return new Promise((resolve) =>
    execFile(command, ["-version"], (failure, out, err) => {
      const found = /version "(?:1\.)?(\d+)/.exec(err + out);
      resolve(failure || !found ? undefined : Number(found[1]));
    }),
  );
}
