import { isCodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import type { RunChoice } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { isOfPage } from '../../ordinary/pageKernel';
import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraph } from '../tokens';
import type { Answers, IAskOptions } from './ask';
import { Changes } from './changes';
import type { IFinishedRun } from './finishedRun';
import { GhostRun } from './ghostRun';
import { KernelWork } from './kernelWork';
import { carryMade, learnCalls, recallMade, startMs } from './learning';
import type { RunMemory } from './memory';
import { countStale, plannedIds } from './planView';
import { PoolCalls } from './poolCalls';
import { RunRecorder } from './recorder';
import type { RunCell } from './runCell';
import type { IRunSettings } from './settings';
import { CellStates } from './states';
import type {
  ICellState,
  INotebookRun,
  IRunPlan,
  IRunProgress,
  IRunWorkers,
  IWorkBeside
} from './tokens';

/** What the run of a notebook works with. */
export interface INotebookRunOptions {
  readonly context: NotebookPanel['context'];
  /** The views of the notebook that are open. */
  readonly views: () => readonly NotebookPanel[];
  readonly graph: INotebookGraph;
  readonly library: ISkillLibrary;
  /** Null where there is no kernel of ours: everything then runs cell by cell. */
  readonly host: IRuntimeHost | null;
  readonly memory: RunMemory;
  readonly runCell: RunCell;
  readonly trans: TranslationBundle;
  readonly settings: Readonly<IRunSettings>;
  /** Takes every run that has ended, and every cell run by hand. */
  readonly onEnded: (run: IFinishedRun) => void;
}

/** Runs one notebook: drives its kernel and the pool by what the schedule allows. */
export class NotebookRun implements INotebookRun, IDisposable {
  constructor(private readonly _options: INotebookRunOptions) {
    const { context, host, graph, library, memory, settings } = _options;
    const recorder = new RunRecorder(_options);
    const states = new CellStates(_options);
    // The workers' Python is the site's: results of another one may differ from it.
    const fits = (): boolean => isOfPage(context.sessionContext.session?.kernel);
    const pool = new PoolCalls(host, () => startMs(memory), fits);
    const kernel = new KernelWork({
      ...{ ..._options, states, pool, recorder },
      onChanged: cells => this._changes.add(cells),
      onFailed: () => {
        if (recorder.isUnderWay && settings.stopsAtFailure) {
          this.stop();
        }
      },
      onIdle: () => this._ghost.complete()
    });
    this._path = context.path;
    this._ghost = new GhostRun({
      ...{ ..._options, states, pool },
      refresh: () => graph.refresh(),
      cellOf: id => kernel.cellOf(id),
      canAsk: () => !this.isRunning && pool.isThere && kernel.kernel?.status === 'idle',
      ask: expressions => this.ask(expressions),
      onShown: () => this._onPlanShown()
    });
    this._states = states;
    this._pool = pool;
    this._recorder = recorder;
    this._kernel = kernel;
    states.changed.connect(this._onStates, this);
    context.pathChanged.connect(this._onPath, this);
    void Promise.all([context.ready, memory.ready, library.ready]).then(
      () => this._recall(),
      () => undefined // JupyterLab tells of a file that cannot be read.
    );
  }

  get path(): string {
    return this._options.context.path;
  }

  get states(): ReadonlyMap<string, ICellState> {
    return this._states.states;
  }

  get changed(): ISignal<this, ReadonlySet<string>> {
    return this._changed;
  }

  get isRunning(): boolean {
    return this._states.schedule.active.size > 0;
  }

  get stale(): number {
    return countStale(this._states.schedule, this.states);
  }

  get canStop(): boolean {
    return this.isRunning || this._beside.size > 0;
  }

  get inKernel(): ReadonlySet<string> {
    return this._kernel.open;
  }

  get progress(): IRunProgress | null {
    const { schedule, states } = this._states;
    const [note] = [...states.values()].flatMap(state => state.note ?? []);
    const progress = this._recorder.progress(schedule, this._expectedMs);
    return progress && { ...progress, ...(note && { note }) };
  }

