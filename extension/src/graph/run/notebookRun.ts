import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICallRecord, IRuntimeHost, IWorkerPool } from '@llmos-lab/kernel';
import { analyseCell, type IGraphCell, type RunChoice } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { isOfPage } from '../../ordinary/pageKernel';
import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraph } from '../tokens';
import { askKernel, type Answers } from './ask';
import { Changes } from './changes';
import { onlyCall } from './ended';
import { Executions, type IEndedEvent, type ExecutionEvent } from './executions';
import type { IFinishedRun } from './finishedRun';
import { GhostRun } from './ghostRun';
import { learnCalls, learnRun, learnStart, onlySkill, startMs } from './learning';
import { Launches } from './launches';
import type { RunMemory } from './memory';
import { plannedIds } from './planView';
import { PoolCalls } from './poolCalls';
import { PoolWork } from './poolWork';
import { RunRecord } from './record';
import { RunRecorder } from './recorder';
import type { ILaunchedCell, RunCell } from './runCell';
import { SentCells, type ISentCell } from './sentCells';
import type { IRunSettings } from './settings';
import { CellStates } from './states';
import { nextCell, nextStep } from './steps';
import type { ICellState, INotebookRun, IRunPlan, IRunProgress } from './tokens';

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

/** Kernel states after which its values are gone. */
const LOST: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting',
  'autorestarting',
  'terminating',
  'dead'
]);

