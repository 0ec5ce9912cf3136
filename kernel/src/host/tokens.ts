import type {
  IExecutableSkill,
  IProblem,
  ISkill,
  ITracedValue,
  JsonValue,
  SkillType
} from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { IPythonPort } from './answers/messages';

/** A skill in a volume: what it says, where it stands, and which bytes it has. */
export interface ISkillEntry {
  readonly skill: ISkill;
  /** Name of the drive: `system`, `user`, or that of a team. */
  readonly volume: string;
  /** Contents path with drive, such as `system:skills/quantum-vqe.md`. */
  readonly path: string;
  /** The whole file; of one that an export has written, that from which it was made. */
  readonly text: string;
  /** `sha256:` and the hash of the file's bytes. */
  readonly version: string;
  /** Paths of same-named skills in farther volumes that this one hides. */
  readonly shadows: readonly string[];
}

/** An entry whose skill computes. */
export interface IExecutableEntry extends ISkillEntry {
  readonly skill: IExecutableSkill;
}

/**
 * All skills of all mounted volumes, nearest volume first, read through Contents and
 * kept current by `fileChanged` (this tab) and BroadcastChannel (other tabs).
 */
export interface ISkillIndex {
  /** Resolves when the first read of all volumes is done. */
  readonly ready: Promise<void>;
  /** One entry an id (shadowed ones left out), sorted by id. */
  readonly entries: readonly ISkillEntry[];
  /** Those that a nearer volume hides, nearest first: calls may be pinned to them. */
  readonly shadowed: readonly ISkillEntry[];
  /** Versions that volumes had before, and that calls are pinned to; set by who finds them. */
  earlier: readonly ISkillEntry[];
  /** Every problem of every file, the broken ones included. `file` is a Contents path. */
  readonly problems: readonly IProblem[];
  /** Counts up at each change, so that a reader can tell whether it is current. */
  readonly revision: number;
  readonly changed: ISignal<ISkillIndex, void>;
  /** Drives that are read, nearest first; setting it reads them anew. */
  volumes: readonly string[];
  /**
   * JSON of what can be called, as `llmos` takes it. Nearer volumes come first, so that
   * their aliases win; of one id the first entry is in force.
   */
  forPython(): string;
  /** By id, else by alias: that of a nearer volume, then of the smaller id. */
  get(id: string): ISkillEntry | undefined;
  /** Reads one volume, one file of it, or all, again. */
  refresh(volume?: string, path?: string): Promise<void>;
  /** Resolves when no read is under way: what was saved before is in `entries`. */
  settled(): Promise<void>;
}

/** One call of a skill that does not run in the kernel's own Python. */
export interface IRuntimeCall {
  readonly entry: IExecutableEntry;
  /** Checked and complete inputs; arrays arrive as typed arrays. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Aborted when the person stops the call; the runtime then ends its worker. */
  readonly signal: AbortSignal;
  /** Key of a pure call: the host answers from the cache, or puts the result there. */
  readonly key?: string;
}

/** What a call gave. */
export interface IRuntimeResult {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** MIME bundle of the preview, with `text/plain`; empty when there is none. */
  readonly bundle: Readonly<Record<string, unknown>>;
  /** What the skill printed, line by line. */
  readonly logs: readonly string[];
  /** Set by the host when the answer came from the cache. */
  readonly cached?: true;
}

/** Runs the skills of one type. Rejects with an `Error` whose message is for people. */
export interface IRuntime {
  execute(call: IRuntimeCall): Promise<IRuntimeResult>;
}

/**
 * A value taken apart: its shape as text, its arrays as bytes. Python's values are
 * packed by `llmos` (`_pack.py`), those of other runtimes by `pack`; neither form
 * ever holds code, so unpacking runs none.
 */
