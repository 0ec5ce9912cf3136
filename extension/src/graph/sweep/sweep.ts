import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { sweepPoints, type ISweepPlan } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';

import { loadingText } from '../run/reasons';
import type { INotebookRun } from '../run/tokens';
import type { INotebookGraph } from '../tokens';
import { isCachedPoint, PointRuns, type IEndedPoint } from './pointRuns';
import { pointRun } from './pointTrace';
import { staleNeeds } from './staleNeeds';
import { SweepKernel } from './sweepKernel';
import type { ISweepState } from './tokens';

/** What a sweep works with. */
export interface ISweepOptions {
  readonly panel: NotebookPanel;
  readonly plan: ISweepPlan;
  readonly run: INotebookRun;
  readonly graph: INotebookGraph;
  /** Null where there is no kernel of ours: the kernel then runs everything. */
  readonly host: Partial<Pick<IRuntimeHost, 'pool'>> | null;
  readonly trans: TranslationBundle;
}

/** One sweep, from what it needs to its last point. */
export class Sweep implements ISweepState {
  constructor(private readonly _options: ISweepOptions) {
    const { plan, run, host, trans } = _options;
    this.cells = new Set(plan.axes.map(({ cell }) => cell));
    this.title = plan.names.join(', ');
    const points = sweepPoints(plan);
    this.total = points.length;
    const kernel = new SweepKernel(run, plan, UUID.uuid4(), trans);
    this._points = new PointRuns(points, kernel, host?.pool ?? null);
    this._points.ended.connect(this._onEnded, this);
    this._points.changed.connect(this._tell, this);
    host?.pool?.changed.connect(this._tell, this);
  }

  readonly cells: ReadonlySet<string>;
  readonly title: string;
  readonly total: number;
  readonly startedAt = Date.now();

  get path(): string {
    return this._options.panel.context.path;
  }

  get ended(): number {
    return this._ended;
  }

  get failed(): number {
    return this._failed;
  }

  get cached(): number {
    return this._cached;
  }

  get running(): number {
    return this._points.running;
  }

  get note(): string | undefined {
    const { host, trans } = this._options;
    if (this._phase === 'above') {
      return trans.__('Running what it needs');
    }
    if (this._phase === 'cell') {
      return trans.__('Adding the table');
    }
    const { keys } = this._points;
    const worker = host?.pool?.workers.find(({ key, loading }) => {
      return key !== undefined && keys.has(key) && loading !== undefined;
    });
    return loadingText(worker?.loading, trans);
  }

  /** Points that ended, in the order of their values. */
  get results(): readonly IEndedPoint[] {
    return this._points.results;
  }

  get isStopped(): boolean {
    return this._isStopped;
  }

  /** Emits when it has moved on. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Resolves when all points have ended, or it was stopped. Rejects with the reason. */
  async work(): Promise<void> {
    const { panel, host } = this._options;
    try {
      await this._runAbove();
      if (!this._isStopped) {
        this._phase = 'points';
        this._tell();
        await panel.sessionContext.ready;
        await this._points.run();
      }
    } finally {
      this._points.ended.disconnect(this._onEnded, this);
      this._points.changed.disconnect(this._tell, this);
      host?.pool?.changed.disconnect(this._tell, this);
      this._phase = 'cell';
      this._tell();
    }
  }

  stop(): void {
    const { run, panel } = this._options;
    this._isStopped = true;
    const isInKernel = this._points.isInKernel;
    this._points.stop();
    if (this._phase !== 'points') {
      run.stop();
    } else if (isInKernel && run.inKernel.size === 0) {
      // A cell that somebody runs meanwhile is not this sweep's to end.
      void panel.sessionContext.session?.kernel?.interrupt();
    }
    this._tell();
  }

  /** Brings the cells up to date whose values the points read. */
  private async _runAbove(): Promise<void> {
    const { plan, run, graph, trans } = this._options;
    const cells = staleNeeds(plan, run);
    if (cells.length === 0) {
      return;
    }
    await run.run({ kind: 'to-here', cells });
    const [failed] = staleNeeds(plan, run);
    if (failed !== undefined && !this._isStopped) {
      const title = graph.view.nodes.find(({ id }) => id === failed)?.title ?? failed;
      throw new Error(
        trans.__(
          'The sweep needs "%1", which has not run to its end. Mend that cell first.',
          title
        )
      );
    }
  }

  private _onEnded(_: unknown, point: IEndedPoint): void {
    const { plan, run, graph } = this._options;
    this._ended += 1;
    this._failed += point.row === null ? 1 : 0;
    this._cached += isCachedPoint(point) ? 1 : 0;
    run.keep(pointRun(plan, point, graph.view, Date.now()));
    this._tell();
  }

  private _tell(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _points: PointRuns;
  private _phase: 'above' | 'points' | 'cell' = 'above';
  private _ended = 0;
  private _failed = 0;
  private _cached = 0;
  private _isStopped = false;
}