/** Runs one notebook: drives its kernel and the pool by what the schedule allows. */
export class NotebookRun implements INotebookRun, IDisposable {
  constructor(private readonly _options: INotebookRunOptions) {
    const { context, views, host } = _options;
    const { sessionContext } = context;
    this._states = new CellStates(_options);
    // The workers' Python is the site's: results of another one may differ from it.
    const fits = (): boolean => isOfPage(this._kernel);
    this._pool = new PoolCalls(host, () => startMs(_options.memory), fits);
    this._recorder = new RunRecorder(_options);
    this._launches = new Launches(_options);
    this._executions = new Executions({
      sessionContext,
      isView: notebook => views().some(({ content }) => content === notebook),
      dropsQueue: () => isOfPage(this._kernel)
    });
    this._poolWork = new PoolWork({
      ...{ ..._options, states: this._states, pool: this._pool },
      kernel: () => this._kernel,
      sourceOf: cell => this._sourceOf(cell)?.source,
      watch: future => this._executions.watch(future),
      onComputed: () => this._step()
    });
    this._ghost = new GhostRun({
      ...{ ..._options, states: this._states, pool: this._pool },
      refresh: () => _options.graph.refresh(),
      cellOf: id => this._sourceOf(id),
      canAsk: () =>
        !this.isRunning && this._pool.isThere && this._kernel?.status === 'idle',
      ask: expressions => this.ask(expressions),
      onShown: () => this._onPlanShown()
    });
    this._states.changed.connect(this._onStates, this);
    this._executions.event.connect(this._onExecution, this);
    sessionContext.statusChanged.connect(this._onKernelStatus, this);
    sessionContext.kernelChanged.connect(this._onKernelLost, this);
    const { called, pool } = (host ?? {}) as Partial<IRuntimeHost>;
    called?.connect(this._onCall, this);
    (pool as Partial<IWorkerPool> | undefined)?.changed?.connect(this._onPool, this);
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

  get inKernel(): ReadonlySet<string> {
    return this._executions.open;
  }

  get progress(): IRunProgress | null {
    const [note] = [...this.states.values()].flatMap(state => state.note ?? []);
    return this._progress && { ...this._progress, ...(note && { note }) };
  }

  private get _progress(): IRunProgress | null {
    const { schedule } = this._states;
    if (this._recorder.isUnderWay || !this.isRunning) {
      return this._recorder.progress(schedule);
    }
    const queue = new RunRecord('selection');
    queue.add([...schedule.active.keys()], id => this._states.expectedMs(id) ?? 0);
    return queue.progress(schedule);
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
      this._ghost.dispose();
      this._changes.dispose();
      this._pool.abort();
      this._executions.dispose();
      this._endSent();
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
    this._recorder.add(cells, id => this._states.expectedMs(id) ?? 0);
    const { done } = this._recorder;
    this._states.send({ type: 'planned', cells });
    this._step();
    await done;
    return true;
  }

  stop(): void {
    this._pool.abort();
    this._takeBack();
    this._states.send({ type: 'stopped', sent: this._sent.cells });
    // What the kernel has, begun or not, ends by the interrupt.
    if (this.isRunning) {
      void this._kernel?.interrupt();
    }
  }

  async ask(expressions: Readonly<Record<string, string>>): Promise<Answers | null> {
    const kernel = this._kernel;
    return kernel
      ? askKernel(kernel, expressions, future => this._executions.watch(future))
      : null;
  }

  keep(run: IFinishedRun): void {
    learnCalls(this._options.memory, run);
    this._options.onEnded(run);
  }

  /** Gives the kernel its next work, if it is free and there is some. */
  private _step(): void {
    const step = this._isBusy
      ? null
      : nextStep(this._states.schedule, this._pool, id => this._states.expectedMs(id));
    if (step && !this._isDisposed) {
      this._isBusy = true;
      const kernelTurn = this._kernelTurn;
      const work =
        step.type === 'execute'
          ? this._execute(step.cell)
          : this._poolWork.prepare(step.cells);
      void work.finally(() => {
        if (kernelTurn === this._kernelTurn) {
          this._isBusy = false;
          this._step();
        }
      });
    }
  }

  /** Runs a cell, and those whose turn is next for certain, one sent ahead of its turn. */
  private async _execute(first: string): Promise<void> {
    const kernelTurn = this._kernelTurn;
    let cell: string | null = first;
    for (let launched = this._launch(first); cell !== null;) {
      // Other kernels than the page's do not drop what was sent when a cell fails.
      this._ahead =
        launched?.future && isOfPage(this._kernel) ? this._next(cell) : null;
      const ahead = this._ahead === null ? null : this._launch(this._ahead);
      await launched?.ended;
      this._launches.end(cell);
      if (!this._executions.open.has(cell)) {
        // Without a kernel nothing was sent, and no end will be told.
        this._states.send({ type: 'cancelled', cell });
      }
      cell = kernelTurn === this._kernelTurn ? this._ahead : null;
      launched = ahead;
    }
  }

  private _next(cell: string): string | null {
    const states = this._states;
    return nextCell(states.schedule, cell, this._pool, id => states.expectedMs(id));
  }

  /** Lets a cell that was sent ahead wait again: the kernel drops it, or has done so. */
  private _takeBack(): void {
    if (this._ahead !== null && this._sent.takeBack(this._ahead)) {
      this._launches.withdraw(this._ahead);
    }
    this._ahead = null;
  }

  private _launch(id: string): ILaunchedCell | null {
    const launched = this._launches.launch(id);
    if (launched) {
      this._changes.add([id]);
    }
    if (launched?.future) {
      this._executions.follow(id, launched.future);
    }
    return launched;
  }

  private _onExecution(_: unknown, event: ExecutionEvent): void {
    switch (event.type) {
      case 'sent':
        return this._onSent(event.cell, event.request);
      case 'started':
        return this._onStarted(event.cell, event.request);
      case 'ended':
        this._onEnded(event);
        return this._step();
      case 'foreign': {
        const { defines, mutates } = analyseCell(event.code);
        this._states.send({ type: 'foreign', binds: [...defines, ...mutates] });
      }
    }
  }

  private _onSent(cell: string, request: string): void {
    // The kernel runs what the cell is now; the graph may wait for its next frame.
    this._options.graph.refresh();
    const flow = this._states.schedule.flow.get(cell);
    this._sent.add(request, { cell, flow, source: this._sourceOf(cell) });
    if (!this._launches.has(cell)) {
      this._states.send({ type: 'queued', cell });
    }
  }

  private _onStarted(cell: string, request: string): void {
    const sent = this._sent.get(request);
    if (sent) {
      sent.startedAt = performance.now();
    }
    const startedAt = this.states.get(cell)?.startedAt ?? Date.now();
    const as = sent?.flow;
    this._states.send({ type: 'started', cell, ...(as && { as }) }, { startedAt });
  }

  private _onEnded(event: IEndedEvent): void {
    const { cell, request, status, error } = event;
    const sent = this._sent.take(request);
    if (sent?.isTakenBack) {
      return;
    }
    const calls = sent?.calls ?? [];
    const ready = this._pool.take(cell);
    const poolMs = ready?.code === sent?.flow?.code ? ready?.ms : undefined;
    const isComputed = poolMs !== undefined;
    const ms = poolMs ?? event.ms;
    const end = { status, ms, calls, isComputed, ...(error && { error }) };
    this._recorder.note(cell, sent, end);
    if (status === 'success') {
      this._onSuccess(cell, sent, { ms, isComputed });
      return;
    }
    this._takeBack();
    const message = error && `${error.name}: ${error.message}`;
    this._states.send({ type: status, cell }, { ms, ...(message && { message }) });
    const { stopsAtFailure } = this._options.settings;
    if (status === 'failed' && this._recorder.isUnderWay && stopsAtFailure) {
      this.stop();
    }
  }

  private _onSuccess(
    cell: string,
    sent: ISentCell | undefined,
    { ms, isComputed }: { readonly ms: number; readonly isComputed: boolean }
  ): void {
    const call = sent?.flow?.isSkill ? onlyCall(sent.calls) : undefined;
    const isCached = call?.cached === true && !isComputed;
    const key = call?.key ?? undefined;
    const facts = { isCached, ...(key !== undefined && { key }) };
    this._states.send({ type: 'finished', cell, ...facts }, { ms });
    const meaning = this._states.schedule.records.get(cell)?.meaning;
    const skill = sent?.source ? onlySkill(sent.source) : null;
    learnRun(this._options.memory, { meaning, skill, ms, ...facts });
  }

  private _endSent(): void {
    this._sent.takeAll().forEach(sent => this._recorder.noteLost(sent));
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

  private _onCall(_: unknown, call: ICallRecord): void {
    this._sent.note(call);
  }

  private _onPool(): void {
    this._changes.add(this._poolWork.tellLoading());
    this._pool.newStarts().forEach(ms => learnStart(this._options.memory, ms));
  }

  private _onKernelStatus(_: unknown, status: Kernel.Status): void {
    if (LOST.has(status)) {
      this._onKernelLost();
    } else if (status === 'idle') {
      this._ghost.complete();
    }
  }

  /** All values are gone, and no answer will come to what was asked. */
  private _onKernelLost(): void {
    this._kernelTurn += 1;
    this._isBusy = false;
    this._pool.abort();
    this._pool.forget();
    this._executions.forget();
    this._endSent();
    this._launches.clear();
    this._ahead = null;
    this._states.send({ type: 'restarted' });
  }

  /** Shows, with what the cells have put out, which of them have changed. */
  private _show(ids: ReadonlySet<string>): void {
    this._launches.show();
    this._poolWork.clearOutputs();
    this._changed.emit(ids);
  }

  private get _kernel(): Kernel.IKernelConnection | null | undefined {
    return this._options.context.sessionContext.session?.kernel;
  }

  private _sourceOf(cell: string): IGraphCell | undefined {
    return this._options.graph.graph.cells.find(({ id }) => id === cell);
  }

  private readonly _states: CellStates;
  private readonly _pool: PoolCalls;
  private readonly _recorder: RunRecorder;
  private readonly _executions: Executions;
  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private readonly _changes = new Changes(ids => this._show(ids));
  private readonly _launches: Launches;
  private readonly _poolWork: PoolWork;
  private readonly _ghost: GhostRun;
  private readonly _sent = new SentCells();
  /** The cell that stands behind the running one in the kernel's queue. */
  private _ahead: string | null = null;
  private _isBusy = false;
  /** Counts kernels, so that work for a lost one does not go on in the next. */
  private _kernelTurn = 0;
  private _isDisposed = false;
}
