import type { Contents } from '@jupyterlab/services';
import { PromiseDelegate, UUID } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';
import type {
  IAnswers,
  IPacked,
  IPoolWorker,
  IRuntimeHost,
  ISkillFailure,
  IStagedCall,
  IUnkept
} from '@llmos-lab/kernel';
import { toPythonEntry } from '@llmos-lab/skills';
import { answerPort } from './answerPort';
import { MarkFeed } from './markFeed';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IBootConfig,
  type PoolOutcome,
  type ToWorker
} from './protocol';

/** What a worker of the pool is made from. */
export interface IPoolWorkerOptions {
  readonly boot: IBootConfig;
  readonly host: IRuntimeHost;
  readonly contents: Pick<Contents.IManager, 'get'>;
  /** Starts the worker's script; a parameter for tests. */
  readonly start?: (boot: IBootConfig) => Worker;
}

function startWorker(boot: IBootConfig): Worker {
  const url = new URL('pool.worker.js', boot.siteUrl);
  url.search = new URL(boot.siteUrl).search;
  return new Worker(url, { type: 'module', name: JSON.stringify(boot) });
}

/** A worker with a Python of its own, which runs one staged call after another. */
export class PythonPoolWorker implements IPoolWorker {
  constructor(private readonly _options: IPoolWorkerOptions) {
    this._worker = (_options.start ?? startWorker)(_options.boot);
    this._worker.addEventListener('message', this._onMessage);
    this._worker.addEventListener('error', event => {
      this._fail(event.message || 'its script could not be loaded');
    });
    const { host, contents } = _options;
    this._marks = new MarkFeed(host.cache);
    const owner = `pool-${UUID.uuid4()}`;
    this._answers = host.answer({ owner, port: answerPort(this._worker), contents });
  }

  get isAlive(): boolean {
    return this._isAlive;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get memory(): number | undefined {
    return this._memory;
  }

  get loading(): string | undefined {
    return this._loading;
  }

  get startMs(): number | undefined {
    return this._startMs;
  }

  get last(): IPoolWorker['last'] {
    return this._last;
  }

  get loaded(): ISignal<this, void> {
    return this._loaded;
  }

  async run(call: IStagedCall): Promise<IPacked | IUnkept> {
    const { skills } = this._options.host;
    await skills.settled();
    const marks = (await this._marks.next()) ?? { added: [], anew: false };
    if (!this._isAlive) {
      throw new Error(this._why);
    }
    if (call.inputs.form === 'plain') {
      throw new Error('Inputs of a Python skill must be packed.');
    }
    const { revision } = skills;
    const index = revision === this._pushed ? undefined : skills.forPython();
    this._pushed = revision;
    const outcome = new PromiseDelegate<PoolOutcome>();
    this._outcome = outcome;
    this._key = call.key;
    this._send({
      type: 'run',
      id: ++this._runs,
      skill: call.skill,
      version: call.version,
      inputs: call.inputs.packed,
      marks,
      ...(call.entry && { entry: JSON.stringify(toPythonEntry(call.entry)) }),
      ...(index && { index })
    });
    return resultOf(await outcome.promise);
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._answers.dispose();
    this._worker.terminate();
    this._fail('it was ended');
    Signal.clearData(this);
  }

  private readonly _onMessage = (event: MessageEvent<unknown>): void => {
    const message = unwrapMessage<FromWorker>(event.data);
    if (message?.type === 'outcome' && message.id === this._runs) {
      this._memory = message.memory;
      this._last = { key: this._key, ms: message.ms };
      this._startMs ??= this._readyAt - this._started;
      this._outcome?.resolve(message.outcome);
      this._outcome = null;
    } else if (message?.type === 'failed') {
      this._fail(message.message);
    } else if (message?.type === 'loading') {
      this._loading = message.text === null ? undefined : String(message.text);
      this._readyAt = performance.now();
      this._loaded.emit();
    }
  };

  private _fail(why: string): void {
    this._isAlive = false;
    this._why =
      `The worker in which the skill ran has stopped: ${why}. ` +
      'Run the cell again; a fresh worker starts for it.';
    this._outcome?.reject(new Error(this._why));
    this._outcome = null;
  }

  private _send(message: ToWorker): void {
    this._worker.postMessage(wrapMessage(message));
  }

  private readonly _worker: Worker;
  private readonly _answers: IAnswers;
  private readonly _marks: MarkFeed;
  private _outcome: PromiseDelegate<PoolOutcome> | null = null;
  private _runs = 0;
  private _pushed = -1;
  private _memory: number | undefined;
  private readonly _loaded = new Signal<this, void>(this);
  private readonly _started = performance.now();
  /** When it last began or ended to load something. */
  private _readyAt = this._started;
  private _startMs: number | undefined;
  /** Of the call that it has. */
  private _key = '';
  private _last: IPoolWorker['last'];
  private _loading: string | undefined = '';
  private _isAlive = true;
  private _isDisposed = false;
  private _why = '';
}

/** The packed result; throws the skill's error with what Python needs to raise it again. */
function resultOf(outcome: PoolOutcome): IPacked | IUnkept {
  if ('why' in outcome) {
    const { why, holds } = outcome;
    return { kind: 'unkept', why, holds };
  }
  const { text, buffers } = outcome;
  if (!('message' in outcome)) {
    return { kind: 'python', text, buffers };
  }
  const packed: IPacked = { kind: 'python', text: outcome.text, buffers };
  const { name, message } = outcome;
  const failure: ISkillFailure = Object.assign(new Error(message), { name, packed });
  throw failure;
}
