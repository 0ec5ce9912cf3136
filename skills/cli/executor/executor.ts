/** The parent's half of the process that runs skills. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBase64, reasonOf } from '@llmos-lab/skills';
import type { SkillFiles } from '../../../kernel/src/runtimes/besideFiles';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { EXECUTOR_ARGUMENT } from './executorArgument';
import { onInterrupt } from '../interrupt';
import { isolate, type IIsolation } from './isolation';
import { NGSPICE_FILE } from './ngspiceFile';
import {
  readMessage,
  type CellOutput,
  type FromChild,
  type IFileRoom,
  type LossReason,
  type ToChild
} from './protocol';
import { PYTHON_FILES } from './pythonInNode';

/** What skills are run with. */
export interface IExecutorOptions {
  /** Folder of a built site, checked by {@link checkRuntime}. */
  readonly runtime: string;
  /** The skill index as JSON, as Python reads it. */
  readonly index: string;
  /** With IPython, for cells of notebooks. */
  readonly shell: boolean;
  /** Reads the files beside the skill with this path of the index. */
  readonly files: (path: string) => Promise<SkillFiles>;
  /** Told once, when the system cannot cut the network off. */
  readonly onNetwork: () => void;
  readonly onOutput?: (output: CellOutput) => void;
  readonly onCalled?: (record: string) => void;
  /** For files of cells; without it none are asked for. */
  readonly fileRoom?: IFileRoom;
  /** Files for cells to read, by their path in the folder in which they run. */
  readonly given?: SkillFiles;
  /** A file as a cell has left it, in base64. */
  readonly onWrote?: (path: string, base64: string) => void;
  /** What came of a file is no longer so. */
  readonly onLost?: (path: string, why: LossReason) => void;
}

/** A request without its number. */
export type Request =
  | { readonly type: 'replay'; readonly entry: string; readonly inputs: string }
  | { readonly type: 'cell'; readonly source: string };

/** How a request ended for the process: answered, out of time, or gone with the process. */
export type Answer =
  | { readonly kind: 'answer'; readonly outcome: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'ended'; readonly why: string };

/** Time that a start may take, in milliseconds: it reads 15 MB and compiles them. */
const START_LIMIT = 120_000;
/** What a cell is told that finds its process gone. */
const LOST =
  'Python ended before this cell, and the variables of the cells above with it.';
/** What is kept of the process's own complaints. */
const MOST_COMPLAINT = 2000;

/**
 * Says what is missing of a runtime.
 *
 * @param more what the person can do besides, as a sentence
 * @throws CommandFailure
 */
export function checkRuntime(runtime: string, more = ''): string {
  const missing = [...Object.values(PYTHON_FILES), NGSPICE_FILE].find(
    file => !existsSync(join(runtime, file))
  );
  if (missing !== undefined) {
    throw new CommandFailure(
      `${runtime} is no built site: it has no ${missing}. Build it with "npm run build", ` +
        `or give the folder of one with --runtime.${more && ` ${more}`}`,
      WRONG_USAGE
    );
  }
  return realpathSync(runtime);
}

/** Gives how processes are shut in, which is found out once. */
type Isolation = () => Promise<IIsolation>;

/** Finds out, when first asked, how processes are shut in, and tells what is lacking. */
export function shutIn({
  runtime,
  onNetwork
}: Pick<IExecutorOptions, 'runtime' | 'onNetwork'>): Isolation {
  let found: Promise<IIsolation> | null = null;
  const find = async (): Promise<IIsolation> => {
    const script = realpathSync(fileURLToPath(import.meta.url));
    const isolation = await isolate(script, [script, join(runtime, '/')]);
    if (isolation.hasNetwork) {
      onNetwork();
    }
    return isolation;
  };
  return () => (found ??= find());
}

/**
 * Runs skills one after another in a process that is shut in (see `isolate`). It starts
 * with the first request, and anew after one that took too long or ended it; but not where
 * it has a shell: the variables of the cells above would be gone without a word.
 */
export class Executor {
  /** @param isolation gives how its processes are shut in; several may share it */
  constructor(
    private readonly _options: IExecutorOptions,
    private readonly _isolation: Isolation = shutIn(_options)
  ) {}

  /**
   * @param seconds that the request may take, the start not counted
   */
  async run(request: Request, seconds: number): Promise<Answer> {
    const child = this._usable();
    const started = await withLimit(child.started, START_LIMIT);
    if (started !== 'ready') {
      this.dispose();
      return { kind: 'ended', why: started ?? 'Python did not start in time.' };
    }
    if (child.isOver) {
      return { kind: 'ended', why: `${LOST} ${child.why}`.trim() };
    }
    const answer = await withLimit(child.ask(request), seconds * 1000);
    if (answer?.kind !== 'answer') {
      this.dispose();
    }
    return answer ?? { kind: 'late' };
  }

