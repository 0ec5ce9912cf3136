import type { IWorkerPool } from '@llmos-lab/kernel';
import type { ISweepResult, ISweepValue } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';

import { timeCall } from '../run/timeCall';
import type {
  IPointCall,
  IPointQuestion,
  ISweepKernel,
  PointAnswer
} from './sweepKernel';

/** A point that has come to its end. */
export interface IEndedPoint extends ISweepResult {
  /** The calls that it made, the failed one too where it got so far. */
  readonly calls: readonly IPointCall[];
  /** Milliseconds in a worker, by the number of the call. */
  readonly computed: ReadonlyMap<number, number>;
  /** Numbers of calls that the kernel itself may have run. */
  readonly ranHere: ReadonlySet<number>;
  readonly error?: {
    /** Number of the call that failed. */
    readonly at: number;
    readonly name: string;
    readonly message: string;
  };
}

/** Whether nothing of a point had to be computed. */
export function isCachedPoint({ row, computed, ranHere }: IEndedPoint): boolean {
  return row !== null && computed.size === 0 && ranHere.size === 0;
}

/** A point on its way. */
interface IPoint extends IPointQuestion {
  here: number;
  isSlow: boolean;
  readonly computed: Map<number, number>;
  readonly ranHere: Set<number>;
}

type Pool = Pick<IWorkerPool, 'run' | 'size' | 'workers' | 'changed'>;

/** Points that one request takes: so many answers from the cache take no long time. */
const AT_ONCE = 8;

/**
 * Takes the points of a sweep to their ends. The kernel evaluates arguments and reads the
 * cache, a few points a request; what must be computed goes to the pool, never more calls
 * at once than it runs; what only the kernel can run, it runs one by one.
 */
export class PointRuns {
  /** @param _pool Null where there is no pool: the kernel then runs everything. */
  constructor(
    points: readonly (readonly ISweepValue[])[],
    private readonly _kernel: ISweepKernel,
    private readonly _pool: Pool | null
  ) {
    this._ready = points.map(values => ({
      ...{ values, here: 0, isSlow: false },
      ...{ computed: new Map<number, number>(), ranHere: new Set<number>() }
    }));
    this._order = new Map(this._ready.map((point, at) => [point.values, at]));
  }

  /** Emits each point that ends. */
  get ended(): ISignal<this, IEndedPoint> {
    return this._ended;
  }

  /** Emits when a call goes to a worker or comes back. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Ended points, in the order of their values. */
  get results(): readonly IEndedPoint[] {
    const place = (point: IEndedPoint): number => this._order.get(point.values) ?? 0;
    return [...this._results].sort((a, b) => place(a) - place(b));
  }

  /** Calls that workers have now. */
  get running(): number {
    return this._running.size;
  }

  /** Keys of the calls that workers have now. */
  get keys(): ReadonlySet<string> {
    return this._running;
  }

  /** Whether the kernel runs a call of a point itself. */
  get isInKernel(): boolean {
    return this._isInKernel;
  }

  /** Resolves when all points have ended or it was stopped; rejects without a kernel. */
  async run(): Promise<void> {
    await Promise.race([this._kernel.begin(), this._stopped.promise]);
    try {
      while (!this._controller.signal.aborted && this._isOpen) {
        this._compute();
        const points = this._next();
        if (points.length === 0) {
          await this._back.promise;
          this._back = new PromiseDelegate<void>();
        } else {
          await this._advance(points);
        }
      }
    } finally {
      this._controller.abort();
      void this._kernel.end();
    }
  }

  /** Ends workers and takes back what waits; `run` resolves at once. */
  stop(): void {
    this._controller.abort();
    this._back.resolve();
    this._stopped.resolve(null);
  }

  private get _isOpen(): boolean {
    return this._ready.length + this._waiting.length + this._running.size > 0;
  }

