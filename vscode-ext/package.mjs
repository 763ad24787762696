// Packages the extension with the compiler inside, without a network and the same to the byte each time.
//
//   npm run package            needs a built compiler: bin/gopsc --version builds it
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(fileURLToPath(import.meta.url));
const libraries = join(extension, "..", "compiler", "cli", "target", "dist", "lib");
const server = join(extension, "server", "lib");
// The time that the compiler's own jars carry.
const EPOCH = 1767225600;

if (!existsSync(join(libraries, "gopsc.jar"))) {
  console.error("there is no compiler to package: run bin/gopsc --version first");
  process.exit(1);
}
rmSync(join(extension, "server"), { recursive: true, force: true });
mkdirSync(server, { recursive: true });
for (const jar of readdirSync(libraries).sort()) {
  cpSync(join(libraries, jar), join(server, jar));
  utimesSync(join(server, jar), EPOCH, EPOCH);
}
run("esbuild", ["src/extension.ts", "--bundle", "--platform=node", "--format=cjs", "--target=node20",
  "--external:vscode", "--outfile=dist/extension.js", "--minify", "--legal-comments=none", "--log-level=warning"]);
cpSync(join(extension, "..", "LICENSE"), join(extension, "LICENSE"));
run("vsce", ["package", "--no-dependencies", "--allow-missing-repository", "-o", process.argv[2] ?? "gops.vsix"]);

function run(tool, args) {
  const done = spawnSync(join(extension, "node_modules", ".bin", tool), args, {
    cwd: extension,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, SOURCE_DATE_EPOCH: String(EPOCH) },
  });
  if (done.status !== 0) {
    process.exit(done.status ?? 1);
  }
}
