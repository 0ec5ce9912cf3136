/**
 * The script of the sandbox page: a frame of opaque origin, without network or storage,
 * that owns the workers. It is ours, and stands between them and the page: what a worker
 * says is checked here before the page gets it.
 */

import { LogLines } from '../runtimes/console';
import { surveyOutputs } from '../runtimes/data';
import { failure, failureOf, type IFailure } from '../runtimes/failure';
import { readFailure, readOutcome, uncaught } from './sandboxAnswers';
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
  /** What the call prints, within its bounds. */
  logs: LogLines;
  /** When its last call ended, and when it was last asked whether it lives, in ms. */
  rested: number;
  /** Null when it has answered. */
  asked: number | null;
}

/** Milliseconds between looks at workers without a call, in which they must answer. */
const LOOK_MS = 1000;
/** Milliseconds after which a worker without a call ends: its timers may still run. */
const IDLE_MS = 60_000;

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
        this._waiting = [...this._waiting, message.call];
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
    for (const call of this._waiting) {
      const seat = this._seatFor(call);
      if (seat) {
        this._waiting = this._waiting.filter(other => other !== call);
        this._start(seat, call);
      }
    }
  }

  private _start(seat: ISeat, call: ISandboxCall): void {
    seat.key = call.key;
    seat.call = call;
    seat.logs = new LogLines(
      line => this._say({ kind: 'log', id: call.id, line }),
      call.limits.logLines
    );
    this._say({ kind: 'started', id: call.id });
    seat.worker.postMessage({ kind: 'run', call }, buffersOf(call.inputs));
  }

  /**
   * The worker that ran this skill last, else an unused one, else a new one in the place
   * of one that is idle. A call waits while its worker has not shown that it still answers.
   */
  private _seatFor({ runtime, key }: ISandboxCall): ISeat | undefined {
    const idle = this._seats.filter(seat => !seat.call);
    const fit = idle.filter(seat => seat.runtime === runtime);
    const own = fit.find(seat => seat.key === key) ?? fit.find(seat => !seat.key);
    if (own) {
      return own.asked === null ? own : undefined;
    }
    const other = idle.find(seat => seat.key) ?? idle[0];
    if (this._seats.length >= MAX_SEATS && other) {
      this._end(other);
    }
    return this._seats.length < MAX_SEATS ? this._open(runtime) : undefined;
  }

  private _open(runtime: SandboxRuntime): ISeat {
    const worker = new Worker(this._urls.get(runtime) ?? '');
    const logs = new LogLines();
    const times = { rested: performance.now(), asked: null };
    const seat: ISeat = { worker, runtime, key: null, call: null, logs, ...times };
    worker.onmessage = (event: MessageEvent<FromWorker>) =>
      this._check(seat, event.data);
    worker.onerror = event => {
      event.preventDefault();
      this._fail(seat, uncaught(event.message));
    };
    worker.onmessageerror = () =>
      this._fail(seat, failure('bad-output', 'The outputs could not be read.').failure);
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
    if (message?.kind === 'pong') {
      seat.asked = null;
      return this._next();
    }
    if (!call || message?.id !== call.id) {
      return;
    }
    if (message.kind === 'log') {
      return seat.logs.add(String(message.line));
    }
    if (message.kind === 'failed') {
      this._end(seat);
      this._say({ kind: 'failed', id: call.id, failure: readFailure(message.failure) });
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
      const { outcome, buffers } = readOutcome(message.outcome, call);
      seat.call = null;
      this._rest(seat);
      this._say({ kind: 'done', id: call.id, outcome }, buffers);
    } catch (error) {
      this._end(seat);
      this._say({ kind: 'failed', id: call.id, failure: failureOf(error, []) });
    }
  }

  private _fail(seat: ISeat, why: IFailure): void {
    const { call } = seat;
    this._end(seat);
    if (call) {
      this._say({ kind: 'failed', id: call.id, failure: why });
    }
    this._next();
  }

  /** A skill's timers and promises go on after its answer: from now on it is watched. */
  private _rest(seat: ISeat): void {
    seat.rested = performance.now();
    this._ask(seat);
    this._looker ??= setInterval(() => this._look(), LOOK_MS);
  }

  private _ask(seat: ISeat): void {
    seat.asked = performance.now();
    seat.worker.postMessage({ kind: 'ping' });
  }

  /** Ends used workers without a call that do not answer, or have rested for long. */
  private _look(): void {
    const now = performance.now();
    const resting = this._seats.filter(seat => seat.key !== null && !seat.call);
    for (const seat of resting) {
      const silent = seat.asked !== null && now - seat.asked >= LOOK_MS;
      if (silent || now - seat.rested >= IDLE_MS) {
        this._end(seat);
        this._spare(seat.runtime);
      } else if (seat.asked === null) {
        this._ask(seat);
      }
    }
    if (resting.length === 0) {
      clearInterval(this._looker);
      this._looker = undefined;
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
  private _waiting: readonly ISandboxCall[] = [];
  private _looker: ReturnType<typeof setInterval> | undefined;
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
