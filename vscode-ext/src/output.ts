// What becomes of a fleet, as read-only documents and panels.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

interface OutputFile {
  readonly path: string;
  readonly text: string;
}

interface Output {
  readonly files: OutputFile[];
  readonly more: number;
  readonly reason: string;
}

const GENERATED = "gops-generated";
const LIBRARY = "gops-library";

/** Generated texts by their path: the latest of each. */
class Generated implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: GENERATED, path: `/${path}` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }
}

export class OutputViews {
  private readonly generated = new Generated();

  constructor(
    private readonly extension: vscode.ExtensionContext,
    private readonly client: () => LanguageClient | undefined,
  ) {}

  register(): void {
    const library: vscode.TextDocumentContentProvider = {
      provideTextDocumentContent: async (uri) =>
        (await this.client()?.sendRequest<string>("gops/library", { uri: `${LIBRARY}:${uri.path}` })) ?? "",
    };
    this.extension.subscriptions.push(
      vscode.workspace.registerTextDocumentContentProvider(GENERATED, this.generated),
      vscode.workspace.registerTextDocumentContentProvider(LIBRARY, library),
      this.command("gops.showCompiled", (named) => this.compiled(named)),
      this.command("gops.diffHead", (named) => this.page("gops/difference", "Diff against HEAD", named)),
      this.command("gops.showPlan", (named) => this.plan(named)),
      this.command("gops.showCapacity", (named) => this.page("gops/capacity", "Capacity", named)),
      this.command("gops.showNetwork", (named) => this.page("gops/network", "Network", named)),
    );
  }

  /** A command of a lens, which names a declaration, or of the palette, which means the open file. */
  private command(id: string, run: (named: object) => Promise<void>): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (uri?: unknown, kind?: string, name?: string) => {
      const file = typeof uri === "string" ? uri : vscode.window.activeTextEditor?.document.uri.toString();
      if (!file || !this.client()) {
        await vscode.window.showInformationMessage("Open a .gops file first.");
        return;
      }
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "gopsc" }, () =>
        run({ uri: file, kind: kind ?? "", name: name ?? "" }),
      );
    });
  }

  private async ask(request: string, named: object): Promise<Output | undefined> {
    const output = await this.client()!.sendRequest<Output>(request, named);
    if (output.reason) {
      await vscode.window.showInformationMessage(output.reason);
      return undefined;
    }
    return output;
  }

  private async compiled(named: object): Promise<void> {
    const output = await this.ask("gops/compiled", named);
    if (!output) {
      return;
    }
    let file: OutputFile | undefined = output.files[0];
    if (output.files.length > 1) {
      const more = output.more > 0 ? `, ${output.more} more not listed` : "";
      const chosen = await vscode.window.showQuickPick(
        output.files.map((f) => ({ label: f.path.split("/").pop() ?? f.path, description: f.path, file: f })),
        { title: `${output.files.length} generated files${more}`, matchOnDescription: true },
      );
      file = chosen?.file;
    }
    if (file) {
      await this.open(file.path, file.text, vscode.ViewColumn.Beside);
    }
  }

  private async open(path: string, text: string, column: vscode.ViewColumn): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.generated.put(path, text));
    await vscode.window.showTextDocument(document, { viewColumn: column, preview: true });
  }

  private async plan(named: object): Promise<void> {
    const output = await this.ask("gops/plan", named);
    if (output) {
      const uri = this.generated.put(output.files[0].path, output.files[0].text);
      await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    }
  }

  /** A report of the compiler in a panel. It may run its own script and load nothing from anywhere. */
  private async page(request: string, title: string, named: object): Promise<void> {
    const output = await this.ask(request, named);
    if (!output) {
      return;
    }
    const panel = vscode.window.createWebviewPanel(`gops.${title}`, title, vscode.ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [],
    });
    const policy =
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ' +
      "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">";
    panel.webview.html = output.files[0].text.replace(/<head>/, `<head>${policy}`);
  }
}
