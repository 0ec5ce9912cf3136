import type { SkillType } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import type {
  IPacked,
  IPoolWorker,
  IPoolWorkerState,
  IStagedCall,
  IUnkept
} from '../tokens';
import { stopped } from './poolJob';

/** After so long without a call a worker ends, in milliseconds. */
export const IDLE_MS = 5 * 60_000;

/** The workers for some types of skills: warm ones are used again. */
export class WorkerGroup implements IDisposable {
  constructor(
    readonly types: readonly SkillType[],
    private readonly _start: () => IPoolWorker,
    private readonly _onChanged: () => void
  ) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get states(): readonly IPoolWorkerState[] {
    return [...this._calls].map(([{ memory, loading, startMs, last }, call]) => ({
      ...(call && { skill: call.skill, key: call.key }),
      ...(memory !== undefined && { memory }),
      ...(loading !== undefined && { loading }),
      ...(startMs !== undefined && { startMs }),
      ...(last && { last })
    }));
  }

  /** Runs a call in a warm worker, else in a new one; aborting ends that worker. */
  async run(call: IStagedCall, signal: AbortSignal): Promise<IPacked | IUnkept> {
    const worker = this._take(call);
    const end = (): void => this._end(worker);
    signal.addEventListener('abort', end, { once: true });
    try {
      const stop = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(stopped()), { once: true });
      });
      return await Promise.race([worker.run(call), stop]);
    } finally {
      signal.removeEventListener('abort', end);
      if (worker.isAlive && this._calls.has(worker)) {
        this._rest(worker);
      } else {
        this._end(worker);
      }
    }
  }

  /** Ends idle workers until there are no more than `count`. */
  shrink(count: number): void {
    for (const worker of this._idle.keys()) {
      if (this._calls.size > count) {
        this._end(worker);
      }
    }
  }

  dispose(): void {
    this._isDisposed = true;
    [...this._calls.keys()].forEach(worker => this._end(worker));
  }

  private _take(call: IStagedCall): IPoolWorker {
    // The one that rested last: the others may then come to their end.
    const worker = [...this._idle.keys()].at(-1) ?? this._new();
    clearTimeout(this._idle.get(worker));
    this._idle.delete(worker);
    this._calls.set(worker, call);
    this._onChanged();
    return worker;
  }

  private _new(): IPoolWorker {
    const worker = this._start();
    worker.loaded?.connect(this._onLoaded, this);
    return worker;
  }

  private _onLoaded(): void {
    this._onChanged();
  }

  private _rest(worker: IPoolWorker): void {
    this._calls.set(worker, undefined);
    this._idle.set(
      worker,
      setTimeout(() => this._end(worker), IDLE_MS)
    );
    this._onChanged();
  }

  private _end(worker: IPoolWorker): void {
    clearTimeout(this._idle.get(worker));
    this._idle.delete(worker);
    this._calls.delete(worker);
    worker.loaded?.disconnect(this._onLoaded, this);
    worker.dispose();
    this._onChanged();
  }

  /** Every worker, with the call that runs in it. */
  private readonly _calls = new Map<IPoolWorker, IStagedCall | undefined>();
  /** Idle workers with the timers of their ends, in the order in which they came to rest. */
  private readonly _idle = new Map<IPoolWorker, ReturnType<typeof setTimeout>>();
  private _isDisposed = false;
}
