import { isCodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { CellFuture } from './executions';
import type { PoolCalls } from './poolCalls';
import { prepareCalls } from './prepare';
import { loadingText } from './reasons';
import type { CellStates } from './states';

/** Calls that one request evaluates: the first need not wait for very many. */
const PREPARED_AT_ONCE = 8;

/** What calls of a notebook need on their way to the pool. */
export interface IPoolWorkOptions {
  readonly context: NotebookPanel['context'];
  readonly states: CellStates;
  readonly pool: PoolCalls;
  readonly trans: TranslationBundle;
  readonly kernel: () => Kernel.IKernelConnection | null | undefined;
  readonly sourceOf: (cell: string) => string | undefined;
  /** Takes the request that evaluates arguments in the kernel. */
  readonly watch: (future: CellFuture) => void;
  /** A call has ended in the pool; its cell runs next in the kernel. */
  readonly onComputed: () => void;
}

/** Brings the calls of a notebook's cells into the pool, and says in the cells how it goes. */
export class PoolWork {
  constructor(private readonly _options: IPoolWorkOptions) {}

  /** Evaluates the arguments of calls that could overlap, and gives them to the pool. */
  async prepare(cells: readonly string[]): Promise<void> {
    const { states, pool, sourceOf, watch } = this._options;
    const kernel = this._options.kernel();
    const wanted = cells.slice(0, PREPARED_AT_ONCE).flatMap(id => {
      const code = states.schedule.flow.get(id)?.code;
      const source = sourceOf(id);
      return code === undefined || source === undefined ? [] : [{ id, code, source }];
    });
    const sources = wanted.map(({ source }) => source);
    const calls = kernel ? await prepareCalls(kernel, sources, watch) : [];
    for (const [at, { id, code }] of wanted.entries()) {
      const call = calls[at];
      if (!states.schedule.active.has(id)) {
        continue;
      }
      if (call?.key && !call.isCached) {
        void this._compute(id, code, call.key);
      } else {
        pool.skip(id, code, call?.isCached === true);
      }
    }
  }

  /** Notes what each worker does before its call runs; gives the cells that wait for one. */
  tellLoading(): readonly string[] {
    const { states, pool, trans } = this._options;
    const cells = this._computing;
    cells.forEach(cell => states.note(cell, loadingText(pool.loading(cell), trans)));
    return cells;
  }

  /**
   * Takes away what cells have put out before, once their calls run in a worker: where one
   * is stopped while its worker still starts, nothing is lost.
   */
  clearOutputs(): void {
    const { context, pool } = this._options;
    const begun = new Set(this._computing.filter(cell => pool.hasBegun(cell)));
    for (const cell of begun.size > 0 ? context.model.cells : []) {
      if (begun.has(cell.id) && isCodeCellModel(cell) && cell.outputs.length > 0) {
        cell.outputs.clear();
      }
    }
  }

  private get _computing(): readonly string[] {
    return [...this._options.states.schedule.active].flatMap(([cell, { phase }]) =>
      phase === 'computing' ? [cell] : []
    );
  }

  private async _compute(id: string, code: string, key: string): Promise<void> {
    const { states, pool, onComputed } = this._options;
    states.send({ type: 'computing', cell: id }, { startedAt: Date.now() });
    await pool.run(id, code, key);
    states.send({ type: 'computed', cell: id });
    onComputed();
  }
}
