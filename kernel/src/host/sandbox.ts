/** The page's half of the sandbox: one hidden frame, calls with bounds, recovery. */

import { PromiseDelegate } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { SkillFiles } from '../runtimes/besideFiles';
import type { SkillFailure } from '../runtimes/failure';
import { failure, type IFailure } from '../runtimes/failure';
import type { SkillCode } from '../runtimes/netlist';
import type { IOutcome } from '../runtimes/outcome';
import { DEFAULT_LIMITS } from './limits';
import type { FromFrame, ISandboxCall, SandboxRuntime, ToFrame } from './sandboxTypes';
import type { IRuntimeLimits } from './tokens';

/** What a call of a sandboxed skill needs. */
export interface ISandboxRequest {
  readonly runtime: SandboxRuntime;
  /** Version of the skill; calls of one version share a worker. */
  readonly version: string;
  readonly skill: SkillCode;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The files beside the skill. */
  readonly files: SkillFiles;
  readonly signal: AbortSignal;
}

/** Milliseconds between looks whether the frame lives, and until it counts as lost. */
const PING_INTERVAL = 1000;
const PING_PATIENCE = 8000;
/** Milliseconds that the frame's page may take to load. */
const LOAD_PATIENCE = 20_000;
/** The page of the frame, in the sandbox's folder. */
const FRAME = 'frame.html';

interface IPending {
  readonly call: ISandboxCall;
  readonly result: PromiseDelegate<IOutcome>;
  readonly logs: string[];
  timer: number | undefined;
}

/**
 * Runs JavaScript and Three.js skills in workers of a frame without origin. The frame
 * opens at the first call; when it is lost (a skill took more memory than the browser
 * grants) its calls fail and the next call opens another.
 */
export class Sandbox implements IDisposable {
  /** `url` is the folder of `frame.html`, with a slash at its end. */
  constructor(private readonly _url: string) {}