  /** Starts the process before its first request, so that the start is nobody's time. */
  async start(): Promise<void> {
    await withLimit(this._usable().started, START_LIMIT);
  }

  /** Of Python and Pyodide, once something has run. */
  get versions(): Readonly<Record<string, string>> {
    return this._child?.versions ?? {};
  }

  /** Ends the process; safe to call twice. */
  dispose(): void {
    this._child?.end();
  }

  /** The process that runs; one that has ended gives way, unless it had a shell. */
  private _usable(): ChildHandle {
    if (!this._child || (this._child.isOver && !this._options.shell)) {
      this.dispose();
      this._child = new ChildHandle(this._isolation(), this._options);
    }
    return this._child;
  }

  private _child: ChildHandle | null = null;
}

/** One process. */
class ChildHandle {
  constructor(
    isolation: Promise<IIsolation>,
    private readonly _options: IExecutorOptions
  ) {
    this.started = new Promise(resolve => {
      this._onStarted = resolve;
    });
    isolation.then(
      given => this._spawn(given),
      (reason: unknown) => this._ended(reasonOf(reason))
    );
  }

  /** `ready`, or why not. */
  readonly started: Promise<string>;

  versions: Readonly<Record<string, string>> = {};

  /** Why it has ended, where it did so by itself. */
  get why(): string {
    return this._why;
  }

  /** Whether it has ended, or could not go on. */
  get isOver(): boolean {
    return this._isOver;
  }

  ask(request: Request): Promise<Answer> {
    const id = ++this._last;
    return new Promise(resolve => {
      this._settle = resolve;
      this._send({ ...request, id });
    });
  }

  end(): void {
    this._ended('');
    this._process?.kill('SIGKILL');
  }

  private _spawn({ command, args }: IIsolation): void {
    if (this._isOver) {
      return;
    }
    const { runtime, index, shell, fileRoom = null, given = {} } = this._options;
    const child = spawn(command, [...args, EXECUTOR_ARGUMENT], {
      cwd: runtime,
      // Nothing of this process's environment: tokens often stand there.
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    });
    this._process = child;
    // A loop in Python or WebAssembly never hears that this process is gone.
    child.on(
      'exit',
      onInterrupt(() => this.end())
    );
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-MOST_COMPLAINT);
    });
    child.on('message', message => {
      this._take(readMessage(message)).catch((reason: unknown) =>
        this._ended(reasonOf(reason))
      );
    });
    child.on('error', error => this._ended(error.message));
    child.on('exit', (code, signal) =>
      this._ended(`The process ended (${signal ?? code ?? 'unknown'}). ${said.trim()}`)
    );
    this._send({
      ...{ type: 'start', runtime, index, shell, fileRoom },
      given: asMessage(given)
    });
  }

  private async _take(message: FromChild | null): Promise<void> {
    const { onOutput, onCalled, onWrote, onLost } = this._options;
    if (message === null) {
      return;
    }
    switch (message.type) {
      case 'ready':
        this.versions = { python: message.python, pyodide: message.pyodide };
        this._onStarted('ready');
        break;
      case 'failed':
        this._ended(message.message);
        break;
      case 'outcome':
        if (message.id === this._last) {
          this._settle({ kind: 'answer', outcome: message.outcome });
        }
        break;
      case 'output':
        onOutput?.(message.output);
        break;
      case 'called':
        onCalled?.(message.record);
        break;
      case 'wrote':
        onWrote?.(message.path, message.base64);
        break;
      case 'lost':
        onLost?.(message.path, message.why);
        break;
      case 'files':
        this._send(await this._filesFor(message.id, message.path));
        break;
    }
  }

  private async _filesFor(id: number, path: string): Promise<ToChild> {
    try {
      return { type: 'files', id, files: asMessage(await this._options.files(path)) };
    } catch (error) {
      return { type: 'refusal', id, message: reasonOf(error) };
    }
  }

  private _send(message: ToChild): void {
    if (this._process?.connected) {
      this._process.send(message, error => {
        if (error) {
          this._ended(error.message);
        }
      });
    }
  }

  private _ended(why: string): void {
    this._why ||= this._isOver ? '' : why;
    this._isOver = true;
    this._onStarted(why);
    this._settle({ kind: 'ended', why });
  }

  private _process: ChildProcess | null = null;
  private _onStarted: (state: string) => void = () => undefined;
  private _settle: (answer: Answer) => void = () => undefined;
  private _last = 0;
  private _isOver = false;
  private _why = '';
}

function asMessage(files: SkillFiles): readonly (readonly [string, string])[] {
  return Object.entries(files).map(([path, bytes]) => [path, encodeBase64(bytes)]);
}

/** What the promise gives, or undefined when it takes longer than `ms`. */
async function withLimit<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
