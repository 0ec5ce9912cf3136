import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { planSweep, type ISweepContext, type ISweepPlan } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import { isReadOnly } from '../../notebook/readOnly';
import type { ISkillLibrary } from '../../tokens';
import type { INotebookRuns } from '../run/tokens';
import type { INotebookGraphs } from '../tokens';
import { Sweep } from './sweep';
import { SweepTable } from './sweepTable';
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

  /** What plans of a notebook's sweeps are made from. Throws when it was closed. */
  contextOf(panel: NotebookPanel): ISweepContext {
    const { graphs, library } = this._options;
    if (panel.isDisposed) {
      throw new Error(this._closed);
    }
    const graph = graphs.of(panel);
    graph.refresh();
    return { graph: graph.graph, find: id => library.get(id)?.skill };
  }

  async start(panel: NotebookPanel, request: ISweepRequest): Promise<SweepOutcome> {
    const ended = await this.run(panel, request);
    return 'table' in ended ? ended.outcome : ended;
  }

  /** Does what `start` does, and gives the table with how it ended. */
  async run(
    panel: NotebookPanel,
    request: ISweepRequest
  ): Promise<IEndedSweep | Refused> {
    const { library, trans } = this._options;
    await library.ready;
    const { model, context } = panel;
    if (!model || panel.isDisposed) {
      return { ok: false, reason: this._closed };
    }
    const planned = planSweep(this.contextOf(panel), request.axes);
    if (!planned.ok) {
      return planned;
    }
    if (isReadOnly(panel)) {
      const reason = trans.__(
        'This notebook is read-only, so that there is no place for the table. Keep a copy of it and sweep there.'
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

  private async _run(
    panel: NotebookPanel,
    plan: ISweepPlan,
    request: ISweepRequest
  ): Promise<IEndedSweep> {
    const { graphs, runs, host, trans } = this._options;
    const { context } = panel;
    const shared = { panel, plan, run: runs.of(panel), graph: graphs.of(panel) };
    const sweep = new Sweep({ ...shared, host, trans });
    const stop = (): void => sweep.stop();
    this._sweeps.set(context, sweep);
    sweep.changed.connect(this._tell, this);
    context.disposed.connect(stop);
    const beside = shared.run.join(sweep);
    this._tell();
    try {
      await sweep.work();
      // Stop while the table runs ends that cell; the points are all there.
      const { total: points, ended, failed, cached, isStopped, results } = sweep;
      const table = new SweepTable({ ...shared, request, results });
      const cell = isStopped ? null : await table.add();
      const counts = { points, done: ended - failed, failed, cached };
      return { outcome: { ok: true, ...counts, isStopped, cell }, table };
    } finally {
      beside.dispose();
      context.disposed.disconnect(stop);
      sweep.changed.disconnect(this._tell, this);
      this._sweeps.delete(context);
      this._tell();
    }
  }

  private get _closed(): string {
    return this._options.trans.__(
      'This view of the notebook was closed. Open the notebook and try again.'
    );
  }

  private _tell(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _sweeps = new Map<NotebookPanel['context'], Sweep>();
}

/** A sweep at its end, with the table that may still be added where it was stopped. */
export interface IEndedSweep {
  readonly outcome: Extract<SweepOutcome, { ok: true }>;
  readonly table: SweepTable;
}

type Refused = Extract<SweepOutcome, { ok: false }>;
