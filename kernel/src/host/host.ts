import type { SkillType } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { HostAnswers } from './answers/hostAnswers';
import { packAnswer, unpackAnswer } from './cache';
import { KernelMemory } from './kernelMemory';
import { DEFAULT_LIMITS } from './limits';
import { WorkerPool } from './pool/workerPool';
import type {
  IAnswers,
  IAnswersOptions,
  ICallRecord,
  IResultCache,
  IRuntime,
  IRuntimeCall,
  IRuntimeHost,
  IRuntimeLimits,
  IRuntimeResult,
  ISkillIndex,
  IStuckKernel
} from './tokens';

/** The skill index, the cache, and one runtime for each type that plugins have added. */
export class RuntimeHost implements IRuntimeHost {
  /** @param cores Processors of the machine; the pool takes at most three. */
  constructor(
    readonly skills: ISkillIndex,
    readonly cache: IResultCache,
    cores: number
  ) {
    this.pool = new WorkerPool({ cache, host: this, cores });
  }

  get called(): ISignal<this, ICallRecord> {
    return this._called;
  }

  get limits(): IRuntimeLimits {
    return this._limits;
  }

  set limits(limits: IRuntimeLimits) {
    this._limits = limits;
    this._limitsChanged.emit(limits);
  }

  get limitsChanged(): ISignal<this, IRuntimeLimits> {
    return this._limitsChanged;
  }

  report(record: ICallRecord): void {
    this._called.emit(record);
  }

  get stuck(): ISignal<this, IStuckKernel> {
    return this._stuck;
  }

  reportStuck(stuck: IStuckKernel): void {
    this._stuck.emit(stuck);
  }

  answer(options: IAnswersOptions): IAnswers {
    return new HostAnswers(this, options);
  }

  addRuntime(type: SkillType, runtime: IRuntime): IDisposable {
    if (this._runtimes.has(type)) {
      throw new Error(`There is a runtime for ${type} skills already.`);
    }
    this._runtimes.set(type, runtime);
    return new DisposableDelegate(() => {
      this._runtimes.delete(type);
    });
  }

  hasRuntime(type: SkillType): boolean {
    return this._runtimes.has(type);
  }

  async execute(call: IRuntimeCall): Promise<IRuntimeResult> {
    const { key } = call;
    if (key === undefined) {
      return this._run(call);
    }
    const known = await this._known(key);
    if (known) {
      return known;
    }
    const result = await this._run(call);
    try {
      this.cache.put(key, packAnswer(result));
    } catch {
      // Not data, so it cannot be kept; the caller has it all the same.
    }
    return result;
  }

  /** What the cache has for a key, or the error that the pool has just met with it. */
  private async _known(key: string): Promise<IRuntimeResult | undefined> {
    const failure = this.pool.takeFailure(key);
    if (failure) {
      throw failure;
    }
    const packed = await this.cache.get(key);
    if (!packed) {
      return undefined;
    }
    try {
      return { ...unpackAnswer(packed), cached: true };
    } catch {
      // An entry of another form, which a notebook's own code has put there.
      return undefined;
    }
  }

  private async _run(call: IRuntimeCall): Promise<IRuntimeResult> {
    const { id, type } = call.entry.skill;
    const runtime = this._runtimes.get(type);
    if (!runtime) {
      const known = [...this._runtimes.keys()].sort().join(', ') || 'none';
      throw new Error(
        `Skill "${id}" is of type ${type}, for which no runtime is installed here ` +
          `(installed: ${known}). Add an extension that provides one.`
      );
    }
    call.signal.throwIfAborted();
    return runtime.execute(call);
  }

  readonly pool: WorkerPool;
  readonly memory = new KernelMemory();
  private readonly _called = new Signal<this, ICallRecord>(this);
  private readonly _limitsChanged = new Signal<this, IRuntimeLimits>(this);
  private readonly _stuck = new Signal<this, IStuckKernel>(this);
  private _limits = DEFAULT_LIMITS;
  private readonly _runtimes = new Map<SkillType, IRuntime>();
}
