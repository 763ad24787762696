// Tasks that run gopsc on a fleet; their messages go to the Problems view.
import { dirname } from "node:path";
import * as vscode from "vscode";
import { launch, UTF_8_NAMES } from "./server";

interface Definition extends vscode.TaskDefinition {
  readonly command: string;
  readonly fleet: string;
}

export class Tasks implements vscode.TaskProvider {
  constructor(private readonly extension: vscode.ExtensionContext) {}

  async provideTasks(): Promise<vscode.Task[]> {
    const roots = await vscode.workspace.findFiles("**/fleet.gops", "**/{node_modules,out,target}/**", 50);
    const tasks: vscode.Task[] = [];
    for (const root of roots) {
      for (const command of ["check", "compile", "lint"]) {
        const task = await this.task({ type: "gops", command, fleet: dirname(root.fsPath) });
        if (task) {
          tasks.push(task);
        }
      }
    }
    return tasks;
  }

  resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    return this.task(task.definition as Definition, task.scope);
  }

  private async task(
    definition: Definition,
    scope: vscode.TaskScope | vscode.WorkspaceFolder = vscode.TaskScope.Workspace,
  ): Promise<vscode.Task | undefined> {
    const start = await launch(this.extension, [definition.command, definition.fleet]);
    if ("problem" in start) {
      return undefined;
    }
    const name = `${definition.command} ${vscode.workspace.asRelativePath(definition.fleet)}`;
    const run = new vscode.ProcessExecution(start.run.command, start.run.args ?? [], { env: UTF_8_NAMES });
    const task = new vscode.Task(definition, scope, name, "gopsc", run, "$gopsc");
    task.group = vscode.TaskGroup.Build;
    return task;
  }
}