export interface IPacked {
  readonly kind: 'python' | 'data';
  readonly text: string;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * Results of skill calls by their keys (`sha256:` and 64 hex digits, made by
 * `_cachekey.py`). They outlive the page, and all tabs and notebooks of the site share
 * them. Nothing here ever fails a call: what cannot be stored or read is computed again,
 * and the log says so.
 */
export interface IResultCache {
  has(key: string): Promise<boolean>;
  /** Marks of the keys that may be here, once those of earlier visits are read. */
  marks(): Promise<IKeyMarks>;
  /** Adds the mark of a key for which there is something else than a result. */
  mark(key: string): void;
  /** The verified result; undefined when there is none, or when it was damaged. */
  get(key: string): Promise<IPacked | undefined>;
  /** Takes a result; it can be had at once, and is stored soon after. */
  put(key: string, result: IPacked): void;
  /** Resolves when all that was put is stored, or has been given up. */
  flush(): Promise<void>;
  /** Forgets every result, in all tabs. */
  clear(): Promise<void>;
  usage(): Promise<ICacheUsage>;
  /** Bytes; what was not used for longest goes first when there is more. */
  limit: number;
  /** Results came or went, in this tab or another. */
  readonly changed: ISignal<IResultCache, void>;
}

/** Which keys a look-up may find something for; grows until everything is forgotten. */
export interface IKeyMarks {
  /** Counts how often everything was forgotten. */
  readonly epoch: number;
  /** In the order in which they came; the first 16 hex digits of keys. */
  readonly all: readonly string[];
}

/** What the cache holds. */
export interface ICacheUsage {
  readonly bytes: number;
  readonly entries: number;
}

/** A call whose inputs are known and which a worker of the pool can run. */
export interface IStagedCall {
  readonly key: string;
  /** Id of the kernel that evaluated the inputs; its calls go when it ends. */
  readonly owner: string;
  /** Id of the skill. */
  readonly skill: string;
  /** Version of the skill's file that the key stands for. */
  readonly version: string;
  readonly type: SkillType;
  /** Checked and complete; packed by Python for its own types, else plain data. */
  readonly inputs:
    | { readonly form: 'packed'; readonly packed: IPacked }
    | { readonly form: 'plain'; readonly values: Readonly<Record<string, unknown>> };
  /** Set for a replay: the skill to run, which need not be in the index. */
  readonly entry?: IExecutableEntry;
}

/** A run of a Python skill that calls others, to see whether they give what they gave. */
export interface IReplayRequest {
  /** The skill; it need not be in the index. */
  readonly entry: IExecutableEntry;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Aborting ends its worker. */
  readonly signal: AbortSignal;
}

/** What one of the skill's own calls gave. */
export interface IReplayedCall {
  readonly skill: string;
  readonly outputs: Readonly<Record<string, ITracedValue>>;
  /** Versions with which it was computed, by the names that a trace has for them. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Why the result of a call is not kept, so that the call runs in its kernel. */
export interface IUnkept {
  readonly kind: 'unkept';
  /** For people. */
  readonly why: string;
  /** Whether it is so with this call's inputs, or with all calls of the skill's version. */
  readonly holds: 'call' | 'version';
}

/** A worker that runs calls of some skill types, one at a time. */
export interface IPoolWorker extends IDisposable {
  /**
   * Runs a call. Rejects with the skill's error as {@link ISkillFailure}, or with an
   * `Error` because the worker has ended.
   */
  run(call: IStagedCall): Promise<IPacked | IUnkept>;
  /** False once the worker has crashed: it is then replaced. */
  readonly isAlive: boolean;
  /** Bytes of memory that the worker holds, where it has told. */
  readonly memory?: number;
  /** What it loads before it can run its call; empty while it starts itself. */
  readonly loading?: string;
  /**
   * Milliseconds from its start until its first call could run, with what that one had to
   * load; once that call has ended.
   */
  readonly startMs?: number;
  /** The call that ended last, and its milliseconds by the worker's own clock. */
  readonly last?: { readonly key: string; readonly ms: number };
  /** Emitted when it has started, and when it loads something or has done so. */
  readonly loaded?: ISignal<IPoolWorker, void>;
}

/** What one worker of the pool is doing. */
export interface IPoolWorkerState {
  /** Skill that runs, and key of its call; undefined in an idle worker. */
  readonly skill?: string;
  readonly key?: string;
  /** What it loads before the call can run; empty while the worker itself starts. */
  readonly loading?: string;
  /** Milliseconds from its start until its first call could run, once that one has ended. */
  readonly startMs?: number;
  /** The call that ended last, and its milliseconds by the worker's own clock. */
  readonly last?: { readonly key: string; readonly ms: number };
  /** Bytes. */
  readonly memory?: number;
}

/**
 * Workers that run staged calls beside the kernels, for all notebooks of the page. They
 * start one by one when calls wait, stay warm, and end after some idle minutes.
 */
export interface IWorkerPool {
  /** How many calls run at once. */
  size: number;
  /** How many run now. */
  readonly busy: number;
  /** The workers that there are now, for memory displays. */
  readonly workers: readonly IPoolWorkerState[];
  /**
   * Runs the staged call of `key` and puts its result into the cache. Rejects with the
   * skill's error; the next call of that key in a kernel then raises the same error
   * without running again. Aborting ends the worker at once.
   */
  run(key: string, signal: AbortSignal): Promise<void>;
  /**
   * Runs a skill without taking anything from the cache or putting it there; gives what
   * each call in it gave, in their order. Rejects with the skill's error; undefined where
   * only a notebook's kernel may have what the skill wants, `no-workers` where nothing
   * beside the kernels runs skills of its type, as in ordinary Jupyter.
   */
  replay(
    request: IReplayRequest
  ): Promise<readonly IReplayedCall[] | 'no-workers' | undefined>;
  /** Takes a call, to be run or forgotten. */
  stage(call: IStagedCall): void;
  /** Why such a call is not worth running here: earlier results could not be kept. */
  whyUnkept(call: Pick<IStagedCall, 'key' | 'version'>): string | undefined;
  /** Forgets the calls that a kernel has staged. */
  dropStaged(owner: string): void;
  /** The error of a call that has just failed in the pool; told once. */
  takeFailure(key: string): ISkillFailure | undefined;
  /** Lets workers that `start` makes run calls of these types. */
  addWorkers(types: readonly SkillType[], start: () => IPoolWorker): IDisposable;
  /** Workers came, went, loaded something, or took or ended a call. */
  readonly changed: ISignal<IWorkerPool, void>;
}

/** A skill's error. */
export interface ISkillFailure extends Error {
  /** For Python: message, place, traceback and what was printed, as `_pool.py` packs it. */
  readonly packed?: IPacked;
}

/** A skill call that a kernel has made, for traces; calls inside skills are not told. */
export interface ICallRecord {
  /** `msg_id` of the execute request in which the call was made. */
  readonly parent: string;
  /** Id of the skill. */
  readonly skill: string;
  readonly version: string;
  /** Null when the call has none, as with `pure: false`. */
  readonly key: string | null;
  readonly status: 'success' | 'failed' | 'cancelled';
  readonly ms: number;
  /** Whether the result came from the cache. */
  readonly cached: boolean;
  readonly inputs: Readonly<Record<string, ITracedValue>>;
  readonly outputs: Readonly<Record<string, ITracedValue>>;
  readonly error?: { readonly name: string; readonly message: string };
}

/** Bounds of one call of a JavaScript, Three.js or ngspice skill. */
export interface IRuntimeLimits {
  /** Seconds of running, waiting for a free worker not counted. */
  readonly seconds: number;
  /** Bytes of arrays that a JavaScript skill may hold at a time. */
  readonly memoryBytes: number;
  /** Bytes that its outputs may have. */
  readonly outputBytes: number;
  /** Lines that it may print; a hundred characters are counted for each. */
  readonly logLines: number;
}

/** Memory that the kernels of this page hold, as they tell after each request. */
export interface IKernelMemory {
  /** Bytes by id of the kernel. */
  readonly kernels: ReadonlyMap<string, number>;
  readonly changed: ISignal<IKernelMemory, void>;
  /** Kernels tell theirs; null when they end. */
  report(kernel: string, bytes: number | null): void;
}

/** A kernel whose running code did not hear that it is to stop. */
export interface IStuckKernel {
  /** Id of the kernel. */
  readonly kernel: string;
  /**
   * `unheard`: the page is not cross-origin isolated, so that it shares no memory with
   * Python. `ignored`: Python is inside compiled code, which looks for an interrupt only
   * at its end, or the cell catches it.
   */
  readonly reason: 'unheard' | 'ignored';
}

/** Which Python is answered, and what files it may read. */
export interface IAnswersOptions {
  /** Id of the kernel, or of the pool's worker. */
  readonly owner: string;
  readonly port: IPythonPort;
  readonly contents: Pick<Contents.IManager, 'get'>;
}

/** Answers the questions of one Python until disposed of. */
export interface IAnswers extends IDisposable {
  /** Stops all calls under way; Python gets an error for each. False if there are none. */
  abortAll(): boolean;
}

/** Runs skills for kernels and for the graph's scheduler. */
export interface IRuntimeHost {
  readonly skills: ISkillIndex;
  readonly cache: IResultCache;
  readonly pool: IWorkerPool;
  readonly memory: IKernelMemory;
  /** Of the calls to come. */
  limits: IRuntimeLimits;
  readonly limitsChanged: ISignal<IRuntimeHost, IRuntimeLimits>;
  /** Emitted when a skill call made by a kernel ends, whatever its type. */
  readonly called: ISignal<IRuntimeHost, ICallRecord>;
  /** Makes `runtime` answer calls of `type`; disposing takes it away again. */
  addRuntime(type: SkillType, runtime: IRuntime): IDisposable;
  /** Whether calls of `type` can be answered. */
  hasRuntime(type: SkillType): boolean;
  /** Answers a call from the cache or by its runtime; rejects when there is none. */
  execute(call: IRuntimeCall): Promise<IRuntimeResult>;
  /**
   * Answers what a Python asks: runs of other runtimes, file reads, results of the cache;
   * takes results, calls for the pool and reports of calls.
   */
  answer(options: IAnswersOptions): IAnswers;
  /** Emitted when a stop did not reach a kernel's running code: only a restart ends it. */
  readonly stuck: ISignal<IRuntimeHost, IStuckKernel>;
  /** Kernels tell that a stop did not reach their code; `stuck` is emitted. */
  reportStuck(stuck: IStuckKernel): void;
  /** Tells that a call has ended; kernels do so, and `called` is emitted. */
  report(record: ICallRecord): void;
}

/** The token by which extensions and the kernel reach the one host of the page. */
export const IRuntimeHost = new Token<IRuntimeHost>(
  '@llmos-lab/kernel:IRuntimeHost',
  'Skill index, runtimes, worker pool and result cache of LLMos Lab: which skills there are, and how to run them.'
);
