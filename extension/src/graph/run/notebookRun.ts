import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICallRecord, IRuntimeHost } from '@llmos-lab/kernel';
import type { IGraphCell, RunChoice } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraph } from '../tokens';
import { Changes } from './changes';
import { endedCell, finishedRun, onlyCall } from './ended';
import { Executions, type IEndedEvent, type ExecutionEvent } from './executions';
import type { RunMemory } from './memory';
import { plannedIds, readPlan } from './planView';
import { PoolCalls } from './poolCalls';
import { prepareCalls } from './prepare';
import { RunRecord, type IFinishedRun } from './record';
import type { RunCell } from './runCell';
import type { IRunSettings } from './settings';
import { CellStates, learnRun } from './states';
import { nextStep } from './steps';
import type { ICellState, INotebookRun, IRunPlan, IRunProgress } from './tokens';

/** What the run of a notebook works with. */
export interface INotebookRunOptions {
  readonly panel: NotebookPanel;
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

/** Calls that one request evaluates: the first need not wait for very many. */
const PREPARED_AT_ONCE = 8;

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
    const { panel, host } = _options;
    this._states = new CellStates(_options);
    this._pool = new PoolCalls(host);
    this._executions = new Executions(panel);
    this._states.changed.connect(this._onStates, this);
    this._executions.event.connect(this._onExecution, this);
    panel.sessionContext.statusChanged.connect(this._onKernelStatus, this);
    panel.sessionContext.kernelChanged.connect(this._onKernelLost, this);
    (host as Partial<IRuntimeHost> | null)?.called?.connect(this._onCall, this);
  }

  get path(): string {
    return this._options.panel.context.path;
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

  get progress(): IRunProgress | null {
    const { schedule } = this._states;
    if (this._isUnderWay || !this.isRunning) {
      return this._record?.progress(schedule) ?? null;
    }
    const queue = new RunRecord('selection');
    queue.add([...schedule.active.keys()], id => this._states.expectedMs(id) ?? 0);
    return queue.progress(schedule);
  }

  get shownPlan(): IRunPlan | null {
    return this._shownPlan;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._changes.dispose();
      this._pool.abort();
      this._states.dispose();
      this._executions.dispose();
      this._record?.finish();
      Signal.clearData(this);
    }
  }

  async plan(choice: RunChoice): Promise<IRunPlan> {
    const { graph, memory, host, trans } = this._options;
    graph.refresh();
    await memory.ready;
    return readPlan({ choice, states: this._states, memory, host, trans });
  }

  async showPlan(choice: RunChoice | null): Promise<void> {
    const turn = ++this._planTurn;
    const plan = choice ? await this.plan(choice) : null;
    // Another choice may have been looked at meanwhile.
    if (turn === this._planTurn && plan !== this._shownPlan && !this._isDisposed) {
      this._shownPlan = plan;
      this._changes.add(this.states.keys());
      this._changes.flush();
    }
  }

  async run(choice: RunChoice): Promise<void> {
    void this.showPlan(null);
    await this._options.panel.sessionContext.ready;
    this._options.graph.refresh();
    const cells = plannedIds(this._states.schedule, choice);
    if (cells.length === 0 || this._isDisposed) {
      return;
    }
    // What is asked for while a run is under way joins it.
    const record = this._isUnderWay ? this._record : null;
    this._record = record ?? new RunRecord(choice.kind);
    this._isUnderWay = true;
    this._record.add(cells, id => this._states.expectedMs(id) ?? 0);
    this._pool.forget();
    const { done } = this._record;
    this._states.send({ type: 'planned', cells });
    this._step();
    await done;
  }

  stop(): void {
    this._pool.abort();
    this._states.send({ type: 'stopped' });
    if (this.isRunning) {
      void this._options.panel.sessionContext.session?.kernel?.interrupt();
    }
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
        step.type === 'execute' ? this._execute(step.cell) : this._prepare(step.cells);
      void work.finally(() => {
        if (kernelTurn === this._kernelTurn) {
          this._isBusy = false;
          this._step();
        }
      });
    }
  }

  private async _execute(id: string): Promise<void> {
    const { panel, runCell } = this._options;
    const cell = panel.content.widgets.find(({ model }) => model.id === id);
    this._launched.add(id);
    try {
      if (cell instanceof CodeCell) {
        await runCell(panel, cell);
      }
    } catch {
      // The cell shows its error, and its end is told by what the kernel answered.
    } finally {
      this._launched.delete(id);
    }
    if (!this._executions.isOpen(id)) {
      // Without a kernel nothing was sent, and no end will be told.
      this._states.send({ type: 'cancelled', cell: id });
    }
  }

  /** Evaluates the arguments of calls that could overlap, and gives them to the pool. */
  private async _prepare(cells: readonly string[]): Promise<void> {
    const kernel = this._options.panel.sessionContext.session?.kernel;
    const wanted = cells.slice(0, PREPARED_AT_ONCE).flatMap(id => {
      const code = this._states.schedule.flow.get(id)?.code;
      const source = this._sourceOf(id);
      return code === undefined || source === undefined ? [] : [{ id, code, source }];
    });
    const calls = kernel
      ? await prepareCalls(
          kernel,
          wanted.map(({ source }) => source)
        )
      : [];
    for (const [at, { id, code }] of wanted.entries()) {
      const call = calls[at];
      if (!this._states.schedule.active.has(id)) {
        continue;
      }
      if (call?.key && !call.isCached) {
        void this._compute(id, code, call.key);
      } else {
        this._pool.skip(id, code);
      }
    }
  }

  private async _compute(id: string, code: string, key: string): Promise<void> {
    this._states.send({ type: 'computing', cell: id }, { startedAt: Date.now() });
    await this._pool.run(id, code, key);
    this._states.send({ type: 'computed', cell: id });
    this._step();
  }

  private _onExecution(_: unknown, event: ExecutionEvent): void {
    const { cell, request } = event;
    switch (event.type) {
      case 'sent':
        this._calls.set(request, []);
        if (!this._launched.has(cell)) {
          this._states.send({ type: 'queued', cell });
        }
        return;
      case 'started': {
        const { graph } = this._options.graph;
        const source = graph.cells.find(({ id }) => id === cell);
        this._begun.set(cell, source);
        const startedAt = this.states.get(cell)?.startedAt ?? Date.now();
        this._states.send({ type: 'started', cell }, { startedAt });
        return;
      }
      case 'ended':
        this._onEnded(event);
        this._step();
    }
  }

  private _onEnded(event: IEndedEvent): void {
    const { cell, request, status, error } = event;
    const calls = this._calls.get(request) ?? [];
    this._calls.delete(request);
    const poolMs = this._pool.take(cell)?.ms;
    const isComputed = poolMs !== undefined;
    const ms = poolMs ?? event.ms;
    this._note(cell, { status, ms, calls, isComputed, ...(error && { error }) });
    if (status === 'success') {
      this._onSuccess(cell, calls, { ms, isComputed });
      return;
    }
    const message = error && `${error.name}: ${error.message}`;
    this._states.send({ type: status, cell }, { ms, ...(message && { message }) });
    if (status === 'failed') {
      this._dropQueued();
      if (this._isUnderWay && this._options.settings.stopsAtFailure) {
        this.stop();
      }
    }
  }

  private _onSuccess(
    cell: string,
    calls: readonly ICallRecord[],
    { ms, isComputed }: { readonly ms: number; readonly isComputed: boolean }
  ): void {
    const { flow } = this._states.schedule;
    const call = flow.get(cell)?.isSkill ? onlyCall(calls) : undefined;
    const isCached = call?.cached === true && !isComputed;
    const key = call?.key ?? undefined;
    const facts = { isCached, ...(key !== undefined && { key }) };
    this._states.send({ type: 'finished', cell, ...facts }, { ms });
    learnRun(this._options.memory, this._states, cell, { ms, ...facts });
  }

  /** Keeps how a cell ended for the trace of its run, or of itself when run by hand. */
  private _note(cell: string, end: Parameters<typeof endedCell>[2]): void {
    const begun = this._begun.get(cell);
    const ended = endedCell(cell, begun, end);
    if (this._isUnderWay && this._record?.cells.has(cell)) {
      this._record.end(ended);
    } else if (begun) {
      const { ms } = end;
      const startedAt = Math.round(Date.now() - ms);
      const cells = [ended];
      this._options.onEnded({ trigger: 'cell', startedAt, ms, cells, edges: [] });
    }
    this._begun.delete(cell);
  }

  /** After an error the kernel drops what the person has queued, without an answer. */
  private _dropQueued(): void {
    for (const [cell, { isByHand, phase }] of this._states.schedule.active) {
      if (isByHand && phase === 'waiting') {
        this._states.send({ type: 'cancelled', cell });
      }
    }
  }

  private _onStates(_: unknown, ids: ReadonlySet<string>): void {
    const { active } = this._states.schedule;
    this._pool.abort(cell => active.get(cell)?.phase !== 'computing');
    const record = this._record;
    if (record && this._isUnderWay && ![...record.cells].some(id => active.has(id))) {
      this._isUnderWay = false;
      const { graph, onEnded } = this._options;
      onEnded(finishedRun(record, graph, this.states, record.finish()));
    }
    this._changes.add(ids);
    if (!this.isRunning) {
      this._changes.flush();
    }
  }

  private _onCall(_: unknown, call: ICallRecord): void {
    this._calls.get(call.parent)?.push(call);
  }

  private _onKernelStatus(_: unknown, status: Kernel.Status): void {
    if (LOST.has(status)) {
      this._onKernelLost();
    }
  }

  /** All values are gone, and no answer will come to what was asked. */
  private _onKernelLost(): void {
    this._kernelTurn += 1;
    this._isBusy = false;
    this._pool.abort();
    this._pool.forget();
    this._executions.forget();
    this._launched.clear();
    this._begun.clear();
    this._calls.clear();
    this._states.send({ type: 'restarted' });
  }

  private _sourceOf(cell: string): string | undefined {
    return this._options.graph.graph.cells.find(({ id }) => id === cell)?.source;
  }

  private readonly _states: CellStates;
  private readonly _pool: PoolCalls;
  private readonly _executions: Executions;
  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private readonly _changes = new Changes(ids => this._changed.emit(ids));
  /** Cells that this has sent to the kernel, to tell them from those run by hand. */
  private readonly _launched = new Set<string>();
  /** What the cells that run were when they began. */
  private readonly _begun = new Map<string, IGraphCell | undefined>();
  /** Calls that cells have made, by their request. */
  private readonly _calls = new Map<string, ICallRecord[]>();
  private _record: RunRecord | null = null;
  private _isUnderWay = false;
  private _shownPlan: IRunPlan | null = null;
  private _planTurn = 0;
  private _isBusy = false;
  /** Counts kernels, so that work for a lost one does not go on in the next. */
  private _kernelTurn = 0;
  private _isDisposed = false;
}
