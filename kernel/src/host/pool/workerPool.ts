import type { SkillType } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type {
  IPoolWorkerState,
  IReplayedCall,
  IReplayRequest,
  IResultCache,
  IRuntimeHost,
  ISkillFailure,
  IStagedCall,
  IUnkept,
  IWorkerPool
} from '../tokens';
import { Failures } from './failures';
import { PoolJob, stopped } from './poolJob';
import { StagedCalls } from './stagedCalls';
import { WorkerGroup } from './workerGroup';

/** Bytes of inputs that may wait to be run. */
const STAGED_LIMIT = 256 * 2 ** 20;

/** Of runtimes whose results are always data. */
const TOO_LARGE: IUnkept = {
  kind: 'unkept',
  why: 'The result takes more room than the cache of results has.',
  holds: 'call'
};

/** What the pool works with. */
export interface IWorkerPoolOptions {
  readonly cache: IResultCache;
  readonly host: Pick<IRuntimeHost, 'skills' | 'execute'>;
  /** Processors of the machine. */
  readonly cores: number;
}

/** Runs staged calls, `size` at a time, in the order of their arrival. */
export class WorkerPool implements IWorkerPool {
  constructor(private readonly _options: IWorkerPoolOptions) {
    this._size = Math.max(1, Math.min(3, _options.cores));
  }

  get changed(): ISignal<IWorkerPool, void> {
    return this._changed;
  }

  get busy(): number {
    return this._running.size;
  }

  get size(): number {
    return this._size;
  }
  set size(size: number) {
    this._size = Math.max(1, Math.floor(size));
    this._groups.forEach(group => group.shrink(this._size));
    this._dispatch();
    this._changed.emit();
  }

  get workers(): readonly IPoolWorkerState[] {
    return this._groups.flatMap(group => group.states);
  }

  addWorkers(
    types: readonly SkillType[],
    start: ConstructorParameters<typeof WorkerGroup>[1]
  ): IDisposable {
    const group = new WorkerGroup(types, start, () => this._changed.emit());
    this._groups.push(group);
    return new DisposableDelegate(() => {
      this._groups.splice(this._groups.indexOf(group), 1);
      group.dispose();
    });
  }

  stage(call: IStagedCall): void {
    this._failures.take(call.key);
    this._staged.add(call);
  }

  dropStaged(owner: string): void {
    this._staged.drop(owner);
  }

  whyUnkept({
    key,
    version
  }: Pick<IStagedCall, 'key' | 'version'>): string | undefined {
    return this._unkept.get(version) ?? this._unkept.get(key);
  }

  takeFailure(key: string): ISkillFailure | undefined {
    return this._failures.take(key);
  }

