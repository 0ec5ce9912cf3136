/**
 * The script of the sandbox page: a frame of opaque origin, without network or storage,
 * that owns the workers. It is ours, and stands between them and the page: what a worker
 * says is checked here before the page gets it.
 */

import { surveyOutputs } from '../runtimes/data';
import { SkillFailure, failureOf, type IFailure } from '../runtimes/failure';
import type {
  FromFrame,
  FromWorker,
  ISandboxCall,
  SandboxRuntime,
  ToFrame
} from './sandboxTypes';

/** One worker; `key` is null until its first call. */
interface ISeat {
  readonly worker: Worker;
  readonly runtime: SandboxRuntime;
  key: string | null;
  call: ISandboxCall | null;
}

/** Workers at a time. */
const MAX_SEATS = Math.max(2, Math.min(8, navigator.hardwareConcurrency));

class Frame {
  constructor(private readonly _port: MessagePort) {
    _port.onmessage = (event: MessageEvent<ToFrame>) => this._hear(event.data);
    this._say({ kind: 'ready' });
  }

  private _hear(message: ToFrame): void {
    switch (message.kind) {
      case 'load':
        this._load(message.runtime, message.code);
        break;
      case 'run':
        this._waiting.push(message.call);
        this._next();
        break;
      case 'stop':
        this._stop(message.id);
        break;
      case 'ping':
        this._say({ kind: 'pong' });
    }
  }

  private _load(runtime: SandboxRuntime, code: string): void {
    const blob = new Blob([code], { type: 'text/javascript' });
    this._urls.set(runtime, URL.createObjectURL(blob));
    this._spare(runtime);
  }

  /** Gives waiting calls to seats, the oldest call first. */
  private _next(): void {
    const [call] = this._waiting;
    const seat = call && this._seatFor(call);
    if (!call || !seat) {
      return;
    }
    this._waiting.shift();
    seat.key = call.key;
    seat.call = call;
    this._say({ kind: 'started', id: call.id });
    seat.worker.postMessage({ kind: 'run', call }, buffersOf(call.inputs));
    this._next();
  }

  /** The worker that ran this skill last, else an unused one, else a new one. */
  private _seatFor({ runtime, key }: ISandboxCall): ISeat | undefined {
    const idle = this._seats.filter(seat => !seat.call && seat.runtime === runtime);
    const own = idle.find(seat => seat.key === key) ?? idle.find(seat => !seat.key);
    if (own) {
      return own;
    }
    const used = this._seats.find(seat => !seat.call && seat.key);
    if (this._seats.length >= MAX_SEATS && used) {
      this._end(used);
    }
    return this._seats.length < MAX_SEATS ? this._open(runtime) : undefined;
  }

  private _open(runtime: SandboxRuntime): ISeat {
    const worker = new Worker(this._urls.get(runtime) ?? '');
    const seat: ISeat = { worker, runtime, key: null, call: null };
    worker.onmessage = (event: MessageEvent<FromWorker>) =>
      this._check(seat, event.data);
    worker.onerror = event => {
      event.preventDefault();
      this._fail(seat, 'out-of-memory', event.message || 'The worker ended by itself.');
    };
    worker.onmessageerror = () =>
      this._fail(seat, 'bad-output', 'The outputs could not be read.');
    this._seats.push(seat);
    return seat;
  }

  /** Keeps one unused worker ready, so that a new skill does not wait for its start. */
  private _spare(runtime: SandboxRuntime): void {
    const ready = this._seats.some(seat => seat.runtime === runtime && !seat.key);
    if (!ready && this._seats.length < MAX_SEATS && this._urls.has(runtime)) {
      this._open(runtime);
    }
  }

  /** Passes on what a worker says of its own call; anything else is dropped. */
  private _check(seat: ISeat, message: FromWorker): void {
    const { call } = seat;
    if (!call || message?.id !== call.id) {
      return;
    }
    if (message.kind === 'log') {
      return this._say({ kind: 'log', id: call.id, line: String(message.line) });
    }
    if (message.kind === 'failed') {
      this._end(seat);
      this._say({ kind: 'failed', id: call.id, failure: message.failure });
    } else if (message.kind === 'done') {
      this._pass(seat, call, message);
    }
    this._spare(seat.runtime);
    this._next();
  }

  private _pass(
    seat: ISeat,
    call: ISandboxCall,
    message: FromWorker & { kind: 'done' }
  ): void {
    try {
      const { outcome } = message;
      const buffers = surveyOutputs(outcome.outputs, call.limits.outputBytes);
      surveyOutputs(outcome.bundle, 2 * call.limits.outputBytes);
      seat.call = null;
      this._say({ kind: 'done', id: call.id, outcome }, buffers);
    } catch (error) {
      this._end(seat);
      this._say({ kind: 'failed', id: call.id, failure: failureOf(error, []) });
    }
  }

  private _fail(seat: ISeat, code: IFailure['code'], message: string): void {
    const { call } = seat;
    this._end(seat);
    if (call) {
      const { failure } = new SkillFailure({
        code,
        name: 'MemoryError',
        message,
        logs: []
      });
      this._say({ kind: 'failed', id: call.id, failure });
    }
    this._next();
  }

  private _stop(id: number): void {
    this._waiting = this._waiting.filter(call => call.id !== id);
    const seat = this._seats.find(({ call }) => call?.id === id);
    if (seat) {
      this._end(seat);
      this._spare(seat.runtime);
    }
    this._next();
  }

  private _end(seat: ISeat): void {
    seat.worker.terminate();
    seat.call = null;
    this._seats = this._seats.filter(other => other !== seat);
  }

  private _say(message: FromFrame, transfer: readonly ArrayBuffer[] = []): void {
    this._port.postMessage(message, [...transfer]);
  }

  private readonly _urls = new Map<SandboxRuntime, string>();
  private _seats: ISeat[] = [];
  private _waiting: ISandboxCall[] = [];
}

/** Buffers of the inputs, which the frame has no more use for. */
function buffersOf(inputs: ISandboxCall['inputs']): ArrayBuffer[] {
  try {
    return [...surveyOutputs(inputs, Infinity)];
  } catch {
    // Not plain data; a plain copy goes, and the worker says what is wrong with it.
    return [];
  }
}

/** The page sends one port, once; whoever else sends messages is not heard. */
function listen(event: MessageEvent): void {
  const [port] = event.ports;
  if (event.source === window.parent && port) {
    window.removeEventListener('message', listen);
    new Frame(port);
  }
}
window.addEventListener('message', listen);