  get workers(): IRunWorkers | null {
    const { isThere, most, warm, startMs, isStartKnown } = this._pool;
    return isThere ? { most, warm, ...(isStartKnown && { startMs }) } : null;
  }

  get shownPlan(): IRunPlan | null {
    return this._ghost.shown;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._options.context.pathChanged.disconnect(this._onPath, this);
      this._ghost.dispose();
      this._changes.dispose();
      this._kernel.dispose();
      this._recorder.end(this.states);
      this._states.dispose();
      Signal.clearData(this);
    }
  }

  plan(choice: RunChoice): Promise<IRunPlan> {
    return this._ghost.plan(choice);
  }

  showPlan(choice: RunChoice | null): Promise<void> {
    return this._ghost.show(choice);
  }

  async run(choice: RunChoice): Promise<boolean> {
    void this.showPlan(null);
    await this._options.context.sessionContext.ready;
    this._options.graph.refresh();
    const cells = plannedIds(this._states.schedule, choice);
    if (cells.length === 0 || this._isDisposed) {
      return false;
    }
    // What is asked for while a run is under way joins it, and finds what the pool has.
    if (!this._recorder.isUnderWay) {
      this._recorder.begin(choice.kind);
      this._pool.forget();
    }
    const loaded = new Set<string>();
    this._recorder.add(cells, id => {
      return this._states.inKernel(id, loaded).time?.ms ?? 0;
    });
    const { done } = this._recorder;
    this._states.send({ type: 'planned', cells });
    this._kernel.step();
    await done;
    return true;
  }

  stop(): void {
    this._kernel.stop();
    for (const work of [...this._beside]) {
      // It may ask the run to stop in its turn.
      this._beside.delete(work);
      work.stop();
    }
  }

  join(work: IWorkBeside): IDisposable {
    this._beside.add(work);
    this._changed.emit(new Set());
    return new DisposableDelegate(() => {
      this._beside.delete(work);
      this._changed.emit(new Set());
    });
  }

  ask(
    expressions: Readonly<Record<string, string>>,
    options?: IAskOptions
  ): Promise<Answers | null> {
    return this._kernel.ask(expressions, options);
  }

  keep(run: IFinishedRun): void {
    learnCalls(this._options.memory, run);
    this._options.onEnded(run);
  }

  /** Marks results that older sources have made, as far as this browser has seen that. */
  private _recall(): void {
    const { context, graph, memory } = this._options;
    if (!this._isDisposed && !context.isDisposed) {
      graph.refresh();
      const held = [...context.model.cells].flatMap(cell =>
        isCodeCellModel(cell) ? [{ id: cell.id, count: cell.executionCount }] : []
      );
      const made = recallMade(memory, context.path, held);
      this._states.send({ type: 'recalled', made });
    }
  }

  private _onPath(_: unknown, to: string): void {
    const { context, memory } = this._options;
    const ids = [...context.model.cells].map(({ id }) => id);
    carryMade(memory, { from: this._path, to }, ids);
    this._path = to;
  }

  private _onStates(_: unknown, ids: ReadonlySet<string>): void {
    const { active } = this._states.schedule;
    this._pool.abort(cell => active.get(cell)?.phase !== 'computing');
    if (this._recorder.isOver(this._states.schedule)) {
      this._recorder.end(this.states);
    }
    this._changes.add(ids);
    if (!this.isRunning) {
      this._changes.flush();
      this._ghost.refresh();
    }
  }

  private _onPlanShown(): void {
    this._changes.add(this.states.keys());
    this._changes.flush();
  }

  /** Shows, with what the cells have put out, which of them have changed. */
  private _show(ids: ReadonlySet<string>): void {
    this._kernel.show();
    this._changed.emit(ids);
  }

  private readonly _states: CellStates;
  private readonly _pool: PoolCalls;
  private readonly _recorder: RunRecorder;
  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private readonly _beside = new Set<IWorkBeside>();
  private readonly _changes = new Changes(ids => this._show(ids));
  private readonly _kernel: KernelWork;
  private readonly _ghost: GhostRun;
  private readonly _expectedMs = (cell: string): number =>
    this._states.inKernel(cell, new Set()).time?.ms ?? 0;
  private _path: string;
  private _isDisposed = false;
}
