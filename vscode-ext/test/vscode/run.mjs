// Runs the tests of index.cjs in the extension host of the real VS Code, which a headless browser shows.
//
//   npm run test:vscode                    the tests
//   npm run test:vscode -- --only PATTERN  the first test, and those whose names match
//   npm run test:vscode -- --pictures DIR  the tests, and pictures of what a person sees
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lab } from "./lab.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "..", "..");
const root = join(sources, "..");
const pictures = option("--pictures");
const vscode = lab();
const { chromium } = createRequire(join(vscode.folder, "package.json"))("playwright-core");

const work = mkdtempSync(join(tmpdir(), "gops-vscode-"));
// There may be no font for Chinese where pictures are taken.
const fleet = join(work, pictures ? "my wuxia" : "区服 wuxia");
cpSync(join(root, "examples", "wuxia"), fleet, { recursive: true });
git("init", "-q");
git("add", ".");
git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "as it is");
// As it is installed: what the package holds, with the compiler inside, in a folder of any name.
const extension = join(work, "扩展 gops");
for (const part of ["package.json", "language-configuration.json", "dist", "icons", "snippets", "syntaxes", "walkthrough"]) {
  cpSync(join(sources, part), join(extension, part), { recursive: true });
}
cpSync(join(root, "compiler", "cli", "target", "dist", "lib"), join(extension, "server", "lib"), { recursive: true });
const host = `127.0.0.1:${await freePort()}`;
const settings = join(work, "server", "data", "Machine");
mkdirSync(settings, { recursive: true });
writeFileSync(
  join(settings, "settings.json"),
  JSON.stringify({
    "gops.path": join(root, "bin", "gopsc"),
    "gops.java.home": jdk(),
    "chat.disableAIFeatures": true,
    "workbench.startupEditor": "none",
    "files.autoSave": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "telemetry.telemetryLevel": "off",
  }),
);
writeFileSync(join(work, "choices.json"), JSON.stringify({ pictures: Boolean(pictures), only: option("--only") ?? "" }));
const log = [];
const server = spawn(
  vscode.node,
  [vscode.server, "--host", "127.0.0.1", "--port", host.split(":")[1], "--without-connection-token",
    "--accept-server-license-terms", "--enable-smoke-test-driver", "--disable-telemetry", "--disable-workspace-trust",
    "--server-data-dir", join(work, "server"), "--extensions-dir", join(work, "extensions")],
  { env: { ...process.env, HOME: work, GOPSC_NO_BUILD: "1" }, stdio: ["ignore", "pipe", "pipe"] },
);
server.stdout.on("data", (text) => log.push(String(text)));
server.stderr.on("data", (text) => log.push(String(text)));

let code = 1;
let browser;
try {
  await listening();
  browser = await chromium.launchPersistentContext(join(work, "profile"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  code = await run();
} finally {
  await browser?.close();
  server.kill();
  const results = join(work, "results.txt");
  if (existsSync(results)) {
    process.stdout.write(readFileSync(results, "utf8"));
  }
  if (code !== 0) {
    console.error(log.join("").split("\n").slice(-40).join("\n"));
  }
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
}
process.exit(code);

async function run() {
  const page = await browser.newPage();
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  await page.exposeFunction("codeAutomationLog", () => {});
  await page.exposeFunction("codeAutomationExit", (exit) => finish(exit));
  const remote = (path) => `vscode-remote://${host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(join(here, "index.cjs"))],
    ["skipWelcome", "true"],
  ];
  await page.goto(
    `http://${host}/?folder=${encodeURIComponent(fleet)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    { waitUntil: "domcontentloaded" },
  );
  const watching = watch(page);
  const limit = new Promise((resolve) => setTimeout(() => resolve(1), 600_000).unref());
  const exit = await Promise.race([finished, limit]);
  await watching.stop();
  return exit;
}

/**
 * The tests ask for a picture by a file with its name, or for words on the screen by a file with them, and go on
 * when it is gone.
 */
function watch(page) {
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
  }
  let running = true;
  const loop = (async () => {
    while (running) {
      const asked = join(work, "picture");
      if (existsSync(asked)) {
        const name = readFileSync(asked, "utf8");
        await page.waitForTimeout(1500);
        await page.screenshot({ path: join(pictures, `${name}.png`) });
        rmSync(asked);
      }
      const wanted = join(work, "words");
      if (existsSync(wanted)) {
        const { words, key } = JSON.parse(readFileSync(wanted, "utf8"));
        const shows = () => page.evaluate((w) => document.body.innerText.replace(/\s+/g, " ").includes(w), words);
        if (await shows()) {
          for (let i = 0; key && i < 50 && (await shows()); i++) {
            await page.keyboard.press(key);
            await page.waitForTimeout(300);
          }
          rmSync(wanted);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return { stop: () => ((running = false), loop) };
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
}

function git(...args) {
  if (spawnSync("git", args, { cwd: fleet }).status !== 0) {
    throw new Error(`git ${args[0]} failed`);
  }
}

/** The Java that bin/gopsc would take. */
function jdk() {
  const script = '. "$0/bin/find-jdk.sh" && find_jdk && printf %s "$jdk"';
  return spawnSync("sh", ["-c", script, root], { encoding: "utf8" }).stdout;
}

async function listening() {
  for (let i = 0; i < 300; i++) {
    try {
      if ((await fetch(`http://${host}/version`)).ok) {
        return;
      }
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("VS Code does not answer");
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