  /** Points for the kernel: those that come from workers, then new ones, so far as needed. */
  private _next(): readonly IPoint[] {
    const isFast = this._ready.filter(({ isSlow }) => !isSlow);
    const back = isFast.filter(({ here }) => here > 0);
    const room = (this._pool?.size ?? 1) + AT_ONCE - this._waiting.length - back.length;
    const fresh = isFast.filter(({ here }) => here === 0).slice(0, Math.max(0, room));
    const chosen = [...back, ...fresh].slice(0, AT_ONCE);
    const slow = this._ready.find(({ isSlow }) => isSlow);
    const points = chosen.length > 0 ? chosen : slow ? [slow] : [];
    this._ready = this._ready.filter(point => !points.includes(point));
    return points;
  }

  private async _advance(points: readonly IPoint[]): Promise<void> {
    this._isInKernel = points.some(({ isSlow }) => isSlow);
    const asked = this._kernel.advance(points);
    const answers = await Promise.race([asked, this._stopped.promise]).finally(() => {
      this._isInKernel = false;
    });
    if (answers === null) {
      // Stopped: nobody wants the answer, nor hears of a failure.
      asked.catch(() => undefined);
      return;
    }
    points.forEach((point, at) => {
      const answer = answers[at];
      if (answer) {
        this._take(point, answer);
      }
    });
  }

  private _take(point: IPoint, answer: PointAnswer): void {
    point.isSlow = false;
    if (answer.kind === 'waits' && this._pool) {
      this._waiting.push({ point, at: answer.at, key: answer.key });
    } else if (answer.kind === 'waits' || answer.kind === 'here') {
      point.here = answer.at + 1;
      point.isSlow = true;
      point.ranHere.add(answer.at);
      this._ready.push(point);
    } else {
      const { values, computed, ranHere } = point;
      const { calls } = answer;
      const facts = { values, calls, computed, ranHere };
      const ended: IEndedPoint =
        answer.kind === 'done'
          ? { ...facts, row: answer.row }
          : { ...facts, row: null, error: { ...answer.error, at: answer.at } };
      this._results.push(ended);
      this._ended.emit(ended);
    }
  }

  /** Gives the pool as many of the waiting calls as it has room for. */
  private _compute(): void {
    const isOver = this._controller.signal.aborted;
    const size = isOver ? 0 : (this._pool?.size ?? 0);
    for (const call of [...this._waiting]) {
      // Two points may want the same call: the second finds the result in the cache.
      if (this._running.size < size && !this._running.has(call.key)) {
        this._waiting = this._waiting.filter(each => each !== call);
        void this._run(call);
      }
    }
  }

  private async _run({ point, at, key }: IWaitingCall): Promise<void> {
    const stopTime = timeCall(this._pool, key);
    let isComputed = false;
    this._running.add(key);
    this._changed.emit();
    try {
      await this._pool?.run(key, this._controller.signal);
      // Points share calls: the pool computes one once and answers the next at once.
      isComputed = !this._computed.has(key);
    } catch {
      // The kernel raises the same error next, for the point that it belongs to.
    }
    const ms = stopTime();
    if (isComputed) {
      this._computed.add(key);
      point.computed.set(at, ms);
    }
    this._running.delete(key);
    this._changed.emit();
    point.here = at + 1;
    this._ready.push(point);
    this._compute();
    this._back.resolve();
  }

  private readonly _controller = new AbortController();
  private readonly _stopped = new PromiseDelegate<null>();
  private readonly _ended = new Signal<this, IEndedPoint>(this);
  private readonly _changed = new Signal<this, void>(this);
  private readonly _order: ReadonlyMap<readonly ISweepValue[], number>;
  private readonly _results: IEndedPoint[] = [];
  /** Points that the kernel is to take on. */
  private _ready: IPoint[];
  private _waiting: IWaitingCall[] = [];
  private readonly _running = new Set<string>();
  /** Keys of the calls that workers have computed. */
  private readonly _computed = new Set<string>();
  /** Resolves when a point has come back from a worker. */
  private _back = new PromiseDelegate<void>();
  private _isInKernel = false;
}

interface IWaitingCall {
  readonly point: IPoint;
  readonly at: number;
  readonly key: string;
}
