// Compares how the grammar reads every .gops file of examples/ and stdlib/ with what was approved.
// The approved reading of a/b.gops is test/snapshots/a/b.gops.snap. `-u` writes it anew.
//
// vscode-tmgrammar-snap keeps a snapshot beside its source; the work is done in a copy so that the
// examples stay free of test files.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(extension);
const snapshots = join(extension, "test", "snapshots");
const update = process.argv.includes("-u");

const generated = new Set(["node_modules", "target", "out", ".git"]);

function filesBelow(folder, ending) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return generated.has(entry.name) ? [] : filesBelow(path, ending);
    }
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

const sources = ["examples", "stdlib"]
  .flatMap((folder) => filesBelow(join(repository, folder), ".gops"))
  .map((path) => relative(repository, path))
  .sort();
const approved = filesBelow(snapshots, ".snap").map((path) => relative(snapshots, path));

const orphans = approved.filter((snap) => !sources.includes(snap.slice(0, -".snap".length)));
const missing = sources.filter((source) => !approved.includes(source + ".snap"));
if (!update && orphans.length + missing.length > 0) {
  orphans.forEach((snap) => console.error(`snapshot without a source: ${snap}`));
  missing.forEach((source) => console.error(`source without a snapshot: ${source}`));
  console.error("accept with: npm run update");
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), "gops-grammar-"));
try {
  for (const source of sources) {
    copy(join(repository, source), join(work, source));
    if (!update && approved.includes(source + ".snap")) {
      copy(join(snapshots, source + ".snap"), join(work, source + ".snap"));
    }
  }
  const tool = join(extension, "node_modules", "vscode-tmgrammar-test", "dist", "snapshot.js");
  const run = spawnSync(
    process.execPath,
    [
      tool,
      ...(update ? ["-u"] : []),
      "--expandDiff",
      "--config", join(extension, "package.json"),
      "--scope", "source.gops",
      work.split(sep).join("/") + "/**/*.gops",
    ],
    { cwd: extension, stdio: "inherit" },
  );
  if (run.status !== 0) {
    console.error("accept with: npm run update");
    process.exit(1);
  }
  if (update) {
    rmSync(snapshots, { recursive: true, force: true });
    sources.forEach((source) => copy(join(work, source + ".snap"), join(snapshots, source + ".snap")));
  }
  console.log(`${sources.length} files read as approved`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
