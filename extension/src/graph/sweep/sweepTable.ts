import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ISweepPlan } from '@llmos-lab/skills';

import type { INotebookRun } from '../run/tokens';
import type { INotebookGraph } from '../tokens';
import type { IEndedPoint } from './pointRuns';
import { addSweepCell } from './sweepCell';
import type { ISweepRequest } from './tokens';

/** What a table is made from. */
export interface ISweepTableOptions {
  readonly panel: NotebookPanel;
  readonly plan: ISweepPlan;
  readonly request: ISweepRequest;
  readonly run: INotebookRun;
  readonly graph: INotebookGraph;
  /** Points that ended, in the order of their values. */
  readonly results: readonly IEndedPoint[];
}

/** The points of one sweep, for as long as somebody may want their table. */
export class SweepTable {
  constructor(private readonly _options: ISweepTableOptions) {}

  /** Whether there are points to add, and a notebook that takes them. */
  get canAdd(): boolean {
    const { panel, results } = this._options;
    return !panel.context.isDisposed && results.some(({ row }) => row !== null);
  }

  /** Why the first failed point failed; else empty. */
  get firstFault(): string {
    const { results } = this._options;
    return results.find(({ error }) => error)?.error?.message ?? '';
  }

  /** Adds the cell of the points and runs it; gives its id, null where it cannot. */
  async add(): Promise<string | null> {
    if (!this.canAdd) {
      return null;
    }
    const { panel, plan, request, run, graph, results } = this._options;
    graph.refresh();
    const cell = addSweepCell(panel, graph, plan, results, request);
    // Its calls come from the cache; what it reads is up to date.
    await run.run({ kind: 'selection', cells: [cell] });
    return cell;
  }
}
