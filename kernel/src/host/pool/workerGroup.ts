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
    return [...this._skills].map(([{ memory }, skill]) => ({
      ...(skill !== undefined && { skill }),
      ...(memory !== undefined && { memory })
    }));
  }

  /** Runs a call in a warm worker, else in a new one; aborting ends that worker. */
  async run(call: IStagedCall, signal: AbortSignal): Promise<IPacked | IUnkept> {
    const worker = this._take(call.skill);
    const end = (): void => this._end(worker);
    signal.addEventListener('abort', end, { once: true });
    try {
      const stop = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(stopped()), { once: true });
      });
      return await Promise.race([worker.run(call), stop]);
    } finally {
      signal.removeEventListener('abort', end);
      if (worker.isAlive && this._skills.has(worker)) {
        this._rest(worker);
      } else {
        this._end(worker);
      }
    }
  }

  /** Ends idle workers until there are no more than `count`. */
  shrink(count: number): void {
    for (const worker of this._idle.keys()) {
      if (this._skills.size > count) {
        this._end(worker);
      }
    }
  }

  dispose(): void {
    this._isDisposed = true;
    [...this._skills.keys()].forEach(worker => this._end(worker));
  }

  private _take(skill: string): IPoolWorker {
    // The one that rested last: the others may then come to their end.
    const worker = [...this._idle.keys()].at(-1) ?? this._start();
    clearTimeout(this._idle.get(worker));
    this._idle.delete(worker);
    this._skills.set(worker, skill);
    this._onChanged();
    return worker;
  }

  private _rest(worker: IPoolWorker): void {
    this._skills.set(worker, undefined);
    this._idle.set(
      worker,
      setTimeout(() => this._end(worker), IDLE_MS)
    );
    this._onChanged();
  }

  private _end(worker: IPoolWorker): void {
    clearTimeout(this._idle.get(worker));
    this._idle.delete(worker);
    this._skills.delete(worker);
    worker.dispose();
    this._onChanged();
  }

  /** Every worker, with the skill that runs in it. */
  private readonly _skills = new Map<IPoolWorker, string | undefined>();
  /** Idle workers with the timers of their ends, in the order in which they came to rest. */
  private readonly _idle = new Map<IPoolWorker, ReturnType<typeof setTimeout>>();
  private _isDisposed = false;
}
