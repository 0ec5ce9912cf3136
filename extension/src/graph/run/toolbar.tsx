import { ReactWidget } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { RunChoice } from '@llmos-lab/skills';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import { choiceOf } from './commands';
import { fitToolbar } from './fitToolbar';
import { RunMenu } from './RunMenu';
import { RunToolbar } from './RunToolbar';
import type { INotebookRun, INotebookRuns } from './tokens';

/** Which choice each command of the menu stands for, in the menu's order. */
const CHOICES: Readonly<Record<string, RunChoice['kind']>> = {
  [CommandIDs.runAll]: 'all',
  [CommandIDs.runStale]: 'stale',
  [CommandIDs.runToHere]: 'to-here',
  [CommandIDs.runFromHere]: 'from-here',
  [CommandIDs.runSelection]: 'selection'
};

/** Puts the run controls into the toolbar of every notebook. */
export class RunToolbarExtension implements DocumentRegistry.IWidgetExtension<
  NotebookPanel,
  INotebookModel
> {
  constructor(
    private readonly _runs: INotebookRuns,
    private readonly _commands: CommandRegistry,
    private readonly _trans: TranslationBundle
  ) {}

  createNew(panel: NotebookPanel): RunToolbarItem {
    const run = this._runs.of(panel);
    const item = new RunToolbarItem(panel, run, this._commands, this._trans);
    fitToolbar(panel.toolbar);
    // First, so that they stay where the toolbar is too narrow for all its items.
    panel.toolbar.insertItem(0, 'llmos-run', item);
    return item;
  }
}

/** The run controls of one notebook. */
class RunToolbarItem extends ReactWidget {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _run: INotebookRun,
    private readonly _commands: CommandRegistry,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-RunToolbarItem');
    this._menu = new RunMenu(_commands, Object.keys(CHOICES));
    this._menu.lookedAt.connect((_, command) => {
      const kind = command === null ? undefined : CHOICES[command];
      void _run.showPlan(kind ? choiceOf(kind, _panel) : null);
    }, this);
    _run.changed.connect(() => this.update(), this);
  }

  override dispose(): void {
    this._menu.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    const notebook = this._panel.context.path;
    return (
      <RunToolbar
        isRunning={this._run.isRunning}
        progress={this._run.progress}
        trans={this._trans}
        onMenu={anchor => {
          const { left, bottom } = anchor.getBoundingClientRect();
          this._menu.open(left, bottom);
        }}
        onStop={() => this._run.stop()}
        onRunStale={() => {
          void this._commands.execute(CommandIDs.runStale, { notebook });
        }}
        onLook={isLooking => {
          void this._run.showPlan(isLooking ? { kind: 'stale' } : null);
        }}
      />
    );
  }

  private readonly _menu: RunMenu;
}