  async run(key: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this._jobs.has(key) && (await this._options.cache.has(key))) {
      this._staged.delete(key);
      return;
    }
    signal.throwIfAborted();
    const waiting = (this._jobs.get(key) ?? this._queue(key)).wait(signal);
    this._dispatch();
    return waiting;
  }

  async replay({
    entry,
    inputs,
    signal
  }: IReplayRequest): Promise<readonly IReplayedCall[] | 'no-workers' | undefined> {
    signal.throwIfAborted();
    if (!this._groupOf(entry.skill.type)) {
      return 'no-workers';
    }
    const packed = {
      kind: 'python',
      text: JSON.stringify(inputs),
      buffers: []
    } as const;
    const { id: skill, type } = entry.skill;
    const job = new PoolJob({
      ...{ key: `replay:${++this._replays}`, owner: 'replay', skill, type, entry },
      ...{ version: entry.version, inputs: { form: 'packed', packed } }
    });
    job.signal.addEventListener('abort', () => this._waiting.delete(job));
    this._waiting.add(job);
    const waiting = job.wait(signal);
    this._dispatch();
    await waiting;
    const text = this._replayed.get(job);
    return text === undefined
      ? undefined
      : (JSON.parse(text) as readonly IReplayedCall[]);
  }

  private _queue(key: string): PoolJob {
    const call = this._staged.get(key);
    if (!call) {
      throw new Error(
        'This call is not known any more: its kernel has ended, or too many calls ' +
          'wait. Run the cell instead.'
      );
    }
    const job = new PoolJob(call);
    this._jobs.set(key, job);
    this._waiting.add(job);
    job.signal.addEventListener('abort', () => {
      // One that runs ends where it runs; who asks for its key from now on starts anew.
      this._waiting.delete(job);
      this._forget(job);
    });
    return job;
  }

  private _forget(job: PoolJob): void {
    if (this._jobs.get(job.call.key) === job) {
      this._jobs.delete(job.call.key);
    }
  }

  private _dispatch(): void {
    for (const job of this._waiting) {
      if (this._running.size >= this._size) {
        return;
      }
      this._waiting.delete(job);
      this._running.add(job);
      this._changed.emit();
      void this._process(job);
    }
  }

  /** Settles the job, whatever happens, and makes room for the next. */
  private async _process(job: PoolJob): Promise<void> {
    const { key, version } = job.call;
    try {
      const unkept = await this._compute(job);
      if (unkept) {
        this._unkept.set(unkept.holds === 'version' ? version : key, unkept.why);
      }
      job.resolve();
    } catch (reason) {
      if (job.signal.aborted) {
        job.reject(stopped());
      } else {
        if (!job.call.entry) {
          this._failures.add(key, reason);
          this._options.cache.mark(key);
        }
        job.reject(reason);
      }
    } finally {
      this._running.delete(job);
      this._forget(job);
      if (!job.signal.aborted) {
        this._staged.delete(key);
      }
      this._changed.emit();
      this._dispatch();
    }
  }

  /** Brings the result into the cache, or says why it cannot be kept. */
  private async _compute(job: PoolJob): Promise<IUnkept | null> {
    const { call, signal } = job;
    const group = this._groupOf(call.type);
    if (!group) {
      return this._inRuntime(call, signal);
    }
    const result = await group.run(call, signal);
    if (call.entry) {
      if (result.kind === 'python') {
        this._replayed.set(job, result.text);
      }
      return null;
    }
    if (result.kind === 'unkept') {
      return result;
    }
    this._options.cache.put(call.key, result);
    return null;
  }

  private _groupOf(type: SkillType): WorkerGroup | undefined {
    return this._groups.find(({ types }) => types.includes(type));
  }

  /** Runtimes other than Python have their own workers; only their number counts here. */
  private async _inRuntime(
    call: IStagedCall,
    signal: AbortSignal
  ): Promise<IUnkept | null> {
    const { key, version, type, inputs } = call;
    const entry = this._options.host.skills.get(call.skill);
    if (entry?.skill.kind !== 'executable' || entry.version !== version) {
      throw new Error(
        `Skill "${call.skill}" was edited meanwhile. Run the cell again.`
      );
    }
    if (inputs.form === 'packed') {
      throw new Error(
        `No worker runs ${type} skills beside the kernel here. Run the cell instead.`
      );
    }
    const executable = { ...entry, skill: entry.skill };
    const { host, cache } = this._options;
    await host.execute({ entry: executable, inputs: inputs.values, key, signal });
    return (await cache.has(key)) ? null : TOO_LARGE;
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _groups: WorkerGroup[] = [];
  private readonly _staged = new StagedCalls(STAGED_LIMIT);
  private readonly _failures = new Failures();
  /** Why results are not kept, by the version of their skill or the key of their call. */
  private readonly _unkept = new Map<string, string>();
  /** All jobs, by key. */
  private readonly _jobs = new Map<string, PoolJob>();
  private readonly _waiting = new Set<PoolJob>();
  private readonly _running = new Set<PoolJob>();
  private readonly _replayed = new WeakMap<PoolJob, string>();
  private _replays = 0;
  private _size: number;
}
