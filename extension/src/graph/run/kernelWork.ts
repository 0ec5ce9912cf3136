import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICallRecord, IRuntimeHost, IWorkerPool } from '@llmos-lab/kernel';
import type { IGraphCell } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import { isOfPage } from '../../ordinary/pageKernel';
import type { INotebookGraph } from '../tokens';
import { askKernel, type Answers, type IAskOptions } from './ask';
import { Executions, type ExecutionEvent } from './executions';
import { KernelReports } from './kernelReports';
import { KernelTurns } from './kernelTurns';
import { Launches } from './launches';
import { learnStart } from './learning';
import type { RunMemory } from './memory';
import type { PoolCalls } from './poolCalls';
import { PoolWork } from './poolWork';
import type { RunRecorder } from './recorder';
import type { RunCell } from './runCell';
import { SentCells } from './sentCells';
import type { CellStates } from './states';

/** What the work of a notebook's kernel and of the pool is done with. */
export interface IKernelWorkOptions {
  readonly context: NotebookPanel['context'];
  /** The views of the notebook that are open. */
  readonly views: () => readonly NotebookPanel[];
  readonly graph: INotebookGraph;
  /** Null where there is no kernel of ours: everything then runs cell by cell. */
  readonly host: IRuntimeHost | null;
  readonly memory: RunMemory;
  readonly runCell: RunCell;
  readonly trans: TranslationBundle;
  readonly states: CellStates;
  readonly pool: PoolCalls;
  readonly recorder: RunRecorder;
  /** Something of cells is to be shown beside their states. */
  readonly onChanged: (cells: readonly string[]) => void;
  /** A cell has failed, and its state says so. */
  readonly onFailed: () => void;
  /** The kernel has nothing to do. */
  readonly onIdle: () => void;
}

/** Kernel states after which its values are gone. */
const LOST: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting',
  'autorestarting',
  'terminating',
  'dead'
]);

/** Has the kernel and the pool do what the schedule allows, and tells the states of it. */
export class KernelWork implements IDisposable {
  constructor(private readonly _options: IKernelWorkOptions) {
    const { context, views, host, states, pool, onChanged } = _options;
    const { sessionContext } = context;
    const dropsQueue = (): boolean => isOfPage(this.kernel);
    const isView = (notebook: unknown): boolean =>
      views().some(({ content }) => content === notebook);
    const executions = new Executions({ sessionContext, isView, dropsQueue });
    const launches = new Launches(_options);
    const shared = { states, pool, executions, launches, sent: this._sent };
    this._executions = executions;
    this._launches = launches;
    this._poolWork = new PoolWork({
      ..._options,
      kernel: () => this.kernel,
      sourceOf: cell => this.cellOf(cell)?.source,
      watch: future => executions.watch(future),
      onComputed: () => this.step()
    });
    this._turns = new KernelTurns({
      ...{ ...shared, poolWork: this._poolWork, dropsQueue },
      onLaunched: cell => onChanged([cell])
    });
    this._reports = new KernelReports({
      ...{ ..._options, ...shared },
      cellOf: cell => this.cellOf(cell),
      onDropped: () => this._turns.takeBack()
    });
    executions.event.connect(this._onExecution, this);
    sessionContext.statusChanged.connect(this._onStatus, this);
    sessionContext.kernelChanged.connect(this._onLost, this);
    const { called, pool: workers } = (host ?? {}) as Partial<IRuntimeHost>;
    called?.connect(this._onCall, this);
    (workers as Partial<IWorkerPool> | undefined)?.changed?.connect(this._onPool, this);
  }

  get kernel(): Kernel.IKernelConnection | null | undefined {
    return this._options.context.sessionContext.session?.kernel;
  }

  /** Cells whose request the kernel has and has not answered. */
  get open(): ReadonlySet<string> {
    return this._executions.open;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._options.pool.abort();
      this._turns.dispose();
      this._executions.dispose();
      this._reports.endAll();
      Signal.clearData(this);
    }
  }

  /** A code cell as the graph has it now. */
  cellOf(cell: string): IGraphCell | undefined {
    return this._options.graph.graph.cells.find(({ id }) => id === cell);
  }

  /** Goes on with what is planned. */
  step(): void {
    this._turns.step();
  }

  /** Ends what runs, and takes back what waits. */
  stop(): void {
    const { pool, states } = this._options;
    pool.abort();
    this._turns.takeBack();
    states.send({ type: 'stopped', sent: this._sent.cells });
    // What the kernel has, begun or not, ends by the interrupt.
    if (states.schedule.active.size > 0) {
      void this.kernel?.interrupt();
    }
  }

  /** Evaluates expressions in the kernel, in its turn; null when it dropped the request. */
  async ask(
    expressions: Readonly<Record<string, string>>,
    options?: IAskOptions
  ): Promise<Answers | null> {
    const { kernel } = this;
    return kernel
      ? askKernel(
          kernel,
          expressions,
          future => this._executions.watch(future),
          options
        )
      : null;
  }

  /** Lets the notebook show what the cells have put out, and no longer what they had. */
  show(): void {
    this._launches.show();
    this._poolWork.clearOutputs();
  }

  private _onExecution(_: unknown, event: ExecutionEvent): void {
    this._reports.take(event);
    if (event.type === 'ended') {
      this.step();
    }
  }

  private _onCall(_: unknown, call: ICallRecord): void {
    this._sent.note(call);
  }

  private _onPool(): void {
    const { pool, memory, recorder, onChanged } = this._options;
    const computing = this._poolWork.tellLoading();
    if (computing.some(cell => pool.loading(cell) !== undefined)) {
      recorder.noteStart(pool.isStartKnown ? pool.startMs : undefined);
    }
    onChanged(computing);
    pool.newStarts().forEach(ms => learnStart(memory, ms));
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    if (LOST.has(status)) {
      this._onLost();
    } else if (status === 'idle') {
      this._options.onIdle();
    }
  }

  /** All values are gone, and no answer will come to what was asked. */
  private _onLost(): void {
    const { pool, states } = this._options;
    this._turns.forget();
    pool.abort();
    pool.forget();
    this._executions.forget();
    this._reports.endAll();
    states.send({ type: 'restarted' });
  }

  private readonly _executions: Executions;
  private readonly _launches: Launches;
  private readonly _poolWork: PoolWork;
  private readonly _turns: KernelTurns;
  private readonly _reports: KernelReports;
  private readonly _sent = new SentCells();
  private _isDisposed = false;
}