  /** Bounds of the calls to come. */
  limits: IRuntimeLimits = DEFAULT_LIMITS;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._lose('unavailable', CLOSED);
  }

  /** Loads the frame and a runtime before the first call needs them. */
  async prepare(runtime: SandboxRuntime): Promise<void> {
    const port = await (this._opening ??= this._open());
    const loading = this._loaded.get(runtime) ?? this._load(runtime, port);
    this._loaded.set(runtime, loading);
    await loading;
  }

  /** Runs one call; rejects with a `SkillFailure`. */
  async run(request: ISandboxRequest): Promise<IOutcome> {
    const { runtime, version, skill, inputs, files, signal } = request;
    const { id, code, codeLine, outputs } = skill;
    await this.prepare(runtime);
    if (signal.aborted) {
      throw failure('stopped', stoppedMessage(id));
    }
    const call: ISandboxCall = {
      id: ++this._count,
      runtime,
      key: `${runtime} ${id} ${version}`,
      skill: { id, code, codeLine, inputs: skill.inputs, outputs },
      inputs,
      files,
      limits: this.limits
    };
    const pending: IPending = {
      call,
      result: new PromiseDelegate(),
      logs: [],
      timer: undefined
    };
    const stop = (): void => this._stop(pending, 'stopped', stoppedMessage(id));
    signal.addEventListener('abort', stop, { once: true });
    this._pending.set(call.id, pending);
    try {
      this._send({ kind: 'run', call });
      return await pending.result.promise;
    } catch (error) {
      throw uncloneable(error, id) ?? error;
    } finally {
      signal.removeEventListener('abort', stop);
      this._forget(pending);
    }
  }

  private _hear(message: FromFrame): void {
    this._lastHeard = Date.now();
    const pending = 'id' in message ? this._pending.get(message.id) : undefined;
    if (!pending) {
      return;
    }
    switch (message.kind) {
      case 'started': {
        const { seconds } = pending.call.limits;
        const id = pending.call.skill.id;
        pending.timer = window.setTimeout(
          () => this._stop(pending, 'timeout', timeoutMessage(id, seconds)),
          seconds * 1000
        );
        break;
      }
      case 'log':
        pending.logs.push(message.line);
        break;
      case 'done':
        pending.result.resolve({ ...message.outcome, logs: pending.logs });
        break;
      case 'failed':
        pending.result.reject(failed(message.failure, pending));
        break;
      case 'ready':
      case 'pong':
    }
  }

  /** Ends a call and its worker. */
  private _stop(pending: IPending, code: IFailure['code'], message: string): void {
    pending.result.reject(failure(code, message, { logs: pending.logs }));
    this._send({ kind: 'stop', id: pending.call.id });
  }

  private _forget(pending: IPending): void {
    window.clearTimeout(pending.timer);
    this._pending.delete(pending.call.id);
  }

  private _send(message: ToFrame): void {
    this._port?.postMessage(message);
    if (message.kind === 'run') {
      this._watch();
    }
  }

  private async _load(runtime: SandboxRuntime, port: MessagePort): Promise<void> {
    const code = await this._text(`${runtime}.js`).catch((error: unknown) => {
      this._loaded.delete(runtime);
      throw error;
    });
    port.postMessage({ kind: 'load', runtime, code } satisfies ToFrame);
  }

  /** A file of the sandbox's folder; rejects where it cannot be had. */
  private async _text(name: string): Promise<string> {
    const url = this._url + name;
    const response = await fetch(url).catch(() => null);
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (text === null) {
      throw unavailable(url);
    }
    return text;
  }

  private async _open(): Promise<MessagePort> {
    const html = await this._text(FRAME).catch((error: unknown) => {
      this._close();
      throw error;
    });
    if (this._isDisposed) {
      throw failure('unavailable', CLOSED);
    }
    const frame = document.createElement('iframe');
    const { port1, port2 } = new MessageChannel();
    const ready = new PromiseDelegate<void>();
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.title = 'Sandbox of JavaScript skills';
    frame.tabIndex = -1;
    frame.style.cssText =
      'position:fixed;width:1px;height:1px;left:0;bottom:0;border:0;opacity:0;pointer-events:none';
    port1.onmessage = (event: MessageEvent<FromFrame>) => {
      ready.resolve();
      this._hear(event.data);
    };
    // The frame has no origin that could be named; the port is all that it gets.
    frame.onload = () => frame.contentWindow?.postMessage('open', '*', [port2]);
    // Service workers answer no frame without an origin, so its address would fail offline.
    frame.srcdoc = html;
    document.body.append(frame);
    this._frame = frame;
    this._port = port1;
    const timer = window.setTimeout(
      () => ready.reject(unavailable(this._url + FRAME)),
      LOAD_PATIENCE
    );
    try {
      await ready.promise;
      return port1;
    } catch (error) {
      this._close();
      throw error;
    } finally {
      window.clearTimeout(timer);
    }
  }

  /** Looks after the frame while calls are out: a process that died tells nobody. */
  private _watch(): void {
    if (this._watcher !== undefined) {
      return;
    }
    this._lastHeard = Date.now();
    let lastLook = Date.now();
    this._watcher = window.setInterval(() => {
      const now = Date.now();
      if (now - lastLook > 3 * PING_INTERVAL) {
        // The page itself slept or was busy: the frame's silence means nothing.
        this._lastHeard = now;
      }
      lastLook = now;
      if (this._pending.size === 0) {
        this._unwatch();
      } else if (now - this._lastHeard > PING_PATIENCE) {
        this._lose('out-of-memory', LOST);
      } else {
        this._send({ kind: 'ping' });
      }
    }, PING_INTERVAL);
  }

  private _unwatch(): void {
    window.clearInterval(this._watcher);
    this._watcher = undefined;
  }

  private _lose(code: IFailure['code'], message: string): void {
    this._close();
    for (const { result, logs } of this._pending.values()) {
      result.reject(failure(code, message, { logs }));
    }
  }

  private _close(): void {
    this._unwatch();
    this._port?.close();
    this._frame?.remove();
    this._port = this._frame = this._opening = null;
    this._loaded.clear();
  }

  private readonly _pending = new Map<number, IPending>();
  private readonly _loaded = new Map<SandboxRuntime, Promise<void>>();
  private _opening: Promise<MessagePort> | null = null;
  private _port: MessagePort | null = null;
  private _frame: HTMLIFrameElement | null = null;
  private _watcher: number | undefined;
  private _lastHeard = 0;
  private _count = 0;
  private _isDisposed = false;
}

const CLOSED = 'The sandbox was closed.';

const LOST =
  'The sandbox stopped answering, most likely because a skill used more memory than ' +
  'the browser grants. A fresh one is ready; work in smaller parts.';

/** What to tell of a skill that ran out of time. */
export function timeoutMessage(id: string, seconds: number): string {
  return (
    `Skill "${id}" was stopped after ${seconds} s, the time limit. Look for a loop that ` +
    `does not end, or raise the limit in the settings.`
  );
}

/** What to tell of a skill that the person stopped. */
export function stoppedMessage(id: string): string {
  return `Skill "${id}" was stopped.`;
}

/** A file of the site that is needed and not there. */
export function unavailable(url: string): SkillFailure {
  return failure(
    'unavailable',
    `${url} could not be loaded. Reload the page when the connection is back; if it ` +
      `stays so, the site was built without its runtimes.`
  );
}

/** The frame has checked what its workers say; only what was printed is added. */
function failed(given: IFailure, pending: IPending): SkillFailure {
  return failure(given.code, given.message, { ...given, logs: pending.logs });
}

function uncloneable(error: unknown, id: string): SkillFailure | null {
  return error instanceof DOMException && error.name === 'DataCloneError'
    ? failure(
        'bad-input',
        `The inputs of skill "${id}" are not data: ${error.message}`,
        {
          name: 'TypeError'
        }
      )
    : null;
}
