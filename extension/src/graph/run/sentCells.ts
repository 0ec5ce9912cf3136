import type { ICallRecord } from '@llmos-lab/kernel';
import type { IFlowCell, IGraphCell } from '@llmos-lab/skills';

import type { RunEdge } from './finishedRun';

/** A cell as it was when its request was sent, and what came of it since. */
export interface ISentCell {
  readonly cell: string;
  /** What it was to the scheduler; undefined when it was not there. */
  readonly flow: IFlowCell | undefined;
  readonly source: IGraphCell | undefined;
  /** The edges that ended in it. */
  readonly edges: readonly RunEdge[];
  /** Calls that it has made. */
  readonly calls: ICallRecord[];
  /** By `performance.now()`; set when the kernel begins with it. */
  startedAt?: number;
  /** True once its end, of whatever kind, is no news: it waits for its turn again. */
  isTakenBack?: boolean;
}

/** The cells that the kernel has, by their request: an edit meanwhile is no part of it. */
export class SentCells {
  add(request: string, sent: Omit<ISentCell, 'calls'>): void {
    this._sent.set(request, { ...sent, calls: [] });
  }

  get(request: string): ISentCell | undefined {
    return this._sent.get(request);
  }

  /** Cells whose end will be told. */
  get cells(): ReadonlySet<string> {
    const told = [...this._sent.values()].filter(sent => !sent.isTakenBack);
    return new Set(told.map(({ cell }) => cell));
  }

  /** Takes back a cell that the kernel has not begun with; false when it has. */
  takeBack(cell: string): boolean {
    const found = [...this._sent.values()].filter(
      sent => sent.cell === cell && sent.startedAt === undefined
    );
    found.forEach(sent => {
      sent.isTakenBack = true;
    });
    return found.length > 0;
  }

  /** A call that Python reports, by the request of its cell. */
  note(call: ICallRecord): void {
    this._sent.get(call.parent)?.calls.push(call);
  }

  take(request: string): ISentCell | undefined {
    const sent = this._sent.get(request);
    this._sent.delete(request);
    return sent;
  }

  /** Takes all, since no answer will come to them. */
  takeAll(): readonly ISentCell[] {
    const all = [...this._sent.values()];
    this._sent.clear();
    return all;
  }

  private readonly _sent = new Map<string, ISentCell>();
}
