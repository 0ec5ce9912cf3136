import { ReactWidget, type IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { RunChoice } from '@llmos-lab/skills';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import { choiceOf } from './commands';
import { RunMenu } from './RunMenu';
import { planText } from './planText';
import { PlanTip } from './planTip';
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

/** Name of the controls among the items of a notebook's toolbar. */
const ITEM = 'llmos-run';

/**
 * Has the run controls made for the toolbar of every notebook. Their place, the first, is
 * in the settings: items that come later, as in notebooks of the last visit, keep it.
 */
export function addRunToolbar(
  toolbars: IToolbarWidgetRegistry,
  runs: INotebookRuns,
  commands: CommandRegistry,
  trans: TranslationBundle
): void {
  toolbars.addFactory<NotebookPanel>(
    'Notebook',
    ITEM,
    panel => new RunToolbarItem(panel, runs.of(panel), commands, trans)
  );
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
      void this._look(kind ?? null, this._menu.node);
    }, this);
    _run.changed.connect(() => {
      this._tellPlan();
      this.update();
    }, this);
  }

  override dispose(): void {
    this._menu.dispose();
    this._tip.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    const notebook = this._panel.context.path;
    return (
      <RunToolbar
        canStop={this._run.canStop}
        isRunning={this._run.isRunning}
        progress={this._run.progress}
        stale={this._run.stale}
        trans={this._trans}
        onMenu={anchor => {
          void this._look(null, anchor);
          this._menu.openBelow(anchor);
        }}
        onStop={() => this._run.stop()}
        onRunStale={() => {
          void this._commands.execute(CommandIDs.runStale, { notebook });
        }}
        onLook={(kind, anchor) => {
          // While the menu is open its items tell what is looked at.
          if (!this._menu.isAttached) {
            void this._look(kind, anchor);
          }
        }}
      />
    );
  }

  /** Shows what a choice would run, in the notebook and in one line; null ends that. */
  private async _look(kind: RunChoice['kind'] | null, anchor: Element): Promise<void> {
    const turn = ++this._turn;
    const choice = kind && choiceOf(kind, this._panel);
    this._looked = null;
    this._tip.hide();
    await this._run.showPlan(choice);
    if (turn === this._turn && choice) {
      this._looked = { choice, anchor };
      this._tellPlan();
    }
  }

  /** Says what the choice that is looked at would run, as it is known now. */
  private _tellPlan(): void {
    const plan = this._run.shownPlan;
    if (plan === null) {
      this._tip.hide();
    } else if (plan.choice === this._looked?.choice) {
      const { kind } = plan.choice;
      const command = Object.keys(CHOICES).find(each => CHOICES[each] === kind);
      const title = command ? this._commands.label(command) : '';
      this._tip.show(this._looked.anchor, title, planText(plan, this._trans));
    }
  }

  private readonly _tip = new PlanTip();
  private readonly _menu: RunMenu;
  /** What the tip is about. */
  private _looked: { readonly choice: RunChoice; readonly anchor: Element } | null =
    null;
  private _turn = 0;
}
