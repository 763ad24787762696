// Two packagings without a network give the same bytes, with everything that the extension needs inside.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = join(dirname(fileURLToPath(import.meta.url)), "..");
const work = mkdtempSync(join(tmpdir(), "gops-vsix-"));
try {
  const sums = ["one.vsix", "two.vsix"].map((name) => {
    const file = join(work, name);
    const offline = spawnSync("unshare", ["-rn", "true"]).status === 0 ? ["unshare", "-rn"] : [];
    const [tool, ...args] = [...offline, process.execPath, "package.mjs", file];
    const done = spawnSync(tool, args, { cwd: extension, encoding: "utf8" });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  });
  assert.equal(sums[0], sums[1]);
  const listed = spawnSync("unzip", ["-Z1", join(work, "one.vsix")], { encoding: "utf8" }).stdout.split("\n");
  for (const path of ["package.json", "dist/extension.js", "server/lib/gopsc.jar", "syntaxes/gops.tmLanguage.json"]) {
    assert.ok(listed.includes(`extension/${path}`), `${path} is not in the package`);
  }
  assert.ok(!listed.some((path) => /node_modules|\/src\/|\/test\//.test(path)), "sources are in the package");
  console.log(`✓ packaged twice without a network, sha256 ${sums[0]}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
