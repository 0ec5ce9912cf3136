import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { planSweep, type ISweepContext, type ISweepPlan } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookRuns } from '../run/tokens';
import type { INotebookGraphs } from '../tokens';
import { Sweep } from './sweep';
import { addSweepCell } from './sweepCell';
import type { ISweepRequest, ISweeps, ISweepState, SweepOutcome } from './tokens';

/** What sweeps work with. */
export interface ISweepsOptions {
  readonly graphs: INotebookGraphs;
  readonly runs: INotebookRuns;
  readonly library: Pick<ISkillLibrary, 'get' | 'ready'>;
  readonly host: IRuntimeHost | null;
  readonly trans: TranslationBundle;
}

/** Runs sweeps, one at a time in each notebook. */
export class Sweeps implements ISweeps {
  constructor(private readonly _options: ISweepsOptions) {}

  get active(): readonly ISweepState[] {
    return [...this._sweeps.values()];
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  of(panel: NotebookPanel): ISweepState | null {
    return this._sweeps.get(panel.context) ?? null;
  }

  /** Resolves when the skills are known, without which nothing can be planned. */
  get ready(): Promise<void> {
    return this._options.library.ready;
  }

  /** Why the first failed point of the last sweep of a notebook failed; else empty. */
  firstFault(panel: NotebookPanel): string {
    const results = this._last.get(panel.context)?.sweep.results ?? [];
    return results.find(({ error }) => error)?.error?.message ?? '';
  }

  /** What plans of a notebook's sweeps are made from. */
  contextOf(panel: NotebookPanel): ISweepContext {
    const { graphs, library } = this._options;
    const graph = graphs.of(panel);
    graph.refresh();
    return { graph: graph.graph, find: id => library.get(id)?.skill };
  }

  async start(panel: NotebookPanel, request: ISweepRequest): Promise<SweepOutcome> {
    const { library, trans } = this._options;
    await library.ready;
    const { model, context } = panel;
    const planned = planSweep(this.contextOf(panel), request.axes);
    if (!planned.ok) {
      return planned;
    }
    if (!model || model.readOnly || context.contentsModel?.writable === false) {
      const reason = trans.__(
        'The notebook cannot be changed, so that there is no place for the table. Save a copy of it and sweep there.'
      );
      return { ok: false, reason };
    }
    if (this._sweeps.has(context)) {
      const reason = trans.__(
        'A sweep of this notebook is under way. Stop it, or wait for its end.'
      );
      return { ok: false, reason };
    }
    return this._run(panel, planned.plan, request);
  }

  /** Adds the cell of those points that the last sweep had done when it was stopped. */
  async addStopped(panel: NotebookPanel): Promise<string | null> {
    const last = this._last.get(panel.context);
    return last ? this._addCell(panel, last) : null;
  }

  private async _addCell(
    panel: NotebookPanel,
    { plan, sweep, request }: IMade
  ): Promise<string | null> {
    if (!sweep.results.some(({ row }) => row !== null) || panel.isDisposed) {
      return null;
    }
    const { graphs, runs } = this._options;
    const graph = graphs.of(panel);
    graph.refresh();
    const cell = addSweepCell(panel, graph, plan, sweep.results, request);
    if (cell !== null) {
      // Its calls come from the cache; what it reads is up to date.
      await runs.of(panel).run({ kind: 'selection', cells: [cell] });
    }
    return cell;
  }

  private async _run(
    panel: NotebookPanel,
    plan: ISweepPlan,
    request: ISweepRequest
  ): Promise<SweepOutcome> {
    const { graphs, runs, host, trans } = this._options;
    const { context } = panel;
    const shared = { run: runs.of(panel), graph: graphs.of(panel), host, trans };
    const sweep = new Sweep({ panel, plan, ...shared });
    const stop = (): void => sweep.stop();
    const made = { plan, sweep, request };
    this._sweeps.set(context, sweep);
    this._last.set(context, made);
    sweep.changed.connect(this._tell, this);
    context.disposed.connect(stop);
    this._tell();
    try {
      await sweep.work();
      // Stop while the table runs ends that cell; the points are all there.
      const { total: points, ended, failed, cached, isStopped } = sweep;
      const cell = isStopped ? null : await this._addCell(panel, made);
      const outcome = { points, done: ended - failed, failed, cached, isStopped, cell };
      return { ok: true, ...outcome };
    } finally {
      context.disposed.disconnect(stop);
      sweep.changed.disconnect(this._tell, this);
      this._sweeps.delete(context);
      this._tell();
    }
  }

  private _tell(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _sweeps = new Map<NotebookPanel['context'], Sweep>();
  private readonly _last = new WeakMap<NotebookPanel['context'], IMade>();
}

/** A sweep with what it was made from. */
interface IMade {
  readonly plan: ISweepPlan;
  readonly sweep: Sweep;
  readonly request: ISweepRequest;
}
