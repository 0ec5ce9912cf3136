/** ngspice skills: one worker, loaded at the first call and ended by Stop or the clock. */

import { releaseProxy, wrap, type Remote } from 'comlink';
import { folderBeside } from '../runtimes/besideFiles';
import type { IDeck } from '../runtimes/deck';
import { failure, SkillFailure } from '../runtimes/failure';
import type { ReadFile } from '../runtimes/netlistFiles';
import { runNgspice } from '../runtimes/ngspice';
import type { IDeckResult } from '../runtimes/ngspiceEngine';
import type { INgspiceWorker } from './ngspiceTypes';
import { DEFAULT_LIMITS } from './limits';
import { stoppedMessage, timeoutMessage, unavailable } from './sandbox';
import type { IRuntime, IRuntimeCall, IRuntimeResult } from './tokens';

/** Reads a file by its Contents path; null when there is none. */
export type ReadContents = (path: string) => Promise<string | null>;

/** Runs netlists, one at a time; those asked for meanwhile wait. */
export class NgspiceRuntime implements IRuntime {
  /** `url` is the folder of the worker's files, with a slash at its end. */
  constructor(
    private readonly _url: string,
    private readonly _read: ReadContents
  ) {}

  /** Seconds that one simulation may run. */
  seconds = DEFAULT_LIMITS.seconds;

  execute({ entry, inputs, signal }: IRuntimeCall): Promise<IRuntimeResult> {
    return runNgspice(entry.skill, inputs, {
      readFile: this._beside(entry.path),
      signal,
      nonce: crypto.randomUUID(),
      run: deck => this._queue(deck, entry.skill.id, signal)
    });
  }

  private _beside(path: string): ReadFile {
    const folder = folderBeside(path);
    return name => this._read(`${folder}/${name}`);
  }

  private _queue(deck: IDeck, id: string, signal: AbortSignal): Promise<IDeckResult> {
    const mine = this._tail.then(() => this._run(deck, id, signal));
    this._tail = mine.then(
      () => undefined,
      () => undefined
    );
    return mine;
  }

  private async _run(
    deck: IDeck,
    id: string,
    signal: AbortSignal
  ): Promise<IDeckResult> {
    if (signal.aborted) {
      throw stopped(id);
    }
    const { proxy, broken } = (this._worker ??= this._start());
    let timer: number | undefined;
    let onAbort: (() => void) | undefined;
    let end: (why: SkillFailure) => void = () => undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      end = why => {
        this._end();
        reject(why);
      };
      onAbort = () => end(stopped(id));
      signal.addEventListener('abort', onAbort, { once: true });
      broken.catch(end);
    });
    try {
      const loading = proxy.prepare(`${this._url}eecircuit-engine.mjs`);
      const missing = await Promise.race([loading, ended]);
      if (missing) {
        throw new SkillFailure(missing);
      }
      // Loading 20 MB is not the skill's time.
      timer = window.setTimeout(() => {
        const message = timeoutMessage(id, this.seconds);
        end(failure('timeout', message));
      }, this.seconds * 1000);
      const answer = await Promise.race([proxy.run(deck), ended]);
      if ('failure' in answer) {
        throw new SkillFailure(answer.failure);
      }
      return answer.result;
    } finally {
      window.clearTimeout(timer);
      if (onAbort) {
        signal.removeEventListener('abort', onAbort);
      }
    }
  }

  private _start(): IWorkerHandle {
    const file = `${this._url}ngspice.js`;
    const worker = new Worker(file, { type: 'module', name: 'ngspice' });
    const broken = new Promise<never>((_resolve, reject) => {
      worker.onerror = event => {
        event.preventDefault();
        reject(event.message ? engineEnded(event.message) : unavailable(file));
      };
    });
    // Between runs nobody waits for it; the next run then sees it.
    broken.catch(() => this._end());
    return { worker, broken, proxy: wrap<INgspiceWorker>(worker) };
  }

  private _end(): void {
    this._worker?.proxy[releaseProxy]();
    this._worker?.worker.terminate();
    this._worker = null;
  }

  private _worker: IWorkerHandle | null = null;
  private _tail: Promise<void> = Promise.resolve();
}

interface IWorkerHandle {
  readonly worker: Worker;
  readonly proxy: Remote<INgspiceWorker>;
  /** Rejects when the worker cannot start or breaks. */
  readonly broken: Promise<never>;
}

function stopped(id: string): SkillFailure {
  return failure('stopped', stoppedMessage(id));
}

function engineEnded(message: string): SkillFailure {
  return failure('ngspice-error', `ngspice ended unexpectedly: ${message}`, {
    name: 'NgspiceError'
  });
}
