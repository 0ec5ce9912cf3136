import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraphs } from '../tokens';
import { marksOf } from './learning';
import type { RunMemory } from './memory';
import { NotebookRun } from './notebookRun';
import type { IFinishedRun } from './finishedRun';
import type { RunCell } from './runCell';
import type { IRunSettings } from './settings';
import type { INotebookRun, INotebookRuns, IResultMarks } from './tokens';

/** What all runs share. */
export interface INotebookRunsOptions {
  readonly graphs: INotebookGraphs;
  readonly library: ISkillLibrary;
  readonly host: IRuntimeHost | null;
  readonly memory: RunMemory;
  readonly runCell: RunCell;
  readonly trans: TranslationBundle;
  readonly settings: Readonly<IRunSettings>;
  /** Takes the runs of all notebooks once they have ended. */
  readonly onEnded: (panel: NotebookPanel, run: IFinishedRun) => void;
  readonly recorded: () => Promise<void>;
}

/** Makes each notebook's run when it is first asked for; its views share it. */
export class NotebookRuns implements INotebookRuns {
  constructor(private readonly _options: INotebookRunsOptions) {
    this.marks = marksOf(_options.memory);
  }

  readonly marks: IResultMarks;

  get active(): readonly INotebookRun[] {
    return [...this._runs.values()].filter(({ isRunning }) => isRunning);
  }

  get changed(): ISignal<this, INotebookRun> {
    return this._changed;
  }

  recorded(): Promise<void> {
    return this._options.recorded();
  }

  of(panel: NotebookPanel): INotebookRun {
    const { context } = panel;
    const known = this._runs.get(context);
    const views = this._views.get(context) ?? new Set();
    this._views.set(context, views);
    if (!views.has(panel)) {
      views.add(panel);
      panel.disposed.connect(() => views.delete(panel));
    }
    return known ?? this._make(panel, views);
  }

  private _make(panel: NotebookPanel, views: ReadonlySet<NotebookPanel>): INotebookRun {
    const { context } = panel;
    const { graphs, onEnded, ...shared } = this._options;
    const run = new NotebookRun({
      ...shared,
      ...{ context, graph: graphs.of(panel) },
      views: () => [...views],
      onEnded: ended => onEnded(panel, ended)
    });
    this._runs.set(context, run);
    run.changed.connect(() => this._changed.emit(run), this);
    // The model is still there then, for the trace of a run that is under way.
    context.sessionContext.disposed.connect(() => {
      this._runs.delete(context);
      run.dispose();
      this._changed.emit(run);
    });
    return run;
  }

  private readonly _runs = new Map<NotebookPanel['context'], NotebookRun>();
  private readonly _views = new WeakMap<object, Set<NotebookPanel>>();
  private readonly _changed = new Signal<this, INotebookRun>(this);
}
